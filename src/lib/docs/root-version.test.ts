import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { rootVersion } from './root-version.ts';

function pair() {
	const doc = new Y.Doc();
	return { doc, a: doc.getMap<Y.Map<unknown>>('a'), b: doc.getMap('b') };
}

test('a root has another version after each change under it, and no other root has', () => {
	const { doc, a, b } = pair();
	expect([rootVersion(doc, a), rootVersion(doc, b)]).toEqual([0, 0]);
	a.set('row', new Y.Map([['title', 'one']]));
	a.get('row')?.set('title', 'two');
	a.delete('row');
	expect([rootVersion(doc, a), rootVersion(doc, b)]).toEqual([3, 0]);
});

test('what comes from others counts, and what is undone', () => {
	const [one, two] = [pair(), pair()];
	const undo = new Y.UndoManager(two.a);
	expect(rootVersion(two.doc, two.a)).toBe(0);
	one.a.set('row', new Y.Map([['title', 'one']]));
	Y.applyUpdate(two.doc, Y.encodeStateAsUpdate(one.doc));
	expect(rootVersion(two.doc, two.a)).toBe(1);
	two.a.get('row')?.set('title', 'two');
	undo.undo();
	expect(rootVersion(two.doc, two.a)).toBe(3);
});

test('within a transaction, and in what is called after it, nobody can say', () => {
	const { doc, a, b } = pair();
	const said: (number | undefined)[] = [];
	b.observe(() => {
		a.set('from the observer', new Y.Map());
		said.push(rootVersion(doc, a));
	});
	doc.transact(() => {
		b.set('x', 1);
		said.push(rootVersion(doc, a));
	});
	expect(said).toEqual([undefined, undefined]);
	expect(rootVersion(doc, a)).toBe(1);
});
