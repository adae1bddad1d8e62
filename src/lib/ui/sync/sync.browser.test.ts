import '#lib/ui/styles/app.css';
import { afterEach, expect, test, vi } from 'vitest';
import { page, userEvent, type Locator } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { KeptChange, Return, SyncState } from '#lib/domain/sync-state.ts';
import ChangeList from './ChangeList.svelte';
import ReturnList from './ReturnList.svelte';
import SyncPill from './SyncPill.svelte';
import SyncRing from './SyncRing.svelte';
import SyncStrip from './SyncStrip.svelte';

const textOf = (locator: Locator) => locator.element().textContent?.replaceAll(/\s+/g, ' ').trim();
const at = (time: string) => Date.parse(`2026-06-08T${time}Z`);
const clock = { nowMs: at('10:15:00'), zone: 'UTC' };
const offline: SyncState = { is: 'offline', kept: 7, lastSyncedAtMs: at('10:08:00') };
const synced: SyncState = { is: 'synced', atMs: at('10:14:22') };
const missed = {
	key: '1',
	who: 'Mei Lin',
	personId: 'p-mei',
	atMs: at('10:10:00'),
	what: 'added cost of the retry storm',
	where: 'Notes'
};
const news: Return = { atMs: at('10:14:22'), sent: 7, missed: [missed] };
const change: KeptChange = {
	key: 'a',
	atMs: at('10:13:00'),
	what: 'Note added',
	where: 'SLO & reliability signals',
	isOnDisk: true
};

afterEach(() => {
	vi.useRealTimers();
});

test('the pill’s name is what it says', async () => {
	await render(SyncPill, { state: offline, clock });
	await expect.element(page.getByRole('button', { name: 'Offline 7 kept here' })).toBeVisible();
});

test('the phone’s pill is 32 tall with 44 to touch', async () => {
	await render(SyncPill, { state: synced, clock, form: 'chip' });
	const pill = page.getByRole('button').element();
	expect(pill.getBoundingClientRect().height).toBe(32);
	expect(getComputedStyle(pill, '::after').insetBlock).toBe('-6px');
});

test('coming back draws the line of the pill once', async () => {
	const pill = await render(SyncPill, { state: offline, clock });
	expect(document.querySelector('.drawn')).toBeNull();
	await pill.rerender({ state: synced, hasReturn: true });
	expect(document.querySelector('.drawn')).not.toBeNull();
});

test('the strip’s place is there before it says anything, and says it politely', async () => {
	const strip = await render(SyncStrip, { state: synced, clock });
	const status = page.getByRole('status');
	await expect.element(status).toBeInTheDocument();
	await strip.rerender({ state: offline });
	await expect
		.poll(() => textOf(status))
		.toMatch(/^You’re offline. 7 changes kept on this device. Keep working/);
});

test('offline can be tried again and not be dismissed', async () => {
	const onretry = vi.fn();
	const ondismiss = vi.fn();
	await render(SyncStrip, { state: offline, clock, onretry, ondismiss });
	await page.getByRole('button', { name: 'Try now' }).click();
	await userEvent.keyboard('{Escape}');
	expect(onretry).toHaveBeenCalledOnce();
	expect(ondismiss).not.toHaveBeenCalled();
	expect(page.getByRole('button', { name: 'Dismiss' }).elements()).toHaveLength(0);
});

test('what came back is reviewed, or dismissed by the cross or Escape', async () => {
	const onreview = vi.fn();
	const ondismiss = vi.fn();
	await render(SyncStrip, { state: synced, back: news, clock, onreview, ondismiss });
	await page.getByRole('button', { name: 'Review 1' }).click();
	expect(onreview).toHaveBeenCalledOnce();
	await userEvent.keyboard('{Escape}');
	await page.getByRole('button', { name: 'Dismiss' }).click();
	expect(ondismiss).toHaveBeenCalledTimes(2);
});

test('what came back leaves by itself, later when there is something to read', async () => {
	vi.useFakeTimers();
	const ondismiss = vi.fn();
	const strip = await render(SyncStrip, { state: synced, back: { ...news, missed: [] }, clock, ondismiss });
	vi.advanceTimersByTime(6_000);
	expect(ondismiss).toHaveBeenCalledTimes(1);
	await strip.rerender({ back: news });
	vi.advanceTimersByTime(29_000);
	expect(ondismiss).toHaveBeenCalledTimes(1);
	vi.advanceTimersByTime(1_000);
	expect(ondismiss).toHaveBeenCalledTimes(2);
});

test('it does not leave under somebody who is at it', async () => {
	const ondismiss = vi.fn();
	await render(SyncStrip, { state: synced, back: news, clock, ondismiss, onreview: vi.fn() });
	await userEvent.tab();
	vi.useFakeTimers();
	vi.advanceTimersByTime(120_000);
	expect(ondismiss).not.toHaveBeenCalled();
});

test('paused says what to do about it', async () => {
	const run = vi.fn();
	const state: SyncState = { is: 'paused', kept: 4, why: 'signed-out', sentence: '' };
	await render(SyncStrip, { state, clock, remedy: { label: 'Sign in', run } });
	await expect.poll(() => textOf(page.getByRole('status'))).toMatch(/^Sign in again. 4 changes are kept/);
	await page.getByRole('button', { name: 'Sign in' }).click();
	expect(run).toHaveBeenCalledOnce();
});

test('the list of kept changes leads to each and keeps a copy', async () => {
	const onopen = vi.fn();
	const onsave = vi.fn();
	await render(ChangeList, { changes: [change], device: 'laptop', zone: 'UTC', onopen, onsave });
	await expect
		.poll(() => textOf(page.getByRole('region', { name: 'On this device' })))
		.toMatch(/^On this device 1 change/);
	await page.getByRole('button', { name: /Note added/ }).click();
	await page.getByRole('button', { name: 'Save a copy' }).click();
	expect(onopen.mock.calls).toEqual([[change]]);
	expect(onsave).toHaveBeenCalledOnce();
});

test('a change that is not on disk is not called safe', async () => {
	await render(ChangeList, { changes: [{ ...change, isOnDisk: false }], device: 'phone', zone: 'UTC' });
	await expect.element(page.getByText('1 change not yet kept on this phone.')).toBeVisible();
	expect(page.getByText(/Safe/).elements()).toHaveLength(0);
});

test('nothing kept is said as such', async () => {
	await render(ChangeList, { changes: [], device: 'laptop' });
	await expect.element(page.getByText('Nothing waits here. Every change is with the team.')).toBeVisible();
});

test('what was missed names who, what, where and when', async () => {
	const onopen = vi.fn();
	await render(ReturnList, { back: news, zone: 'UTC', onopen });
	const row = page.getByRole('button', { name: 'Mei Lin added cost of the retry storm Notes, 10:10' });
	await row.click();
	expect(onopen.mock.calls).toEqual([[missed]]);
	await expect
		.poll(() => textOf(page.getByRole('group', { name: 'Your 7 changes' })))
		.toMatch(/All synced at 10:14:22\./);
});

test('one value of two is chosen with one tap', async () => {
	const onchoose = vi.fn();
	const clash = {
		is: 'value',
		mine: { value: '2026-06-10', words: '10 Jun' },
		theirs: { value: '2026-06-11', words: '11 Jun' },
		shows: 'theirs'
	} as const;
	const change = { ...missed, clash };
	const list = await render(ReturnList, { back: { ...news, missed: [change] }, zone: 'UTC', onchoose });
	await expect.element(page.getByText('You had 10 Jun. Theirs, 11 Jun, is shown.')).toBeVisible();
	await page.getByRole('button', { name: 'Use 10 Jun' }).click();
	await page.getByRole('button', { name: 'Keep 11 Jun' }).click();
	expect(onchoose.mock.calls).toEqual([
		[change, 'mine'],
		[change, 'theirs']
	]);
	await list.rerender({ back: { ...news, missed: [{ ...missed, chosen: 'Now 10 Jun.' }] } });
	await expect.element(page.getByText('Now 10 Jun.')).toBeVisible();
});

test('a record deleted on one side comes back, and a passage can be compared', async () => {
	const onchoose = vi.fn();
	const removed = { ...missed, key: 'r', clash: { is: 'removed', by: 'them' } as const };
	const text = {
		...missed,
		key: 't',
		clash: { is: 'text', mine: 'Mine', merged: 'Mine and theirs' } as const
	};
	await render(ReturnList, { back: { ...news, missed: [removed, text] }, zone: 'UTC', onchoose });
	await page.getByRole('button', { name: 'Bring it back' }).click();
	await page.getByRole('button', { name: 'Compare' }).click();
	await expect.element(page.getByText('Mine and theirs')).toBeVisible();
	await page.getByRole('button', { name: 'Keep merged' }).click();
	expect(onchoose.mock.calls).toEqual([
		[removed, 'restore'],
		[text, 'keep']
	]);
});

test('a ring says what it means', async () => {
	await render(SyncRing);
	await expect.element(page.getByRole('img', { name: 'On this device, not yet synced' })).toBeVisible();
});
