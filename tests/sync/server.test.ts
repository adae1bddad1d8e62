import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { afterEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { MESSAGE_BYTES_MAX } from '#lib/protocol/limits.ts';
import {
	encodeClockQuestion,
	MESSAGE,
	readAck,
	readAuthors,
	readClockAnswer,
	SYNC
} from '#lib/protocol/messages.ts';
import { MemoryDocStore } from '../../server/storage/memory/doc-store.ts';
import { syncFrame } from '../../server/sync/joining.ts';
import { bare, startSync, stock, synced, until, type Running, type Stock } from './harness.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
	for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

async function running(options: Parameters<typeof startSync>[0] = {}): Promise<Running> {
	const server = await startSync(options);
	cleanups.push(() => server.stop());
	return server;
}

function client(...args: Parameters<typeof stock>): Stock {
	const made = stock(...args);
	cleanups.push(() => made.stop());
	return made;
}

function body(frame: Uint8Array): decoding.Decoder {
	const decoder = decoding.createDecoder(frame);
	decoding.readVarUint(decoder);
	return decoder;
}

const logged = async (server: Running, doc = 'acme/m-ops') =>
	(await server.store.history(doc, { afterSeq: 0, limit: 1000 })).length;

test('[SV1] stock clients edit one paragraph together, and a later one finds it all', async () => {
	const server = await running();
	const [ada, bob] = [client(server.url), client(server.url)];
	await Promise.all([synced(ada), synced(bob)]);
	ada.text.insert(0, 'from ada. ');
	bob.text.insert(0, 'from bob. ');
	await until([ada.doc, bob.doc], () => [ada, bob].every(({ text }) => text.length === 20));
	expect(ada.text.toString()).toBe(bob.text.toString());
	const late = client(server.url);
	await synced(late);
	expect(late.text.toString()).toBe(ada.text.toString());
});

test('[SV1] what was typed apart comes together, deletions too', async () => {
	const server = await running();
	const ada = client(server.url);
	await synced(ada);
	ada.text.insert(0, 'The window is fifteen minutes.');
	const bob = client(server.url);
	await synced(bob);
	await until([bob.doc], () => bob.text.length === 30);
	for (const { provider } of [ada, bob]) provider.disconnect();
	ada.text.delete(14, 7);
	ada.text.insert(14, '60');
	bob.text.insert(30, ' It did not fire.');
	for (const { provider } of [ada, bob]) provider.connect();
	const wanted = 'The window is 60 minutes. It did not fire.';
	await until([ada.doc, bob.doc], () => [ada, bob].every(({ text }) => text.toString() === wanted));
});

test('[SV3] every change is acknowledged once it is durable, a deletion too', async () => {
	const server = await running();
	const ada = await bare(`${server.url}/acme/m-ops?token=editor&protocol=2`);
	const doc = new Y.Doc();
	const updates: Uint8Array[] = [];
	doc.on('update', (update: Uint8Array) => updates.push(update));
	doc.getText('t').insert(0, 'abc');
	doc.getText('t').delete(0, 2);
	ada.send(syncFrame(SYNC.update, updates[0] ?? new Uint8Array()));
	const first = readAck(body(await ada.heard(MESSAGE.ack)));
	expect(first.count).toBe(1);
	expect(Y.decodeStateVector(first.stateVector)).toEqual(new Map([[doc.clientID, 3]]));
	ada.frames.length = 0;
	ada.send(syncFrame(SYNC.update, updates[1] ?? new Uint8Array()));
	expect(readAck(body(await ada.heard(MESSAGE.ack))).count).toBe(2);
	expect(await logged(server)).toBe(2);
	ada.socket.close();
});

test('[SV3] who did not ask hears nothing of it', async () => {
	const server = await running();
	const ada = await bare(`${server.url}/acme/m-ops?token=editor`);
	const doc = new Y.Doc();
	doc.getText('t').insert(0, 'abc');
	ada.send(syncFrame(SYNC.update, Y.encodeStateAsUpdate(doc)));
	ada.send(syncFrame(SYNC.step1, Uint8Array.of(0)));
	const bob = client(server.url);
	await until([bob.doc], () => bob.text.toString() === 'abc');
	expect(ada.frames.every((frame) => (frame[0] ?? 0) < 100)).toBe(true);
	ada.socket.close();
});

test.each([
	['acme/m-ops?token=wrong', 4401, /invite link/],
	['acme/m-ops', 4401, /Sign in again/],
	['acme/m-ops?token=other', 4403, /another space/],
	['nowhere/m-ops?token=other', 4404, /no space called nowhere/],
	['acme?token=editor', 4404, /<space>\/<document>/],
	['acme/.hidden?token=editor', 4404, /leading dot/],
	[`acme/${'x'.repeat(97)}?token=editor`, 4404, /1-96 characters/],
	['acme/a/b?token=editor', 4404, /<space>\/<document>/],
	['acme/%E0%A4%A?token=editor', 4404, /<space>\/<document>/],
	['acme/m-ops?token=points', 4403, /send points/],
	['acme/m-ops?token=editor&protocol=99', 4409, /Reload/]
])('[SV4] %s is refused with %i', async (path, code, sentence) => {
	const server = await running();
	const visitor = await bare(`${server.url}/${path}`);
	const ended = await visitor.closed;
	expect(ended.code).toBe(code);
	expect(ended.reason).toMatch(sentence);
	expect(await server.store.list('acme')).toEqual([]);
});

const malformed: readonly [string, Uint8Array][] = [
	['an unknown type', Uint8Array.of(57, 1, 2)],
	['an unknown sync message', Uint8Array.of(0, 9, 0)],
	['an empty frame', new Uint8Array()],
	['a truncated length', Uint8Array.of(0, 2, 200, 1, 1)],
	['an update of noise', syncFrame(SYNC.update, Uint8Array.of(3, 1, 4, 1, 5, 9, 2, 6))],
	['a state vector of noise', syncFrame(SYNC.step1, Uint8Array.of(250, 250, 250))],
	['presence of noise', Uint8Array.of(1, 3, 9, 9, 9)],
	['a number without end', Uint8Array.of(255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255)]
];

test.each(malformed)('[SV5] %s ends its sender only', async (_name, frame) => {
	const server = await running();
	const [ada, bob] = [client(server.url), client(server.url)];
	await Promise.all([synced(ada), synced(bob)]);
	const hostile = await bare(`${server.url}/acme/m-ops?token=editor`);
	hostile.send(frame);
	expect(await hostile.closed).toMatchObject({ code: 4400 });
	ada.text.insert(0, 'undisturbed');
	await until([bob.doc], () => bob.text.toString() === 'undisturbed');
	expect(ada.provider.wsconnected && bob.provider.wsconnected).toBe(true);
	expect(await logged(server)).toBe(1);
});

test('[SV6] a message over the limit is refused with a sentence, a far larger one is cut off', async () => {
	const server = await running();
	const ada = client(server.url);
	await synced(ada);
	const large = await bare(`${server.url}/acme/m-ops?token=editor`);
	large.send(new Uint8Array(MESSAGE_BYTES_MAX + 1));
	const ended = await large.closed;
	expect(ended.code).toBe(4413);
	expect(ended.reason).toMatch(/smaller steps/);
	const huge = await bare(`${server.url}/acme/m-ops?token=editor`);
	huge.send(new Uint8Array(3 * MESSAGE_BYTES_MAX));
	expect((await huge.closed).code).toBe(1009);
	expect(ada.provider.wsconnected).toBe(true);
});

test('[SV6] a message at the limit goes through', async () => {
	const server = await running();
	const [ada, bob] = [client(server.url), client(server.url)];
	await Promise.all([synced(ada), synced(bob)]);
	const text = 'x'.repeat(MESSAGE_BYTES_MAX - 200);
	ada.text.insert(0, text);
	await until([bob.doc], () => bob.text.length === text.length);
});

test('[SV7] a reader’s change is refused and reaches nobody', async () => {
	const server = await running();
	const ada = client(server.url);
	await synced(ada);
	ada.text.insert(0, 'read me');
	const reader = client(server.url, 'acme/m-ops', { token: 'viewer' });
	await until([reader.doc], () => reader.text.toString() === 'read me');
	const closed = new Promise<{ code: number; reason: string }>((resolve) =>
		reader.provider.once('closed', (event: { code: number; reason: string }) => resolve(event))
	);
	reader.text.insert(0, 'not ');
	const { code, reason } = await closed;
	expect(code).toBe(4403);
	expect(reason).toMatch(/not change it/);
	expect(ada.text.toString()).toBe('read me');
	expect(await logged(server)).toBe(1);
});

test('[SV8] presence reaches the others and its sender, and ends with the connection', async () => {
	const server = await running();
	const [ada, bob] = [client(server.url), client(server.url)];
	await Promise.all([synced(ada), synced(bob)]);
	const echo = await bare(`${server.url}/acme/m-ops?token=editor`);
	await echo.heard(MESSAGE.sync);
	const changed = (from: Stock, claim: () => boolean) =>
		new Promise<void>((resolve) => {
			const check = () => claim() && (from.provider.awareness.off('change', check), resolve());
			from.provider.awareness.on('change', check);
			check();
		});
	ada.provider.awareness.setLocalStateField('user', { name: 'Ada' });
	await changed(
		bob,
		() =>
			(bob.provider.awareness.getStates().get(ada.doc.clientID)?.['user'] as { name?: string } | undefined)
				?.name === 'Ada'
	);
	expect(await echo.heard(MESSAGE.awareness)).toBeDefined();
	ada.provider.disconnect();
	await changed(bob, () => !bob.provider.awareness.getStates().has(ada.doc.clientID));
	echo.socket.close();
});

test('[SV9] a reader that stops reading is dropped, and catches up when it returns', async () => {
	const server = await running();
	const slow = await bare(`${server.url}/acme/m-ops?token=viewer`);
	await slow.heard(MESSAGE.sync);
	slow.socket.pause();
	const ada = client(server.url);
	await synced(ada);
	for (let index = 0; index < 5; index++) ada.text.insert(0, 'x'.repeat(MESSAGE_BYTES_MAX - 500));
	const bob = client(server.url);
	await until([bob.doc], () => bob.text.length === ada.text.length);
	slow.socket.resume();
	expect((await slow.closed).code).not.toBe(1000);
	const back = client(server.url, 'acme/m-ops', { token: 'viewer' });
	await until([back.doc], () => back.text.length === ada.text.length);
});

test('[SV10] a withdrawn token ends its open connections at once', async () => {
	const server = await running();
	const ada = await bare(`${server.url}/acme/m-ops?token=editor`);
	const other = await bare(`${server.url}/acme/m-ops?token=viewer`);
	await Promise.all([ada.heard(MESSAGE.sync), other.heard(MESSAGE.sync)]);
	server.access.revoke('editor');
	expect(await ada.closed).toMatchObject({ code: 4401 });
	expect(other.socket.readyState).toBe(other.socket.OPEN);
	other.socket.close();
});

test('[SV11] while the store fails nothing is shown or acknowledged; afterwards it all arrives', async () => {
	const store = new MemoryDocStore();
	const append = store.append.bind(store);
	const server = await running({ store });
	const [ada, bob] = [client(server.url), client(server.url)];
	await Promise.all([synced(ada), synced(bob)]);
	store.append = () => Promise.reject(new Error('database or disk is full'));
	const closed = new Promise<number>((resolve) =>
		bob.provider.once('connection-close', (event: { code: number } | null) => resolve(event?.code ?? 0))
	);
	ada.text.insert(0, 'kept by ada');
	expect(await closed).toBe(4507);
	expect(bob.text.toString()).toBe('');
	expect(server.events).toContain('sync.store-failed');
	store.append = append;
	await until([bob.doc], () => bob.text.toString() === 'kept by ada');
	expect(await logged(server)).toBe(1);
});

test('[SV12] draining stores what was received and says 1012', async () => {
	const server = await startSync();
	const ada = await bare(`${server.url}/acme/m-ops?token=editor&protocol=2`);
	await ada.heard(MESSAGE.sync);
	const doc = new Y.Doc();
	doc.getText('t').insert(0, 'last words');
	ada.send(syncFrame(SYNC.update, Y.encodeStateAsUpdate(doc)));
	await ada.heard(MESSAGE.ack);
	await server.stop();
	expect(await ada.closed).toMatchObject({ code: 1012 });
	expect((await server.store.load('acme/m-ops')).tail).toHaveLength(1);
});

test('[SV13] folding under typing keeps everything', async () => {
	const server = await running();
	const ada = client(server.url);
	await synced(ada);
	for (let index = 0; index < 450; index++) {
		ada.text.insert(ada.text.length, `${index} `);
		if (index % 150 !== 149) continue;
		const late = client(server.url);
		await until([late.doc], () => late.text.length >= ada.text.length);
	}
	const late = client(server.url);
	await until([late.doc], () => late.text.toString() === ada.text.toString());
	const { fold } = await server.store.load('acme/m-ops');
	expect(fold?.uptoSeq).toBeGreaterThan(0);
	expect(await logged(server)).toBe(450);
	const restarted = await running({ store: server.store });
	const after = client(restarted.url);
	await until([after.doc], () => after.text.toString() === ada.text.toString());
});

test('[SV14] the server writes into open and closed documents', async () => {
	const server = await running();
	const draft = new Y.Doc();
	draft.getText('t').insert(0, 'by the server');
	await server.sync.write('acme/m-ops', Y.encodeStateAsUpdate(draft), 'server');
	const ada = client(server.url);
	await until([ada.doc], () => ada.text.toString() === 'by the server');
	draft.getText('t').insert(0, 'again ');
	await server.sync.write('acme/m-ops', Y.encodeStateAsUpdate(draft), 'server');
	await until([ada.doc], () => ada.text.toString() === 'again by the server');
});

test('[SV15] what is known already is acknowledged and not stored again', async () => {
	const server = await running();
	const doc = new Y.Doc();
	doc.getText('t').insert(0, 'abc');
	doc.getText('t').delete(0, 1);
	const all = syncFrame(SYNC.step2, Y.encodeStateAsUpdate(doc));
	for (let visit = 0; visit < 3; visit++) {
		const ada = await bare(`${server.url}/acme/m-ops?token=editor&protocol=2`);
		ada.send(all);
		expect(readAck(body(await ada.heard(MESSAGE.ack))).count).toBe(1);
		ada.socket.close();
	}
	expect(await logged(server)).toBe(1);
});

test('[SV16] authors are told on joining and as they appear', async () => {
	const server = await running();
	const listener = await bare(`${server.url}/acme/m-ops?token=viewer&protocol=2`);
	await listener.heard(MESSAGE.sync);
	const ada = client(server.url);
	ada.text.insert(0, 'x');
	const wanted = { [ada.doc.clientID]: 'editor' };
	expect(readAuthors(body(await listener.heard(MESSAGE.authors)))).toEqual(wanted);
	const late = await bare(`${server.url}/acme/m-ops?token=viewer&protocol=2`);
	expect(readAuthors(body(await late.heard(MESSAGE.authors)))).toEqual(wanted);
	for (const { socket } of [listener, late]) socket.close();
});

test('[SV17] the clock is answered', async () => {
	const server = await running();
	const ada = await bare(`${server.url}/acme/m-ops?token=editor&protocol=2`);
	const before = Date.now();
	ada.send(encodeClockQuestion(12.5));
	const { askedAt, serverMs } = readClockAnswer(body(await ada.heard(MESSAGE.clock)));
	expect(askedAt).toBe(12.5);
	expect(serverMs).toBeGreaterThanOrEqual(before);
	ada.socket.close();
});

test('a question for presence is answered', async () => {
	const server = await running();
	const ada = client(server.url);
	await synced(ada);
	ada.provider.awareness.setLocalStateField('user', { name: 'Ada' });
	const asker = await bare(`${server.url}/acme/m-ops?token=editor`);
	await asker.heard(MESSAGE.awareness);
	asker.frames.length = 0;
	const question = encoding.createEncoder();
	encoding.writeVarUint(question, MESSAGE.queryAwareness);
	asker.send(encoding.toUint8Array(question));
	expect(await asker.heard(MESSAGE.awareness)).toBeDefined();
	asker.socket.close();
});
