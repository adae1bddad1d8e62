import { expect, test } from 'vitest';
import {
	nextChangeMs,
	OFFLINE_AFTER_MS,
	OVERDUE_MS,
	syncStateOf,
	SYNCING_AFTER_MS,
	type SyncFacts
} from './durability.ts';

const calm: SyncFacts = {
	link: { is: 'up' },
	downSinceMs: 0,
	kept: 0,
	oldestKeptMs: undefined,
	inMemory: 0,
	refusal: '',
	rejection: '',
	rejected: 0,
	lastSyncedAtMs: 900,
	hasExchanged: true
};
const at = (facts: Partial<SyncFacts>, nowMs: number) => syncStateOf({ ...calm, ...facts }, nowMs);

test('[SC11] everything acknowledged is synced, with the time of the last acknowledgement', () => {
	expect(at({}, 5_000)).toEqual({ is: 'synced', atMs: 900 });
});

test('[SC11] a change is syncing after a moment, and not on the server once it is overdue', () => {
	const kept = { kept: 3, oldestKeptMs: 1_000 };
	expect(at(kept, 1_000 + SYNCING_AFTER_MS - 1)).toEqual({ is: 'synced', atMs: 900 });
	expect(at(kept, 1_000 + SYNCING_AFTER_MS)).toEqual({ is: 'syncing', count: 3 });
	expect(at(kept, 1_000 + OVERDUE_MS)).toEqual({ is: 'reconnecting', kept: 3 });
});

test('[SC11] a connection is reconnecting first and offline after three seconds', () => {
	const down = { link: { is: 'down' } as const, downSinceMs: 1_000, kept: 2 };
	expect(at(down, 1_000 + OFFLINE_AFTER_MS - 1)).toEqual({ is: 'reconnecting', kept: 2 });
	expect(at(down, 1_000 + OFFLINE_AFTER_MS)).toEqual({ is: 'offline', kept: 2, lastSyncedAtMs: 900 });
});

test('[SC11] a connection that has not exchanged yet claims nothing', () => {
	expect(at({ hasExchanged: false }, 5_000)).toEqual({ is: 'reconnecting', kept: 0 });
});

test('[SC11] a refusal and a device that keeps nothing come before everything else', () => {
	const link = { is: 'refused', why: 'signed-out', sentence: 'Ask for a new invite link.' } as const;
	expect(at({ link, kept: 4 }, 5_000)).toMatchObject({ is: 'paused', kept: 4, why: 'signed-out' });
	expect(at({ link, inMemory: 1, refusal: 'full' }, 5_000)).toEqual({
		is: 'memory',
		count: 1,
		sentence: 'full'
	});
});

test('[SC11] the next change by time alone is foretold', () => {
	expect(nextChangeMs(calm, 5_000)).toBeUndefined();
	expect(nextChangeMs({ ...calm, kept: 1, oldestKeptMs: 5_000 }, 5_000)).toBe(SYNCING_AFTER_MS);
	expect(nextChangeMs({ ...calm, kept: 1, oldestKeptMs: 5_000 }, 6_000)).toBe(OVERDUE_MS - 1_000);
	expect(nextChangeMs({ ...calm, link: { is: 'down' }, downSinceMs: 5_000 }, 6_000)).toBe(
		OFFLINE_AFTER_MS - 1_000
	);
	for (const nowMs of [5_000, 5_799, 5_800, 14_999]) {
		const facts = { ...calm, kept: 1, oldestKeptMs: 5_000 };
		const next = nextChangeMs(facts, nowMs) ?? 0;
		for (const early of [0, next / 2, next - 1]) {
			expect(syncStateOf(facts, nowMs + early)).toEqual(syncStateOf(facts, nowMs));
		}
		expect(syncStateOf(facts, nowMs + next)).not.toEqual(syncStateOf(facts, nowMs));
	}
});

test('[SC11] a clock that is set back makes nothing look safer or shorter than it is', () => {
	const kept = { kept: 3, oldestKeptMs: 300_000 };
	expect(at(kept, 1_000)).toEqual({ is: 'reconnecting', kept: 3 });
	const down = { link: { is: 'down' } as const, downSinceMs: 300_000 };
	expect(at(down, 1_000)).toEqual({ is: 'offline', kept: 0, lastSyncedAtMs: 900 });
});

test('what the server does not take needs somebody, and is told apart from what is on its way', () => {
	const sentence = 'You can read this document but not change it.';
	const refused = { kept: 5, rejected: 3, rejection: sentence, oldestKeptMs: 0 };
	expect(at(refused, 60_000)).toEqual({ is: 'refused', kept: 5, count: 3, sentence });
	expect(at({ ...refused, link: { is: 'down' }, downSinceMs: 0 }, 60_000)).toMatchObject({ is: 'offline' });
	expect(at({ ...refused, rejected: 0 }, 60_000)).toMatchObject({ is: 'reconnecting' });
});
