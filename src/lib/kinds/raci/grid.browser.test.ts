import { afterEach, expect, test } from 'vitest';
import { cdp, page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { axeFindings } from '#lib/ui/specimens/axe.ts';
import '#lib/ui/styles/app.css';
import { empty, matrix } from './fixtures.ts';
import { lettersAt } from './schema.ts';
import { exchange, hana, present, samuel, Sheet } from './specimens/sheet.svelte.ts';
import SheetPage from './specimens/SheetPage.svelte';

async function open(sheet: Sheet): Promise<void> {
	await page.viewport(1440, 900);
	// Where the last test left the mouse, a tooltip would open.
	await cdp().send('Input.dispatchMouseEvent', { type: 'mouseMoved', x: 0, y: 0 });
	await render(SheetPage, { sheet });
}

afterEach(() => delete document.documentElement.dataset['theme']);

const cell = (name: string) => page.getByRole('gridcell', { name: new RegExp(`^${name}:`) });
/** The head of a row or column, by how it begins. */
const head = (name: string) =>
	page.getByRole(ROWS.test(name) ? 'rowheader' : 'columnheader', { name: new RegExp(`^${name}`) });
const ROWS = /^(Daily|Ops|QBR)/;
const at = (sheet: Sheet, activity: string, role: string) => lettersAt(sheet.value, activity, role);
const keys = (text: string) => userEvent.keyboard(text);

/** Puts the keyboard into a cell, as a click does. */
async function start(name: string): Promise<void> {
	await cell(name).click({ position: { x: 8, y: 8 } });
	await expect.element(cell(name)).toHaveFocus();
}

test('the grid is one tab stop, and arrows move from cell to cell and into the heads', async () => {
	await open(new Sheet());
	expect(document.querySelectorAll('table[role=grid] [tabindex="0"]').length).toBe(1);
	await start('Daily health check, CEO');
	await keys('{ArrowRight}{ArrowDown}');
	await expect.element(cell('Weekly Ops Review, CTO')).toHaveFocus();
	await keys('{ArrowUp}{ArrowUp}');
	await expect.element(head('CTO')).toHaveFocus();
	await keys('{ArrowDown}{Home}{ArrowLeft}');
	await expect.element(head('Daily health check')).toHaveFocus();
	expect(document.querySelectorAll('table[role=grid] [tabindex="0"]').length).toBe(1);
	await keys('{Tab}');
	expect(document.activeElement?.closest('table[role=grid]')).toBeNull();
});

test('letters are typed, added with shift, taken out by typing them again, and cleared', async () => {
	const sheet = new Sheet();
	await open(sheet);
	await start('Quarterly planning, CEO');
	await keys('a');
	expect(at(sheet, 'planning', 'ceo')).toBe('A');
	await expect
		.element(cell('Quarterly planning, CEO'))
		.toHaveAccessibleName('Quarterly planning, CEO: Accountable');
	await keys('{Shift>}R{/Shift}');
	expect(at(sheet, 'planning', 'ceo')).toBe('RA');
	await keys('r');
	expect(at(sheet, 'planning', 'ceo')).toBe('A');
	await keys('c');
	expect(at(sheet, 'planning', 'ceo')).toBe('C');
	await keys('{Backspace}');
	expect(at(sheet, 'planning', 'ceo')).toBe('');
	expect(sheet.said).toEqual([
		'Accountable',
		'Responsible and Accountable',
		'Accountable',
		'Consulted',
		'Empty'
	]);
});

test('a check answers at once, and nothing is locked', async () => {
	const sheet = new Sheet();
	await open(sheet);
	await expect.element(page.getByText('Nobody is accountable')).toBeVisible();
	await start('Quarterly planning, CEO');
	await keys('a');
	await expect.element(page.getByText('Nobody is accountable')).not.toBeInTheDocument();
	await expect.element(page.getByRole('button', { name: '1 to fix' })).toBeVisible();
});

test('a range takes a letter, is filled down, and all of it is undone in one step', async () => {
	const sheet = new Sheet();
	await open(sheet);
	await start('Daily health check, CEO');
	await keys('{Shift>}{ArrowRight}{ArrowDown}{/Shift}c');
	expect(['daily', 'ops'].flatMap((row) => ['ceo', 'cto'].map((role) => at(sheet, row, role)))).toEqual([
		'C',
		'C',
		'C',
		'C'
	]);
	expect(document.querySelectorAll('[aria-selected=true]').length).toBe(4);
	await keys('{Control>}z{/Control}');
	expect([at(sheet, 'daily', 'ceo'), at(sheet, 'ops', 'cto')]).toEqual(['I', 'A']);
	await keys('{Shift>}{ArrowDown}{/Shift}{Control>}d{/Control}');
	expect(['ops', 'security'].map((row) => [at(sheet, row, 'ceo'), at(sheet, row, 'cto')])).toEqual([
		['I', 'I'],
		['I', 'I']
	]);
	await keys('{Escape}{ArrowDown}{Control>}d{/Control}');
	expect(at(sheet, 'product', 'cto')).toBe('I');
});

test('the mouse sets letters in the popover under the cell, and the focus stays in the cell', async () => {
	const sheet = new Sheet();
	await open(sheet);
	await start('Quarterly planning, CEO');
	await cell('Quarterly planning, CEO').getByRole('button', { name: 'Accountable' }).click();
	expect(at(sheet, 'planning', 'ceo')).toBe('A');
	await expect.element(cell('Quarterly planning, CEO')).toHaveFocus();
	await keys('{ArrowRight}');
	await expect.element(cell('Quarterly planning, CTO')).toHaveFocus();
});

test('others are seen at their cell by colour and name, and are told where I am', async () => {
	const sheet = new Sheet();
	sheet.present = [present(hana, 'product/cto'), present(samuel, 'exec/vp-eng')];
	await open(sheet);
	const hers = cell('Weekly Product Metrics, CTO');
	await expect
		.element(hers)
		.toHaveAccessibleName('Weekly Product Metrics, CTO: Accountable, Hana Kobayashi here');
	await expect.element(hers.getByText('Hana')).toBeVisible();
	sheet.present = [present(hana, 'ops/ceo')];
	await expect.element(hers.getByText('Hana')).not.toBeInTheDocument();
	await expect.element(cell('Weekly Ops Review, CEO').getByText('Hana')).toBeVisible();
	await start('Board pack, CISO');
	await expect.poll(() => sheet.announced.at(-1)).toBe('board/ciso');
	await keys('{ArrowLeft}');
	await expect.poll(() => sheet.announced.at(-1)).toBe('board/cto');
	(document.activeElement as HTMLElement).blur();
	await expect.poll(() => sheet.announced.at(-1)).toBeUndefined();
});

test('a cell that only this device has says so', async () => {
	const sheet = new Sheet();
	sheet.pending = ['cells/board/cto/C'];
	await open(sheet);
	await expect
		.element(cell('Board pack, CTO'))
		.toHaveAccessibleName('Board pack, CTO: Consulted, not yet synced');
	await expect.element(cell('Board pack, CEO')).toHaveAccessibleName('Board pack, CEO: Accountable');
});

test('somebody else’s edit and move leave the keyboard in its cell', async () => {
	const [mine, hers] = [new Sheet(), new Sheet(empty, hana)];
	exchange(mine, hers);
	await open(mine);
	await start('Board pack, CISO');
	const role = hers.value.roles[2];
	const board = hers.value.activities.find(({ title }) => title === 'Board pack');
	if (!board || !role) throw new Error('both know the matrix');
	hers.commands.moveActivity(board.id, undefined);
	hers.commands.toggle([`${board.id}/${role.id}`], 'I');
	exchange(mine, hers);
	await expect
		.element(cell('Board pack, CISO'))
		.toHaveAccessibleName('Board pack, CISO: Consulted and Informed');
	await expect.element(cell('Board pack, CISO')).toHaveFocus();
	await keys('{ArrowUp}');
	await expect.element(head('CISO')).toHaveFocus();
});

test('“2 to fix” walks through what is to be fixed and begins again', async () => {
	await open(new Sheet());
	const fix = page.getByRole('button', { name: '2 to fix' });
	await fix.click();
	await expect.element(cell('Weekly Product Metrics, CTO')).toHaveFocus();
	await fix.click();
	await expect.element(cell('Quarterly planning, CEO')).toHaveFocus();
	await fix.click();
	await expect.element(cell('Weekly Product Metrics, CTO')).toHaveFocus();
});

test('of two who are accountable one is chosen, from the keyboard too', async () => {
	const sheet = new Sheet();
	await open(sheet);
	await start('Weekly Product Metrics, FinOps');
	await keys('{ArrowRight}{Enter}');
	await page
		.getByRole('dialog')
		.getByRole('button', { name: /^VP Product/ })
		.click();
	expect(at(sheet, 'product', 'cto')).toBe('');
	expect(at(sheet, 'product', 'vp-product')).toBe('RA');
});

test('rows and columns are moved, renamed, added and deleted by keyboard, and deleting can be taken back', async () => {
	const sheet = new Sheet();
	await open(sheet);
	await start('Weekly Ops Review, CTO');
	await keys('{Alt>}{ArrowUp}{ArrowRight}{/Alt}');
	expect(sheet.value.activities[0]?.id).toBe('ops');
	expect(sheet.value.roles.map(({ id }) => id).slice(0, 3)).toEqual(['ceo', 'ciso', 'cto']);
	await keys('{Home}{ArrowLeft}{Enter}');
	await expect.element(page.getByRole('textbox', { name: 'Activity', exact: true })).toHaveFocus();
	await keys('Ops, weekly{Enter}');
	expect(sheet.value.activities[0]?.title).toBe('Ops, weekly');
	await expect.element(head('Ops, weekly')).toHaveFocus();
	await keys('{Control>}{Enter}{/Control}Standup{Enter}');
	expect(sheet.value.activities[1]?.title).toBe('Standup');
	await keys('{Delete}');
	expect(sheet.value.activities.map(({ title }) => title)).not.toContain('Standup');
	await page.getByRole('button', { name: 'Undo' }).click();
	expect(sheet.value.activities[1]?.title).toBe('Standup');
});

test('a role is named and handed to somebody of the space', async () => {
	const sheet = new Sheet();
	await open(sheet);
	await page.getByRole('button', { name: 'Role', exact: true }).click();
	await page.getByRole('textbox', { name: 'Name' }).fill('Counsel');
	await page.getByRole('combobox', { name: 'Held by' }).click();
	await page.getByRole('option', { name: /Claire Dubois/ }).click();
	await page.getByRole('button', { name: 'Done' }).click();
	expect(sheet.value.roles.at(-1)).toMatchObject({ title: 'Counsel', person: 'p-claire' });
	await expect.element(head('Counsel, Claire Dubois')).toBeVisible();
});

test('the menu of a head moves the column, and dragging does', async () => {
	const sheet = new Sheet();
	await open(sheet);
	await head('CTO').hover();
	await page.getByRole('button', { name: 'CTO, menu' }).click();
	await page.getByRole('menuitem', { name: /^Move left/ }).click();
	expect(sheet.value.roles[0]?.id).toBe('cto');
	await userEvent.dragAndDrop(head('QBR'), head('Daily health check'));
	expect(sheet.value.activities[0]?.id).toBe('qbr');
});

test('a note of a cell is written with N and heard with the cell', async () => {
	const sheet = new Sheet();
	await open(sheet);
	await start('Weekly Ops Review, CISO');
	await keys('n');
	await page.getByRole('textbox', { name: /^What else/ }).fill('veto');
	await keys('{Enter}');
	expect(sheet.value.notes).toEqual({ 'ops/ciso': 'veto' });
	await expect
		.element(cell('Weekly Ops Review, CISO'))
		.toHaveAccessibleName('Weekly Ops Review, CISO: Consulted, veto');
	await expect.element(cell('Weekly Ops Review, CISO')).toHaveFocus();
});

test('publishing says what is missing, needs a connection, and then what changed since', async () => {
	const sheet = new Sheet();
	await open(sheet);
	const publish = page.getByRole('button', { name: /^Publish/ });
	await expect.element(publish).toHaveAttribute('aria-disabled', 'true');
	await expect.element(publish).toHaveAccessibleDescription('Fix 2 rows before publishing.');
	sheet.commands.type(['planning/ceo'], 'A');
	sheet.commands.toggle(['product/cto'], 'A');
	sheet.isOffline = true;
	await expect.element(publish).toHaveTextContent('Publish when online');
	await expect.element(publish).toHaveAccessibleDescription('Publishing needs a connection.');
	sheet.isOffline = false;
	await expect.element(publish).not.toHaveAttribute('aria-disabled');
	await publish.click();
	await expect.element(page.getByText('Published 8 Jun, 11:02 by Nadia Okafor.')).toBeVisible();
	sheet.commands.type(['daily/ceo'], 'C');
	await page.getByRole('button', { name: '1 change since published' }).click();
	await expect.element(page.getByText('Daily health check, CEO: informed, now consulted')).toBeVisible();
});

test('heads turn from ten roles on, and the name of the person goes into theirs', async () => {
	const names = Array.from({ length: 10 }, (_, index) => [`r${index}`, `Role ${index}`, 'p-mei'] as const);
	const sheet = new Sheet(matrix(names, [['a', 'Ship', undefined, 'A R I I I I I I I I']]));
	await open(sheet);
	await expect.element(head('Role 3, Mei Lin')).toHaveAttribute('data-turned');
	await expect.element(cell('Ship, Role 1 \\(Mei Lin\\)')).toBeVisible();
	await page.getByRole('button', { name: 'Turn headers' }).click();
	await expect.element(head('Role 3, Mei Lin')).not.toHaveAttribute('data-turned');
});

test('who may only read sees all of it and changes nothing', async () => {
	const sheet = new Sheet();
	sheet.isReadOnly = true;
	await open(sheet);
	await start('Quarterly planning, CEO');
	await keys('a{Backspace}{Control>}d{/Control}{Alt>}{ArrowUp}{/Alt}');
	expect(sheet.value).toEqual(new Sheet().value);
	await expect.element(page.getByRole('button', { name: /^Publish/ })).not.toBeInTheDocument();
});

test('100 activities and 20 roles are all there, and a letter goes where it is typed', async () => {
	const roles = Array.from({ length: 20 }, (_, index) => [`r${index}`, `Role ${index}`] as const);
	const lines = Array.from(
		{ length: 100 },
		(_, index) => [`a${index}`, `Step ${index}`, undefined, `A R ${'I '.repeat(18).trim()}`] as const
	);
	const sheet = new Sheet(matrix(roles, lines));
	await open(sheet);
	expect(document.querySelectorAll('td[role=gridcell][data-spot]').length).toBe(100 * 21);
	await start('Step 50, Role 5');
	await keys('c');
	expect(at(sheet, 'a50', 'r5')).toBe('C');
});

test.each(['light', 'dark'])('axe finds nothing, %s', async (theme) => {
	document.documentElement.dataset['theme'] = theme;
	const sheet = new Sheet();
	sheet.present = [present(hana, 'product/cto')];
	sheet.commands.note('ops/ciso', 'veto');
	await open(sheet);
	await start('Quarterly planning, CEO');
	expect(await axeFindings(theme === 'light' ? 'everything' : 'colours')).toEqual([]);
});
