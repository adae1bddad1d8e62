import * as decoding from 'lib0/decoding';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { MemoryDocStore } from '../storage/memory/doc-store.ts';
import { Folder } from './fold.ts';
import { LogWriter } from './log-writer.ts';
import { Room } from './room.ts';
import { Session, type Wire } from './session.ts';

const nothing = Uint8Array.of(0);

async function typedRoom(characters: number) {
	const store = new MemoryDocStore();
	const ports = {
		store,
		writer: new LogWriter(store),
		folder: new Folder(),
		nowMs: () => 0,
		onChange: () => undefined,
		onBroken: () => undefined
	};
	const room = await Room.open('acme/a', ports);
	const doc = new Y.Doc();
	const type = async (text: string) => {
		const before = Y.encodeStateVector(doc);
		doc.getText('t').insert(doc.getText('t').length, text);
		await room.write(Y.encodeStateAsUpdate(doc, before), 'ada');
	};
	for (let index = 0; index < characters; index++) await type(String(index % 10));
	return { room, store, type, doc };
}

/** What a newcomer reads after the frames of a join. */
function textOf(frames: readonly Uint8Array[]): string {
	const doc = new Y.Doc();
	for (const frame of frames) {
		const decoder = decoding.createDecoder(frame);
		decoding.readVarUint(decoder);
		decoding.readVarUint(decoder);
		Y.applyUpdate(doc, decoding.readVarUint8Array(decoder));
	}
	return doc.getText('t').toString();
}

test('[SV13] somebody who joins while the document is being folded gets all of it', async () => {
	for (let turns = 0; turns < 8; turns++) {
		const { room, store, doc } = await typedRoom(30);
		const loadState = store.loadState.bind(store);
		const { promise: isAllowed, resolve: allow } = Promise.withResolvers<void>();
		let asked = 0;
		// The joiner's reading of the state is slow, so that the fold ends in between.
		store.loadState = async (name) => {
			const state = await loadState(name);
			if (asked++ === 0) await isAllowed;
			return state;
		};
		const joining = room.join(nothing);
		for (let turn = 0; turn < turns; turn++) await Promise.resolve();
		await room.fold();
		allow();
		expect(textOf(await joining)).toBe(doc.getText('t').toString());
	}
});

test('[SV13] a join while the tail is long folds first and still gets what is typed meanwhile', async () => {
	const { room, store, type, doc } = await typedRoom(230);
	const joining = room.join(nothing);
	await type('!');
	const frames = await joining;
	expect(textOf(frames).startsWith('0123456789')).toBe(true);
	expect((await store.load('acme/a')).fold).toBeDefined();
	const reopened = await Room.open('acme/a', {
		store,
		writer: new LogWriter(store),
		folder: new Folder(),
		nowMs: () => 0,
		onChange: () => undefined,
		onBroken: () => undefined
	});
	expect(textOf(await reopened.join(nothing))).toBe(doc.getText('t').toString());
});

test('who knows everything is sent nothing but the end of the exchange', async () => {
	const { room, doc } = await typedRoom(10);
	await room.fold();
	const frames = await room.join(Y.encodeStateVector(doc));
	expect(frames).toHaveLength(1);
	expect(frames[0]?.length).toBeLessThan(8);
});

test('[SV3] the state vector is of what is durable, not of what was accepted since', async () => {
	const { room, store, type, doc } = await typedRoom(3);
	const before = room.stateVector;
	const { promise: isOnDisk, resolve: reachDisk } = Promise.withResolvers<void>();
	store.flush = () => isOnDisk;
	const typed = type('!');
	await new Promise((resolve) => setImmediate(resolve));
	expect((await store.load('acme/a')).tail).toHaveLength(4);
	expect(room.stateVector).toEqual(before);
	reachDisk();
	await typed;
	expect(room.stateVector).toEqual(Y.encodeStateVector(doc));
});

test('what came in one turn is told in one frame, to whoever did not write all of it', async () => {
	const { room } = await typedRoom(0);
	const [ada, bob, eve] = [1, 2, 3].map(() => {
		const frames: Uint8Array[] = [];
		const wire = { send: (frame: Uint8Array) => frames.push(frame), backlogBytes: 0 } as unknown as Wire;
		const session = new Session({ wire, hearsAcks: false });
		session.admit({ principal: { id: 'id-of-tool' } } as unknown as Parameters<Session['admit']>[0]);
		room.sessions.add(session);
		return { session, frames };
	});
	if (!ada || !bob || !eve) throw new Error('nobody came');
	const docs = [1, 2].map((clientID) => Object.assign(new Y.Doc(), { clientID }));
	docs.forEach((doc, index) => doc.getText('t').insert(0, String(index)));
	docs.forEach((doc, index) =>
		room.change(Y.encodeStateAsUpdate(doc), [ada, bob][index]?.session ?? eve.session)
	);
	for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
	expect([ada, bob, eve].map(({ frames }) => frames.length)).toEqual([1, 1, 1]);
	expect(textOf(eve.frames)).toBe('01');
});
