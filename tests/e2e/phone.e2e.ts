import type { Locator, Page } from '@playwright/test';
import { expect, test, type Downbeat } from './downbeat.ts';
import { ActionFields, DecisionPage } from './records.ts';

/** A meeting on a phone: sheets come up from the bottom, one at a time. */
class PhoneMeeting {
	readonly page: Page;

	constructor(page: Page) {
		this.page = page;
	}

	get title(): Locator {
		return this.page.getByRole('banner').getByRole('heading', { level: 1 });
	}

	get header(): Locator {
		return this.page.getByRole('banner');
	}

	get bar(): Locator {
		return this.page.locator('footer');
	}

	sheet(name: string): Locator {
		return this.page.getByRole('dialog', { name });
	}

	async close(sheet: Locator): Promise<void> {
		await sheet.getByRole('button', { name: 'Close' }).tap();
		await expect(sheet).toHaveCount(0);
	}
}

test('on a phone a meeting is planned, run, parked from and written in with the thumb', async ({
	downbeat,
	visit
}) => {
	const ada = await visit('Ada', await downbeat.createSpace(), { isPhone: true });
	const { page } = ada;
	await page.getByRole('button', { name: 'New meeting' }).first().tap();
	await page.getByLabel('Title').fill('Ops Review');
	await page.getByRole('button', { name: 'Make meeting' }).tap();
	const phone = new PhoneMeeting(page);
	await expect(phone.title).toHaveText('Ops Review');

	await phone.bar.getByRole('button', { name: 'Add an item…' }).tap();
	const agenda = phone.sheet('Agenda');
	for (const line of ['Availability', 'Cost deltas 10 min']) {
		await agenda.getByLabel('New item').fill(line);
		await agenda.getByLabel('New item').press('Enter');
	}
	await expect(agenda.locator('[data-row]')).toHaveCount(2);
	await phone.close(agenda);
	await expect(phone.title).toHaveText('Availability');
	await expect(phone.header).toContainText('Item 1 of 2, Ops Review');

	await phone.header.getByRole('button', { name: 'Start' }).tap();
	await phone.header.getByRole('button', { name: /^Run the meeting,/ }).tap();
	const run = phone.sheet('Run the meeting');
	await run.getByRole('button', { name: '+2 min' }).tap();
	await expect(run.getByRole('timer')).toContainText('left of 7:00');
	await run.getByRole('button', { name: 'Next item: Cost deltas' }).tap();
	await expect(run.getByRole('timer')).toContainText('left of 10:00');
	await phone.close(run);
	await expect(phone.title).toHaveText('Cost deltas');

	await phone.header.getByRole('button', { name: 'Agenda' }).tap();
	await agenda.getByRole('button', { name: 'Availability', exact: true }).tap();
	await expect(agenda).toHaveCount(0);
	await expect(phone.title).toHaveText('Availability');
	await page.getByRole('button', { name: 'Go there' }).tap();
	await expect(phone.title).toHaveText('Cost deltas');

	await phone.bar.getByRole('button', { name: 'Park something' }).tap();
	const park = phone.sheet('Park something');
	await park.getByRole('textbox').fill('Who pays for the second region?');
	await park.getByRole('button', { name: 'Park', exact: true }).tap();
	await phone.close(park);
	await page.getByRole('button', { name: 'People and parking lot' }).tap();
	const panel = phone.sheet('People and parking lot');
	await expect(panel).toContainText('Who pays for the second region?');
	await phone.close(panel);

	await phone.bar.getByRole('button', { name: 'Write a note…' }).tap();
	const notes = page.getByRole('textbox', { name: 'Notes' });
	await expect(notes).toBeFocused();
	await page.keyboard.type('Spend is up.');
	await expect(notes).toHaveText('Spend is up.');
	await expect(ada.pill).toContainText('Synced');
});

/** The width that one could scroll over, of the window and of the page in it. */
const widthOf = (page: Page): Promise<number> =>
	page.evaluate(() => {
		const scrollers = [document.documentElement, ...document.querySelectorAll('main')];
		return Math.max(...scrollers.map((one) => one.scrollWidth));
	});

/** Where a link of a list leads. */
async function hrefOf(page: Page, { url }: Downbeat, at: { list: string; link: Locator }): Promise<string> {
	await page.goto(at.list);
	return `${url}${(await at.link.first().getAttribute('href')) ?? ''}`;
}

test('nothing on a phone is wider than the phone, also on a narrow one', async ({ downbeat, visit }) => {
	const at = await downbeat.createSample();
	const { page } = await visit('Ada', at, { isPhone: true });
	const space = `${downbeat.url}/${at.space}`;
	await page.goto(`${space}/meeting`);
	const meeting =
		(await page
			.getByRole('link', { name: /Ops Review/ })
			.first()
			.getAttribute('href')) ?? '';
	const decision = page.getByRole('link', { name: /Move trace sampling/ });
	const request = page.getByRole('link', { name: /Keep the 15-minute page threshold/ });
	const action = page.getByRole('link', { name: /^Open Rotate the paging/ });
	const pages: Record<string, Locator> = {
		[space]: page.getByRole('heading', { level: 1 }),
		[`${space}/meeting`]: page.getByRole('link', { name: /Ops Review/ }).first(),
		[`${downbeat.url}${meeting}`]: page.getByRole('textbox', { name: 'Notes' }),
		[`${space}/kpis`]: page.getByRole('link', { name: /MTTR/ }),
		[`${space}/kpis/mttr`]: page.getByRole('slider'),
		[`${space}/decisions`]: decision,
		[await hrefOf(page, downbeat, { list: `${space}/decisions`, link: decision })]: page.getByRole('list', {
			name: 'Roles'
		}),
		[await hrefOf(page, downbeat, { list: `${space}/decisions`, link: request })]: page.getByRole('region', {
			name: 'Input asked for'
		}),
		[`${space}/actions`]: action,
		[await hrefOf(page, downbeat, { list: `${space}/actions`, link: action })]: page.getByRole('region', {
			name: 'Evidence'
		}),
		[`${space}/settings`]: page.getByRole('heading', { level: 1 })
	};
	for (const [address, there] of Object.entries(pages)) {
		await page.goto(address);
		await expect(there).toBeVisible();
		for (const width of [390, 360, 320]) {
			await page.setViewportSize({ width, height: 844 });
			await expect.poll(() => widthOf(page), address).toBeLessThanOrEqual(width);
		}
	}
});

test('on a phone a decision is found and decided, and an action closed, with the thumb', async ({
	downbeat,
	visit
}) => {
	const at = await downbeat.createSample();
	const { page } = await visit('Ada', at, { isPhone: true });
	await page.goto(`${downbeat.url}/${at.space}`);
	await page.getByRole('link', { name: /^Decisions/ }).tap();
	await page.getByRole('link', { name: /Hold search-api releases/ }).tap();
	const decision = new DecisionPage(page);
	await expect(decision.title).toHaveValue(/^Hold search-api releases/);
	await decision.addEvidence('INC-2291 timeline');
	await decision.decide.tap();
	await expect(decision.decide).toHaveCount(0);
	await expect(decision.role('Decide')).toContainText(/Decided \d\d:\d\d/);
	await page.getByRole('link', { name: 'Back to Decisions' }).tap();
	await expect(page.getByRole('link', { name: /Hold search-api releases/ })).toContainText('Decided');

	await page.goto(`${downbeat.url}/${at.space}/actions`);
	const link = page.getByRole('link', { name: /^Open Rotate the paging/ });
	const action = new ActionFields(page.locator('[data-row]').filter({ has: link }));
	await action.done.tap();
	const panel = page.getByRole('dialog', { name: 'Close this action' });
	await panel.getByRole('button', { name: 'Close the action' }).tap();
	await expect(panel).toContainText('Add a link or a note that shows it worked.');
	await panel.getByLabel('What shows it worked').fill('11 pages last week');
	await panel.getByRole('button', { name: 'Close the action' }).tap();
	await expect(panel).toHaveCount(0);
	await expect(action.done).toBeChecked();
	await link.tap();
	await expect(page.getByRole('region', { name: 'Evidence' })).toContainText('11 pages last week');
});
