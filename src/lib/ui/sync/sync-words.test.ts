import { expect, test } from 'vitest';
import type { KeptChange, MissedChange, MissedClash, Return, SyncState } from '#lib/domain/sync-state.ts';
import { deviceWord } from './device.ts';
import {
	longWords,
	pillWords,
	returnStaysMs,
	returnWords,
	safetyWords,
	sentWords,
	stripWords
} from './sync-words.ts';

const at = (time: string) => Date.parse(`2026-06-08T${time}Z`);
const clock = { nowMs: at('10:15:00'), zone: 'UTC' };
const pill = (state: SyncState) => {
	const { label, detail } = pillWords(state, clock);
	return `${label}|${detail}`;
};
const long = (state: SyncState) => {
	const { title, body } = longWords(state, clock);
	return [title, body].filter(Boolean).join(' ');
};
const twice: MissedClash = {
	is: 'value',
	mine: { value: '2026-06-10', words: '10 Jun' },
	theirs: { value: '2026-06-11', words: '11 Jun' },
	shows: 'theirs'
};
const missed = (over: Partial<MissedChange>): MissedChange => ({
	key: 'k',
	who: 'Mei Lin',
	personId: 'p-mei',
	atMs: at('10:10:00'),
	what: 'added a note',
	where: 'Notes',
	...over
});
const back = (over: Partial<Return>): Return => ({ atMs: at('10:14:22'), sent: 7, missed: [], ...over });
const kept = (isOnDisk: boolean): KeptChange => ({
	key: 'k',
	atMs: at('10:13:00'),
	what: 'Note added',
	where: 'Notes',
	isOnDisk
});

test('synced says since when', () => {
	expect(pill({ is: 'synced', atMs: at('10:14:22') })).toBe('Synced|10:14');
	expect(long({ is: 'synced', atMs: at('10:14:22') })).toBe(
		'Everything is synced. Last change sent 10:14:22'
	);
});

test('synced before anything was ever sent names no time', () => {
	expect(pill({ is: 'synced', atMs: undefined })).toBe('Synced|');
	expect(long({ is: 'synced', atMs: undefined })).toBe('Everything is synced.');
});

test('a time of another day is never shown as if it were today’s', () => {
	const yesterday = at('10:08:00') - 86_400_000;
	expect(pill({ is: 'synced', atMs: yesterday })).toBe('Synced|7 Jun');
	expect(long({ is: 'offline', kept: 0, lastSyncedAtMs: yesterday })).toContain('up to 7 Jun, 10:08.');
});

test('syncing counts changes, one and many', () => {
	expect(pill({ is: 'syncing', count: 3 })).toBe('Syncing 3 changes|');
	expect(pill({ is: 'syncing', count: 1 })).toBe('Syncing 1 change|');
	expect(long({ is: 'syncing', count: 3 })).toBe('Syncing 3 changes. Sending now.');
});

test('offline says what is kept here and since when', () => {
	const state: SyncState = { is: 'offline', kept: 7, lastSyncedAtMs: at('10:08:59') };
	expect(pill(state)).toBe('Offline|7 kept here');
	expect(long(state)).toBe(
		'You’re offline. 7 changes kept on this device. ' +
			'Keep working: they’ll sync when the connection returns. Last synced 10:08.'
	);
	expect(long({ ...state, kept: 1 })).toContain('1 change kept on this device. Keep working: it’ll sync');
	expect(pillWords(state, clock).tone).toBe('inverse');
});

test('offline with nothing pending says so', () => {
	expect(pill({ is: 'offline', kept: 0, lastSyncedAtMs: at('10:08:00') })).toBe('Offline|');
	expect(long({ is: 'offline', kept: 0, lastSyncedAtMs: at('10:08:00') })).toBe(
		'You’re offline. Everything you have is synced up to 10:08.'
	);
});

test('offline since before the first sync names no time and claims no sync', () => {
	expect(long({ is: 'offline', kept: 0, lastSyncedAtMs: undefined })).not.toContain('synced');
	expect(long({ is: 'offline', kept: 2, lastSyncedAtMs: undefined })).not.toContain('Last');
});

test('reconnecting promises nothing', () => {
	expect(pill({ is: 'reconnecting', kept: 4 })).toBe('Reconnecting|');
	expect(long({ is: 'reconnecting', kept: 4 })).toBe('Reconnecting. Trying every few seconds.');
});

test('paused says why and what is kept', () => {
	const state: SyncState = { is: 'paused', kept: 4, why: 'signed-out', sentence: '' };
	expect(pill(state)).toBe('Sync paused|4 kept here');
	expect(long(state)).toBe('Sign in again. 4 changes are kept on this device.');
	expect(long({ ...state, kept: 1 })).toBe('Sign in again. 1 change is kept on this device.');
	expect(pill({ ...state, kept: 0 })).toBe('Sync paused|');
	expect(long({ ...state, kept: 0 })).toBe('Sign in again.');
});

test('the server’s own sentence goes before ours', () => {
	const sentence = 'This link was withdrawn at 10:02.';
	expect(long({ is: 'paused', kept: 0, why: 'signed-out', sentence })).toBe(sentence);
});

test('a refused change is counted as one that needs a person', () => {
	expect(pill({ is: 'paused', kept: 1, why: 'too-large', sentence: '' })).toBe('1 change needs you|');
	expect(pill({ is: 'paused', kept: 2, why: 'malformed', sentence: '' })).toBe('2 changes need you|');
});

test('changes in memory alone are said to be in this tab only', () => {
	const state: SyncState = { is: 'memory', count: 1, sentence: 'This laptop is full.' };
	expect(pill(state)).toBe('In this tab only|1 change');
	expect(long(state)).toBe('This laptop is full. 1 change is in this tab only. Keep it open.');
});

test('no state says saved, lost, failed, conflict or error', () => {
	const states: SyncState[] = [
		{ is: 'synced', atMs: 0 },
		{ is: 'syncing', count: 2 },
		{ is: 'offline', kept: 2, lastSyncedAtMs: 0 },
		{ is: 'reconnecting', kept: 2 },
		{ is: 'memory', count: 2, sentence: '' },
		...(['signed-out', 'forbidden', 'gone', 'app-old', 'too-large', 'malformed'] as const).map(
			(why) => ({ is: 'paused', kept: 2, why, sentence: '' }) as const
		)
	];
	const words = states.map((state) => `${pill(state)} ${long(state)}`).join(' ');
	expect(words.length).toBeGreaterThan(200);
	expect(words).not.toMatch(/\b(saved|lost|failed|conflict|error)\b/i);
});

test('coming back names what was merged and from how many people', () => {
	const some = [
		missed({}),
		missed({ key: 'b', who: 'Priya Raman', personId: 'p-priya' }),
		missed({ key: 'c' })
	];
	expect(returnWords(back({ missed: some }))).toEqual({
		title: 'Back online. Merged 3 changes from 2 people.',
		body: 'Your 7 changes are synced.'
	});
	expect(returnWords(back({ sent: 1, missed: [missed({})] }))).toEqual({
		title: 'Back online. Merged 1 change from 1 person.',
		body: 'Your change is synced.'
	});
});

test('coming back alone says only what is mine', () => {
	expect(returnWords(back({}))).toEqual({ title: 'Back online.', body: 'Your 7 changes are synced.' });
	expect(returnWords(back({ sent: 0 }))).toEqual({ title: 'Back online.', body: '' });
});

test('nobody is invented when a change has no name', () => {
	const nameless = missed({ who: '', personId: undefined });
	expect(returnWords(back({ missed: [nameless] })).title).toBe('Back online. Merged 1 change.');
});

test('a return stays longer when there is something to read', () => {
	expect([returnStaysMs(back({})), returnStaysMs(back({ missed: [missed({})] }))]).toEqual([6_000, 30_000]);
	expect(returnStaysMs(back({ missed: [missed({}), missed({ clash: twice })] }))).toBe(Infinity);
});

test('the strip shows what is wrong before what came back, and nothing when all is well', () => {
	const news = back({ missed: [missed({})] });
	const offline: SyncState = { is: 'offline', kept: 1, lastSyncedAtMs: undefined };
	const paused: SyncState = { is: 'paused', kept: 1, why: 'gone', sentence: '' };
	expect(stripWords(offline, news, clock)?.tone).toBe('offline');
	expect(stripWords(paused, news, clock)?.tone).toBe('warn');
	expect(stripWords({ is: 'memory', count: 1, sentence: '' }, news, clock)?.tone).toBe('warn');
	expect(stripWords({ is: 'syncing', count: 1 }, news, clock)?.tone).toBe('back');
	expect(stripWords({ is: 'synced', atMs: 0 }, undefined, clock)).toBeUndefined();
});

test('safe is said only of changes that are on disk', () => {
	expect(safetyWords([kept(true), kept(true)], 'laptop')).toEqual({
		title: 'Safe on this laptop.',
		body: 'You can close the tab or restart. These changes sync the next time Downbeat is online.'
	});
	expect(safetyWords([kept(true)], 'phone').body).toContain('This change syncs the next time');
	expect(safetyWords([kept(true), kept(false)], 'phone').title).toBe('1 change not yet kept on this phone.');
});

test('what was sent is dated to the second', () => {
	expect(sentWords(back({}), clock)).toEqual({
		title: 'All synced at 10:14:22.',
		body: 'Everyone here has them.'
	});
	expect(sentWords(back({ sent: 1 }), clock)).toEqual({
		title: 'Synced at 10:14:22.',
		body: 'Everyone here has it.'
	});
});

test('the device is called what it is', () => {
	const word = (userAgent: string, maxTouchPoints = 0) => deviceWord({ userAgent, maxTouchPoints });
	expect(word('Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Safari')).toBe('laptop');
	expect(word('Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Safari', 5)).toBe('tablet');
	expect(word('Mozilla/5.0 (iPhone; CPU iPhone OS 19_0)', 5)).toBe('phone');
	expect(word('Mozilla/5.0 (Linux; Android 16; Pixel 10) Mobile', 5)).toBe('phone');
	expect(word('Mozilla/5.0 (Linux; Android 16; SM-X710)', 5)).toBe('tablet');
	expect(word('Mozilla/5.0 (Windows NT 10.0; Win64; x64)')).toBe('laptop');
	expect(word('Lynx/2.9')).toBe('device');
});

test('what was changed twice is said in the strip', () => {
	const body = (...clashes: (MissedClash | undefined)[]) =>
		returnWords(
			back({ sent: 1, missed: clashes.map((clash) => missed({ what: 'Due date changed', clash })) })
		).body;
	expect(body(undefined)).toBe('Your change is synced.');
	expect(body(twice)).toBe('Your change is synced. One due date was changed twice.');
	expect(body(twice, twice)).toBe('Your change is synced. 2 things were changed twice.');
	expect(body({ is: 'removed', by: 'them' })).toBe(
		'Your change is synced. One was deleted on one side and edited on the other.'
	);
});
