import { expect, test, vi } from 'vitest';
import type { DeviceStore, NewRow } from './device-store.ts';
import { Journal } from './journal.ts';

/** A disk that takes as many turns as it is told, and may refuse. */
function disk() {
	const written: number[][] = [];
	const released: number[] = [];
	let row = 0;
	const state = { refuse: false };
	const release = (rows: readonly number[]) => Promise.resolve(void released.push(...rows));
	const append = async (_doc: string, rows: readonly NewRow[]) => {
		await Promise.resolve();
		if (state.refuse) throw new Error('full');
		written.push(rows.map(({ update }) => update[0] ?? -1));
		return rows.map(() => ++row);
	};
	return { written, released, state, store: { append, release } as unknown as DeviceStore };
}

const update = (value: number) => Uint8Array.of(value);

test('[SC4] what is added in any microtask after a write has ended is written too', async () => {
	for (let turns = 0; turns < 12; turns++) {
		const { written, store } = disk();
		const journal = new Journal({ store, doc: 'acme/a', opening: 'o', changed: () => undefined });
		journal.add(update(1), []);
		for (let turn = 0; turn < turns; turn++) await Promise.resolve();
		journal.add(update(2), []);
		await journal.settled();
		expect(written.flat()).toEqual([1, 2]);
	}
});

test('[SC4] what comes during a write forms one next write', async () => {
	const { written, store } = disk();
	const journal = new Journal({ store, doc: 'acme/a', opening: 'o', changed: () => undefined });
	for (const value of [1, 2, 3, 4]) journal.add(update(value), []);
	await journal.flush();
	expect(written).toEqual([[1], [2, 3, 4]]);
	expect(journal.unwritten).toEqual([]);
});

test('[SC5] a refused write keeps its place, and waiting for it ends', async () => {
	const { written, state, store } = disk();
	const journal = new Journal({ store, doc: 'acme/a', opening: 'o', changed: () => undefined });
	state.refuse = true;
	const entry = journal.add(update(1), []);
	await journal.settled();
	expect(journal.refusal?.message).toBe('full');
	expect(journal.unwritten).toEqual([entry]);
	journal.add(update(2), []);
	expect(journal.settled()).toBeUndefined();
	state.refuse = false;
	await journal.flush();
	expect(written.flat()).toEqual([1, 2]);
	expect(journal.refusal).toBeUndefined();
	journal.close();
});

test('what waits for a write is given to the device before flush returns, and a refusal of one leaves the other', async () => {
	const given: number[][] = [];
	const ends: ((error?: Error) => void)[] = [];
	const append = (_doc: string, rows: readonly NewRow[]) => {
		given.push(rows.map(({ update }) => update[0] ?? -1));
		return new Promise<number[]>((resolve, reject) =>
			ends.push((error) =>
				error ? reject(error) : resolve(rows.map((_, index) => given.length * 10 + index))
			)
		);
	};
	const journal = new Journal({
		store: { append } as unknown as DeviceStore,
		doc: 'acme/a',
		opening: 'o',
		changed: () => undefined
	});
	const first = journal.add(update(1), []);
	const second = journal.add(update(2), []);
	expect(given).toEqual([[1]]);
	const flushed = journal.flush();
	expect(given).toEqual([[1], [2]]);
	ends[0]?.(new Error('full'));
	ends[1]?.();
	await expect.poll(() => given).toEqual([[1], [2], [1]]);
	ends[2]?.();
	await flushed;
	expect([first.row, second.row, journal.refusal]).toEqual([30, 20, undefined]);
	expect(journal.unwritten).toEqual([]);
	journal.close();
});

test('[SC2] what the server acknowledges while the device still writes it is not kept as this device’s alone', async () => {
	const { released, store } = disk();
	const journal = new Journal({ store, doc: 'acme/a', opening: 'o', changed: () => undefined });
	const entry = journal.add(update(1), [{ place: 'agenda/a', atMs: 1 }]);
	journal.add(update(2), [{ place: 'agenda/b', atMs: 2 }]);
	entry.kept = [];
	await journal.flush();
	expect(released).toEqual([entry.row]);
});

test('[SC5] a closed document writes nothing any more, though two of its writes were refused at once', async () => {
	vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
	const { written, state, store } = disk();
	const journal = new Journal({ store, doc: 'acme/a', opening: 'o', changed: () => undefined });
	state.refuse = true;
	journal.add(update(1), []);
	journal.add(update(2), []);
	await journal.flush();
	journal.close();
	state.refuse = false;
	await vi.runAllTimersAsync();
	expect(written).toEqual([]);
	vi.useRealTimers();
});
