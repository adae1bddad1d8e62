import { expect, onTestFinished, test } from 'vitest';
import * as Y from 'yjs';
import * as z from 'zod/mini';
import { migrate } from '#lib/docs/migrate.ts';
import { StorageLoad } from '#lib/docs/origin.ts';
import { rowTable } from '#lib/docs/rows.ts';
import { rowId, type RowId, type SpaceId } from '#lib/domain/id.ts';
import { defineKind } from '#lib/kinds/contract.ts';
import { ManualClock } from '../clock-manual.ts';
import { MemoryDocStore } from '../storage/memory/doc-store.ts';
import { MemoryNumberStore } from '../storage/memory/number-store.ts';
import { Clerk } from './clerk.ts';

// A kind as small as can be: promises that are numbered, and fall due by themselves.
const promises = rowTable({
	root: 'promises',
	row: z.object({
		id: rowId,
		order: z.string(),
		number: z.optional(z.int()),
		dueMs: z.optional(z.number()),
		isBroken: z.optional(z.boolean())
	})
});
const kind = defineKind({
	id: 'promises',
	label: { one: 'Promise', many: 'Promises' },
	only: 'r-promises',
	doc: {
		read: (doc: Y.Doc) => promises.read(doc),
		commands: () => ({}),
		lift: (doc) => migrate(doc, []),
		seed: () => undefined,
		observe: () => () => undefined,
		undoable: () => []
	},
	rules: [],
	exports: [],
	summarise: () => ({ headline: '', tone: 'none', open: [] }),
	describe: () => ({ what: 'Changed', where: '' }),
	clerk: {
		prefix: 'PRO',
		numbered: (rows) => rows.map(({ id, number }) => ({ id, number })),
		setNumber: (doc, row, number) => promises.patch(doc, row, { number }),
		nextDueMs: (rows) =>
			rows
				.flatMap(({ dueMs, isBroken }) => (isBroken ? [] : (dueMs ?? [])))
				.sort((a, b) => a - b)
				.at(0),
		settle(doc, nowMs) {
			for (const { id, dueMs = Infinity, isBroken } of promises.read(doc).value)
				if (dueMs <= nowMs && !isBroken) promises.patch(doc, id, { isBroken: true });
		}
	},
	fixtures: { empty: [], typical: [] }
});

const NAME = 'ops/r-promises';
const id = (text: string) => text as RowId;

/** One server's log with a clerk beside it, and people who write into it. */
function office() {
	const [docs, numbers, clock] = [new MemoryDocStore(), new MemoryNumberStore(), new ManualClock()];
	const listeners = new Set<(name: string, update: Uint8Array) => void>();
	const log: { author: string; update: Uint8Array }[] = [];
	const failures: unknown[] = [];
	let isFull = false;
	const append = async (update: Uint8Array, author: string) => {
		if (isFull) throw new Error('the disk is full');
		await docs.append([{ doc: NAME, update, author, atMs: clock.nowMs(), newClients: [] }]);
		log.push({ author, update });
		for (const listener of listeners) listener(NAME, update);
	};
	const hire = async () => {
		const clerk = new Clerk({
			kinds: [kind],
			docs,
			numbers,
			clock,
			spaces: () => ['ops' as SpaceId],
			onChange(listener) {
				listeners.add(listener);
				return () => listeners.delete(listener);
			},
			write: (_name, update, author) => append(update, author),
			failed: (_event, error) => failures.push(error)
		});
		await clerk.start();
		await clerk.settled();
		onTestFinished(() => clerk.drain());
		return clerk;
	};
	const person = (seed = new Y.Doc()) => ({
		doc: seed,
		async write(change: (doc: Y.Doc) => void) {
			const before = Y.encodeStateVector(seed);
			seed.transact(() => change(seed), new StorageLoad());
			await append(Y.encodeStateAsUpdate(seed, before), 'p-ada');
		},
		hear: () => log.forEach(({ update }) => Y.applyUpdate(seed, update)),
		rows: () => promises.read(seed).value
	});
	return {
		clock,
		log,
		failures,
		hire,
		person,
		fill: (full: boolean) => (isFull = full),
		pass: async (clerk: Clerk, ms: number) => {
			await clerk.settled();
			clock.advance(ms);
			await clerk.settled();
		}
	};
}

test('records are numbered in the order they come, each once, whatever a client claims', async () => {
	const { hire, person, pass, log } = office();
	const clerk = await hire();
	const [ada, bob] = [person(), person()];
	await ada.write((doc) => promises.insert(doc, { id: id('a') }, 'end'));
	await bob.write((doc) => promises.insert(doc, { id: id('b'), number: 1 }, 'end'));
	await pass(clerk, 1_000);
	await ada.write((doc) => promises.insert(doc, { id: id('c') }, 'end'));
	await pass(clerk, 1_000);
	for (const one of [ada, bob]) one.hear();
	const numbers = ada.rows().map(({ number }) => number);
	expect(numbers.toSorted()).toEqual([1, 2, 3]);
	expect(ada.rows()).toEqual(bob.rows());
	expect(ada.rows().find((row) => row.id === 'c')?.number).toBe(3);
	const written = log.length;
	await pass(clerk, 10_000);
	expect(log.length).toBe(written); // Nothing is left to do.
});

test('a number that somebody wrote over is put right', async () => {
	const { hire, person, pass } = office();
	const clerk = await hire();
	const ada = person();
	await ada.write((doc) => promises.insert(doc, { id: id('a') }, 'end'));
	await pass(clerk, 1_000);
	ada.hear();
	await ada.write((doc) => promises.patch(doc, id('a'), { number: 77 }));
	await pass(clerk, 1_000);
	ada.hear();
	expect(ada.rows()).toMatchObject([{ id: 'a', number: 1 }]);
});

test('what was written while no clerk was there is found by the next one, with the numbers as they were', async () => {
	const { hire, person, pass } = office();
	const ada = person();
	await ada.write((doc) => promises.insert(doc, { id: id('a') }, 'end'));
	const first = await hire();
	ada.hear();
	expect(ada.rows()).toMatchObject([{ number: 1 }]);
	await first.drain();
	await ada.write((doc) => promises.insert(doc, { id: id('b') }, undefined));
	const second = await hire();
	await pass(second, 1_000);
	ada.hear();
	expect(ada.rows()).toMatchObject([
		{ id: 'b', number: 2 },
		{ id: 'a', number: 1 }
	]);
});

test('what falls due is recorded at its time, once, also days ahead', async () => {
	const { hire, person, pass, clock, log } = office();
	const clerk = await hire();
	const ada = person();
	const dueMs = clock.nowMs() + 3 * 86_400_000;
	await ada.write((doc) => promises.insert(doc, { id: id('a'), dueMs }, 'end'));
	for (let hour = 0; hour < 71; hour++) await pass(clerk, 3_600_000);
	ada.hear();
	expect(ada.rows()[0]?.isBroken).toBeUndefined();
	await pass(clerk, 3_600_000);
	await pass(clerk, 1_000);
	ada.hear();
	expect(ada.rows()[0]?.isBroken).toBe(true);
	expect(log.filter(({ author }) => author === 'downbeat').length).toBe(2); // Its number, and this.
});

test('a write that fails is tried again with the next change, under the same number', async () => {
	const { hire, person, pass, fill, failures } = office();
	const clerk = await hire();
	const ada = person();
	await ada.write((doc) => promises.insert(doc, { id: id('a') }, 'end'));
	fill(true);
	await pass(clerk, 1_000);
	expect(failures).toHaveLength(1);
	fill(false);
	await ada.write((doc) => promises.insert(doc, { id: id('b') }, 'end'));
	await pass(clerk, 1_000);
	await pass(clerk, 1_000);
	ada.hear();
	expect(ada.rows()).toMatchObject([
		{ id: 'a', number: 1 },
		{ id: 'b', number: 2 }
	]);
});

test('a document of a newer app is left alone', async () => {
	const { hire, person, pass } = office();
	const clerk = await hire();
	const ada = person();
	await ada.write((doc) => {
		promises.insert(doc, { id: id('a') }, 'end');
		doc.getMap('meta').set('version', 99);
	});
	await pass(clerk, 1_000);
	ada.hear();
	expect(ada.rows()[0]?.number).toBeUndefined();
});
