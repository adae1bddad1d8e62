import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { proseFromMarkdown } from './prose-from-markdown.ts';
import { proseMarkdown } from './prose-markdown.ts';
import { proseOf } from './prose.ts';
import { writeProse } from './prose-write.ts';
import { restoreAll, restorePassage, restoreRow, restoreText } from './restore.ts';
import { xmlValueOf } from './prose-xml.ts';
import { blockIdOf } from './touched.ts';

const AT = '2026-06-08T10:14:00.000Z';

function clone(doc: Y.Doc): Y.Doc {
	const copy = new Y.Doc();
	Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
	return copy;
}

function meet(a: Y.Doc, b: Y.Doc): void {
	Y.applyUpdate(a, Y.encodeStateAsUpdate(b));
	Y.applyUpdate(b, Y.encodeStateAsUpdate(a));
}

/** How many things a change touched: 0 when it changed nothing. */
function touchedBy(doc: Y.Doc, change: () => void): number {
	let count = 0;
	const count1 = (transaction: Y.Transaction) => (count += transaction.changed.size);
	doc.on('afterTransaction', count1);
	doc.transact(change);
	doc.off('afterTransaction', count1);
	return count;
}

const rowsOf = (doc: Y.Doc) => doc.getMap<Y.Map<unknown>>('risks');
const addRow = (doc: Y.Doc, id: string, fields: Record<string, unknown>) =>
	rowsOf(doc).set(id, new Y.Map(Object.entries({ id, ...fields })));
const row = (doc: Y.Doc, id: string): unknown => rowsOf(doc).get(id)?.toJSON();

function risks(): Y.Doc {
	const doc = new Y.Doc();
	addRow(doc, 'r1', { title: 'Vendor outage', likelihood: 3, tags: ['vendor'], colour: 'newer app' });
	addRow(doc, 'r2', { title: 'Key person', likelihood: 2 });
	doc.getMap('space').set('title', 'Ops');
	return doc;
}

test('a record gets its fields back one by one, unknown ones too, and the others stay', () => {
	const doc = risks();
	const past = clone(doc);
	rowsOf(doc).get('r1')?.set('likelihood', 5);
	rowsOf(doc).get('r1')?.delete('colour');
	rowsOf(doc).get('r1')?.set('impact', 4);
	rowsOf(doc).get('r2')?.set('likelihood', 1);
	const kept = rowsOf(doc).get('r1')?._map.get('title');
	doc.transact(() => restoreRow(doc, { past, at: AT, root: 'risks', row: 'r1' }));
	expect(row(doc, 'r1')).toEqual(row(past, 'r1'));
	expect(row(doc, 'r2')).toMatchObject({ likelihood: 1 });
	expect(rowsOf(doc).get('r1')?._map.get('title')).toBe(kept);
});

test('a removed record comes back, a purged one too, and one that was not there goes softly', () => {
	const doc = risks();
	const past = clone(doc);
	rowsOf(doc).get('r1')?.set('removedAt', AT);
	rowsOf(doc).delete('r2');
	addRow(doc, 'r3', { title: 'New' });
	for (const id of ['r1', 'r2', 'r3']) restoreRow(doc, { past, at: AT, root: 'risks', row: id });
	expect(row(doc, 'r1')).toEqual(row(past, 'r1'));
	expect(row(doc, 'r2')).toEqual(row(past, 'r2'));
	expect(row(doc, 'r3')).toMatchObject({ title: 'New', removedAt: AT });
});

test('a number that the server has given stays given', () => {
	const doc = risks();
	const past = clone(doc);
	rowsOf(doc).get('r1')?.set('number', 12);
	restoreAll(doc, { past, at: AT });
	expect(row(doc, 'r1')).toMatchObject({ number: 12 });
});

test('fields of the document and facts come back and go', () => {
	const doc = risks();
	const past = clone(doc);
	doc.getMap('space').set('title', 'Engineering');
	doc.getMap('space').set('timeZone', 'Europe/Berlin');
	doc.getMap('meta').set('version', 2);
	restoreAll(doc, { past, at: AT });
	expect(doc.getMap('space').toJSON()).toEqual({ title: 'Ops' });
	expect(doc.getMap('meta').toJSON()).toEqual({ version: 2 });
});

test('what others write meanwhile merges with what is brought back', () => {
	const doc = risks();
	const past = clone(doc);
	rowsOf(doc).get('r1')?.set('likelihood', 5);
	const other = clone(doc);
	rowsOf(other).get('r1')?.set('owner', 'ada');
	addRow(other, 'r9', { title: 'Theirs' });
	restoreAll(doc, { past, at: AT });
	meet(doc, other);
	expect(row(doc, 'r1')).toEqual(row(other, 'r1'));
	expect(row(doc, 'r1')).toMatchObject({ likelihood: 3, owner: 'ada' });
	expect(row(doc, 'r9')).toEqual({ id: 'r9', title: 'Theirs' });
});

const text = (doc: Y.Doc) => doc.getXmlFragment('notes.i1');
const markdown = (doc: Y.Doc) =>
	proseMarkdown(text(doc), { nameOf: () => undefined, blockMarkdown: () => '' });

function notes(words: string): Y.Doc {
	const doc = new Y.Doc();
	writeProse(text(doc), proseFromMarkdown(words));
	return doc;
}

const block = (doc: Y.Doc, index: number) => text(doc).get(index) as Y.XmlElement;
const lineOf = (doc: Y.Doc, index: number) => block(doc, index).get(0) as Y.XmlText;
const idOf = (doc: Y.Doc, index: number) => blockIdOf(block(doc, index)) ?? '';

const THREE = '# Latency\n\nThe *search* API is slow.\n\n- one\n- two\n';

test('a text comes back block by block, and what is as it was stays what it is', () => {
	const doc = notes(THREE);
	const past = clone(doc);
	const [heading, list] = [block(doc, 0), block(doc, 2)];
	lineOf(doc, 1).insert(4, 'new ');
	text(doc).insert(1, [new Y.XmlElement('horizontalRule')]);
	(list.get(0) as Y.XmlElement).delete(0, 1);
	doc.transact(() => restoreText(doc, { past, root: 'notes.i1' }));
	expect(markdown(doc)).toBe(markdown(past));
	expect([block(doc, 0), block(doc, 2)]).toEqual([heading, list]);
	expect(touchedBy(doc, () => restoreText(doc, { past, root: 'notes.i1' }))).toBe(0);
});

test('somebody types on while a text is brought back: their words stay', () => {
	const doc = notes('Slow today.\n\nSecond.\n');
	const past = clone(doc);
	lineOf(doc, 0).insert(5, 'er');
	const other = clone(doc);
	lineOf(other, 1).insert(7, ' And more.');
	lineOf(other, 0).insert(13, ' Still.');
	restoreText(doc, { past, root: 'notes.i1' });
	meet(doc, other);
	expect(markdown(doc)).toBe(markdown(other));
	expect(markdown(doc)).toContain('Slow today. Still.');
	expect(markdown(doc)).toContain('And more.');
});

test('one passage becomes what it was, comes back where it stood, or goes; the others stay', () => {
	const doc = notes('First.\n\nSecond.\n\nThird.\n');
	const past = clone(doc);
	const [first, second] = [idOf(doc, 0), idOf(doc, 1)];
	lineOf(doc, 0).insert(0, 'Not ');
	lineOf(doc, 2).insert(0, 'Not ');
	text(doc).delete(1, 1);
	writeProse(text(doc), proseFromMarkdown('Fourth.'));
	const fourth = idOf(doc, 2);
	restorePassage(doc, { past, root: 'notes.i1', block: second });
	expect(markdown(doc)).toBe('Not First.\n\nSecond.\n\nNot Third.\n\nFourth.');
	restorePassage(doc, { past, root: 'notes.i1', block: first });
	restorePassage(doc, { past, root: 'notes.i1', block: fourth });
	restorePassage(doc, { past, root: 'notes.i1', block: 'nobody:0' });
	expect(markdown(doc)).toBe('First.\n\nSecond.\n\nNot Third.');
});

test('marks, mentions, charts and what a newer app wrote come back as they were', () => {
	const doc = notes('A **bold** word');
	const chart = new Y.XmlElement('block');
	chart.setAttribute('type', 'kpi-chart');
	chart.setAttribute('data', { kpi: 'mttr', days: 7 } as unknown as string);
	const unknown = new Y.XmlElement('hologram');
	const mention = new Y.XmlElement('mention');
	mention.setAttribute('id', 'p-1');
	mention.setAttribute('label', 'Mei Lin');
	text(doc).insert(1, [chart, unknown]);
	block(doc, 0).insert(1, [mention]);
	const past = clone(doc);
	lineOf(doc, 0).format(0, 3, { italic: {} });
	block(doc, 0).delete(1, 1);
	chart.setAttribute('data', { kpi: 'mttr', days: 30 } as unknown as string);
	text(doc).delete(2, 1);
	restoreAll(doc, { past, at: AT });
	expect(text(doc).toJSON()).toBe(text(past).toJSON());
	expect(proseOf(text(doc)).map(({ is }) => is)).toEqual(['paragraph', 'block', 'unknown']);
	expect(chart.getAttribute('data')).toEqual({ kpi: 'mttr', days: 7 });
});

/** Without the places of its blocks: what comes back is made anew. */
const read = (doc: Y.Doc) =>
	text(doc)
		.toArray()
		.map((child) => xmlValueOf(child));

type Edit = readonly [number, number, string];

/** Something a person might do to a text: type, delete, add a block, remove one. */
function edit(doc: Y.Doc, [what, where, words]: Edit): void {
	const all = text(doc);
	const place = where % (all.length + 1);
	if (what === 0 || all.length === 0) return writeBlock(all, place, words);
	const target = all.get(where % all.length) as Y.XmlElement;
	const line = target.get(0) as Y.XmlElement | Y.XmlText | undefined;
	if (what === 1) all.delete(where % all.length, 1);
	else if (!(line instanceof Y.XmlText)) target.setAttribute('start', String(where));
	else if (what === 2) line.insert(where % (line.length + 1), words, where % 2 ? { bold: {} } : {});
	else if (line.length > 1) line.delete(where % (line.length - 1), 1);
}

function writeBlock(all: Y.XmlFragment, place: number, words: string): void {
	const draft = new Y.Doc();
	writeProse(draft.getXmlFragment('d'), proseFromMarkdown(words));
	all.insert(
		place,
		draft
			.getXmlFragment('d')
			.toArray()
			.map((one) => one.clone() as Y.XmlElement)
	);
}

const edits = fc.array(
	fc.tuple(fc.nat(3), fc.nat(50), fc.constantFrom('One two', '- a\n- b', '# Head', 'x', '👍 ok')),
	{ maxLength: 25 }
);

test('whatever was written since, a text comes back as it was; again changes nothing', () => {
	fc.assert(
		fc.property(edits, edits, (before, after) => {
			const doc = notes(THREE);
			before.forEach((one) => edit(doc, one));
			const past = clone(doc);
			after.forEach((one) => edit(doc, one));
			doc.transact(() => restoreAll(doc, { past, at: AT }));
			expect(read(doc)).toEqual(read(past));
			expect(touchedBy(doc, () => restoreAll(doc, { past, at: AT }))).toBe(0);
		}),
		{ numRuns: 200 }
	);
});
