import 'fake-indexeddb/auto'; // First: Dexie looks for it when it is loaded.
import { Dexie } from 'dexie';
import { afterEach, expect, test } from 'vitest';
import { DexieStore } from '#lib/sync/dexie-store.ts';
import { DocEngine } from '#lib/sync/engine.ts';
import type { KeptPlace } from '#lib/sync/device-store.ts';
import { Device } from '../sync/devices.ts';
import { startSync } from '../sync/harness.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
	for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

/** A look at the database past everything that guards it. */
async function behind<T>(name: string, work: (db: Dexie) => Promise<T>): Promise<T> {
	const db = await new Dexie(name).open();
	try {
		return await work(db);
	} finally {
		db.close();
	}
}

const broken: readonly [string, unknown][] = [
	['cut off', Uint8Array.of(1, 1, 5)],
	['noise', Uint8Array.of(200, 1, 4, 1, 5, 9, 2, 6)],
	['of another type', 'not bytes'],
	['missing', undefined],
	['one that decodes and cannot be put in', Uint8Array.of(1, 1, 5, 0, 0x84, 5, 9, 1, 120, 0)]
];

test.each(broken)(
	'[SC16] a row on the device that is %s is set aside; the rest opens, and the server’s copy heals it',
	async (_what, update) => {
		const server = await startSync();
		cleanups.push(() => server.stop());
		const laptop = new Device(server.url);
		cleanups.push(() => laptop.closeAll());
		const first = await laptop.tab();
		for (const key of ['a', 'b', 'c']) first.set(key, `value of ${key}`);
		await first.settled();
		const rows = await first.store.rows('acme/m-ops', 0);
		await first.close();
		const at = rows[1]?.row;
		await behind(laptop.database, (db) => db.table('updates').update(at, { update }));

		const lost: (readonly KeptPlace[])[] = [];
		const store = new DexieStore({ name: laptop.database });
		cleanups.push(() => store.close());
		const options = { name: 'acme/m-ops', store, url: server.url, token: 'editor', nowMs: Date.now };
		const engine = await DocEngine.open({ ...options, onUnreadable: (places) => lost.push(places) });
		cleanups.push(() => engine.close());
		expect([...engine.doc.getMap('agenda').keys()]).toContain('a');
		expect(lost).toHaveLength(1);
		const exchanged = new Promise<void>((resolve) => {
			engine.onChange(() => engine.isSettled && engine.doc.getMap('agenda').size === 3 && resolve());
		});
		engine.connect();
		await exchanged;
		expect(engine.doc.getMap('agenda').get('b')).toBe('value of b');
		expect((await store.asideOf('acme/m-ops')).map(({ row, update: kept }) => [row, kept])).toEqual([
			[at, update]
		]);
		expect((await store.rows('acme/m-ops', 0)).some(({ row }) => row === at)).toBe(false);
	}
);

test('[SC16] what of an unreadable row the server did not have is named', async () => {
	const server = await startSync();
	cleanups.push(() => server.stop());
	const laptop = new Device(server.url);
	const offline = await laptop.tab({ offline: true });
	offline.set('a', 'kept here alone');
	await offline.engine.flush();
	await offline.close();
	await behind(laptop.database, (db) =>
		db
			.table('updates')
			.toCollection()
			.modify({ update: Uint8Array.of(9) })
	);
	const lost: string[] = [];
	const store = new DexieStore({ name: laptop.database });
	cleanups.push(() => store.close());
	const options = { name: 'acme/m-ops', store, url: server.url, token: 'editor', nowMs: Date.now };
	const engine = await DocEngine.open({
		...options,
		onUnreadable: (places) => lost.push(...places.map(({ place }) => place))
	});
	cleanups.push(() => engine.close());
	expect(lost).toEqual(['agenda/a']);
	expect(engine.facts.kept).toBe(0);
});

test('a database that a newer app has changed is known before it is opened', async () => {
	const name = 'a-database-from-the-future';
	expect(await DexieStore.isFromTheFuture(name)).toBe(false);
	const later = new Dexie(name);
	later.version(2).stores({ spaces: 'id', dreams: 'id' });
	await later.open();
	later.close();
	expect(await DexieStore.isFromTheFuture(name)).toBe(true);
	const own = new DexieStore({ name: 'one-of-today' });
	await own.spaces();
	expect(await DexieStore.isFromTheFuture('one-of-today')).toBe(false);
	own.close();
});
