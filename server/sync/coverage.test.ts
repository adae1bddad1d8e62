import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { Coverage, isEmptyStateVector, readForeignUpdate, readUpdate } from './coverage.ts';
import { foldUpdates } from './fold.ts';

/** Everything one person did, as the updates that went over the wire. */
function recorded(edit: (text: Y.Text) => void, clientID = 7) {
	const doc = new Y.Doc();
	doc.clientID = clientID;
	const updates: Uint8Array[] = [];
	doc.on('update', (update: Uint8Array) => updates.push(update));
	edit(doc.getText('t'));
	return { doc, updates };
}

test('the state vector is that of the document, whatever was typed and deleted', () => {
	fc.assert(
		fc.property(fc.array(fc.tuple(fc.nat(20), fc.string({ maxLength: 4 }), fc.nat(3))), (edits) => {
			const { doc, updates } = recorded((text) => {
				for (const [at, insert, remove] of edits) {
					const index = Math.min(at, text.length);
					text.delete(index, Math.min(remove, text.length - index));
					text.insert(index, insert);
				}
			});
			const coverage = new Coverage();
			for (const update of updates) coverage.add(readUpdate(update));
			expect(Y.decodeStateVector(coverage.stateVector())).toEqual(
				Y.decodeStateVector(Y.encodeStateVector(doc))
			);
			for (const update of updates) expect(coverage.isNews(readUpdate(update))).toBe(false);
			expect(coverage.isNews(readUpdate(Y.encodeStateAsUpdate(doc)))).toBe(false);
		})
	);
});

test('a deletion alone is news, once', () => {
	const { updates } = recorded((text) => {
		text.insert(0, 'abc');
		text.delete(1, 1);
	});
	const coverage = new Coverage();
	const [typed, deleted] = updates.map(readUpdate);
	if (!typed || !deleted) throw new Error('two updates were expected');
	coverage.add(typed);
	expect(coverage.isNews(deleted)).toBe(true);
	coverage.add(deleted);
	expect(coverage.isNews(deleted)).toBe(false);
});

test('behind a gap nothing counts until the gap is filled', () => {
	const { updates } = recorded((text) => {
		text.insert(0, 'a');
		text.insert(1, 'b');
		text.insert(2, 'c');
	});
	const [a, b, c] = updates.map(readUpdate);
	if (!a || !b || !c) throw new Error('three updates were expected');
	const coverage = new Coverage();
	coverage.add(a);
	coverage.add(c);
	expect(Y.decodeStateVector(coverage.stateVector())).toEqual(new Map([[7, 1]]));
	coverage.add(b);
	expect(Y.decodeStateVector(coverage.stateVector())).toEqual(new Map([[7, 3]]));
});

test('a fold says what it covers, deletions and all', () => {
	const { doc, updates } = recorded((text) => {
		text.insert(0, 'hello world');
		text.delete(2, 5);
	});
	const folded = foldUpdates(undefined, updates);
	const coverage = new Coverage();
	coverage.addFold(folded.stateVector, folded.deletions);
	expect(coverage.isNews(readUpdate(Y.encodeStateAsUpdate(doc)))).toBe(false);
	expect(folded.deletions.length).toBeLessThan(folded.state.length);
});

test('a fold keeps what could not be placed yet', () => {
	const { updates } = recorded((text) => {
		text.insert(0, 'a');
		text.insert(1, 'b');
	});
	const [first, second] = updates;
	if (!first || !second) throw new Error('two updates were expected');
	const folded = foldUpdates(undefined, [second]);
	const doc = new Y.Doc();
	Y.applyUpdate(doc, folded.state);
	Y.applyUpdate(doc, first);
	expect(doc.getText('t').toString()).toBe('ab');
});

test('bytes that are no update are refused with an error', () => {
	expect(() => readUpdate(Uint8Array.of(1, 2, 3))).toThrow();
	expect(() => readUpdate(Uint8Array.of(255, 255, 255, 255, 255, 255, 255, 255, 255, 255))).toThrow();
	expect(isEmptyStateVector(Uint8Array.of(0))).toBe(true);
});

/** One client (5), one struct at `clock`: the letters of a text that stand on struct `on` of the same client. */
const standing = (clock: number, on: number) =>
	Uint8Array.of(1, 1, 5, clock, 0x84, 5, on, 1, 'x'.charCodeAt(0), 0);

test('what decodes and yet no document could take in is not let into the log', () => {
	expect(readForeignUpdate(standing(3, 2)).structs).toEqual([{ client: 5, clock: 3, length: 1 }]);
	for (const on of [3, 4, 100]) {
		expect(() => Y.decodeUpdate(standing(3, on))).not.toThrow();
		expect(() => readForeignUpdate(standing(3, on))).toThrow('stands on a later one');
	}
	expect(() => Y.applyUpdate(new Y.Doc(), standing(0, 9))).toThrow();
	expect(() => readForeignUpdate(Uint8Array.of(1, 1, 5, 0, 0, 0, 0))).toThrow('no length');
	expect(() => readForeignUpdate(Uint8Array.of(0, 1, 5, 1, 0, 0))).toThrow('no length');
});
