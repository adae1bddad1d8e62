import '#lib/ui/styles/app.css';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { RowId } from '#lib/domain/id.ts';
import { Desk } from './specimens/desk.svelte.ts';
import { draft, live } from './specimens/meetings.ts';
import { mei } from './specimens/people.ts';
import { button, closeAll, notes, startWriting, rail, row, show, title } from './specimens/trial.ts';

let desk: Desk;
beforeEach(() => {
	desk = new Desk(live);
});
afterEach(closeAll);

const slo = 'slo' as RowId;
const cost = 'cost' as RowId;
/** A colleague goes on to the next item. */
const goOn = (from = slo, item = cost) => {
	desk.pass(1);
	desk.by(mei).run({ is: 'step', from, item, atMs: desk.secondMs });
};

test('who reads follows the meeting, and is told where it went', async () => {
	await show(desk);
	goOn();
	await expect.element(title).toHaveTextContent('Cost deltas');
	await expect.poll(() => desk.said).toEqual(['Item 3 of 6: Cost deltas']);
	expect(desk.announced).toEqual([slo, cost]);
	await expect.element(button('Go there')).not.toBeInTheDocument();
});

test('who writes stays where they are, and goes there when they want to', async () => {
	await show(desk);
	await startWriting();
	await userEvent.keyboard('{Control>}{End}{/Control} Half a sen');
	goOn();
	await expect.element(page.getByText('The meeting moved on to Cost deltas.')).toBeVisible();
	await userEvent.keyboard('tence');
	await expect.poll(() => notes.element().textContent).toContain('Half a sentence');
	await expect.element(title).toHaveTextContent('SLO & reliability signals');

	goOn(cost, 'security' as RowId);
	await expect.element(page.getByText('The meeting moved on to Security events.')).toBeVisible();
	await button('Go there').click();
	await expect.element(title).toHaveTextContent('Security events');
	goOn('security' as RowId, 'owners' as RowId);
	await expect.element(title, { message: 'and follows again' }).toHaveTextContent('Actions & owners');
});

test('who left the notes before the meeting moved follows it', async () => {
	await show(desk);
	await startWriting();
	await expect.element(notes).toHaveFocus();
	(row('Cost deltas').element() as HTMLElement).focus();
	goOn();
	await expect.element(title).toHaveTextContent('Cost deltas');
});

test('who went elsewhere on their own is told where the meeting is', async () => {
	await show(desk);
	await row('Security events').click();
	await expect.element(page.getByText('The meeting is at SLO & reliability signals.')).toBeVisible();
	expect(desk.item).toBe('security');
	goOn();
	await expect.element(page.getByText('The meeting is at Cost deltas.')).toBeVisible();
	await button('Go there').click();
	expect(desk.item).toBeUndefined();
	await expect.element(title).toHaveTextContent('Cost deltas');
});

test('an item somebody makes current from its menu takes everybody there', async () => {
	await show(desk);
	await button('More about Security events').click();
	await page.getByRole('menuitem', { name: 'Make current' }).click();
	await expect.element(title).toHaveTextContent('Security events');
	await expect.element(rail.getByRole('listitem').nth(3)).toHaveAttribute('aria-current', 'step');
});

test('before the start a reorder does not put another item before the reader', async () => {
	desk = new Desk(draft);
	await show(desk);
	await expect.element(title).toHaveTextContent('Last week’s actions');
	desk.by(mei).moveItem('owners' as RowId, undefined);
	await expect.poll(() => rail.getByRole('listitem').first().element().textContent).toContain('owners');
	await expect.element(title).toHaveTextContent('Last week’s actions');
});

test('an item that a colleague deletes stays on the screen, with its notes, and can be restored', async () => {
	await show(desk);
	await row('Last week’s actions').click();
	desk.by(mei).removeItem('actions' as RowId, '2026-06-08T08:11:00.000Z');
	await expect.element(page.getByText('This item was deleted.')).toBeVisible();
	await expect.element(title).toHaveTextContent('Last week’s actions');
	await expect.element(page.getByText('Four of five closed.', { exact: false })).toBeVisible();
	expect(page.getByLabelText('Notes').element().closest('[contenteditable="true"]')).toBeNull();
	await button('Restore').click();
	expect(desk.titles).toContain('Last week’s actions');
	await expect.element(page.getByText('This item was deleted.')).not.toBeInTheDocument();
	await expect.element(notes).toBeVisible();
});

test('when the item that is on is deleted by another, the dock says so and next goes on', async () => {
	await show(desk);
	desk.by(mei).removeItem(slo, '2026-06-08T08:11:00.000Z');
	await expect.element(page.getByText('its item was deleted')).toBeVisible();
	await expect.element(button('+2 min')).toHaveAttribute('aria-disabled', 'true');
	desk.pass(1);
	await button('Next item').click();
	await expect.element(title).toHaveTextContent('Cost deltas');
});

test('an address that leads nowhere says so, and leads back', async () => {
	desk.showItem('gone' as RowId);
	await show(desk);
	await expect.element(page.getByText('There is no such item here.')).toBeVisible();
	await button('Go to the meeting').click();
	await expect.element(title).toHaveTextContent('SLO & reliability signals');
});

test('an item is named where it stands above its notes, and Enter goes on into them', async () => {
	await show(desk);
	await title.getByRole('button').click();
	await userEvent.keyboard('SLO, and why{Enter}');
	expect(desk.titles[1]).toBe('SLO, and why');
	await expect.element(notes).toHaveFocus();
});

test('how far the notes of an item were scrolled is kept while others are read', async () => {
	await show(desk);
	const scroller = () => page.getByRole('region', { name: 'SLO & reliability signals' }).element();
	await page.viewport(1440, 420);
	await expect.poll(() => scroller().scrollHeight).toBeGreaterThan(500);
	scroller().scrollTop = 120;
	await expect.poll(() => scroller().scrollTop).toBe(120);
	await row('Last week’s actions').click();
	await expect.element(title).toHaveTextContent('Last week’s actions');
	await row('SLO & reliability signals').click();
	await expect.poll(() => scroller().scrollTop).toBe(120);
});
