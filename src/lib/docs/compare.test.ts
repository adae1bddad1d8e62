import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { changesBetween, pictureOf } from './compare.ts';
import { proseFromMarkdown } from './prose-from-markdown.ts';
import { writeProse } from './prose-write.ts';

/** What a change of `doc` changed, by comparing the states before and after it. */
function changed(doc: Y.Doc, change: () => void) {
	const before = pictureOf(loaded(doc));
	doc.transact(change);
	return changesBetween(before, pictureOf(loaded(doc)));
}

/** As from the server: nothing in it says yet of which sort its roots are. */
function loaded(doc: Y.Doc): Y.Doc {
	const copy = new Y.Doc();
	Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
	return copy;
}

const rows = (doc: Y.Doc) => doc.getMap<Y.Map<unknown>>('agenda');
const add = (doc: Y.Doc, id: string, fields: Record<string, unknown>) =>
	rows(doc).set(id, new Y.Map(Object.entries({ id, ...fields })));
const notes = (doc: Y.Doc) => doc.getXmlFragment('notes.i1');

function meeting(): Y.Doc {
	const doc = new Y.Doc();
	add(doc, 'i1', { order: 'a0', title: 'SLO', minutes: 10 });
	add(doc, 'i2', { order: 'a1', title: 'Hiring', minutes: 5, removedAt: 'then' });
	doc.getMap('meeting').set('scribe', 'ada');
	writeProse(notes(doc), proseFromMarkdown('# Head\n\nMTTR is 52.\n\nLast.'));
	return doc;
}

test('nothing changed, nothing said', () => {
	const doc = meeting();
	expect(changed(doc, () => undefined)).toEqual([]);
	expect(changed(doc, () => rows(doc).get('i2')?.set('minutes', 9))).toEqual([]);
	expect(changed(doc, () => doc.getMap('meta').set('version', 3))).toEqual([]);
});

test('a record changed: each field with what it was and what it is', () => {
	const doc = meeting();
	const changes = changed(doc, () => {
		rows(doc).get('i1')?.set('minutes', 20);
		rows(doc).get('i1')?.set('owner', 'bob');
		doc.getMap('meeting').delete('scribe');
	});
	expect(changes).toEqual([
		{
			is: 'row',
			place: 'agenda/i1',
			root: 'agenda',
			row: 'i1',
			how: 'changed',
			fields: [
				{ place: 'agenda/i1/minutes', field: 'minutes', before: 10, after: 20 },
				{ place: 'agenda/i1/owner', field: 'owner', before: undefined, after: 'bob' }
			]
		},
		{
			is: 'field',
			place: 'meeting/scribe',
			root: 'meeting',
			row: 'scribe',
			field: 'scribe',
			before: 'ada',
			after: undefined
		}
	]);
});

test('records come, go and come back with all that they say', () => {
	const doc = meeting();
	const changes = changed(doc, () => {
		add(doc, 'i3', { order: 'a2', title: 'New' });
		rows(doc).get('i1')?.set('removedAt', 'now');
		rows(doc).get('i2')?.delete('removedAt');
	});
	expect(changes.map((change) => ('how' in change ? [change.place, change.how] : []))).toEqual(
		expect.arrayContaining([
			['agenda/i3', 'came'],
			['agenda/i1/removedAt', 'went'],
			['agenda/i2/removedAt', 'back']
		])
	);
	const came = changes.find(({ place }) => place === 'agenda/i3');
	expect(came).toMatchObject({ fields: [{ field: 'title', before: undefined, after: 'New' }] });
	expect(changed(doc, () => rows(doc).delete('i3'))).toMatchObject([
		{ how: 'went', place: 'agenda/i3', fields: [{ field: 'title', before: 'New', after: undefined }] }
	]);
});

test('a text changed: passages that came and went, and words within the others', () => {
	const doc = meeting();
	const changes = changed(doc, () => {
		const line = (notes(doc).get(1) as Y.XmlElement).get(0) as Y.XmlText;
		line.delete(8, 2);
		line.insert(8, '74');
		notes(doc).delete(2, 1);
		writeProse(notes(doc), proseFromMarkdown('- more'));
	});
	expect(changes).toMatchObject([
		{
			is: 'passage',
			root: 'notes.i1',
			how: 'changed',
			sort: 'paragraph',
			words: [
				{ is: 'kept', units: ['MTTR', ' ', 'is', ' '] },
				{ is: 'removed', units: ['52'] },
				{ is: 'added', units: ['74'] },
				{ is: 'kept', units: ['.'] }
			]
		},
		{ how: 'went', words: [{ is: 'removed', units: ['Last', '.'] }] },
		{ how: 'came', sort: 'list', words: [{ is: 'added', units: ['more'] }] }
	]);
});

test('a look that changed is said although every word stays', () => {
	const doc = meeting();
	const changes = changed(doc, () => {
		((notes(doc).get(1) as Y.XmlElement).get(0) as Y.XmlText).format(0, 4, { bold: {} });
	});
	expect(changes).toMatchObject([{ how: 'changed', words: [{ is: 'kept' }] }]);
});

test('junk in a document is passed over', () => {
	const doc = meeting();
	const changes = changed(doc, () => {
		doc.getMap<unknown>('agenda').set('junk', 7);
		doc.getArray('list').push([1]);
	});
	expect(changes).toMatchObject([{ is: 'field', place: 'agenda/junk', after: 7 }]);
});
