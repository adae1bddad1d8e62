import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { markOf, placeOfLetter } from '../docs/anchor.ts';
import { meetingKind } from '../kinds/meeting/kind.ts';
import type { Anchor } from '../kinds/comments/schema.ts';
import type { PersonId, RowId } from '../domain/id.ts';
import { byStanding, placeOfAnchor, rootOfRow, rowOfAnchor, standingOfAnchor } from './anchors.ts';

const AT = '2026-06-08T10:30:00.000Z';

/** A meeting with its items, and what can be done in it. */
function meeting() {
	const doc = new Y.Doc();
	meetingKind.doc.seed(doc, meetingKind.fixtures.typical);
	const commands = meetingKind.doc.commands(doc, 'p-ada' as PersonId);
	const items = () => meetingKind.doc.read(doc).value.agenda.map(({ id }) => id);
	return { doc, commands, items };
}

/** An anchor on the first letters of a new line in the notes of an item. */
function wordsIn(doc: Y.Doc, item: RowId): { anchor: Anchor; quote: string; text: Y.XmlText } {
	const root = `notes.${item}`;
	const [line, text] = [new Y.XmlElement('paragraph'), new Y.XmlText('Words to talk about')];
	line.insert(0, [text]);
	const fragment = doc.getXmlFragment(root);
	fragment.insert(fragment.length, [line]);
	const mark = markOf(fragment, {
		from: placeOfLetter(text, 0, 'first'),
		to: placeOfLetter(text, 4, 'last')
	});
	if (!mark) throw new Error('there are letters');
	const { quote, ...places } = mark;
	return { anchor: { root, ...places }, quote, text };
}

test('a text is of the record it is named after, and stands where that stands', () => {
	const { doc, items } = meeting();
	const [first = '' as RowId, second = '' as RowId] = items();
	const [inSecond, inFirst] = [wordsIn(doc, second), wordsIn(doc, first)];
	expect(rowOfAnchor(doc, inFirst.anchor)).toBe(first);
	expect(rootOfRow(doc, first)).toBe('agenda');
	expect(placeOfAnchor(inFirst.anchor)).toBe(`notes.${first}`);
	const standings = [inSecond, inFirst].map(({ anchor, quote }) => standingOfAnchor(doc, anchor, quote));
	expect(standings.toSorted(byStanding).map(({ row }) => row)).toEqual([first, second]);
});

test('words that are deleted, and records that are removed, are detached and come last', () => {
	const { doc, commands, items } = meeting();
	const [first = '' as RowId, second = '' as RowId] = items();
	const words = wordsIn(doc, first);
	const record: Anchor = { root: 'agenda', row: second };
	expect(standingOfAnchor(doc, words.anchor, words.quote)).toMatchObject({ isDetached: false });
	words.text.delete(0, 5);
	expect(standingOfAnchor(doc, words.anchor, words.quote)).toMatchObject({ isDetached: true, row: first });
	expect(standingOfAnchor(doc, record, '')).toMatchObject({ isDetached: false, row: second });
	const both = [standingOfAnchor(doc, words.anchor, words.quote), standingOfAnchor(doc, record, '')];
	expect(both.toSorted(byStanding).map(({ row }) => row)).toEqual([second, first]);
	commands.removeItem(second, AT);
	expect(standingOfAnchor(doc, record, '')).toMatchObject({ isDetached: true });
	commands.restoreItem(second);
	expect(standingOfAnchor(doc, record, '')).toMatchObject({ isDetached: false });
});

test('the words of an item that was removed go with it, and come back with it', () => {
	const { doc, commands, items } = meeting();
	const [first = '' as RowId] = items();
	const { anchor, quote } = wordsIn(doc, first);
	commands.removeItem(first, AT);
	expect(standingOfAnchor(doc, anchor, quote)).toMatchObject({ isDetached: true });
	commands.restoreItem(first);
	expect(standingOfAnchor(doc, anchor, quote)).toMatchObject({ isDetached: false });
});

test('an anchor on what never was makes nothing in the document', () => {
	const { doc } = meeting();
	const before = [...doc.share.keys()];
	for (const anchor of [
		{ root: 'notes.nobody', from: 'AQIDAA==', to: 'AQIDAA==' },
		{ root: 'elsewhere', row: 'r-1' }
	]) {
		expect(standingOfAnchor(doc, anchor, 'quote')).toMatchObject({ isDetached: true });
	}
	expect([...doc.share.keys()]).toEqual(before);
});
