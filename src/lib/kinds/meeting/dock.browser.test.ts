import '#lib/ui/styles/app.css';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { clockOf } from './clock.ts';
import Boxes from './specimens/Boxes.svelte';
import { Desk, exchange } from './specimens/desk.svelte.ts';
import { draft, live, STARTS_MS } from './specimens/meetings.ts';
import { nadia } from './specimens/people.ts';
import {
	button,
	closeAll,
	dock,
	joined,
	notes,
	startWriting,
	textOf,
	row,
	show,
	title
} from './specimens/trial.ts';

let desk: Desk;
beforeEach(() => {
	desk = new Desk(live);
});
afterEach(closeAll);

const time = dock.getByRole('timer', { name: 'Item timer' });
const clock = () => clockOf(desk.value.clock);
const kinds = () => desk.value.clock.map(({ is }) => is);
const inDock = (name: string) => dock.getByRole('button', { name, exact: true });
/** What the page did not do is seen by what it did next: a press of M means nothing here. */
const press = async (keys: string) => {
	desk.pass(1);
	await userEvent.keyboard(keys);
};

test('a meeting is started, stepped, paused, given time, stepped back, ended and reopened', async () => {
	desk = new Desk(draft, { nowMs: STARTS_MS });
	await show(desk);
	await expect.element(dock.getByText('45 min')).toBeVisible();
	await inDock('Start meeting').click();
	await expect.poll(textOf(time)).toMatch(/5:00/);
	expect(desk.value.fields.facilitator).toBe(nadia.id);

	desk.pass(250);
	await expect.poll(textOf(time)).toMatch(/0:50 left of 5:00/);
	await inDock('Next item').click();
	await expect.element(title).toHaveTextContent('SLO & reliability signals');
	await expect.element(row('SLO & reliability signals')).toHaveAttribute('aria-current', 'true');
	desk.pass(60);
	await expect.poll(textOf(time)).toMatch(/9:00 left of 10:00/);

	await inDock('Pause timer').click();
	desk.pass(120);
	await expect.poll(textOf(time)).toMatch(/9:00 left of 10:00, paused/);
	await inDock('Resume timer').click();
	desk.pass(10);
	await expect.poll(textOf(time)).toMatch(/8:50 left of 10:00/);
	await inDock('+2 min').click();
	await expect.poll(textOf(time)).toMatch(/10:50 left of 12:00/);

	desk.pass(1);
	await inDock('Previous item').click();
	await expect.element(title).toHaveTextContent('Last week’s actions');
	await expect.poll(textOf(time)).toMatch(/0:50 left of 5:00/);
	await expect.element(inDock('Previous item')).toHaveAttribute('aria-disabled', 'true');

	desk.pass(60);
	await inDock('End meeting').click();
	await expect.element(dock.getByText('of 45 min, ended 10:08')).toBeVisible();
	await expect.element(page.getByText('Meeting ended at 10:08')).toBeVisible();
	desk.pass(30);
	await inDock('Reopen').click();
	await expect.poll(textOf(time)).toMatch(/\+0:10 over 5:00/);
	expect(kinds()).toEqual(['start', 'step', 'pause', 'resume', 'extend', 'step', 'end', 'reopen']);
});

test('after the last item, next ends the meeting and says so', async () => {
	desk = new Desk({ ...live, agenda: live.agenda.slice(0, 2) });
	await show(desk);
	await expect.element(inDock('Next item')).not.toBeInTheDocument();
	await inDock('End meeting').click();
	expect(clock().state).toBe('ended');
	desk.pass(1);
	await page.getByRole('button', { name: 'Reopen' }).last().click();
	await expect.poll(() => clock().state).toBe('live');
});

test('Space, +, N and Shift+N run the meeting, and P parks', async () => {
	await show(desk);
	await press(' ');
	expect(clock().state).toBe('paused');
	await press(' ');
	expect(clock().state).toBe('live');
	await press('+');
	expect(clock().extraMinutes.get(live.agenda[1]?.id as never)).toBe(2);
	await press('n');
	await expect.element(title).toHaveTextContent('Cost deltas');
	await press('{Shift>}N{/Shift}');
	await expect.element(title).toHaveTextContent('SLO & reliability signals');
	await press('p');
	await expect.element(page.getByRole('textbox', { name: /worth talking about/ })).toHaveFocus();
});

test('while somebody types the letters are letters', async () => {
	await show(desk);
	await startWriting();
	await expect.element(notes).toHaveFocus();
	const before = kinds();
	await press('{Control>}{End}{/Control} n+Np');
	expect(kinds()).toEqual(before);
	await expect.poll(() => notes.element().textContent).toContain(' n+Np');
	await expect.element(page.getByRole('group', { name: 'Park something' })).not.toBeInTheDocument();
});

test('Space on a button presses the button alone', async () => {
	await show(desk);
	await row('Cost deltas').click();
	(row('Security events').element() as HTMLElement).focus();
	await press(' ');
	expect(clock().state).toBe('live');
	await expect.element(title).toHaveTextContent('Security events');
});

test('letter keys that a person turned off do nothing', async () => {
	desk.hasLetterKeys = false;
	await show(desk);
	const before = kinds();
	await press(' +nNp');
	expect(kinds()).toEqual(before);
	expect(inDock('Next item').element().hasAttribute('aria-keyshortcuts')).toBe(false);
});

test('Ctrl+Enter while typing goes on to the next item and into its notes', async () => {
	await show(desk);
	await startWriting();
	await press('{Control>}{Enter}{/Control}');
	await expect.element(title).toHaveTextContent('Cost deltas');
	await expect.element(notes).toHaveFocus();
	await userEvent.keyboard('Billing feed is late');
	await expect.poll(() => JSON.stringify(desk.value.notes['cost'])).toContain('Billing feed is late');
});

test('over its time an item counts up, in hatches and in words, and is called out once', async () => {
	await show(desk);
	desk.pass(72);
	await expect.poll(() => desk.said).toContain('2 minutes left for SLO & reliability signals');
	desk.pass(120);
	await expect.poll(textOf(time)).toMatch(/0:00 left of 10:00/);
	expect(document.querySelector('.fill[data-over]')).toBeNull();
	desk.pass(12);
	await expect.poll(textOf(time)).toMatch(/\+0:12 over 10:00/);
	await expect.poll(textOf(time)).toMatch(/12 seconds over/);
	const fill = document.querySelector('.fill[data-over]') as Element;
	expect(getComputedStyle(fill).backgroundImage).toContain('repeating-linear-gradient');
	expect(desk.said.filter((words) => words.startsWith('Time is up'))).toHaveLength(1);
	await inDock('+2 min').click();
	await expect.poll(textOf(time)).toMatch(/1:48 left of 12:00/);
});

test('two who press next at once go one item on, and a press that comes late takes nobody back', async () => {
	const other = joined(desk);
	await page.viewport(1440, 900);
	await render(Boxes, { desks: [desk, other] });
	const goOn = async (one: Desk) => {
		one.pass(1);
		await page.getByTestId(one.me.id).getByRole('button', { name: 'Next item' }).click();
	};
	const expectAt = async (item: string) => {
		for (const { me } of [desk, other])
			await expect
				.element(page.getByTestId(me.id).getByRole('heading', { level: 1 }))
				.toHaveTextContent(item);
	};
	await goOn(desk);
	await goOn(other);
	exchange(desk, other);
	await expectAt('Cost deltas');
	expect(kinds().filter((is) => is === 'step')).toHaveLength(3);

	await goOn(desk);
	await goOn(desk);
	other.pass(60);
	await goOn(other);
	exchange(desk, other);
	await expectAt('Autonomy actions');
});

test('who joins late sees the same time, pauses and added minutes included', async () => {
	const by = desk.commands;
	by.run({ is: 'pause', atMs: desk.secondMs + 1000 });
	by.run({ is: 'resume', atMs: desk.secondMs + 61_000 });
	by.run({ is: 'extend', atMs: desk.secondMs + 62_000, item: desk.value.agenda[1]?.id, minutes: 2 });
	const late = joined(desk, { nowMs: desk.secondMs + 91_000 });
	desk.pass(91);
	await page.viewport(1440, 900);
	await render(Boxes, { desks: [desk, late] });
	for (const { id } of [desk.me, late.me])
		await expect.poll(textOf(page.getByTestId(id).getByRole('timer'))).toMatch(/4:41 left of 12:00/);
});

test('the palette is offered what can be done now', async () => {
	const { verbs } = await show(desk);
	const titles = () => verbs().commands.map(({ title: words }) => words);
	expect(titles().slice(0, 5)).toEqual([
		'Next item: Cost deltas',
		'Add 2 minutes',
		'Pause the clock',
		'Back to Last week’s actions',
		'End the meeting'
	]);
	desk.pass(1);
	verbs().commands[4]?.run();
	await expect.poll(() => titles()[0]).toBe('Reopen the meeting');
	desk.isReadOnly = true;
	await expect.poll(titles).toEqual([]);
});

test('who may only read sees the time and no controls', async () => {
	desk.isReadOnly = true;
	await show(desk);
	await expect.poll(textOf(time)).toMatch(/3:12 left of 10:00/);
	expect(dock.getByRole('button').elements()).toEqual([]);
	await press(' +n');
	expect(kinds()).toEqual(['start', 'step']);
});

test('offline the clock goes on, on this device, and the phone says so', async () => {
	desk.isOffline = true;
	await show(desk, 390);
	await expect.element(page.getByText('Running on this device')).toBeVisible();
	desk.pass(12);
	const time = page.getByRole('button', { name: 'Run the meeting, 3 minutes left' });
	await expect.poll(textOf(time)).toMatch(/3:00/);
	await time.click();
	await button(/^Next item/).click();
	await expect.poll(() => clock().current).toBe('cost');
});
