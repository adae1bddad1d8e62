import '#lib/ui/styles/app.css';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { RowId } from '#lib/domain/id.ts';
import { empty } from './fixtures.ts';
import type { AgendaItem } from './schema.ts';
import { Desk } from './specimens/desk.svelte.ts';
import { draft, item, live, long, ordered, TITLE_OF_200 } from './specimens/meetings.ts';
import { jonas, mei } from './specimens/people.ts';
import {
	button,
	choose,
	closeAll,
	middleOf,
	notes,
	rail,
	row,
	show,
	title,
	touch
} from './specimens/trial.ts';

let desk: Desk;
beforeEach(() => {
	desk = new Desk(draft);
});
afterEach(closeAll);

const itemOf = (id: string): AgendaItem | undefined => desk.value.agenda.find((one) => one.id === id);

test('items are added one line each, with their minutes, until Enter on an empty line', async () => {
	await show(desk);
	await rail.getByRole('button', { name: 'Add item' }).click();
	const line = page.getByRole('textbox', { name: 'New item' });
	await expect.element(line).toHaveFocus();
	await userEvent.keyboard('Vendor review 15 min{Enter}');
	await expect.element(line).toHaveFocus();
	await userEvent.keyboard('Sprint 24{Enter}{Enter}');
	expect(desk.value.agenda.slice(-2)).toMatchObject([
		{ title: 'Vendor review', minutes: 15 },
		{ title: 'Sprint 24', minutes: 5 }
	]);
	await expect.element(rail.getByText('65 of 45 min')).toBeVisible();
	await expect.element(rail.getByRole('button', { name: 'Add item' })).toHaveFocus();
});

test('what was typed and left is kept as an item, and Escape takes it back', async () => {
	await show(desk);
	await rail.getByRole('button', { name: 'Add item' }).click();
	await userEvent.keyboard('Left behind');
	await row('Cost deltas').click();
	expect(desk.titles.at(-1)).toBe('Left behind');
	await rail.getByRole('button', { name: 'Add item' }).click();
	await userEvent.keyboard('Never mind{Escape}');
	expect(desk.titles.at(-1)).toBe('Left behind');
	await expect.element(rail.getByRole('button', { name: 'Add item' })).toHaveFocus();
});

test('title, owner, minutes and purpose of an item are edited in its row', async () => {
	await show(desk);
	await row('Cost deltas').click();
	await userEvent.keyboard('{F2}');
	const form = page.getByRole('group', { name: 'Edit item' });
	await form.getByRole('textbox', { name: 'Title' }).fill('Cost, and what drove it');
	await userEvent.tab();
	await form.getByRole('combobox', { name: 'Owner' }).fill('Jon');
	await page.getByRole('option', { name: 'Jonas Weber' }).click();
	await form.getByRole('spinbutton', { name: 'Minutes' }).fill('20');
	await userEvent.keyboard('{Enter}');
	await form.getByRole('button', { name: /^Purpose/ }).click();
	await page.getByRole('menuitemcheckbox', { name: 'Decide' }).click();
	expect(itemOf('cost')).toMatchObject({
		title: 'Cost, and what drove it',
		owner: jonas.id,
		minutes: 20,
		purpose: 'decide'
	});
	await expect.element(page.getByText('Item 3 of 6, decide')).toBeVisible();
	await form.getByRole('button', { name: 'Done' }).click();
	await expect.element(row('Cost, and what drove it')).toHaveFocus();
});

test('only what one person typed is written: what a colleague changed meanwhile stays', async () => {
	await show(desk);
	await choose('More about Cost deltas', 'Edit');
	const field = page.getByRole('group', { name: 'Edit item' }).getByRole('textbox', { name: 'Title' });
	await expect.element(field).toHaveFocus();
	desk.by(mei).patchItem('cost' as RowId, { title: 'Unit cost', minutes: 12 });
	await userEvent.tab();
	expect(itemOf('cost')).toMatchObject({ title: 'Unit cost', minutes: 12, owner: mei.id });
});

test('minutes are also changed where they stand, and nonsense is not taken', async () => {
	await show(desk);
	const minutes = () => rail.getByRole('button', { name: '10 min', includeHidden: true }).nth(1);
	await minutes().click();
	const field = page.getByRole('textbox', { name: 'Minutes for Cost deltas' });
	await expect.element(field).toHaveFocus();
	await userEvent.keyboard('soon{Enter}');
	expect(itemOf('cost')?.minutes).toBe(10);
	await minutes().click();
	await userEvent.keyboard('25{Enter}');
	expect(itemOf('cost')?.minutes).toBe(25);
	await expect.element(rail.getByText('15 min over. Shorten or park an item.')).toBeVisible();
	await expect.element(row('Cost deltas')).toHaveFocus();
});

test('Alt and an arrow move an item; it keeps the focus and its new place is said', async () => {
	await show(desk);
	await row('Cost deltas').click();
	await userEvent.keyboard('{Alt>}{ArrowUp}{/Alt}');
	expect(desk.titles.slice(1, 3)).toEqual(['Cost deltas', 'SLO & reliability signals']);
	await expect.element(row('Cost deltas')).toHaveFocus();
	await userEvent.keyboard('{Alt>}{ArrowUp}{ArrowUp}{/Alt}');
	expect(desk.titles[0]).toBe('Cost deltas');
	expect(desk.said).toEqual(['Cost deltas, now 2 of 6', 'Cost deltas, now 1 of 6']);
	await userEvent.keyboard('{Alt>}{ArrowDown}{/Alt}');
	expect(desk.titles[1]).toBe('Cost deltas');
	await expect.element(row('Cost deltas')).toHaveFocus();
	await userEvent.keyboard('{ArrowDown}');
	await expect.element(row('SLO & reliability signals')).toHaveFocus();
});

test('a colleague’s reorder does not take the focus', async () => {
	await show(desk);
	await row('Cost deltas').click();
	desk.by(mei).moveItem('cost' as RowId, 'owners' as RowId);
	await expect.poll(() => rail.getByRole('listitem').elements().at(5)?.textContent).toContain('Cost deltas');
	await expect.element(row('Cost deltas')).toHaveFocus();
});

test('an item is dragged by the mouse to where the line shows', async () => {
	await show(desk);
	await userEvent.dragAndDrop(row('Autonomy actions'), row('SLO & reliability signals'), {
		targetPosition: { x: 60, y: 2 }
	});
	await expect
		.poll(() => desk.titles.slice(0, 3))
		.toEqual(['Last week’s actions', 'Autonomy actions', 'SLO & reliability signals']);
	await expect.element(title, { message: 'a drop is no click' }).toHaveTextContent('Last week’s actions');
});

test('an item is dragged by a finger that stayed on it; one that moved at once scrolls', async () => {
	await show(desk, 390);
	await button('Agenda').first().click();
	await expect.element(row('Cost deltas')).toBeVisible();
	const from = middleOf(row('Cost deltas').element());
	const to = { x: from.x, y: from.y - 140 };

	await touch('touchStart', from);
	await touch('touchMove', to);
	await touch('touchEnd');
	expect(desk.titles[2]).toBe('Cost deltas');

	await touch('touchStart', from);
	await expect.poll(() => document.querySelector('[data-dragged]')).not.toBeNull();
	await touch('touchMove', { ...to, y: from.y - 70 });
	await touch('touchMove', to);
	await touch('touchEnd');
	await expect.poll(() => desk.titles[0]).toBe('Cost deltas');
	await expect.element(row('Cost deltas'), { message: 'the sheet stays' }).toBeVisible();
});

test('a deleted item comes back with its notes', async () => {
	await show(desk);
	await row('SLO & reliability signals').click();
	await choose('More about SLO & reliability signals', 'Delete');
	expect(desk.titles).not.toContain('SLO & reliability signals');
	await expect.element(title, { message: 'the next one is before them' }).toHaveTextContent('Cost deltas');
	await expect.element(page.getByText('Item deleted')).toBeVisible();
	await button('Undo').click();
	expect(desk.titles[1]).toBe('SLO & reliability signals');
	await row('SLO & reliability signals').click();
	await expect.poll(() => notes.element().textContent).toContain('Attainment held near 99.93%');
});

test('the last thing done to the agenda is taken back and done again by keys', async () => {
	await show(desk);
	await row('Cost deltas').click();
	await userEvent.keyboard('{Alt>}{ArrowUp}{/Alt}{Control>}z{/Control}');
	expect(desk.titles[2]).toBe('Cost deltas');
	await userEvent.keyboard('{Control>}{Shift>}z{/Shift}{/Control}');
	expect(desk.titles[1]).toBe('Cost deltas');
});

test('a parked item takes no time, is passed over, and comes back', async () => {
	desk = new Desk(live);
	await show(desk);
	await choose('More about Cost deltas', 'Park item');
	expect(itemOf('cost')?.parkedAt).toBe('2026-06-08T08:10:58.000Z');
	await expect.element(rail.getByText('35 of 45 min')).toBeVisible();
	await expect.element(rail.getByText('· parked')).toBeVisible();
	await button('Next item').click();
	await expect.element(title).toHaveTextContent('Security events');
	await choose('More about Cost deltas', 'Bring back');
	expect(itemOf('cost')?.parkedAt).toBeUndefined();
	await expect.element(rail.getByText('45 min', { exact: true })).toBeVisible();
});

test('the meeting does not stay at the item that is parked or deleted', async () => {
	desk = new Desk(live);
	await show(desk);
	await choose('More about SLO & reliability signals', 'Park item');
	await expect.element(title).toHaveTextContent('Cost deltas');
	await button('Bring back').click();
	await expect.element(rail.getByText('· parked')).not.toBeInTheDocument();
	desk.pass(1);
	await choose('More about Cost deltas', 'Delete');
	await expect.element(title).toHaveTextContent('Security events');
});

test('an item that says neither title nor owner says so in its form', async () => {
	desk = new Desk({ ...empty, agenda: ordered([item('one', { title: '' })]) });
	await show(desk);
	await choose('More about Untitled item', 'Edit');
	const form = page.getByRole('group', { name: 'Edit item' });
	await expect.element(form.getByText('An item has no title. Name what it is about.')).toBeVisible();
	await expect.element(form.getByText('An untitled item has no owner.')).toBeVisible();
});

test('without an agenda the page says how the first item comes to be, and asks for it', async () => {
	desk = new Desk(empty);
	await show(desk);
	await expect.element(page.getByRole('heading', { name: 'No agenda yet' })).toBeVisible();
	await button('Start meeting').click({ force: true });
	await expect.element(page.getByRole('textbox', { name: 'New item' })).toHaveFocus();
	expect(desk.value.clock).toEqual([]);
	await userEvent.keyboard('{Escape}');
	await button('Add the first item').click();
	await userEvent.keyboard('Cost deltas 10 min{Enter}');
	await expect.element(title).toHaveTextContent('Cost deltas');
});

test('a title of 200 characters stays within its row and is whole above the notes', async () => {
	desk = new Desk(long);
	await show(desk);
	await expect.element(title).toHaveTextContent(TITLE_OF_200);
	const first = row(TITLE_OF_200).element();
	expect(first.scrollWidth).toBeLessThanOrEqual(first.clientWidth);
	expect(rail.element().scrollWidth).toBeLessThanOrEqual(rail.element().clientWidth);
	await choose(`More about ${TITLE_OF_200}`, 'Edit');
	const field = page.getByRole('group', { name: 'Edit item' }).getByRole('textbox', { name: 'Title' });
	await userEvent.keyboard('{End}more');
	await expect.element(field).toHaveValue(TITLE_OF_200);
});

test('who may only read is offered nothing to change', async () => {
	desk.isReadOnly = true;
	await show(desk);
	await row('Cost deltas').click();
	await expect.element(title).toHaveTextContent('Cost deltas');
	const names = page
		.getByRole('button')
		.elements()
		.map((one) => one.getAttribute('aria-label') ?? one.textContent.trim());
	expect(names.filter((name) => /Add|More about|Park|Start|Change|Edit|Next|Rename/.test(name))).toEqual([]);
	expect(
		page
			.getByRole('textbox', { name: 'Notes' })
			.elements()
			.filter((one) => one.getAttribute('contenteditable') === 'true')
	).toEqual([]);
	await userEvent.keyboard('{F2}{Alt>}{ArrowUp}{/Alt}p');
	await userEvent.dblClick(row('Cost deltas'));
	expect(desk.titles[2]).toBe('Cost deltas');
	await expect.element(page.getByRole('group', { name: /Edit item|Park something/ })).not.toBeInTheDocument();
});
