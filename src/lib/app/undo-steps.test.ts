import { expect, test } from 'vitest';
import * as Y from 'yjs';
import * as z from 'zod/mini';
import { UserEdit } from '../docs/origin.ts';
import { personId } from '../domain/id.ts';
import { undoOf } from './undo-steps.ts';

function sheet() {
	const doc = new Y.Doc();
	const cells = doc.getMap<unknown>('cells');
	const undo = undoOf(doc, [cells]);
	const by = new UserEdit(z.parse(personId, 'p-ada'), 'raci.type');
	return { cells, undo, set: (key: string, text: string) => doc.transact(() => cells.set(key, text), by) };
}

test('what was done in another place right after is taken back by itself', () => {
	const { cells, undo, set } = sheet();
	set('a', 'R');
	set('b', 'A');
	undo.undo();
	expect(cells.toJSON()).toEqual({ a: 'R' });
	undo.undo();
	expect(cells.toJSON()).toEqual({});
	undo.redo();
	undo.redo();
	expect(cells.toJSON()).toEqual({ a: 'R', b: 'A' });
});

test('letters typed into one field at a stretch go together', () => {
	const { cells, undo, set } = sheet();
	for (const text of ['O', 'Op', 'Ops']) set('title', text);
	undo.undo();
	expect(cells.toJSON()).toEqual({});
});
