import type { Node } from '@tiptap/pm/model';
import { TextSelection } from '@tiptap/pm/state';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { UserEdit } from '#lib/docs/origin.ts';
import type { PersonId } from '#lib/domain/id.ts';
import { Random } from '#lib/util/random.ts';
import { plainSchema, Replica, send } from '../testing/replica.ts';

const { nodes } = plainSchema;

const meet = (...replicas: readonly Replica[]) => {
	for (let round = 0; round < 2; round += 1) {
		for (const a of replicas) for (const b of replicas) if (a !== b) send(a, b);
	}
};

/** Types at the caret, as a person does. */
function type(replica: Replica, text: string): void {
	for (const letter of text) replica.dispatch(replica.state.tr.insertText(letter));
}

function caret(replica: Replica, at: number): void {
	replica.dispatch(replica.state.tr.setSelection(TextSelection.near(replica.state.doc.resolve(at))));
}

const lines = ({ state }: Replica) => state.doc.children.map((node) => node.textContent);

function started(...texts: readonly string[]): [Replica, Replica] {
	const [ana, ben] = [new Replica(plainSchema, 1), new Replica(plainSchema, 2)];
	const paragraphs = texts.map(
		(text) => nodes['paragraph']?.create(null, text ? plainSchema.text(text) : null) as Node
	);
	ana.dispatch(ana.state.tr.replaceWith(0, ana.state.doc.content.size, paragraphs));
	meet(ana, ben);
	return [ana, ben];
}

test('two people who type into one paragraph at once keep every letter of both', () => {
	const [ana, ben] = started('Attainment held.');
	caret(ana, 1);
	caret(ben, 17);
	type(ana, 'Our ');
	type(ben, ' Then it fell.');
	meet(ana, ben);
	expect(lines(ana)).toEqual(['Our Attainment held. Then it fell.']);
	expect(lines(ben)).toEqual(lines(ana));
});

test('two people who begin in the same empty line while apart keep both, once', () => {
	const [ana, ben] = started('x');
	ana.dispatch(ana.state.tr.delete(1, 2));
	meet(ana, ben);
	caret(ana, 1);
	caret(ben, 1);
	type(ana, 'ana was here');
	type(ben, 'ben was here');
	meet(ana, ben);
	type(ana, '!');
	type(ben, '?');
	meet(ana, ben);
	expect(lines(ana)).toEqual(lines(ben));
	const text = lines(ana).join('');
	expect([...text.matchAll(/ana was here!/g)]).toHaveLength(1);
	expect([...text.matchAll(/ben was here\?/g)]).toHaveLength(1);
});

test('two people who begin in a text that is empty altogether make two lines', () => {
	const [ana, ben] = [new Replica(plainSchema, 1), new Replica(plainSchema, 2)];
	caret(ana, 1);
	caret(ben, 1);
	type(ana, 'ana');
	type(ben, 'ben');
	meet(ana, ben);
	expect(lines(ana).toSorted()).toEqual(['ana', 'ben']);
	expect(lines(ben)).toEqual(lines(ana));
});

test('texts that a merge left side by side are one line to everybody, and are never doubled', () => {
	const [ana, ben] = started('x');
	ana.dispatch(ana.state.tr.delete(1, 2));
	meet(ana, ben);
	// What another tool writes: each its own text in one paragraph.
	for (const [replica, word] of [
		[ana, 'left'],
		[ben, 'right']
	] as const) {
		replica.doc.transact(() => (replica.fragment.get(0) as Y.XmlElement).insert(1, [new Y.XmlText(word)]));
	}
	meet(ana, ben);
	caret(ana, 3);
	caret(ben, 3);
	type(ana, 'A');
	type(ben, 'B');
	meet(ana, ben);
	expect(lines(ana)).toEqual(lines(ben));
	expect(lines(ana)[0]?.replaceAll(/[AB]/g, '')).toMatch(/^(leftright|rightleft)$/);
	expect(lines(ana)[0]).toHaveLength('leftright'.length + 2);
});

test('Enter in the middle, while somebody types at the end, splits the line and loses nothing', () => {
	const [ana, ben] = started('one two three');
	ana.dispatch(ana.state.tr.split(5));
	caret(ben, 14);
	type(ben, ' four');
	meet(ana, ben);
	expect(lines(ana)).toEqual(['one ', 'two three four']);
});

test('a letter of two halves is never torn apart', () => {
	const [ana, ben] = started('a😀b');
	caret(ana, 2);
	ana.dispatch(ana.state.tr.replaceWith(2, 4, plainSchema.text('😁')));
	caret(ben, 5);
	type(ben, '🚀');
	meet(ana, ben);
	expect(lines(ana)).toEqual(['a😁b🚀']);
});

test('a remote edit before the caret moves it along, one after it does not, one at it comes behind it', () => {
	const [ana, ben] = started('held', 'second');
	caret(ana, 3);
	ben.dispatch(ben.state.tr.insertText('Up: ', 1));
	meet(ana, ben);
	expect(ana.state.selection.head).toBe(7);
	ben.dispatch(ben.state.tr.insertText('!', 9));
	ben.dispatch(ben.state.tr.insertText('X', 7));
	meet(ana, ben);
	expect(ana.state.selection.head).toBe(7);
	expect(lines(ana)[0]).toBe('Up: heXld!');
});

test('a whole list that comes before the caret’s line moves the caret with its line', () => {
	const [ana, ben] = started('first', 'second');
	caret(ana, 10);
	const { parentOffset, parent } = ana.state.selection.$head;
	const item = nodes['listItem']?.create(null, nodes['paragraph']?.create(null, plainSchema.text('new')));
	ben.dispatch(ben.state.tr.insert(0, nodes['bulletList']?.create(null, item) as Node));
	meet(ana, ben);
	expect(ana.state.selection.$head.parent.textContent).toBe(parent.textContent);
	expect(ana.state.selection.$head.parentOffset).toBe(parentOffset);
});

/** Words that people type all over a text, in bursts, with Enter between, cut off from each other at random. */
test.each(Array.from({ length: 40 }, (_, seed) => seed))(
	'everything typed is there, whole, once (seed %i)',
	(seed) => {
		const random = new Random(seed);
		const replicas = [1, 2, 3].map((id) => new Replica(plainSchema, id));
		const typed: string[] = [];
		for (let burst = 0; burst < 60; burst += 1) {
			const replica = random.pick(replicas);
			const word = `[${'abc'[replica.doc.clientID - 1]}${typed.length}]`;
			// A person continues where the caret is, or goes to a place between the words of others.
			if (random.chance(0.5)) caret(replica, random.pick(gaps(replica.state.doc)));
			if (
				random.chance(0.15) &&
				replica.state.selection.$head.parentOffset === replica.state.selection.$head.parent.content.size
			) {
				replica.dispatch(replica.state.tr.split(replica.state.selection.head));
			}
			type(replica, word);
			typed.push(word);
			if (random.chance(0.25)) send(random.pick(replicas), random.pick(replicas));
		}
		meet(...replicas);
		const [text = ''] = replicas.map(({ state }) => state.doc.textBetween(0, state.doc.content.size, '\n'));
		for (const word of typed)
			expect([...text.matchAll(new RegExp(`\\${word.slice(0, -1)}\\]`, 'g'))], word).toHaveLength(1);
		for (const { state } of replicas) expect(state.doc.toJSON()).toEqual(replicas[0]?.state.doc.toJSON());
	}
);

function gaps(doc: Node): readonly number[] {
	const found: number[] = [];
	doc.descendants((node, pos) => {
		if (!node.isTextblock) return;
		found.push(pos + 1, pos + 1 + node.content.size);
		for (const { index } of node.textContent.matchAll(/(?<=\])/g)) found.push(pos + 1 + index);
	});
	return found;
}

test('an update of our own making is one transaction of the person', () => {
	const replica = new Replica(plainSchema, 1);
	const origins: unknown[] = [];
	replica.doc.on('afterTransaction', ({ origin, changed }) => changed.size > 0 && origins.push(origin));
	type(replica, 'ab');
	expect(origins).toHaveLength(2);
	expect(origins.every((origin) => origin instanceof UserEdit && origin.by === ('p-1' as PersonId))).toBe(
		true
	);
});
