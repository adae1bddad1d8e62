import '#lib/ui/styles/app.css';
import { afterEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { axeFindings } from '#lib/ui/specimens/axe.ts';
import BlockTrial from './specimens/BlockTrial.svelte';
import { Desk } from './specimens/desk.svelte.ts';
import { standingOf } from './standing.ts';

const RUN = ['a-canary', 'a-replay', 'a-panel'];
let desk = new Desk();
const show = (
	options: { rows?: readonly string[]; width?: string; onanother?: () => void; newRow?: string } = {}
) => render(BlockTrial, { desk, rows: RUN, width: '740px', ...options });
const actionOf = (row: string) => desk.value.actions.find(({ id }) => id === row);

afterEach(async () => {
	desk = new Desk();
	await page.viewport(1000, 800);
});

test('actions one below the other read as one table, with its heads once', async () => {
	await show();
	const heads = [...document.querySelectorAll('.heads')].filter((head) => head.checkVisibility());
	expect(heads.length).toBe(1);
	const lines = [...document.querySelectorAll('[data-action-block]')].map((one) =>
		one.getBoundingClientRect()
	);
	expect(lines.length).toBe(3);
	expect(Math.round((lines[2]?.top ?? 0) - (lines[1]?.bottom ?? 9))).toBe(0);
	await expect
		.element(page.getByRole('combobox', { name: /^Owner of Extend search-api/ }))
		.toHaveValue('Rafael');
	await expect
		.element(page.getByRole('textbox', { name: /^Due date of Extend search-api/ }))
		.toHaveValue('12 Jun');
});

test('every cell is edited in place, from one to the next by Tab', async () => {
	await show();
	await page.getByRole('textbox', { name: 'Action', exact: true }).nth(2).click();
	await userEvent.keyboard(
		'{Control>}a{/Control}Add p95 panels{Tab}@mei{Tab}next fri{Tab}Both panels show{Enter}'
	);
	expect(actionOf('a-panel')).toMatchObject({
		title: 'Add p95 panels',
		owner: 'p-mei',
		closedWhen: 'Both panels show'
	});
	expect(standingOf(desk.value, 'a-panel')?.due).toBe('2026-06-19');
});

test('what was understood of a due date is said while it is typed, and what was not stays as typed', async () => {
	await show();
	const due = page.getByRole('textbox', { name: /^Due date of Add p95 panel/ });
	await due.fill('fri');
	await expect.element(page.getByText('Fri 12 Jun')).toBeVisible();
	await due.fill('6/12');
	await expect
		.element(page.getByText('6/12 may be 6 Dec or 12 Jun. Write the month as a word.'))
		.toBeVisible();
	await userEvent.keyboard('{Enter}');
	expect(standingOf(desk.value, 'a-panel')).toMatchObject({
		action: { dueTyped: '6/12' },
		due: '2026-06-15'
	});
	await userEvent.tab();
	await expect.element(due).toHaveValue('6/12');
	await expect.element(due).toHaveAttribute('aria-invalid', 'true');
	await expect.element(due).toHaveAccessibleDescription(/Until then 15 Jun stands\./);
});

test('Escape takes back what was typed', async () => {
	await show();
	const due = page.getByRole('textbox', { name: /^Due date of Add p95 panel/ });
	await due.fill('tomorrow');
	await userEvent.keyboard('{Escape}');
	await expect.element(due).toHaveValue('15 Jun');
	const owner = page.getByRole('combobox', { name: /^Owner of Add p95 panel/ });
	await owner.fill('sam');
	await userEvent.keyboard('{Escape}');
	await expect.element(owner).toHaveValue('Tomás');
	expect(desk.value.reschedules.length).toBe(1);
});

test('an owner is chosen with the arrows, and taken away by emptying the field', async () => {
	await show();
	const owner = page.getByRole('combobox', { name: /^Owner of Add p95 panel/ });
	await owner.fill('@');
	await expect.element(page.getByRole('option', { name: 'Priya Raman' })).toBeVisible();
	const highlighted = () => document.querySelector('[role="option"][aria-selected="true"]')?.textContent;
	const first = highlighted();
	await userEvent.keyboard('{ArrowDown}');
	await expect.poll(highlighted).not.toBe(first);
	await owner.fill('@mei');
	await userEvent.keyboard('{Enter}');
	expect(actionOf('a-panel')?.owner).toBe('p-mei');
	await owner.fill('');
	await userEvent.tab();
	expect(actionOf('a-panel')).not.toHaveProperty('owner');
});

test('Enter in the last field makes another action below', async () => {
	const onanother = vi.fn();
	await show({ onanother });
	await page.getByRole('textbox', { name: /^Closed when, Add p95 panel/ }).fill('It shows');
	await userEvent.keyboard('{Enter}');
	expect(onanother).toHaveBeenCalledOnce();
	expect(actionOf('a-panel')?.closedWhen).toBe('It shows');
});

test('a new action has the caret in its title', async () => {
	const id = desk.commands.add({ title: '' }, { at: '2026-06-08T10:31:00.000Z' });
	await show({ rows: [...RUN, id], newRow: id });
	await expect.element(page.getByRole('textbox', { name: 'Action', exact: true }).last()).toHaveFocus();
});

test('an action without check and evidence is not closed: the panel says what is missing, at each field', async () => {
	await show();
	const box = page.getByRole('checkbox', { name: /^Close Add p95 panel/ });
	await box.click();
	await page.getByRole('button', { name: 'Close the action' }).click();
	await expect
		.element(page.getByRole('textbox', { name: 'Closed when', exact: true }))
		.toHaveAccessibleDescription('Say how we’ll know it worked. A test, a check or a dashboard.');
	await expect.element(page.getByText('Add a link or a note that shows it worked.')).toBeVisible();
	expect(actionOf('a-panel')?.status).toBe('open');
	await expect.element(box).not.toBeChecked();
	await page.getByRole('textbox', { name: 'Closed when', exact: true }).fill('The panel shows p95');
	await page.getByRole('textbox', { name: 'What shows it worked' }).fill('https://grafana.example.com/d/p95');
	await page.getByRole('button', { name: 'Close the action' }).click();
	expect(actionOf('a-panel')).toMatchObject({
		status: 'done',
		closedWhen: 'The panel shows p95',
		closedBy: 'p-nadia'
	});
	expect(desk.value.evidence.at(-1)).toMatchObject({
		action: 'a-panel',
		href: 'https://grafana.example.com/d/p95'
	});
	await expect.element(page.getByRole('checkbox', { name: /^Close Add p95 panel/ })).toBeChecked();
});

test('what has its check and its evidence closes at one press, and opens again at another', async () => {
	desk.commands.addEvidence('a-replay' as never, { text: 'Replay report' }, '2026-06-08T10:31:00.000Z');
	await show();
	const box = page.getByRole('checkbox', { name: /^Close Re-run the week 22/ });
	await box.click();
	await expect.element(box).toBeChecked();
	expect(actionOf('a-replay')?.status).toBe('done');
	expect(desk.told.at(-1)?.title).toBe('Action closed');
	await box.click();
	await expect.element(box).not.toBeChecked();
	expect(actionOf('a-replay')?.status).toBe('open');
});

test('in a narrow place an action is a card: title, who and when, and its check', async () => {
	await show({ width: '300px' });
	await expect
		.element(page.getByRole('textbox', { name: /^Due date of Extend search-api/ }))
		.toHaveValue('Fri 12 Jun');
	const card = document.querySelector('.card')?.getBoundingClientRect();
	expect(card?.width).toBeLessThanOrEqual(300);
	expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(document.documentElement.clientWidth);
	await page.getByRole('textbox', { name: /^Closed when, Add p95 panel/ }).fill('It shows');
	await userEvent.keyboard('{Enter}');
	expect(actionOf('a-panel')?.closedWhen).toBe('It shows');
});

test('an action that was deleted says so and can be brought back; one that is not here yet says so', async () => {
	desk.commands.remove('a-replay' as never, '2026-06-08T10:31:00.000Z');
	await show({ rows: ['a-replay', 'elsewhere'] });
	await expect.element(page.getByText('This action is not on this device yet.')).toBeVisible();
	await page.getByRole('button', { name: 'Bring it back' }).click();
	await expect
		.element(page.getByRole('textbox', { name: 'Action', exact: true }))
		.toHaveValue('Re-run the week 22 breach against the lock');
});

test('who may only read can change nothing; an owner who left is named', async () => {
	desk.isReadOnly = true;
	desk.people = desk.people.filter(({ id }) => id !== ('p-rafael' as never));
	await show();
	await expect
		.element(page.getByRole('textbox', { name: 'Action', exact: true }).first())
		.toHaveAttribute('readonly');
	await expect.element(page.getByRole('checkbox', { name: /^Close Add p95 panel/ })).toBeDisabled();
	await expect.element(page.getByText('Its owner has left the space. Name another person.')).toBeVisible();
});

test.each(['light', 'dark'])('the blocks have no finding of axe in the %s theme', async (theme) => {
	document.documentElement.dataset['theme'] = theme;
	for (const width of ['740px', '300px']) {
		desk.pending = new Set(['a-replay']);
		const screen = await show({ width });
		expect(await axeFindings()).toEqual([]);
		await screen.unmount();
	}
	delete document.documentElement.dataset['theme'];
});
