import { expect, test } from 'vitest';
import * as decoding from 'lib0/decoding';
import { applyAwarenessUpdate, Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { AWARENESS_BYTES_MAX, AWARENESS_CLIENTS_MAX } from '#lib/protocol/limits.ts';
import { AwarenessBoard } from './awareness-board.ts';

function person(clientID: number, state: Record<string, unknown>) {
	const doc = new Y.Doc();
	doc.clientID = clientID;
	const awareness = new Awareness(doc);
	awareness.setLocalState(state);
	return { awareness, say: () => encodeAwarenessUpdate(awareness, [clientID]) };
}

function hear(frame: Uint8Array, listener: Awareness): void {
	const decoder = decoding.createDecoder(frame);
	decoding.readVarUint(decoder);
	applyAwarenessUpdate(listener, decoding.readVarUint8Array(decoder), 'test');
}

test('many moves within a tick become one frame with the latest state of each', () => {
	const board = new AwarenessBoard();
	const [ada, bob] = [person(1, { at: 0 }), person(2, { at: 0 })];
	for (let at = 1; at <= 10; at++) {
		ada.awareness.setLocalState({ at });
		board.take('a-socket' as never, ada.say());
	}
	board.take('b-socket' as never, bob.say());
	const listener = person(3, {});
	hear(board.takeFrame(), listener.awareness);
	expect(listener.awareness.getStates().get(1)).toEqual({ at: 10 });
	expect(listener.awareness.getStates().get(2)).toEqual({ at: 0 });
	expect(board.hasChanges).toBe(false);
});

test('an echo of what is known changes nothing', () => {
	const board = new AwarenessBoard();
	const ada = person(1, { at: 1 });
	board.take({}, ada.say());
	board.takeFrame();
	board.take({}, ada.say());
	expect(board.hasChanges).toBe(false);
});

test('who leaves is said to be gone, is not shown to newcomers, and an echo does not bring them back', () => {
	const board = new AwarenessBoard();
	const socket = {};
	const ada = person(1, { at: 1 });
	board.take(socket, ada.say());
	const listener = person(3, {});
	hear(board.takeFrame(), listener.awareness);
	expect(listener.awareness.getStates().has(1)).toBe(true);
	board.leave(socket);
	hear(board.takeFrame(), listener.awareness);
	expect(listener.awareness.getStates().has(1)).toBe(false);
	board.take({}, ada.say());
	expect(board.hasChanges).toBe(false);
	expect(board.frameOfAll()).toBeUndefined();
});

test('a state over its limit, too many of them, and text that is no JSON are refused', () => {
	const board = new AwarenessBoard();
	expect(board.take({}, person(1, { big: 'x'.repeat(AWARENESS_BYTES_MAX) }).say())).toMatchObject({
		ok: false,
		error: { code: 'awareness.too-large' }
	});
	const socket = {};
	for (let client = 1; client <= AWARENESS_CLIENTS_MAX; client++) {
		expect(board.take(socket, person(client, {}).say()).ok).toBe(true);
	}
	expect(board.take(socket, person(999, {}).say())).toMatchObject({ error: { code: 'awareness.too-many' } });
	expect(() => board.take({}, Uint8Array.of(1, 5, 1, 1, 0x7b))).toThrow();
	expect(() => board.take({}, Uint8Array.of(9))).toThrow();
});
