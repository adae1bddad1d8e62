import 'fake-indexeddb/auto'; // First: Dexie looks for it when it is loaded.
import { afterEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { syncStateOf } from '#lib/sync/durability.ts';
import { Device, type Tab } from './devices.ts';
import { startSync, type Running } from './harness.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
	for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

async function running(): Promise<Running> {
	const server = await startSync();
	cleanups.push(() => server.stop());
	return server;
}

function device(url: string): Device {
	const made = new Device(url);
	cleanups.push(() => made.closeAll());
	return made;
}

const state = (tab: Tab) => syncStateOf(tab.engine.facts, Date.now());
const isRefused = (tab: Tab) => tab.engine.facts.rejected > 0;

/** What a package holds, put into a document that has what the others have. */
function withPackage(others: Tab, own: Tab): Y.Map<unknown> {
	const copy = new Y.Doc();
	Y.applyUpdate(copy, Y.encodeStateAsUpdate(others.doc));
	Y.applyUpdate(copy, own.engine.unsent());
	return copy.getMap('agenda');
}

test('[SC17] what was written while a role was lost is refused, counted, and whole in the package', async () => {
	const server = await running();
	const [mei, ada] = [device(server.url), await device(server.url).tab({ token: 'commenter' })];
	const before = await mei.tab();
	await before.settled();
	before.set('a', 'together');
	await before.settled();
	await before.close();

	const offline = await mei.tab({ offline: true });
	offline.set('b', 'in the tunnel');
	offline.remove('a');
	await offline.engine.flush();
	server.access.change('editor', { role: 'viewer' });
	offline.engine.connect();
	await offline.until(isRefused);
	expect(state(offline)).toMatchObject({ is: 'refused', count: 2, kept: 2 });
	offline.set('c', 'and after');
	await offline.until(({ engine }) => engine.facts.rejected === 3);
	offline.engine.nudge();
	await ada.until(({ text }) => text === 'a=together');
	expect(withPackage(ada, offline).toJSON()).toEqual({ b: 'in the tunnel', c: 'and after' });
	expect((await server.store.history('acme/m-ops', { afterSeq: 0, limit: 10 })).length).toBe(1);
	await offline.close();

	const again = await mei.tab();
	await again.until(isRefused);
	expect(again.engine.facts.kept).toBe(3);
	expect(withPackage(ada, again).toJSON()).toEqual({ b: 'in the tunnel', c: 'and after' });
	expect(ada.text).toBe('a=together');
});

test('[SC17] it is sent by itself once it may be, and the reader goes on hearing the others meanwhile', async () => {
	const server = await running();
	server.access.change('editor', { role: 'viewer' });
	const mei = await device(server.url).tab({ offline: true });
	mei.set('b', 'mine');
	mei.engine.connect();
	await mei.until(isRefused);
	await server.sync.edit('acme/m-ops', 'ada', (doc) => doc.getMap('agenda').set('a', 'ada'));
	await mei.until(({ text }) => text === 'a=ada b=mine');
	expect(isRefused(mei)).toBe(true);
	server.access.change('editor', { role: 'editor' });
	await mei.settled();
	expect(mei.engine.facts).toMatchObject({ kept: 0, rejected: 0 });
	const ada = await device(server.url).tab({ token: 'commenter' });
	await ada.until(({ text }) => text === 'a=ada b=mine');
});

test('[SC17] an empty change after a refused one is no sign that it was stored', async () => {
	const server = await running();
	server.access.change('editor', { role: 'viewer' });
	const mei = await device(server.url).tab({ offline: true });
	mei.set('a', 'mine');
	mei.engine.connect();
	await mei.until(isRefused);
	const other = await device(server.url).tab({ token: 'viewer' });
	await other.settled();
	mei.engine.nudge();
	await mei.until(isRefused);
	expect(await mei.store.keptOf()).toEqual(
		new Map([['acme/m-ops', [expect.objectContaining({ place: 'agenda/a' })]]])
	);
});
