import { expect, test } from 'vitest';
import { ManualClock } from '../clock-manual.ts';
import { MemoryDocStore } from '../storage/memory/doc-store.ts';
import { LogWriter } from '../sync/log-writer.ts';
import { SyncMeter } from './sync-meter.ts';

const entry = { doc: 'acme/a', update: Uint8Array.of(1), author: 'ada', atMs: 0, newClients: [] };

function slowWriter() {
	const clock = new ManualClock();
	const meter = new SyncMeter(() => clock.tickMs());
	const store = new MemoryDocStore();
	const append = store.append.bind(store);
	const { promise: isAllowed, resolve: allow, reject: fail } = Promise.withResolvers<void>();
	const { promise: isAsked, resolve: asked } = Promise.withResolvers<void>();
	store.append = async (entries) => {
		asked();
		await isAllowed;
		return append(entries);
	};
	return { clock, meter, writer: new LogWriter(store, meter), isAsked, allow, fail };
}

test('the age of what is not durable counts from the oldest, until the disk has it', async () => {
	const { clock, meter, writer, isAsked, allow } = slowWriter();
	expect(meter.unackedAgeSeconds).toBe(0);
	writer.write(entry, () => undefined);
	clock.advance(2_000);
	expect(meter.unackedAgeSeconds).toBe(2);
	await isAsked;
	clock.advance(1_000);
	writer.write(entry, () => undefined);
	clock.advance(1_000);
	expect(meter.unackedAgeSeconds).toBe(4);
	allow();
	await writer.drain();
	expect(meter.unackedAgeSeconds).toBe(0);
	expect(meter.updatesStored).toBe(2);
	expect(meter.commitSeconds).toMatchObject({ count: 2, sum: 2 });
});

test('a commit that fails stored nothing, and nothing waits any more', async () => {
	const { meter, writer, isAsked, fail } = slowWriter();
	writer.write(entry, () => undefined);
	await isAsked;
	fail(new Error('full'));
	await writer.drain();
	expect([meter.unackedAgeSeconds, meter.updatesStored, meter.commitSeconds.count]).toEqual([0, 0, 0]);
});
