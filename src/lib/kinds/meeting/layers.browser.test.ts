import '#lib/ui/styles/app.css';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { RowId } from '#lib/domain/id.ts';
import { clockOf } from './clock.ts';
import { empty } from './fixtures.ts';
import { Desk } from './specimens/desk.svelte.ts';
import { draft, live } from './specimens/meetings.ts';
import { LATENCY } from './specimens/numbers.ts';
import { AT_THE_REVIEW, mei } from './specimens/people.ts';
import { button, closeAll, dock, notes, row, show, textOf, title } from './specimens/trial.ts';

let desk: Desk;
beforeEach(() => {
	desk = new Desk(live, { present: AT_THE_REVIEW });
});
afterEach(closeAll);

const drawer = (name: string) => page.getByRole('group', { name, exact: true });
const sheet = (name: string) => page.getByRole('dialog', { name });
const clock = () => clockOf(desk.value.clock);
const isGone = (name: string) => expect.element(sheet(name)).not.toBeInTheDocument();

test('at 900 px A and I open agenda and panel as drawers, one at a time; Escape gives the focus back', async () => {
	await show(desk, 900);
	await expect.element(drawer('Agenda')).not.toBeInTheDocument();
	(dock.getByRole('button', { name: 'Next item' }).element() as HTMLElement).focus();
	await userEvent.keyboard('a');
	await expect.element(drawer('Agenda')).toHaveFocus();
	await userEvent.keyboard('i');
	await expect.element(drawer('People and parking lot')).toBeVisible();
	await expect.element(drawer('Agenda')).not.toBeInTheDocument();
	await userEvent.keyboard('{Escape}');
	await expect.element(drawer('People and parking lot')).not.toBeInTheDocument();
	await expect.element(dock.getByRole('button', { name: 'Next item' })).toHaveFocus();
	await userEvent.keyboard('a');
	await expect.element(drawer('Agenda')).toBeVisible();
	await userEvent.keyboard('a');
	await expect.element(drawer('Agenda')).not.toBeInTheDocument();
});

test('at 900 px the doors say what is behind them, and the drawer leaves the notes to be used', async () => {
	await show(desk, 900);
	await button('6 here, 2 parked').click();
	await expect.element(button('6 here, 2 parked')).toHaveAttribute('aria-expanded', 'true');
	await button('Agenda').click();
	await row('Cost deltas').click();
	await expect.element(title).toHaveTextContent('Cost deltas');
	await expect.element(drawer('Agenda'), { message: 'another item may be next' }).toBeVisible();
	desk.isOffline = true;
	await expect.element(button('0 kept here, 2 parked')).toBeVisible();
});

test('at 900 px P opens the panel with its line', async () => {
	await show(desk, 900);
	await userEvent.keyboard('p');
	await expect.element(page.getByRole('textbox', { name: /worth talking about/ })).toHaveFocus();
	await userEvent.keyboard('Later{Enter}{Escape}');
	expect(desk.value.parking.at(-1)?.text).toBe('Later');
});

test('on a phone the header names the item and opens the agenda, which leads to another', async () => {
	await show(desk, 390);
	await expect.element(title).toHaveTextContent('SLO & reliability signals');
	await expect.element(page.getByText('Item 2 of 6, Weekly Ops Review')).toBeVisible();
	await button('Agenda').first().click();
	await row('Cost deltas').click();
	await isGone('Agenda');
	await expect.element(title).toHaveTextContent('Cost deltas');
});

test('on a phone a draft is started from its header, and run from a sheet behind the time', async () => {
	desk = new Desk(draft);
	await show(desk, 390);
	await button('Start').click();
	expect(clock().state).toBe('live');
	const time = page.getByRole('button', { name: /^Run the meeting,/ });
	await expect.poll(textOf(time)).toMatch(/5:00\s*left/);

	await time.click();
	await expect.element(sheet('Run the meeting')).toBeVisible();
	for (const [verb, state] of [
		['Pause', 'paused'],
		['Resume', 'live']
	] as const) {
		desk.pass(1);
		await sheet('Run the meeting').getByRole('button', { name: verb }).click();
		expect(clock().state).toBe(state);
	}
	await button('+2 min').click();
	await expect.poll(textOf(sheet('Run the meeting').getByRole('timer'))).toContain('left of 7:00');
	desk.pass(1);
	await button('Next item: SLO & reliability signals').click();
	await expect.element(button('Next item: Cost deltas'), { message: 'it stays for the next' }).toBeVisible();
	desk.pass(1);
	await button('Previous').click();
	expect(clock().current).toBe('actions');
	desk.pass(1);
	await button('End meeting').click();
	await isGone('Run the meeting');
	expect(clock().state).toBe('ended');
	await expect.element(page.getByText('ended', { exact: true })).toBeVisible();
});

test('on a phone something is parked from the bar, in a sheet of its own', async () => {
	await show(desk, 390);
	await button('Park something').click();
	await expect.element(sheet('Park something').getByRole('textbox')).toHaveFocus();
	await userEvent.keyboard('On the train{Enter}{Enter}');
	await isGone('Park something');
	expect(desk.value.parking.at(-1)?.text).toBe('On the train');
});

test('on a phone the faces open people and parking lot', async () => {
	await show(desk, 390);
	await button('People and parking lot').click();
	const people = sheet('People and parking lot');
	await expect.element(people.getByText('Phone, in Last week’s actions')).toBeVisible();
	await people.getByRole('button', { name: /^Park something/ }).click();
	await userEvent.keyboard('From the sheet{Enter}');
	await expect.element(people.getByText('From the sheet')).toBeVisible();
	await expect.element(people).toBeVisible();
});

test('on a phone the bar writes a note, puts a chart in, and goes where one writes', async () => {
	await show(desk, 390);
	await button('Write a note…').click();
	await expect.element(notes).toHaveFocus();
	await userEvent.keyboard('Rolled back on Thursday');
	await expect.poll(() => JSON.stringify(desk.value.notes['slo'])).toContain('Rolled back on Thursday');
	await expect
		.element(button('Park something'), { message: 'the keyboard’s bar stands there' })
		.not.toBeInTheDocument();
	(document.activeElement as HTMLElement).blur();
	await button('Insert').click();
	await page.getByRole('menuitem', { name: 'KPI chart' }).click();
	await page.getByRole('combobox', { name: 'Find a KPI' }).fill('lat');
	await page.getByRole('option').click();
	await expect.poll(() => JSON.stringify(desk.value.notes['slo'])).toContain(LATENCY);
});

test('on a phone an empty meeting asks for its first item', async () => {
	desk = new Desk(empty);
	await show(desk, 390);
	await expect.element(page.getByText('No agenda yet').first()).toBeVisible();
	await button('Add an item…').click();
	await expect.element(page.getByRole('textbox', { name: 'New item' })).toHaveFocus();
	await userEvent.keyboard('Cost deltas 10 min{Enter}');
	expect(desk.titles).toEqual(['Cost deltas']);
	await expect.element(sheet('Agenda'), { message: 'it waits for the next' }).toBeVisible();
});

test('on a phone an item that is deleted meanwhile can be restored', async () => {
	await show(desk, 390);
	desk.by(mei).removeItem('slo' as RowId, '2026-06-08T08:11:00.000Z');
	await expect.element(page.getByText('This item was deleted.')).toBeVisible();
	await expect.element(page.getByText('Not on the agenda')).toBeVisible();
	await button('Restore').click();
	await expect.element(title).toHaveTextContent('SLO & reliability signals');
});

test('on a phone who may only read has no bar to write with', async () => {
	desk.isReadOnly = true;
	await show(desk, 390);
	await page.getByRole('button', { name: /^Run the meeting,/ }).click();
	await expect.element(sheet('Run the meeting')).toBeVisible();
	const names = page
		.getByRole('button')
		.elements()
		.map((one) => one.getAttribute('aria-label') ?? one.textContent.trim());
	expect(names.filter((name) => /Write|Park s|Insert|Next|Pause|End|\+2|When/.test(name))).toEqual([]);
});

test('a window that grows wider gives agenda and panel their columns back', async () => {
	await show(desk, 900);
	await userEvent.keyboard('a');
	await expect.element(drawer('Agenda')).toBeVisible();
	await page.viewport(1440, 900);
	await expect.element(drawer('Agenda')).not.toBeInTheDocument();
	await expect.element(row('Cost deltas')).toBeVisible();
});
