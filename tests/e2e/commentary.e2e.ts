import type { Locator, Page } from '@playwright/test';
import { expect, kept, test, type Downbeat, type Visit } from './downbeat.ts';
import { planMeeting, type At } from './meeting.ts';
import { sendPoints } from './points.ts';

const NAMES = {
	'runbook-automation': 'Runbook automation',
	'on-call-pages': 'On-call pages, weekly'
} as const;
type Kpi = keyof typeof NAMES;

const now = () => new Date().toISOString();

/** The sample, with a value of each KPI that is of this week, whatever weekday it is. */
async function sampleWith(downbeat: Downbeat, values: Partial<Record<Kpi, number>>) {
	const at = await downbeat.createSample();
	for (const [kpi, value] of Object.entries(values))
		await sendPoints(downbeat, { ...at, kpi }, [{ at: now(), value }]);
	return at;
}

/** A commentary as its page shows it. */
class CommentaryPage {
	readonly page: Page;

	constructor(page: Page) {
		this.page = page;
	}

	get changed(): Locator {
		return this.page.getByRole('textbox', { name: 'What changed' });
	}

	get complete(): Locator {
		return this.page.getByRole('button', { name: 'Mark complete' });
	}

	/** What is missing, or that and by whom it was completed. */
	get standing(): Locator {
		return this.page.locator('footer').getByRole('status');
	}

	driver(name: string): Locator {
		return this.page.getByRole('button', { name, exact: true });
	}

	/** On a wide screen: the commentary on a KPI in this week, or in the one before. */
	async open(downbeat: Downbeat, { space }: At, name: string, week: 'this' | 'last' = 'this'): Promise<void> {
		await this.page.goto(`${downbeat.url}/${space}/commentary`);
		const period = this.page.getByRole('heading', { name: /^Week \d+$/ });
		const words = await period.innerText();
		if (week === 'last') {
			await this.page.getByRole('link', { name: 'The week before' }).click();
			await expect(period).not.toHaveText(words);
		}
		await this.line(name).click();
		await expect(this.page.getByRole('heading', { level: 1, name })).toBeVisible();
		await expect(this.changed).toBeVisible();
	}

	line(name: string): Locator {
		return this.page.locator('li > a').filter({ hasText: name });
	}
}

const dueOnHome = (page: Page): Locator =>
	page.getByRole('region', { name: 'Commentary due' }).getByRole('link', { name: /this week/ });

test('in the train, on a narrow phone, a red KPI is explained with five taps from Home, and it arrives', async ({
	downbeat,
	visit
}) => {
	const at = await sampleWith(downbeat, { 'runbook-automation': 58 });
	const ada = await visit('Ada', at, { isPhone: true, isKept: true });
	const { page } = ada;
	await page.setViewportSize({ width: 360, height: 740 });
	const row = page.getByRole('link', { name: /Runbook automation Off target this week/ });
	await expect(row).toBeVisible();
	await expect(ada.pill).toContainText('Synced');
	await kept(page);
	await downbeat.kill9();
	await page.reload();
	await expect(ada.pill).toContainText('Offline');

	let taps = 0;
	const tap = async (target: Locator) => {
		await target.tap();
		taps++;
	};
	const commentary = new CommentaryPage(page);
	await tap(row);
	await expect(commentary.standing).toHaveText(
		'Runbook automation is red. Add what changed, one driver and one action to complete it.'
	);
	await expect(commentary.complete).toHaveAttribute('aria-disabled', 'true');
	await tap(commentary.changed);
	await page.keyboard.type('Two runbooks went back to being run by hand.');
	await expect(commentary.standing).toContainText('Add one driver and one action to complete it.');
	await tap(commentary.driver('Runbook'));
	await expect(commentary.standing).toContainText('Add one action to complete it.');
	await tap(page.getByRole('button', { name: 'Add an action' }));
	await page.keyboard.type('Automate the index step');
	await expect(commentary.standing).toHaveText('Ready to complete.');
	await tap(commentary.complete);
	await expect(commentary.standing).toContainText(/Complete · Ada, \d\d:\d\d/);
	expect(taps).toBeLessThanOrEqual(5);
	await expect(ada.pill).toContainText(/Offline\s+\d+ kept here/);
	const wide = await page.evaluate(() => document.documentElement.scrollWidth);
	expect(wide).toBeLessThanOrEqual(360);

	await downbeat.startAgain();
	await expect(ada.pill).toContainText('Synced', { timeout: 30_000 });
	const bob = await visit('Bob', at);
	await expect(bob.page.getByRole('region', { name: 'Commentary due' })).toBeVisible();
	await expect(dueOnHome(bob.page).first()).toBeVisible();
	await expect(dueOnHome(bob.page).filter({ hasText: 'Runbook automation' })).toHaveCount(0);
	const bobs = new CommentaryPage(bob.page);
	await bobs.open(downbeat, at, 'Runbook automation');
	await expect(bobs.changed).toHaveText('Two runbooks went back to being run by hand.');
	await expect(bobs.driver('Runbook')).toHaveAttribute('aria-pressed', 'true');
	await expect(bobs.standing).toContainText(/Complete · Ada/);
	const action = bob.page.getByRole('link', { name: 'Automate the index step' });
	await expect(action.locator('xpath=ancestor::div[2]')).toContainText(/ACT-\d{4}, Open/);
	await action.click();
	await expect(bob.page).toHaveURL(/\/actions\//);
	await expect(bob.page.getByText(/ACT-\d{4}/).first()).toBeVisible();
	await expect(bob.page.getByRole('link', { name: /Runbook automation/ }).first()).toBeVisible();
});

test('a late point turns what was completed at risk into red, which is due again and says so', async ({
	downbeat,
	visit
}) => {
	const at = await sampleWith(downbeat, { 'on-call-pages': 38 });
	const { page } = await visit('Ada', at);
	const commentary = new CommentaryPage(page);
	await commentary.open(downbeat, at, NAMES['on-call-pages']);
	await commentary.changed.click();
	await page.keyboard.type('Billing sync pages at night.');
	await commentary.complete.click();
	await expect(commentary.standing).toContainText('Complete · Ada');
	await expect(commentary.line(NAMES['on-call-pages'])).toContainText('Complete');

	await sendPoints(downbeat, { ...at, kpi: 'on-call-pages' }, [{ at: now(), value: 71 }]);
	await expect(page.getByText('Completed as At risk at 38; now Off target at 71.')).toBeVisible();
	await expect(commentary.standing).toContainText('Add one driver and one action to complete it.');
	await expect(commentary.line(NAMES['on-call-pages'])).toContainText('Due');
	await page.getByRole('link', { name: 'This week' }).first().click();
	await expect(dueOnHome(page).filter({ hasText: NAMES['on-call-pages'] })).toContainText('Off target');
});

test('a number that was corrected is told beside the one that was seen, until somebody says it still holds', async ({
	downbeat,
	visit
}) => {
	const at = await downbeat.createSample();
	const measuredAt = now();
	const send = (value: number) =>
		sendPoints(downbeat, { ...at, kpi: 'on-call-pages' }, [{ at: measuredAt, value }]);
	await send(38);
	const { page } = await visit('Ada', at);
	const commentary = new CommentaryPage(page);
	await commentary.open(downbeat, at, NAMES['on-call-pages']);
	await commentary.changed.click();
	await page.keyboard.type('Billing sync pages at night.');
	await expect(commentary.line(NAMES['on-call-pages'])).toContainText('Draft');
	await send(33);
	await expect(page.getByText('Written at 38, now 33.')).toBeVisible();
	await page.getByRole('button', { name: 'It still holds' }).click();
	await expect(page.getByText('Written at 38, now 33.')).toHaveCount(0);
});

test('what only repeats the week before is noticed', async ({ downbeat, visit }) => {
	const at = await sampleWith(downbeat, { 'on-call-pages': 38 });
	const { page } = await visit('Ada', at);
	const commentary = new CommentaryPage(page);
	const said = 'Billing sync pages at night, as the exports overlap.';
	await commentary.open(downbeat, at, NAMES['on-call-pages'], 'last');
	await commentary.changed.click();
	await page.keyboard.type(said);
	await expect(commentary.line(NAMES['on-call-pages'])).toContainText('Draft');
	await page.getByRole('link', { name: 'The week after' }).click();
	await commentary.line(NAMES['on-call-pages']).click();
	await expect(commentary.changed).toHaveText('');
	const notice = page.getByText('This says the same as the week before.');
	await expect(notice).toHaveCount(0);
	await commentary.changed.click();
	await page.keyboard.type(said);
	await expect(notice).toBeVisible();
	await page.keyboard.type(' Moved to the morning; two nights were quiet since, none on Sunday.');
	await expect(notice).toHaveCount(0);
});

async function meetingWith(downbeat: Downbeat, visit: Visit) {
	const at = await sampleWith(downbeat, { 'runbook-automation': 58 });
	const ada = await visit('Ada', at);
	const screen = await planMeeting(ada, 'Ops Review', ['Runbooks']);
	await screen.notes.click();
	return { at, page: ada.page, screen };
}

test('in a meeting the words stand under the chart, and are written and completed there', async ({
	downbeat,
	visit
}) => {
	const { at, page, screen } = await meetingWith(downbeat, visit);
	await page.keyboard.type('/chart');
	await page.keyboard.press('Enter');
	await page.getByRole('option', { name: 'Runbook automation' }).click();
	const chart = page.getByRole('figure', { name: 'Runbook automation' });
	await expect(chart.getByText('Runbook automation is red. Add what changed')).toBeVisible();
	await chart.getByRole('button', { name: 'Write it' }).click();
	await chart.getByRole('textbox', { name: 'What changed' }).click();
	await page.keyboard.type('Two runbooks went back to hand.');
	await chart.getByRole('button', { name: 'Runbook', exact: true }).click();
	await chart.getByRole('button', { name: 'Add an action' }).click();
	await page.keyboard.type('Automate the index step');
	await chart.getByRole('button', { name: 'Mark complete' }).click();
	await expect(chart.getByText(/^Complete · Ada/)).toBeVisible();
	await expect(chart.getByText('Two runbooks went back to hand.')).toBeVisible();

	const other = await visit('Bob', at);
	const bobs = await screen.openFor(other.page);
	const theirs = bobs.page.getByRole('figure', { name: 'Runbook automation' });
	await expect(theirs.getByText('Two runbooks went back to hand.')).toBeVisible();
	await expect(theirs.getByRole('link', { name: 'Automate the index step' })).toBeVisible();
});

test('a commentary is put among the notes by its name', async ({ downbeat, visit }) => {
	const { page } = await meetingWith(downbeat, visit);
	await page.keyboard.type('/commentary');
	await page.keyboard.press('Enter');
	await page.keyboard.type('runbook');
	await page
		.getByRole('option', { name: /Runbook automation/ })
		.first()
		.click();
	const block = page.getByRole('region', { name: 'Commentary, Runbook automation' });
	await expect(block).toContainText('58%');
	await expect(block).toContainText('Runbook automation is red. Add what changed, one driver and one action');
	await block.getByRole('textbox', { name: 'What changed' }).click();
	await page.keyboard.type('Said among the notes.');
	await block.getByRole('button', { name: 'Close' }).click();
	await expect(block).toContainText('Said among the notes.');
	await block.getByRole('link', { name: 'Draft' }).click();
	await expect(new CommentaryPage(page).changed).toHaveText('Said among the notes.');
});
