import { expect, test } from 'vitest';
import { Outbox } from './outbox.ts';

const change = (place: string, atMs: number) => ({
	update: new Uint8Array(),
	kept: [{ place, atMs }],
	row: undefined
});

test('[SC2] who goes on typing in one place does not make its oldest change younger', () => {
	const outbox = new Outbox();
	outbox.add(change('', 500));
	expect(outbox.oldestAtMs).toBeUndefined();
	for (const atMs of [1_000, 2_000, 3_000]) outbox.add(change('notes.i1#1:0', atMs));
	expect(outbox.oldestAtMs).toBe(1_000);
	expect(outbox.kept.at(-1)?.atMs).toBe(3_000);
	outbox.connected();
	outbox.queued(true);
	outbox.acknowledge(1);
	expect(outbox.oldestAtMs).toBeUndefined();
});
