import { expect, test } from 'vitest';
import { MemoryDocStore } from '../storage/memory/doc-store.ts';
import { LogWriter } from './log-writer.ts';

const entry = (value: number) => ({
	doc: 'acme/a',
	update: Uint8Array.of(value),
	author: 'ada',
	atMs: value,
	newClients: []
});

test('[SV2] whatever the moment of writing, it is written and called back in order', async () => {
	for (let turns = 0; turns < 12; turns++) {
		const store = new MemoryDocStore();
		const writer = new LogWriter(store);
		const heard: number[] = [];
		const { promise: isSecondAdded, resolve: added } = Promise.withResolvers<void>();
		const addSecond = async () => {
			for (let turn = 0; turn < turns; turn++) await Promise.resolve();
			writer.write(entry(2), (_error, seq) => heard.push(seq));
			writer.after(() => heard.push(0));
			added();
		};
		writer.write(entry(1), (_error, seq) => {
			heard.push(seq);
			void addSecond();
		});
		await isSecondAdded;
		await writer.drain();
		expect(heard).toEqual([1, 2, 0]);
	}
});

test('[SV2] one turn of the event loop is one transaction', async () => {
	const store = new MemoryDocStore();
	const batches: number[] = [];
	const append = store.append.bind(store);
	store.append = (entries) => {
		batches.push(entries.length);
		return append(entries);
	};
	const writer = new LogWriter(store);
	for (const value of [1, 2, 3]) writer.write(entry(value), () => undefined);
	await writer.drain();
	expect(batches).toEqual([3]);
});

test('[SV11] a batch that fails is told to each, and the next is tried', async () => {
	const store = new MemoryDocStore();
	const append = store.append.bind(store);
	store.append = () => Promise.reject(new Error('full'));
	const writer = new LogWriter(store);
	const heard: (string | number)[] = [];
	writer.write(entry(1), (error, seq) => heard.push(error?.message ?? seq));
	writer.after((error) => heard.push(error?.message ?? 'fine'));
	await writer.drain();
	store.append = append;
	writer.write(entry(2), (error, seq) => heard.push(error?.message ?? seq));
	await writer.drain();
	expect(heard).toEqual(['full', 'full', 1]);
});

test('[SV2] what is in the log is shown while the disk is waited for, and called back after it', async () => {
	const store = new MemoryDocStore();
	const { promise: isOnDisk, resolve: reachDisk } = Promise.withResolvers<void>();
	store.flush = () => isOnDisk;
	const writer = new LogWriter(store);
	const heard: string[] = [];
	const write = (value: number) =>
		new Promise<void>((resolve) =>
			writer.write(
				entry(value),
				(_error, seq) => heard.push(`durable ${seq}`),
				(seq) => resolve(void heard.push(`logged ${seq}`))
			)
		);
	await write(1);
	await write(2);
	writer.after(() => heard.push('all durable'));
	await new Promise((resolve) => setImmediate(resolve));
	expect(heard).toEqual(['logged 1', 'logged 2']);
	reachDisk();
	await writer.drain();
	expect(heard.slice(2)).toEqual(['durable 1', 'durable 2', 'all durable']);
});

test('[SV11] a disk that fails is told to everybody who waits for it, and the next is tried', async () => {
	const store = new MemoryDocStore();
	const flush = store.flush.bind(store);
	store.flush = () => Promise.reject(new Error('no such disk'));
	const writer = new LogWriter(store);
	const heard: (string | number)[] = [];
	writer.write(entry(1), (error, seq) => heard.push(error?.message ?? seq));
	await writer.drain();
	store.flush = flush;
	writer.write(entry(2), (error, seq) => heard.push(error?.message ?? seq));
	await writer.drain();
	expect(heard).toEqual(['no such disk', 2]);
});
