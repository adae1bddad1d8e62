import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { seedUpdate } from './seed.ts';

const writing = (title: string) => (doc: Y.Doc) => {
	const row = new Y.Map<unknown>([['title', title]]);
	doc.getMap('agenda').set('i1', row);
	doc.getXmlFragment('notes.i1').insert(0, [new Y.XmlElement('paragraph')]);
};

test('two devices that seed the same thing apart make one of it, and their later edits both stay', () => {
	const [ada, bob] = [new Y.Doc(), new Y.Doc()];
	for (const doc of [ada, bob]) Y.applyUpdate(doc, seedUpdate('acme/m-ops', writing('Cost')));
	(ada.getMap('agenda').get('i1') as Y.Map<unknown>).set('owner', 'ada');
	(bob.getMap('agenda').get('i1') as Y.Map<unknown>).set('minutes', 10);
	Y.applyUpdate(bob, Y.encodeStateAsUpdate(ada));
	Y.applyUpdate(ada, Y.encodeStateAsUpdate(bob));
	expect(ada.getMap('agenda').toJSON()).toEqual({ i1: { title: 'Cost', owner: 'ada', minutes: 10 } });
	expect(bob.getMap('agenda').toJSON()).toEqual(ada.getMap('agenda').toJSON());
	expect(bob.getXmlFragment('notes.i1').length).toBe(1);
});

test('another writing or another name has another author, so that neither corrupts the other', () => {
	const authorOf = (update: Uint8Array) =>
		[...Y.decodeStateVector(Y.encodeStateVectorFromUpdate(update)).keys()][0];
	const first = authorOf(seedUpdate('acme/m-ops', writing('Cost')));
	expect(first).toBeTypeOf('number');
	expect(authorOf(seedUpdate('acme/m-ops', writing('Costs')))).not.toBe(first);
	expect(authorOf(seedUpdate('acme/m-sec', writing('Cost')))).not.toBe(first);
});
