import type { Node } from '@tiptap/pm/model';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { markOf, plainText, rangeOf, type TextMark } from '#lib/docs/anchor.ts';
import { plainSchema, Replica, send } from '../testing/replica.ts';
import { lettersIn } from './positions.ts';

const { nodes } = plainSchema;
const paragraph = (text: string) =>
	nodes['paragraph']?.create(null, text ? plainSchema.text(text) : null) as Node;

const meet = (a: Replica, b: Replica) => {
	send(a, b);
	send(b, a);
};

/** Ana and Ben on one text. */
function started(...texts: readonly string[]): [Replica, Replica] {
	const [ana, ben] = [new Replica(plainSchema, 1), new Replica(plainSchema, 2)];
	ana.dispatch(ana.state.tr.replaceWith(0, ana.state.doc.content.size, texts.map(paragraph)));
	meet(ana, ben);
	return [ana, ben];
}

/** Where `words` stand in what a person sees. */
function spanOf({ state }: Replica, words: string): { from: number; to: number } {
	let from = -1;
	state.doc.descendants((node, pos) => {
		const at = node.isTextblock ? node.textContent.indexOf(words) : -1;
		if (at >= 0 && from < 0) from = pos + 1 + at;
	});
	if (from < 0) throw new Error(`“${words}” is not there`);
	return { from, to: from + words.length };
}

function marked(replica: Replica, span: { from: number; to: number }): TextMark {
	const letters = lettersIn(replica.fragment, replica.state.doc, span);
	const mark = letters && markOf(replica.fragment, letters);
	if (!mark) throw new Error('nothing to mark');
	return mark;
}

/** The marked words as somebody sees them now; undefined when they are detached. */
function shown(replica: Replica, mark: TextMark): string | undefined {
	const range = rangeOf(plainText(replica.fragment), mark);
	const [from, to] = [range && replica.binding.posOf(range.from), range && replica.binding.posOf(range.to)];
	return from === undefined || to === undefined ? undefined : replica.state.doc.textBetween(from, to, '|');
}

const write = (replica: Replica, text: string, at: number) =>
	replica.dispatch(replica.state.tr.insertText(text, at));
const erase = (replica: Replica, { from, to }: { from: number; to: number }) =>
	replica.dispatch(replica.state.tr.delete(from, to));

test('what is written before and behind stays out of the mark, what is written inside is in it', () => {
	const [ana, ben] = started('The canary window is 15 minutes now');
	const span = spanOf(ana, 'canary window');
	const mark = marked(ana, span);
	expect(mark.quote).toBe('canary window');
	write(ben, 'Note: ', 1);
	const there = spanOf(ben, 'canary window');
	write(ben, ', too', there.to);
	write(ben, 'old ', there.from);
	write(ben, ' (short)', spanOf(ben, 'canary').to);
	meet(ana, ben);
	expect(ben.state.doc.textContent).toBe('Note: The old canary (short) window, too is 15 minutes now');
	for (const replica of [ana, ben]) expect(shown(replica, mark)).toBe('canary (short) window');
});

test('of words that are partly deleted the rest stays marked; when all are gone the mark is detached, for both', () => {
	const [ana, ben] = started('The canary window is 15 minutes now');
	const mark = marked(ana, spanOf(ana, 'canary window is 15'));
	erase(ben, spanOf(ben, 'The canary '));
	meet(ana, ben);
	expect(shown(ana, mark)).toBe('window is 15');
	erase(ana, spanOf(ana, 'dow is 15 minutes'));
	expect(shown(ana, mark)).toBe('win');
	erase(ana, spanOf(ana, 'win'));
	meet(ana, ben);
	for (const replica of [ana, ben]) expect(shown(replica, mark)).toBeUndefined();
});

test('a mark whose line was deleted is detached, and is back when the words are put back by hand', () => {
	const [ana, ben] = started('One', 'The canary window is 15 minutes', 'Three');
	const mark = marked(ana, spanOf(ana, 'canary window'));
	const line = spanOf(ben, 'The canary window is 15 minutes');
	erase(ben, { from: line.from - 1, to: line.to + 1 });
	meet(ana, ben);
	expect(shown(ana, mark)).toBeUndefined();
	write(ana, 'The canary window is 15 minutes', spanOf(ana, 'Three').from);
	meet(ana, ben);
	for (const replica of [ana, ben]) expect(shown(replica, mark)).toBe('canary window');
});

test('short words that stand elsewhere too are not taken for those that were deleted', () => {
	const [ana] = started('It was 99% in May', 'and 99% in June');
	const mark = marked(ana, spanOf(ana, '99%'));
	erase(ana, spanOf(ana, '99%'));
	expect(shown(ana, mark)).toBeUndefined();
});

test('a mark follows its line when the line is moved, and when it is split in two within the words', () => {
	const [ana, ben] = started('One', 'The canary window is 15 minutes', 'Three');
	const mark = marked(ana, spanOf(ana, 'canary window'));
	const { from, to } = spanOf(ben, 'The canary window is 15 minutes');
	const moved = ben.state.doc.nodeAt(from - 1) as Node;
	ben.dispatch(ben.state.tr.delete(from - 1, to + 1).insert(0, moved));
	meet(ana, ben);
	expect(ana.state.doc.firstChild?.textContent).toBe('The canary window is 15 minutes');
	expect(shown(ana, mark)).toBe('canary window');
	ana.dispatch(ana.state.tr.split(spanOf(ana, ' window').from));
	meet(ana, ben);
	for (const replica of [ana, ben]) expect(shown(replica, mark)).toBe('canary| window');
});

test('a mark over several lines keeps what is left of them', () => {
	const [ana, ben] = started('First line', 'Second line', 'Third line');
	const [from, to] = [spanOf(ana, 'line').from, spanOf(ana, 'Third').to];
	const mark = marked(ana, { from, to });
	expect(mark.quote).toBe('line\nSecond line\nThird');
	expect(shown(ben, mark)).toBe('line|Second line|Third');
	const first = spanOf(ben, 'First line');
	erase(ben, { from: first.from - 1, to: first.to + 1 });
	meet(ana, ben);
	expect(shown(ana, mark)).toBe('Third');
});

test('two devices apart, one marks and one writes: the mark comes to the words as they are', () => {
	const [ana, ben] = started('The canary window is 15 minutes');
	const mark = marked(ana, spanOf(ana, 'window is 15'));
	write(ben, 'After the breach. ', 1);
	erase(ben, spanOf(ben, ' is'));
	meet(ana, ben);
	for (const replica of [ana, ben]) expect(shown(replica, mark)).toBe('window 15');
});

test('nothing to mark is no mark: an empty span, an empty line, a divider', () => {
	const [ana] = started('', 'Words');
	for (const span of [
		{ from: 1, to: 1 },
		{ from: 0, to: 2 },
		{ from: 5, to: 5 }
	])
		expect(lettersIn(ana.fragment, ana.state.doc, span)).toBeUndefined();
});

test('junk in a mark is detached and makes nothing in the document', () => {
	const [ana] = started('Words enough to be found again');
	const before = Y.encodeStateAsUpdate(ana.doc);
	const roots = [...ana.doc.share.keys()];
	const rootPlace = btoa(
		String.fromCharCode(
			...Y.encodeRelativePosition(Y.createRelativePositionFromJSON({ tname: 'elsewhere', assoc: 0 }))
		)
	);
	for (const junk of ['', '§', 'AAAA', '////////////', rootPlace]) {
		expect(shown(ana, { from: junk, to: junk, quote: '' })).toBeUndefined();
	}
	expect(Y.encodeStateAsUpdate(ana.doc)).toEqual(before);
	expect([...ana.doc.share.keys()]).toEqual(roots);
});
