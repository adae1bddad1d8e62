import 'fake-indexeddb/auto'; // First: Dexie looks for it when it is loaded.
import { afterEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { UserEdit } from '#lib/docs/origin.ts';
import { seedUpdate } from '#lib/docs/seed.ts';
import type { PersonId } from '#lib/domain/id.ts';
import { DexieStore } from '#lib/sync/dexie-store.ts';
import type { Returned } from '#lib/sync/engine.ts';
import { syncStateOf } from '#lib/sync/durability.ts';
import { Device, type Tab } from './devices.ts';
import { startSync, stock, synced, until, type Running } from './harness.ts';
import { Proxy } from './proxy.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
	for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

async function running(options: Parameters<typeof startSync>[0] = {}): Promise<Running> {
	const server = await startSync(options);
	cleanups.push(() => server.stop());
	return server;
}

function device(url: string): Device {
	const made = new Device(url);
	cleanups.push(() => made.closeAll());
	return made;
}

const pill = (tab: Tab) => syncStateOf(tab.engine.facts, Date.now()).is;

test('[SC1] two people edit together and with a stock client', async () => {
	const server = await running();
	const [ada, bob] = [await device(server.url).tab(), await device(server.url).tab()];
	const tool = stock(server.url);
	cleanups.push(() => tool.stop());
	await Promise.all([ada.settled(), bob.settled(), synced(tool)]);
	ada.set('a', 'ada');
	bob.set('b', 'bob');
	tool.doc.getMap('agenda').set('c', 'tool');
	await Promise.all([ada, bob].map((tab) => tab.until(({ text }) => text === 'a=ada b=bob c=tool')));
	await until([tool.doc], () => tool.doc.getMap('agenda').size === 3);
});

test('[SC2] a change is kept until the server has it, and no longer; a deletion too', async () => {
	const server = await running();
	const ada = await device(server.url).tab();
	await ada.settled();
	ada.set('a', 'x');
	expect(ada.engine.facts.kept).toBe(1);
	expect(ada.engine.isSettled).toBe(false);
	await ada.settled();
	expect(ada.engine.facts.kept).toBe(0);
	ada.remove('a');
	expect(ada.engine.facts.kept).toBe(1);
	await ada.settled();
	expect(await ada.store.keptOf()).toEqual(new Map());
});

test('[SC2] a document that is filled from a template is kept as this person’s, too', async () => {
	const server = await running();
	const ada = await device(server.url).tab({ offline: true });
	const template = seedUpdate('acme/m-ops', (doc) => void doc.getMap('agenda').set('i1', 'Cost'));
	const { clientID } = ada.doc;
	Y.applyUpdate(ada.doc, template, new UserEdit('p-1' as PersonId, 'document.create'));
	expect(ada.engine.kept.map(({ place }) => place)).toEqual(['agenda/i1']);
	expect(ada.doc.clientID).toBe(clientID);
	ada.engine.connect();
	await ada.settled();
	const bob = await device(server.url).tab();
	await bob.until(({ text }) => text === 'i1=Cost');
});

test('[SC3] what is typed with no server is on the device after a reload, is counted, and arrives later', async () => {
	const server = await startSync();
	const laptop = device(server.url);
	const first = await laptop.tab();
	await first.settled();
	first.set('a', 'online');
	await first.settled();
	await server.stop();
	await first.until((tab) => tab.engine.facts.link.is === 'down');
	first.set('b', 'offline');
	first.set('a', 'changed offline');
	first.remove('b');
	first.set('c', 'kept');
	await first.engine.flush();
	expect(first.engine.kept.map(({ place }) => place).toSorted()).toEqual([
		'agenda/a',
		'agenda/b',
		'agenda/c'
	]);
	await first.close();

	const second = await laptop.tab({ offline: true });
	expect(second.text).toBe('a=changed offline c=kept');
	expect(second.engine.facts.kept).toBe(3);
	expect([...(await second.store.keptOf()).keys()]).toEqual(['acme/m-ops']);

	const back = await running({ store: server.store, port: server.port });
	second.engine.connect();
	await second.settled();
	expect(second.engine.facts.kept).toBe(0);
	const bob = await device(back.url).tab();
	await bob.until(({ text }) => text === 'a=changed offline c=kept');
});

test('[SC15] a document that is left and opened again in one visit is as it was left, and what it keeps arrives', async () => {
	const server = await running();
	const store = new DexieStore({ name: 'one-visit' });
	const laptop = device(server.url);
	const first = await laptop.tab({ store, offline: true });
	first.set('a', 'written');
	first.set('b', 'with no network');
	await first.engine.close();

	const second = await laptop.tab({ store, offline: true });
	expect(second.text).toBe('a=written b=with no network');
	expect(second.engine.facts.kept).toBe(2);
	second.set('c', 'and more');
	second.engine.connect();
	await second.settled();
	expect(second.engine.facts.kept).toBe(0);
	const bob = await device(server.url).tab();
	await bob.until(({ text }) => text === 'a=written b=with no network c=and more');
});

test('[SC4] a change is on the disk before it is on the wire', async () => {
	const server = await running();
	const slow = new DexieStore({ name: 'slow-disk' });
	const append = slow.append.bind(slow);
	const { promise: isAllowed, resolve: allow } = Promise.withResolvers<void>();
	const laptop = device(server.url);
	const ada = await laptop.tab({ store: slow });
	await ada.settled();
	slow.append = async (...args) => {
		await isAllowed;
		return append(...args);
	};
	const bob = await device(server.url).tab();
	await bob.settled();
	ada.set('a', 'not yet');
	ada.doc.getMap('agenda').set('b', 'nor this');
	const probe = stock(server.url, 'acme/other');
	cleanups.push(() => probe.stop());
	await synced(probe);
	expect(bob.text).toBe('');
	expect((await server.store.load('acme/m-ops')).tail).toEqual([]);
	allow();
	await bob.until(({ text }) => text === 'a=not yet b=nor this');
	expect((await ada.store.rows('acme/m-ops', 0)).length).toBeGreaterThan(0);
});

test('[SC5] a device that refuses to keep changes says so, still sends them, and goes on when it can', async () => {
	const server = await running();
	const full = new DexieStore({ name: 'full-disk' });
	const append = full.append.bind(full);
	const ada = await device(server.url).tab({ store: full });
	await ada.settled();
	full.append = () => Promise.reject(new DOMException('The quota has been exceeded.', 'QuotaExceededError'));
	const bob = await device(server.url).tab();
	ada.set('a', 'by wire only');
	await bob.until(({ text }) => text === 'a=by wire only');
	await ada.settled();
	expect(ada.engine.isInMemoryAlone).toBe(false);
	await server.sync.drain();
	await ada.until((tab) => tab.engine.facts.link.is === 'down');
	ada.set('b', 'in memory alone');
	await ada.until((tab) => tab.engine.facts.inMemory === 1);
	expect(pill(ada)).toBe('memory');
	expect(ada.engine.isInMemoryAlone).toBe(true);
	full.append = append;
	await ada.engine.flush();
	expect(ada.engine.facts.inMemory).toBe(0);
	expect(ada.engine.isInMemoryAlone).toBe(false);
	const rows = await ada.store.rows('acme/m-ops', 0);
	expect(rows.filter(({ kept }) => kept.length > 0)).toHaveLength(1);
});

test('[SC6] what one tab leaves behind, another tab sends', async () => {
	const server = await startSync();
	const laptop = device(server.url);
	const [first, second] = [await laptop.tab(), await laptop.tab()];
	await Promise.all([first.settled(), second.settled()]);
	await server.stop();
	await Promise.all([first, second].map((tab) => tab.until(({ engine }) => engine.facts.link.is === 'down')));
	first.set('a', 'from the first tab');
	await first.engine.flush();
	await second.until(({ text }) => text === 'a=from the first tab');
	await first.close();
	const back = await running({ store: server.store, port: server.port });
	const bob = await device(back.url).tab();
	await bob.until(({ text }) => text === 'a=from the first tab');
	await second.until(({ engine }) => engine.isSettled && engine.facts.hasExchanged);
	const released = async () => (await second.store.keptOf()).size === 0;
	while (!(await released())) await second.engine.flush();
});

test('[SC7] remote changes are stored once, whatever the number of tabs', async () => {
	const server = await running();
	const laptop = device(server.url);
	const [first, second] = [await laptop.tab(), await laptop.tab()];
	await Promise.all([first.settled(), second.settled()]);
	const bob = await device(server.url).tab();
	await bob.settled();
	bob.set('a', '1');
	await Promise.all([first, second].map((tab) => tab.until(({ text }) => text === 'a=1')));
	await Promise.all([first.engine.flush(), second.engine.flush()]);
	expect(await first.store.rows('acme/m-ops', 0)).toHaveLength(1);
});

test('[SC8] coming back tells what others changed meanwhile, who did, and how many of mine were sent', async () => {
	const server = await startSync();
	const ada = await device(server.url).tab();
	await ada.settled();
	ada.set('a', 'before');
	await ada.settled();
	await server.stop();
	await ada.until((tab) => tab.engine.facts.link.is === 'down');
	ada.set('mine', 'typed offline');
	const back = await running({ store: server.store, port: server.port });
	const update = new Y.Doc();
	update.clientID = 4242;
	update.getMap('agenda').set('theirs', 'written meanwhile');
	await back.sync.write('acme/m-ops', Y.encodeStateAsUpdate(update), 'p-mei');
	await ada.until((tab) => tab.returned.length > 1);
	expect(ada.returned.at(-1)).toMatchObject({
		sent: 1,
		missed: [{ place: 'agenda/theirs', clients: [4242] }]
	});
	expect(ada.engine.authorOf(4242)).toBe('p-mei');
});

test('[SC9] many rows are folded when the document is opened again, kept ones stay counted', async () => {
	const server = await running();
	const laptop = device(server.url);
	const first = await laptop.tab();
	await first.settled();
	for (let index = 0; index < 260; index++) first.set(`k${index % 7}`, String(index));
	await first.settled();
	await first.close();
	const offline = await laptop.tab({ offline: true });
	offline.set('kept', 'yes');
	const before = offline.text;
	await offline.close();
	const second = await laptop.tab({ offline: true });
	expect(second.text).toBe(before);
	expect(second.engine.facts.kept).toBe(1);
	expect((await second.store.rows('acme/m-ops', 0)).length).toBeLessThan(5);
	second.engine.connect();
	await second.settled();
	const released = async () => (await second.store.keptOf()).size === 0;
	while (!(await released())) await second.engine.flush();
});

test('[SC10] a server that says no is not asked again and again; its sentence is there for the person', async () => {
	const server = await running();
	const ada = await device(server.url).tab({ token: 'wrong' });
	await ada.until((tab) => tab.engine.facts.link.is === 'refused');
	ada.set('a', 'kept here');
	expect(syncStateOf(ada.engine.facts, Date.now())).toMatchObject({
		is: 'paused',
		kept: 1,
		why: 'signed-out'
	});
	expect(ada.engine.facts.link).toMatchObject({ sentence: expect.stringMatching(/invite link/) as string });
	await ada.engine.flush();
	expect((await ada.store.keptOf()).size).toBe(1);
});

test('[SC13] a wire that swallows everything is not believed for long, and nothing is lost in it', async () => {
	const server = await running();
	const wire = await new Proxy(server.port).start();
	cleanups.push(() => wire.stop());
	const ada = await device(`ws://127.0.0.1:${wire.port}/sync`).tab();
	await ada.settled();
	wire.stall();
	ada.set('a', 'typed in a tunnel');
	ada.engine.nudge();
	await ada.until(({ engine }) => engine.facts.link.is === 'down');
	expect(ada.engine.facts.kept).toBe(1);
	await ada.until(({ engine }) => engine.facts.link.is === 'up' && engine.facts.kept === 0);
	const late = stock(server.url);
	cleanups.push(() => late.stop());
	await until([late.doc], () => late.doc.getMap('agenda').get('a') === 'typed in a tunnel');
});

test('[SC14] what two devices both changed while one was away is told to it with both values', async () => {
	const server = await running();
	const laptop = device(server.url);
	const ada = await laptop.tab();
	const bob = await device(server.url).tab();
	await Promise.all([ada.settled(), bob.settled()]);
	ada.set('due', '8 Jun');
	await bob.until(({ text }) => text === 'due=8 Jun');
	await ada.settled();
	await ada.close();
	const away = await laptop.tab({ offline: true });
	away.set('due', '10 Jun');
	bob.set('due', '11 Jun');
	await bob.settled();
	const told = new Promise<Returned>((resolve) => void away.engine.onReturn(resolve));
	away.engine.connect();
	const { clashes } = await told;
	expect(clashes).toMatchObject([{ is: 'value', place: 'agenda/due', mine: '10 Jun', theirs: '11 Jun' }]);
	const shown = clashes[0]?.is === 'value' && clashes[0].shows === 'mine' ? '10 Jun' : '11 Jun';
	await Promise.all([away, bob].map((tab) => tab.until(({ text }) => text === `due=${shown}`)));
});
