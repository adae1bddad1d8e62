import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { blockIdOf, parsePlace, placesTouched, type Place, itemOfField } from './touched.ts';

function touchedBy(doc: Y.Doc, change: () => void): readonly Place[] {
	let places: readonly Place[] = [];
	doc.once('afterTransaction', (transaction: Y.Transaction) => (places = placesTouched(transaction)));
	doc.transact(change);
	return places.toSorted();
}

function paragraph(text: string): Y.XmlElement {
	const element = new Y.XmlElement('paragraph');
	element.insert(0, [new Y.XmlText(text)]);
	return element;
}

test('a new row is one place, whatever its fields', () => {
	const doc = new Y.Doc();
	const rows = doc.getMap('agenda');
	expect(
		touchedBy(doc, () =>
			rows.set(
				'i1',
				new Y.Map([
					['title', 'Cost'],
					['minutes', 10]
				])
			)
		)
	).toEqual(['agenda/i1']);
});

test('a field of a row and a field of the document are told apart', () => {
	const doc = new Y.Doc();
	const row = new Y.Map<unknown>();
	doc.getMap('agenda').set('i1', row);
	expect(touchedBy(doc, () => row.set('title', 'Cost'))).toEqual(['agenda/i1/title']);
	expect(touchedBy(doc, () => doc.getMap('meeting').set('scribe', 'p-1'))).toEqual(['meeting/scribe']);
	expect(parsePlace('agenda/i1/title')).toEqual({ root: 'agenda', row: 'i1', field: 'title' });
});

test('typing is counted by paragraph', () => {
	const doc = new Y.Doc();
	const notes = doc.getXmlFragment('notes.i1');
	const [first, second] = [paragraph('one'), paragraph('two')];
	notes.insert(0, [first, second]);
	const places = touchedBy(doc, () => (first.get(0) as Y.XmlText).insert(3, '!'));
	expect(places).toEqual([`notes.i1#${blockIdOf(first)}`]);
	expect(parsePlace(places[0] ?? '')).toEqual({ root: 'notes.i1', block: blockIdOf(first) });
});

test('a new paragraph is its own place at once, a removed one is a change of the text', () => {
	const doc = new Y.Doc();
	const notes = doc.getXmlFragment('notes.i1');
	notes.insert(0, [paragraph('one')]);
	const added = paragraph('two');
	expect(touchedBy(doc, () => notes.insert(1, [added]))).toEqual([`notes.i1#${blockIdOf(added)}`]);
	expect(touchedBy(doc, () => notes.delete(0))).toEqual(['notes.i1']);
});

test('inside a list the innermost list item is the place, inside a table the row', () => {
	const doc = new Y.Doc();
	const notes = doc.getXmlFragment('notes.i1');
	const [list, outer, inner] = [
		new Y.XmlElement('bulletList'),
		new Y.XmlElement('listItem'),
		new Y.XmlElement('listItem')
	];
	const nested = new Y.XmlElement('bulletList');
	const text = paragraph('deep');
	notes.insert(0, [list]);
	list.insert(0, [outer]);
	outer.insert(0, [paragraph('top'), nested]);
	nested.insert(0, [inner]);
	inner.insert(0, [text]);
	expect(touchedBy(doc, () => (text.get(0) as Y.XmlText).insert(0, 'x'))).toEqual([
		`notes.i1#${blockIdOf(inner)}`
	]);

	const row = new Y.XmlElement('tableRow');
	const cell = new Y.XmlElement('tableCell');
	const inCell = paragraph('9');
	notes.insert(1, [row]);
	row.insert(0, [cell]);
	cell.insert(0, [inCell]);
	expect(touchedBy(doc, () => (inCell.get(0) as Y.XmlText).insert(0, '1'))).toEqual([
		`notes.i1#${blockIdOf(row)}`
	]);
});

test('the schema version is nobody’s change', () => {
	const doc = new Y.Doc();
	expect(touchedBy(doc, () => doc.getMap('meta').set('version', 2))).toEqual([]);
});

test('a field says who wrote it, and nobody once it is cleared', () => {
	const doc = new Y.Doc();
	const row = new Y.Map<unknown>([['title', 'x']]);
	doc.getMap('agenda').set('i7', row);
	const at = { root: 'agenda', row: 'i7', field: 'title' };
	expect(itemOfField(doc, at)?.client).toBe(doc.clientID);
	row.delete('title');
	expect(itemOfField(doc, at)).toBeUndefined();
	expect(itemOfField(doc, { ...at, row: 'gone' })).toBeUndefined();
});
