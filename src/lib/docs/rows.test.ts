import { expect, test } from 'vitest';
import * as Y from 'yjs';
import * as z from 'zod/mini';
import { clone, meet } from '../../../tests/contracts/replicas.ts';
import { rowId, type RowId } from '../domain/id.ts';
import { rowTable } from './rows.ts';

const table = rowTable({
	root: 'rows',
	row: z.object({
		id: rowId,
		order: z.string(),
		title: z.optional(z.string()),
		tags: z.optional(z.array(z.string()))
	})
});
const id = (text: string) => text as RowId;
const ids = (doc: Y.Doc) =>
	table
		.read(doc)
		.value.map((row) => row.id)
		.join('');

function seeded(...rows: readonly [string, string][]): Y.Doc {
	const doc = new Y.Doc();
	table.seed(
		doc,
		rows.map(([key, order]) => ({ id: id(key), order }))
	);
	return doc;
}

test('[R1] a row lands right after the one it was put after, first when after none, last at the end', () => {
	const doc = new Y.Doc();
	table.insert(doc, { id: id('b') }, undefined);
	table.insert(doc, { id: id('d') }, id('b'));
	table.insert(doc, { id: id('c') }, id('b'));
	table.insert(doc, { id: id('a') }, undefined);
	table.insert(doc, { id: id('e') }, 'end');
	expect(ids(doc)).toBe('abcde');
	table.move(doc, id('d'), undefined);
	expect(ids(doc)).toBe('dabce');
	table.move(doc, id('d'), id('d'));
	expect(ids(doc)).toBe('dabce');
});

test('[R2] two rows with one key: a third still goes between, nothing is lost', () => {
	const doc = seeded(['a', 'a0'], ['b', 'a1'], ['c', 'a1'], ['e', 'a2']);
	table.insert(doc, { id: id('d') }, id('b'));
	expect(ids(doc)).toBe('abcde');
});

test('[R3] two people insert at one place and then see one order', () => {
	const ada = seeded(['a', 'a0'], ['z', 'a1']);
	const bob = clone(ada);
	table.insert(ada, { id: id('n') }, id('a'));
	table.insert(bob, { id: id('m') }, id('a'));
	meet({ doc: ada }, { doc: bob });
	expect(ids(ada)).toBe('amnz');
	expect(ids(bob)).toBe('amnz');
});

test('[R4] a row removed here and edited there is still removed, and comes back with the edit', () => {
	const ada = seeded(['a', 'a0']);
	const bob = clone(ada);
	table.remove(ada, id('a'), '2026-11-21T10:00:00.000Z');
	table.patch(bob, id('a'), { title: 'edited meanwhile' });
	meet({ doc: ada }, { doc: bob });
	expect(ids(ada)).toBe('');
	expect(table.removed(ada).map((row) => row.title)).toEqual(['edited meanwhile']);
	table.restore(ada, id('a'));
	expect(table.read(ada).value).toMatchObject([{ id: 'a', title: 'edited meanwhile' }]);
});

test('[R5] writing what is already there makes no change, also for lists', () => {
	const doc = seeded(['a', 'a0']);
	table.patch(doc, id('a'), { title: 'x', tags: ['one'] });
	let updates = 0;
	doc.on('update', () => updates++);
	table.patch(doc, id('a'), { title: 'x', tags: ['one'] });
	expect(updates).toBe(0);
	table.patch(doc, id('a'), { title: undefined });
	expect(updates).toBe(1);
});

test('[R6] a field that this version does not know survives a patch', () => {
	const doc = seeded(['a', 'a0']);
	table.map(doc).get('a')?.set('mood', 'sunny');
	table.patch(doc, id('a'), { title: 'x' });
	expect(table.map(doc).get('a')?.get('mood')).toBe('sunny');
});

test('[R7] a patch that breaks the shape is refused whole', () => {
	const doc = seeded(['a', 'a0']);
	expect(() => table.patch(doc, id('a'), { title: 7 } as never)).toThrow(/title|string/);
	expect(table.read(doc).value).toEqual([{ id: 'a', order: 'a0' }]);
});

test('[R8] an order key that no client made is read past when a row is put beside it', () => {
	const doc = seeded(['a', 'a0'], ['b', 'zzz not a key']);
	table.insert(doc, { id: id('c') }, 'end');
	expect(ids(doc)).toContain('c');
	expect(table.read(doc).rejected).toEqual([]);
});

test('[R9] a purged row is neither patched nor moved', () => {
	const doc = seeded(['a', 'a0']);
	table.patch(doc, id('gone'), { title: 'x' });
	table.move(doc, id('gone'), undefined);
	expect(ids(doc)).toBe('a');
});

test('[R10] two people who add a row under one name, apart, fill one row and neither loses a field', () => {
	const [ada, bob] = [new Y.Doc(), new Y.Doc()];
	table.ensure(ada, { id: id('mttr'), title: 'MTTR' }, { after: 'end' });
	table.ensure(bob, { id: id('mttr'), tags: ['reliability'] }, { after: 'end' });
	meet({ doc: ada }, { doc: bob });
	for (const doc of [ada, bob]) {
		expect(table.read(doc)).toMatchObject({
			value: [{ id: 'mttr', title: 'MTTR', tags: ['reliability'] }],
			rejected: []
		});
	}
	table.patch(ada, id('mttr'), { title: 'Median time to restore' });
	table.patch(bob, id('mttr'), { tags: ['reliability', 'weekly'] });
	meet({ doc: ada }, { doc: bob });
	expect(table.read(bob).value[0]).toMatchObject({
		title: 'Median time to restore',
		tags: ['reliability', 'weekly']
	});
});

test('[R11] a named row that was removed comes back with what it had and what is new', () => {
	const doc = new Y.Doc();
	table.ensure(doc, { id: id('mttr'), title: 'MTTR' }, { after: 'end' });
	table.remove(doc, id('mttr'), '2026-11-21T10:00:00.000Z');
	table.ensure(doc, { id: id('mttr'), tags: ['again'] }, { after: 'end' });
	expect(table.read(doc).value).toMatchObject([{ id: 'mttr', title: 'MTTR', tags: ['again'] }]);
});

test('[R12] a named row is one transaction of the person, and undone as one', () => {
	const doc = new Y.Doc();
	const undo = new Y.UndoManager(table.map(doc), { trackedOrigins: new Set(['person']) });
	const { clientID } = doc;
	let made: Y.Transaction | undefined;
	let transactions = 0;
	doc.on('afterTransaction', (transaction: Y.Transaction) => {
		made = transaction;
		transactions++;
	});
	doc.transact(() => table.ensure(doc, { id: id('mttr'), title: 'MTTR' }, { after: 'end' }), 'person');
	expect(transactions).toBe(1);
	expect(made).toMatchObject({ local: true });
	expect(doc.clientID).toBe(clientID);
	undo.undo();
	expect(table.read(doc)).toEqual({ value: [], rejected: [] });
});

test('[R13] what two devices begin with alike gives way to an edit of either', () => {
	for (let round = 0; round < 8; round++) {
		const [ada, bob] = [new Y.Doc(), new Y.Doc()];
		for (const doc of [ada, bob]) table.ensure(doc, { id: id('ops'), title: 'Ops Review' }, { after: 'end' });
		table.patch(bob, id('ops'), { title: 'Renamed by Bob' });
		meet({ doc: ada }, { doc: bob });
		expect(table.read(ada).value).toMatchObject([{ title: 'Renamed by Bob' }]);
	}
});

test('[R14] what only one device can say is an edit of its own', () => {
	const [ada, bob] = [new Y.Doc(), new Y.Doc()];
	table.ensure(ada, { id: id('ops'), title: 'Ops' }, { after: 'end', own: { tags: ['by ada'] } });
	table.ensure(bob, { id: id('ops'), title: 'Ops' }, { after: 'end', own: { tags: ['by bob'] } });
	meet({ doc: ada }, { doc: bob });
	expect(table.read(ada)).toEqual(table.read(bob));
	expect(table.read(ada).value).toHaveLength(1);
	expect(['by ada', 'by bob']).toContain(table.read(ada).value[0]?.tags?.[0]);
});

test('[R15] a row that nobody touched is the very same value as before; one that was is read anew, undo included', () => {
	const doc = seeded(['a', 'a0'], ['b', 'a1']);
	const undo = new Y.UndoManager(table.map(doc), { trackedOrigins: new Set(['person']) });
	const [a, b] = table.read(doc).value;
	doc.transact(() => {
		table.patch(doc, id('b'), { title: 'x' });
		expect(table.read(doc).value[1]).toMatchObject({ title: 'x' }); // Also within the change itself.
	}, 'person');
	expect(table.read(doc).value[0]).toBe(a);
	expect(table.read(doc).value[1]).not.toBe(b);
	undo.undo();
	expect(table.read(doc).value[1]).toEqual(b);
	table.patch(doc, id('b'), { title: 'y' });
	table.patch(doc, id('b'), { title: undefined });
	expect(table.read(doc).value[1]).toEqual(b);
});

test('[R16] many rows are added at the end in their order, behind what no library made too', () => {
	const doc = seeded(['a', 'a0'], ['z', 'zz no key']);
	table.append(doc, [
		{ id: id('b'), title: 'b' },
		{ id: id('c'), title: 'c' }
	]);
	table.append(doc, []);
	expect(table.read(doc).value.map((row) => row.id)).toEqual(['a', 'b', 'c', 'z']);
	expect(() => table.append(doc, [{ id: id('a'), title: 'again' }])).toThrow('exists');
});
