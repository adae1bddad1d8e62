import '#lib/ui/styles/app.css';
import { expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { Announcer, ANNOUNCE_EVERY_MS } from './announcer.svelte.ts';
import AnnouncerView from './Announcer.svelte';
import { ManualSchedule } from './manual-schedule.ts';
import { Toasts, TOAST_STAYS_MS } from './toasts.svelte.ts';
import ToastsView from './Toasts.svelte';

const titles = (toasts: Toasts) => toasts.shown.map(({ title }) => title);
function tray() {
	const time = new ManualSchedule();
	return { time, toasts: new Toasts(time.schedule) };
}

test('a toast stays six seconds', () => {
	const { time, toasts } = tray();
	toasts.show({ title: 'Action deleted' });
	time.pass(TOAST_STAYS_MS - 1);
	expect(titles(toasts)).toEqual(['Action deleted']);
	time.pass(1);
	expect(titles(toasts)).toEqual([]);
});

test('three show at once and the oldest gives way', () => {
	const { time, toasts } = tray();
	for (const title of ['one', 'two', 'three', 'four']) toasts.show({ title });
	expect(titles(toasts)).toEqual(['two', 'three', 'four']);
	time.pass(TOAST_STAYS_MS);
	expect(titles(toasts)).toEqual([]);
});

test('a toast of the same key takes the place of the one that shows', () => {
	const { toasts } = tray();
	toasts.show({ title: 'Syncing 1 file', key: 'upload' });
	toasts.show({ title: 'Action deleted' });
	toasts.show({ title: 'Syncing 2 files', key: 'upload' });
	expect(titles(toasts)).toEqual(['Action deleted', 'Syncing 2 files']);
});

test('held, none goes away; released, each has its whole time again', () => {
	const { time, toasts } = tray();
	toasts.show({ title: 'one' });
	time.pass(TOAST_STAYS_MS - 1);
	toasts.hold();
	toasts.show({ title: 'two' });
	time.pass(10 * TOAST_STAYS_MS);
	expect(titles(toasts)).toEqual(['one', 'two']);
	toasts.release();
	time.pass(TOAST_STAYS_MS - 1);
	expect(titles(toasts)).toEqual(['one', 'two']);
	time.pass(1);
	expect(titles(toasts)).toEqual([]);
});

test('the pointer on a toast holds it', async () => {
	const { time, toasts } = tray();
	await render(ToastsView, { toasts });
	toasts.show({ title: 'Action deleted' });
	await page.getByText('Action deleted').hover();
	time.pass(10 * TOAST_STAYS_MS);
	await expect.element(page.getByText('Action deleted')).toBeVisible();
});

test('F6 goes to the toasts, Tab to their buttons, and acting closes', async () => {
	const { time, toasts } = tray();
	const run = vi.fn();
	await render(ToastsView, { toasts });
	toasts.show({ title: 'Action deleted', actions: [{ label: 'Undo', run }] });
	await expect.element(page.getByText('Action deleted')).toBeVisible();
	await userEvent.keyboard('{F6}');
	await expect.element(page.getByRole('region', { name: 'Messages' })).toHaveFocus();
	time.pass(10 * TOAST_STAYS_MS);
	await userEvent.tab();
	await userEvent.tab();
	await expect.element(page.getByRole('button', { name: 'Undo' })).toHaveFocus();
	await userEvent.keyboard('{Enter}');
	expect(run).toHaveBeenCalledOnce();
	expect(titles(toasts)).toEqual([]);
});

test('F6 again, and a closed last toast, give the focus back to where it was', async () => {
	const { toasts } = tray();
	await render(ToastsView, { toasts });
	const field = document.createElement('input');
	document.body.append(field);
	field.focus();
	toasts.show({ title: 'Action deleted' });
	await userEvent.keyboard('{F6}{F6}');
	expect(document.activeElement).toBe(field);
	await userEvent.keyboard('{F6}{Escape}');
	expect(titles(toasts)).toEqual([]);
	expect(document.activeElement).toBe(field);
	field.remove();
});

test('the first sentence is said at once, the next five seconds later, together and once each', async () => {
	const time = new ManualSchedule();
	const announcer = new Announcer(time.schedule);
	await render(AnnouncerView, { announcer });
	const said = () => document.querySelector('[aria-live]')?.textContent?.trim();
	announcer.say('Mei Lin joined.');
	await expect.poll(said).toBe('Mei Lin joined.');
	announcer.say('Priya Raman joined.');
	announcer.say('Merged 3 changes.');
	announcer.say('Merged 3 changes.');
	time.pass(ANNOUNCE_EVERY_MS - 1);
	await expect.poll(said).toBe('Mei Lin joined.');
	time.pass(1);
	await expect.poll(said).toBe('Priya Raman joined. Merged 3 changes.');
});

test('after a silence the next sentence is said at once, also the same one again', () => {
	const time = new ManualSchedule();
	const announcer = new Announcer(time.schedule);
	announcer.say('You’re offline.');
	time.pass(ANNOUNCE_EVERY_MS);
	announcer.say('You’re offline.');
	expect(announcer.count).toBe(2);
});
