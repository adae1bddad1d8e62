import '#lib/ui/styles/app.css';
import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { RowId } from '#lib/domain/id.ts';
import { axeFindings } from '#lib/ui/specimens/axe.ts';
import { button, choose, closeAll, field, show, told } from './specimens/trial.ts';

afterEach(closeAll);

const AT = '2026-06-08T10:00:00.000Z';
const alert = page.getByRole('alert');

test('the detail says what was decided, by whom, when, and what it replaced', async () => {
	await show('hold');
	await expect.element(page.getByText('8 June 2026')).toBeVisible();
	await expect.element(page.getByText('Decided 10:38')).toBeVisible();
	await expect.element(page.getByText('Agreed 8 Jun')).toBeVisible();
	await expect.element(page.getByText('Platform team')).toBeVisible();
	await expect.element(page.getByText('In 2 weeks, with Samuel Adeyemi')).toBeVisible();
	await expect.element(page.getByRole('link', { name: 'DEC-0119' })).toHaveAttribute('href', '#old');
	await expect.element(page.getByText('2 h 38 min')).toBeVisible();
	await expect.element(page.getByRole('img', { name: 'Off target' })).toBeVisible();
});

test('a number that was corrected since says so', async () => {
	await show('hold', {
		prepare: ({ points }) =>
			points.put('mttr', [{ at: Date.parse('2026-06-08T00:00:00Z') / 1000, value: 61 }])
	});
	await expect.element(page.getByText(/^Decided at 74.min, now 61.min\.$/)).toBeVisible();
});

test('what is missing stands beside the button, which leads to it; with all of it, it is decided', async () => {
	const desk = await show();
	await button('Decision').click();
	await userEvent.keyboard('Move trace sampling to 8%{Enter}');
	const id = desk.row ?? '';
	await expect
		.element(
			page
				.getByText('To be decided, it needs one person who decides and at least one piece of evidence.')
				.last()
		)
		.toBeVisible();
	await button('Decide').click({ force: true }); // Blocked, it stays focusable and can be pressed.
	expect(told(desk, id).decision.status).toBe('proposed');
	await expect.element(page.getByRole('button', { name: 'Who decides?' })).toHaveFocus();

	await userEvent.keyboard('{Enter}');
	await page.getByRole('combobox', { name: 'Person' }).fill('Sam');
	await page.getByRole('option', { name: /Samuel/ }).click();
	await expect.poll(() => told(desk, id).members).toMatchObject([{ role: 'decide', person: 'p-samuel' }]);

	await button('Add evidence').first().click();
	await expect.poll(() => document.activeElement?.hasAttribute('data-add-evidence')).toBe(true);
	await userEvent.keyboard('{Enter}');
	await field('What it rests on').fill('https://costs.example/june');
	await userEvent.keyboard('{Enter}');
	await expect
		.poll(() => told(desk, id).evidence)
		.toMatchObject([{ title: 'costs.example/june', url: 'https://costs.example/june', by: 'p-nadia' }]);

	await button('Decide').click();
	expect(told(desk, id).decision).toMatchObject({ status: 'decided', madeOn: '2026-06-08' });
	expect(desk.said).toContain('Decided: Move trace sampling to 8%');
});

test('what is no address is not taken as one', async () => {
	const desk = await show('hold');
	await button('Add evidence').click();
	await field('Link').fill('javascript:alert(1)');
	await button('Add evidence').click();
	await expect
		.element(page.getByText('This is no address. Paste the link as it stands in the browser.'))
		.toBeVisible();
	expect(told(desk, 'hold').evidence).toHaveLength(1);
});

test('two deciders are both there, and the sentence names both', async () => {
	const desk = await show('keep');
	desk.commands.addMember('keep' as RowId, { role: 'decide', who: { person: desk.me.id } });
	await expect
		.element(page.getByText(/has 2 deciders: Rafael Costa and Nadia Okafor\. Keep one\.$/))
		.toBeVisible();
	await button('Take Nadia Okafor out of Decide').click();
	await expect.element(page.getByText(/has 2 deciders/)).not.toBeInTheDocument();
});

test('options are added, written, chosen, deleted and brought back', async () => {
	const desk = await show('hold');
	await button('Add an option').click();
	await expect.element(field('Option C')).toHaveFocus();
	await userEvent.keyboard('Freeze Tier-0 releases{Enter}');
	await field('For option C').fill('Lowest risk');
	await userEvent.tab();
	await button('Choose option C').click();
	const { options, decision } = told(desk, 'hold');
	expect(options[2]).toMatchObject({ title: 'Freeze Tier-0 releases', pros: 'Lowest risk' });
	expect(decision.chosen).toBe(options[2]?.id);
	await button('Delete option C').click();
	expect(told(desk, 'hold').options).toHaveLength(2);
	await button('Undo').click();
	expect(told(desk, 'hold').options).toHaveLength(3);
});

test('reversibility, review, tags, a KPI and an action are set at the side', async () => {
	const desk = await show('hold');
	await page.getByRole('combobox', { name: 'Reversibility' }).selectOptions('no');
	await page.getByLabelText('Review date').fill('2026-06-01');
	await button('Review held').click();
	await field('Add a tag').fill('canary');
	await userEvent.keyboard('{Enter}');
	await choose('Add a KPI', 'Lead time');
	await field('Add an action').fill('Extend the canary');
	await userEvent.keyboard('{Enter}');
	const { decision, tags, kpis } = told(desk, 'hold');
	expect(decision).toMatchObject({ reversibility: 'no', reviewOn: '2026-06-01', reviewedOn: '2026-06-08' });
	expect(tags.map(({ tag }) => tag)).toEqual(['release', 'canary']);
	expect(kpis[1]).toMatchObject({ kpi: 'lead-time', seen: { value: 19.2 } });
	expect(desk.actions).toMatchObject([
		{ title: 'Extend the canary', source: { document: 'r-decisions', row: 'hold' } }
	]);
	await expect.element(page.getByText('1 open')).toBeVisible();
});

test('it is replaced by a new one, deleted with a way back, and saved as a record', async () => {
	const desk = await show('hold');
	await choose('More about this decision', 'Supersede');
	await expect.poll(() => desk.row).not.toBe('hold');
	expect(told(desk, desk.row ?? '').decision).toMatchObject({ supersedes: 'hold', status: 'proposed' });
	await choose('More about this decision', 'Delete');
	expect(desk.row).toBeUndefined();
	await button('Undo').click();
	await expect.poll(() => desk.row).toBeDefined();
	desk.goTo('#hold');
	await choose('More about this decision', 'Save as MADR');
	expect(desk.saved[0]).toMatchObject({ name: expect.stringMatching(/^dec-0148-hold-search-api/) as string });
	expect(desk.saved[0]?.text).toContain('Chosen option: "60-minute canary for Tier-0", because');
});

test('a reply is a draft while it is written, counts once sent, and an objection holds the default', async () => {
	const desk = await show('keep', {
		prepare: (one) => (one.me = one.people.find(({ id }) => id === 'p-jonas') ?? one.me)
	});
	await expect.element(page.getByText('Option B goes ahead')).toBeVisible();
	await expect.element(page.getByText('50 h 40 min left')).toBeVisible();
	await expect.element(page.getByText('1 of 2')).toBeVisible();
	await field('Reason').fill('Two contracts promise 20 minutes.');
	await button('Send reply').click();
	await expect.element(alert.getByText('Choose an option, or to talk first.')).toBeVisible();
	await page.getByText('Talk first', { exact: true }).click();
	await expect.element(page.getByText('Draft synced')).toBeVisible();
	expect(told(desk, 'keep').replies.find(({ person }) => person === 'p-jonas')?.sentAt).toBeUndefined();
	await field('Reason').click();
	await userEvent.keyboard('{Control>}{Enter}{/Control}');
	expect(told(desk, 'keep').replies.find(({ person }) => person === 'p-jonas')).toMatchObject({
		talksFirst: true,
		reason: 'Two contracts promise 20 minutes.',
		sentAt: '2026-06-08T12:20:00.000Z'
	});
	await expect.element(page.getByText('Stays in review', { exact: true })).toBeVisible();
	await expect.element(page.getByText('2 of 2')).toBeVisible();
});

test('people are asked until a moment at least a day away', async () => {
	const desk = await show('keep', { prepare: (one) => one.commands.withdrawRequest('keep' as RowId) });
	await button('Ask for input').click();
	await page.getByText('Mei Lin').click();
	await page.getByRole('radio', { name: 'A' }).click({ force: true });
	await page.getByLabelText('Decide by').fill('2026-06-09');
	await page.getByLabelText('Time').fill('09:00');
	await button('Ask for input').last().click();
	await expect
		.element(page.getByText('People need a day to answer: choose a time at least 24 hours from now.'))
		.toBeVisible();
	await page.getByLabelText('Decide by').fill('2026-06-11');
	await button('Ask for input').last().click();
	await expect.poll(() => told(desk, 'keep').decision.decideBy).toBe('2026-06-11T07:00:00.000Z');
	expect(told(desk, 'keep')).toMatchObject({
		decision: { fallback: 'keep-a', status: 'in-review' },
		asked: [{ person: 'p-mei' }]
	});
});

test('on a phone the list gives way to the detail', async () => {
	const desk = await show(undefined, { width: 390 });
	await page.getByRole('link', { name: /^Hold search-api/ }).click();
	desk.goTo('#hold');
	await expect.element(page.getByRole('heading', { level: 1 })).toBeInTheDocument();
	expect(page.getByRole('searchbox').elements()).toEqual([]);
	expect(document.documentElement.scrollWidth).toBe(390);
	const [recommend, agree] = page.getByRole('list', { name: 'Roles' }).element().children;
	expect(recommend?.getBoundingClientRect().bottom).toBeLessThanOrEqual(
		(agree?.getBoundingClientRect().top ?? 0) + 1
	);
});

test.each([
	['hold', 'light', 1440],
	['hold', 'dark', 390],
	['keep', 'light', 390],
	['keep', 'dark', 1440]
] as const)('axe finds nothing in %s, %s, %i px', async (row, theme, width) => {
	document.documentElement.dataset['theme'] = theme;
	await show(row, {
		width,
		prepare: (desk) => {
			desk.me = desk.people.find(({ id }) => id === 'p-jonas') ?? desk.me;
			desk.commands.setAgreed('hold.agree' as RowId, AT);
		}
	});
	await expect.element(page.getByRole('textbox', { name: 'Context' })).toBeVisible();
	expect(await axeFindings()).toEqual([]);
});
