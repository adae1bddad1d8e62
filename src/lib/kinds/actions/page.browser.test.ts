import '#lib/ui/styles/app.css';
import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { RowId } from '#lib/domain/id.ts';
import { axeFindings } from '#lib/ui/specimens/axe.ts';
import { empty } from './fixtures.ts';
import type { Action } from './schema.ts';
import { Desk, NOW_MS } from './specimens/desk.svelte.ts';
import PageTrial from './specimens/PageTrial.svelte';
import { standingOf } from './standing.ts';

const AT = new Date(NOW_MS).toISOString();
let desk = new Desk();
const show = () => render(PageTrial, { desk });
const actionOf = (row: string) => desk.value.actions.find(({ id }) => id === row);
const groups = () =>
	[...document.querySelectorAll('[data-group]')].map((group) => [
		group.getAttribute('aria-label'),
		group.querySelectorAll('[data-row]').length
	]);
const titles = () =>
	[...document.querySelectorAll<HTMLInputElement>('[data-row] input[aria-label="Action"]')].map(
		(one) => one.value
	);

afterEach(async () => {
	desk = new Desk();
	await page.viewport(1280, 820);
});

test('actions stand in groups, what is due first at the top', async () => {
	await page.viewport(1280, 820);
	await show();
	expect(groups()).toEqual([
		['Overdue', 1],
		['This week', 2],
		['Later', 1],
		['No date', 1],
		['Blocked', 1],
		['Done lately', 1]
	]);
	expect(titles().slice(1, 3)).toEqual([
		'Re-run the week 22 breach against the lock',
		'Extend search-api canary to 60 min'
	]);
});

test('chips and the filter show part of the list, with counts', async () => {
	await show();
	await page.getByRole('button', { name: /^No check 2/ }).click();
	expect(titles()).toEqual(['Add p95 panel to the release envelope', 'Look into free-tier traffic']);
	await page.getByRole('button', { name: /^All open 6/ }).click();
	await page.getByRole('searchbox', { name: 'Filter actions' }).fill('priya run');
	await expect
		.poll(titles)
		.toEqual(['Add an index step to the rollback runbook', 'Re-run the week 22 breach against the lock']);
	await page.getByRole('searchbox', { name: 'Filter actions' }).fill('nothing like it');
	await expect.element(page.getByText('No action here has “nothing like it”.')).toBeVisible();
	await userEvent.keyboard('{Escape}');
	await page.getByRole('button', { name: /^Done 1/ }).click();
	expect(groups()).toEqual([['Done lately', 1]]);
});

test('a new action is typed across its cells and added by Enter, ready for the next', async () => {
	await show();
	await page.getByRole('button', { name: 'Action', exact: true }).click();
	await expect.element(page.getByRole('textbox', { name: 'New action' })).toHaveFocus();
	await userEvent.keyboard('Write the drill up{Tab}@sam{Tab}in 2 weeks{Tab}It is on the wiki{Enter}');
	await expect.poll(() => desk.value.actions.at(-1)?.title).toBe('Write the drill up');
	expect(desk.value.actions.at(-1)).toMatchObject({
		owner: 'p-samuel',
		due: '2026-06-22',
		closedWhen: 'It is on the wiki',
		createdBy: 'p-nadia',
		createdAt: AT
	});
	await expect.element(page.getByRole('textbox', { name: 'New action' })).toHaveFocus();
	await userEvent.keyboard('{Escape}');
	await expect.element(page.getByRole('textbox', { name: 'New action' })).not.toBeInTheDocument();
});

test('at the end of a group an action begins with what the group means', async () => {
	await show();
	await page.getByRole('button', { name: 'Add action to This week' }).click();
	await userEvent.keyboard('Ring the vendor{Enter}');
	await expect
		.poll(() => desk.value.actions.at(-1))
		.toMatchObject({ title: 'Ring the vendor', due: '2026-06-12' });
});

test('J and K go from action to action, Enter opens one, the slash goes to the filter', async () => {
	await show();
	await userEvent.keyboard('jjk');
	await expect
		.element(page.getByRole('link', { name: 'Open Add an index step to the rollback runbook' }))
		.toHaveFocus();
	await userEvent.keyboard('/');
	await expect.element(page.getByRole('searchbox')).toHaveFocus();
	await userEvent.keyboard('j');
	await expect.element(page.getByRole('searchbox')).toHaveValue('j');
	desk.hasLetterKeys = false;
	await userEvent.keyboard('{Escape}{Tab}{Tab}j');
	expect(document.activeElement?.hasAttribute('data-open')).toBe(false);
});

test('beside the list stands the whole of an action, with where it came from and what became of its date', async () => {
	desk.row = 'a-canary';
	desk.sloNow = 99.9;
	await show();
	const detail = page.getByRole('article', { name: 'Action' });
	await expect.element(detail.getByText('ACT-0211')).toBeVisible();
	await expect
		.element(detail.getByRole('link', { name: 'Weekly Ops Review, Mon 8 Jun' }))
		.toHaveAttribute('href', '#m-ops-24');
	await expect.element(detail.getByText('Promised at 99.82%, now 99.90%.')).toBeVisible();
	await expect.element(detail.getByText('Changed last by Priya Raman')).toBeVisible();
	await detail.getByRole('textbox', { name: 'Due date' }).fill('19 jun');
	await userEvent.keyboard('{Enter}');
	await detail.getByText('Moved once').click();
	await expect.element(detail.getByText('12 Jun to 19 Jun, Nadia Okafor, 8 Jun')).toBeVisible();
	await detail.getByRole('combobox', { name: 'Priority' }).selectOptions('low');
	expect(actionOf('a-canary')?.priority).toBe('low');
	expect(desk.announced).toEqual(['a-canary']);
});

test('the meetings an action was open in, and a blocker that does not go away, are named', async () => {
	desk.row = 'a-vendor';
	await show();
	const detail = page.getByRole('article', { name: 'Action' });
	await expect.element(detail.getByText('3rd meeting in a row')).toBeVisible();
	await expect.element(detail.getByText(/^The same blocker in 3 meetings running/)).toBeVisible();
	await expect.element(detail.getByText('Their lawyer has had it since 25 May.')).toBeVisible();
	await expect.element(detail.getByRole('link', { name: 'A meeting on 25 May' })).toBeVisible();
});

test('two due dates set at once are both offered', async () => {
	desk.row = 'a-panel';
	const add = (id: string, to: string, by: string) =>
		desk.doc
			.getMap('reschedules')
			.set(
				id,
				new (
					desk.doc.getMap('actions').get('a-panel') as { constructor: new (entries: unknown) => unknown }
				).constructor(
					Object.entries({ id, order: id, action: 'a-panel', from: '2026-06-15', to, after: [], at: AT, by })
				)
			);
	add('r1', '2026-06-18', 'p-priya');
	add('r2', '2026-06-22', 'p-mei');
	await show();
	await expect
		.element(page.getByText(/22 Jun is later, so it stands\. The other said 18 Jun\./).first())
		.toBeVisible();
	await page.getByRole('button', { name: 'Use 18 Jun' }).click();
	expect(standingOf(desk.value, 'a-panel')?.due).toBe('2026-06-18');
	await expect.element(page.getByRole('button', { name: 'Use 18 Jun' })).not.toBeInTheDocument();
});

test('the status Done is asked for at the gate, and evidence opens it', async () => {
	desk.row = 'a-replay';
	await show();
	const detail = page.getByRole('article', { name: 'Action' });
	await detail.getByRole('combobox', { name: 'Status' }).selectOptions('done');
	await page.getByRole('button', { name: 'Close the action' }).click();
	await expect.element(page.getByText('Add a link or a note that shows it worked.')).toBeVisible();
	expect(actionOf('a-replay')?.status).toBe('open');
	await page.getByRole('button', { name: 'Not yet' }).click();
	await detail
		.getByRole('textbox', { name: 'Add evidence' })
		.fill('Replay report <https://wiki.example.com/replay>');
	await userEvent.keyboard('{Enter}');
	await expect
		.element(detail.getByRole('link', { name: 'Replay report' }))
		.toHaveAttribute('href', 'https://wiki.example.com/replay');
	await detail.getByRole('checkbox').click();
	expect(actionOf('a-replay')?.status).toBe('done');
	await expect.element(detail.getByText('Closed 8 Jun by Nadia Okafor')).toBeVisible();
});

test('a deleted action is offered back', async () => {
	desk.row = 'a-panel';
	await show();
	await page.getByRole('button', { name: 'Delete this action' }).click();
	expect(actionOf('a-panel')).toBeUndefined();
	expect(desk.row).toBeUndefined();
	const message = desk.told.at(-1);
	expect(message?.title).toBe('Action deleted');
	message?.action?.run();
	expect(actionOf('a-panel')).toBeDefined();
});

test('what another person changes meanwhile shows, and leaves who is typing alone', async () => {
	await show();
	const check = page.getByRole('textbox', { name: /^Closed when, Add p95 panel/ });
	await check.click();
	await userEvent.keyboard('It sh');
	desk.by('p-mei').patch('a-panel' as RowId, { owner: 'p-mei' as Action['owner'] });
	await expect.element(page.getByRole('combobox', { name: /^Owner of Add p95 panel/ })).toHaveValue('Mei');
	await expect.element(check).toHaveFocus();
	await userEvent.keyboard('ows{Enter}');
	expect(actionOf('a-panel')).toMatchObject({ owner: 'p-mei', closedWhen: 'It shows' });
});

test('a file is shown before it is taken in, with the lines that cannot be', async () => {
	await show();
	await page.getByRole('button', { name: 'More about the actions' }).click();
	await page.getByRole('menuitem', { name: 'Bring in a CSV file' }).click();
	await page
		.getByRole('textbox', { name: 'Or paste it here' })
		.fill('Title,Owner,Due\nWrite it up,Mei Lin,12 jun\n,Mei Lin,\nLook into free-tier traffic,Priya Raman,');
	await expect.element(page.getByText('1 new action, 1 changed, 0 as they are here.')).toBeVisible();
	await expect.element(page.getByText(/It has no title\./)).toBeVisible();
	await page.getByRole('button', { name: 'Bring them in' }).click();
	expect(actionOf('a-bare')?.owner).toBe('p-priya');
	expect(desk.value.actions.at(-1)).toMatchObject({
		title: 'Write it up',
		owner: 'p-mei',
		due: '2026-06-12'
	});
	expect(desk.told.at(-1)?.title).toBe('1 action added, 1 changed');
	desk.told.at(-1)?.action?.run();
	expect(desk.value.actions.length).toBe(7);
});

test('the list is saved as a file', async () => {
	await show();
	for (const entry of ['Save as CSV', 'Save as Markdown']) {
		await page.getByRole('button', { name: 'More about the actions' }).click();
		await page.getByRole('menuitem', { name: entry }).click();
	}
	expect(desk.saved).toEqual(['csv', 'markdown']);
});

test('an empty register says what an action is, and offers the first', async () => {
	desk = new Desk(empty);
	await show();
	await expect.element(page.getByRole('heading', { name: 'No actions yet' })).toBeVisible();
	await page.getByRole('button', { name: 'Add an action' }).click();
	await expect.element(page.getByRole('textbox', { name: 'New action' })).toHaveFocus();
});

test('of 2,000 actions the first are drawn, and more as one scrolls', async () => {
	const actions = Array.from({ length: 2000 }, (_, index): Action => ({
		id: `a${index}` as RowId,
		order: `a${String(index).padStart(5, '0')}`,
		title: `Action ${index}`,
		due: '2026-07-01',
		status: 'open'
	}));
	desk = new Desk({ ...empty, actions });
	await show();
	const first = titles().length;
	expect(first).toBeLessThan(200);
	document.querySelector(`[data-row="a${first - 1}"]`)?.scrollIntoView();
	await expect.poll(() => titles().length).toBeGreaterThan(first);
});

test('on a phone the list is cards, and an action has the page to itself', async () => {
	await page.viewport(390, 844);
	desk.row = undefined;
	const screen = await show();
	await expect.element(page.getByRole('textbox', { name: /^Due date of Extend/ })).toHaveValue('Fri 12 Jun');
	expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(390);
	desk.row = 'a-canary';
	await expect.element(page.getByRole('article', { name: 'Action' })).toBeVisible();
	await expect.element(page.getByRole('region', { name: 'Actions' })).not.toBeInTheDocument();
	expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(390);
	await screen.unmount();
});

test('who may only read finds no way to change anything', async () => {
	desk.isReadOnly = true;
	desk.row = 'a-canary';
	await show();
	await expect.element(page.getByRole('article', { name: 'Action' }).getByText('ACT-0211')).toBeVisible();
	const buttons = page
		.getByRole('button')
		.elements()
		.map((one) => one.textContent?.trim() ?? '');
	expect(buttons.filter((text) => /^(Add|Action|Delete)/.test(text))).toEqual([]);
	for (const input of document.querySelectorAll<HTMLInputElement>(
		'input:not([type="search"], [type="checkbox"])'
	)) {
		expect(input.readOnly, input.getAttribute('aria-label') ?? '').toBe(true);
	}
});

test.each(['light', 'dark'])('the pages have no finding of axe in the %s theme', async (theme) => {
	document.documentElement.dataset['theme'] = theme;
	for (const [width, row] of [
		[1280, 'a-canary'],
		[1280, 'a-vendor'],
		[390, undefined],
		[390, 'a-panel']
	] as const) {
		await page.viewport(width, 820);
		desk = new Desk();
		desk.row = row;
		const screen = await show();
		await expect
			.element(page.getByRole(row ? 'article' : 'region', { name: row ? 'Action' : 'Actions', exact: true }))
			.toBeVisible();
		expect(await axeFindings()).toEqual([]);
		await screen.unmount();
	}
	delete document.documentElement.dataset['theme'];
});
