import 'fake-indexeddb/auto'; // First: Dexie looks for it when it is loaded.
import type { IncomingMessage } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { DexieStore } from '#lib/sync/dexie-store.ts';
import { DocEngine } from '#lib/sync/engine.ts';
import { syncStateOf } from '#lib/sync/durability.ts';
import { Transport, type TransportOptions } from '#lib/sync/transport.ts';
import { startFounded } from '../server/in-process.ts';
import { Tab } from './devices.ts';
import { HttpProxy, type Upgrades } from './proxy-http.ts';

// People behind a proxy that lets no websocket through, and people elsewhere, in one document.

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
	for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

interface Place {
	readonly tab: (options?: TabOptions) => Promise<Tab>;
	readonly transport: Transport;
}

interface TabOptions {
	readonly document?: string;
	readonly token?: string;
	readonly offline?: boolean;
}

let devices = 0;

async function world(upgrades: Upgrades, options: TransportOptions = {}) {
	const server = await startFounded();
	const proxy = await new HttpProxy(Number(new URL(server.url).port)).start();
	proxy.upgrades = upgrades;
	cleanups.push(() => proxy.stop());
	const { space, token: owner } = server.founded;

	function at(port: number | string): Place {
		const transport = new Transport(options);
		const database = `proxied-${++devices}`;
		// Two devices in one process must not find each other's tabs.
		const url = `ws://127.0.0.1:${port}${'/.'.repeat(devices)}/sync`;
		const tab = async ({ document = 'm-ops', token = owner, offline = false }: TabOptions = {}) => {
			const store = new DexieStore({ name: database });
			const name = `${space}/${document}`;
			const engine = await DocEngine.open({ name, store, url, token, nowMs: Date.now, transport });
			const opened = new Tab(engine, store);
			cleanups.push(() => opened.close());
			if (!offline) engine.connect();
			return opened;
		};
		return { tab, transport };
	}
	return { server, proxy, behind: () => at(proxy.port), elsewhere: () => at(new URL(server.url).port) };
}

const pill = (tab: Tab) => syncStateOf(tab.engine.facts, Date.now()).is;
const isLine = (path: string) => /\/line\/[^/]+$/.test(path);
const isWait = (path: string) => path.endsWith('/lines/wait');

test.each(['refuse', 'swallow', 'mute'] as const)(
	'[SC18] where websockets are met with “%s”, two people edit both ways, and acknowledgements are true',
	async (upgrades) => {
		const { proxy, behind, elsewhere } = await world(upgrades, { silentMsMax: 300 });
		const office = behind();
		const [ada, bob] = [await office.tab(), await elsewhere().tab()];
		await Promise.all([ada.settled(), bob.settled()]);
		expect(office.transport.way).toBe('line');
		expect(bob.engine.way).toBe('socket');
		ada.set('a', 'by requests');
		expect(ada.engine.facts.kept).toBe(1);
		bob.set('b', 'by websocket');
		await Promise.all(
			[ada, bob].map((tab) => tab.until(({ text }) => text === 'a=by requests b=by websocket'))
		);
		await ada.settled();
		expect(pill(ada)).toBe('synced');
		expect(await ada.store.keptOf()).toEqual(new Map());
		expect(proxy.passed.some(isLine)).toBe(true);
	}
);

test('[SC18] what was typed on both sides of the proxy without a network meets when it is back', async () => {
	const { proxy, behind, elsewhere } = await world('refuse');
	const [ada, bob] = [await behind().tab(), await elsewhere().tab()];
	await Promise.all([ada.settled(), bob.settled()]);
	proxy.drops = () => true;
	ada.set('a', 'offline');
	ada.engine.nudge();
	await ada.until((tab) => tab.engine.facts.link.is === 'down');
	ada.set('a', 'offline still');
	bob.set('b', 'meanwhile');
	await bob.settled();
	expect(ada.engine.facts.kept).toBe(1);
	expect(bob.text).toBe('b=meanwhile');
	proxy.drops = () => false;
	ada.engine.nudge();
	await Promise.all([ada, bob].map((tab) => tab.until(({ text }) => text === 'a=offline still b=meanwhile')));
	await ada.settled();
});

test('[SC18] answers that are lost in the middle lose nothing and repeat nothing', async () => {
	const { proxy, behind, elsewhere } = await world('refuse');
	const [ada, bob] = [await behind().tab(), await elsewhere().tab()];
	await Promise.all([ada.settled(), bob.settled()]);
	// Of three that are sent or waited for, one never arrives, and the answer to another does not.
	const turns = { send: 0, wait: 0 };
	let lost = 0;
	const turnOf = ({ method, url = '' }: IncomingMessage) => {
		if (method !== 'POST') return undefined;
		if (isWait(url)) return turns.wait;
		return isLine(url.split('?')[0] ?? '') ? turns.send : undefined;
	};
	proxy.drops = (asked) => {
		if (asked.method === 'POST' && turnOf(asked) !== undefined)
			turns[isWait(asked.url ?? '') ? 'wait' : 'send']++;
		return (turnOf(asked) ?? 0) % 3 === 2 && !!++lost;
	};
	proxy.loses = (asked) => (turnOf(asked) ?? 0) % 3 === 1 && !!++lost;
	const words = 'nothing lost, nothing twice'.split(' ');
	const [text, bobs] = [ada.doc.getText('t'), bob.doc.getText('t')];
	for (const [index, word] of words.entries()) {
		text.insert(text.length, `${word} `);
		bobs.insert(bobs.length, `${word.toUpperCase()} `);
		// Each waits for the other's word: every one of them goes by a request of its own.
		const hasBoth = ({ doc }: Tab) => doc.getText('t').toJSON().split(' ').length === 2 * index + 3;
		await Promise.all([ada.until(hasBoth), bob.until(hasBoth)]);
	}
	await ada.settled();
	expect(lost).toBeGreaterThan(3);
	// Not by giving up and beginning anew: that would hide whatever went wrong.
	expect(proxy.passed.filter((path) => path.endsWith('/line'))).toHaveLength(1);
	expect(text.toJSON()).toBe(bobs.toJSON());
	const said = text.toJSON().split(' ');
	expect(said.filter((word) => word && word === word.toLowerCase())).toEqual(words);
	expect(said.filter((word) => word !== word.toLowerCase())).toEqual(words.map((word) => word.toUpperCase()));
	expect(ada.engine.facts.link.is).toBe('up');
});

test('[SC18] all documents of a page wait in one request', async () => {
	const { proxy, behind } = await world('refuse');
	const office = behind();
	const first = await office.tab();
	await first.settled();
	const names = Array.from({ length: 11 }, (_, index) => `m-${index}`);
	const rest = await Promise.all(names.map((document) => office.tab({ document })));
	await Promise.all(rest.map((tab) => tab.settled()));
	expect(office.transport.way).toBe('line');
	for (const tab of [first, ...rest]) tab.set('a', 'x');
	await Promise.all([first, ...rest].map((tab) => tab.settled()));
	expect([...proxy.open].filter(({ url = '' }) => isWait(url)).length).toBeLessThanOrEqual(1);
});

test('[SC18] once a websocket gets through again, it is used again', async () => {
	const { proxy, behind } = await world('refuse', { retryMs: 0, silentMsMax: 500 });
	const office = behind();
	const ada = await office.tab();
	await ada.settled();
	expect(office.transport.way).toBe('line');
	ada.engine.nudge();
	await ada.settled();
	expect(office.transport.way).toBe('line');
	proxy.upgrades = 'pass';
	ada.set('a', 'on the way back');
	ada.engine.nudge();
	await ada.until(({ engine }) => engine.way === 'socket' && engine.isSettled);
	ada.set('b', 'by websocket');
	await ada.settled();
	expect(ada.engine.facts.link.is).toBe('up');
});

test('[SC18] a server that is away is not taken for a proxy', async () => {
	const { proxy, behind } = await world('refuse');
	const office = behind();
	proxy.drops = () => true;
	const tried = Promise.withResolvers<void>();
	proxy.onUpgrade = (count) => count > 2 && tried.resolve();
	const ada = await office.tab();
	await tried.promise;
	expect(office.transport.way).toBe('socket');
	proxy.upgrades = 'pass';
	await ada.settled();
	expect(office.transport.way).toBe('socket');
});

test('[SC18] [SC4] over requests, too, a change is on the disk before it leaves', async () => {
	const { behind, elsewhere } = await world('refuse');
	const office = behind();
	const [ada, bob] = [await office.tab(), await elsewhere().tab()];
	await Promise.all([ada.settled(), bob.settled()]);
	const append = ada.store.append.bind(ada.store);
	const { promise: isAllowed, resolve: allow } = Promise.withResolvers<void>();
	ada.store.append = async (...args) => {
		await isAllowed;
		return append(...args);
	};
	ada.set('a', 'not yet');
	ada.set('b', 'nor this');
	// Another document goes all the way meanwhile.
	const other = await office.tab({ document: 'm-other' });
	other.set('a', 'x');
	await other.settled();
	expect(bob.text).toBe('');
	allow();
	await bob.until(({ text }) => text === 'a=not yet b=nor this');
	await ada.settled();
});

test('[SC18] what the server says of rights is heard by requests too, and nothing is shown in an address', async () => {
	const { server, proxy, behind } = await world('refuse');
	const { space, token } = server.founded;
	const at = `/api/v1/spaces/${space}`;
	const { body: invited } = await server.ask('POST', `${at}/invite`, { token });
	const { body: mei } = await server.ask('POST', `${at}/members`, {
		body: { invite: invited['invite'], name: 'Mei Lin' }
	});
	const office = behind();
	const tab = await office.tab({ token: String(mei['token']) });
	await tab.settled();
	await server.ask('DELETE', `${at}/members/${String(mei['person'])}`, { token });
	await tab.until(({ engine }) => engine.facts.link.is === 'refused');
	expect(tab.engine.facts.link).toMatchObject({ is: 'refused', why: 'forbidden' });

	const stranger = await office.tab({ token: 'opens-nothing', document: 'm-other' });
	await stranger.until(({ engine }) => engine.facts.link.is === 'refused');
	expect(stranger.engine.facts.link).toMatchObject({ why: 'signed-out' });
	expect(proxy.passed.join()).not.toContain(String(mei['token']));
});
