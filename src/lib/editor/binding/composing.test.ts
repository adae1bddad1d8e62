import type { Node } from '@tiptap/pm/model';
import { TextSelection } from '@tiptap/pm/state';
import { expect, test } from 'vitest';
import { Random } from '#lib/util/random.ts';
import { plainSchema, Replica, send } from '../testing/replica.ts';
import { ProseReader } from './read.ts';

const { nodes } = plainSchema;

function started(...texts: readonly string[]): [Replica, Replica] {
	const [ana, ben] = [new Replica(plainSchema, 1), new Replica(plainSchema, 2)];
	const paragraphs = texts.map((text) => nodes['paragraph']?.create(null, plainSchema.text(text)) as Node);
	ana.dispatch(ana.state.tr.replaceWith(0, ana.state.doc.content.size, paragraphs));
	send(ana, ben);
	return [ana, ben];
}

const lines = ({ state }: Replica) => state.doc.children.map((node) => node.textContent);

function caret(replica: Replica, at: number): void {
	replica.dispatch(replica.state.tr.setSelection(TextSelection.create(replica.state.doc, at)));
}

/** What an input method does: it replaces what it has written so far of a word. */
function compose(replica: Replica, from: number, stages: readonly string[]): void {
	replica.composing = true;
	let written = 0;
	for (const stage of stages) {
		replica.dispatch(replica.state.tr.insertText(stage, from, from + written));
		written = stage.length;
	}
}

function settle(replica: Replica): void {
	replica.composing = false;
	replica.binding.settle();
}

function expectSame(...replicas: readonly Replica[]): void {
	for (const replica of replicas) {
		expect(replica.state.doc.toJSON()).toEqual(replicas[0]?.state.doc.toJSON());
		expect(new ProseReader(plainSchema).read(replica.fragment).toJSON()).toEqual(replica.state.doc.toJSON());
	}
}

test('a letter of somebody else in the middle of the line waits until the word is done', () => {
	const [ana, ben] = started('Hello world');
	caret(ana, 12);
	compose(ana, 12, [' n', ' に']);
	ben.dispatch(ben.state.tr.insertText('XY', 4));
	send(ben, ana);
	expect(lines(ana), 'the view is left alone').toEqual(['Hello world に']);
	compose(ana, 12, [' にほ', ' にほん', ' 日本']);
	settle(ana);
	send(ana, ben);
	send(ben, ana);
	expect(lines(ana)[0]).toContain('HelXYlo world');
	expect(ana.state.selection.$head.parentOffset).toBe(ana.state.selection.$head.parent.content.size);
	expectSame(ana, ben);
});

test('the word replaces exactly what it grew from, whatever came before it', () => {
	const [ana, ben] = started('Hello world');
	caret(ana, 12);
	compose(ana, 12, [' k']);
	ben.dispatch(ben.state.tr.insertText('Oh. ', 1));
	send(ben, ana);
	ana.dispatch(ana.state.tr.insertText(' kanji', 12, 14));
	ana.dispatch(ana.state.tr.insertText(' 漢字', 12, 18));
	settle(ana);
	send(ana, ben);
	expect(lines(ben)).toEqual(['Oh. Hello world 漢字']);
	expectSame(ana, ben);
});

test('what others change in other lines is drawn at once', () => {
	const [ana, ben] = started('First', 'Second');
	caret(ana, 6);
	compose(ana, 6, ['a', 'ab']);
	ben.dispatch(ben.state.tr.insertText('!', 14));
	send(ben, ana);
	expect(lines(ana)).toEqual(['Firstab', 'Second!']);
	settle(ana);
	send(ana, ben);
	expectSame(ana, ben);
});

test('a line that somebody deletes during a word goes, and the editor goes on', () => {
	const [ana, ben] = started('First', 'Second');
	caret(ana, 6);
	compose(ana, 6, ['a']);
	ben.dispatch(ben.state.tr.insertText('x', 2));
	send(ben, ana);
	ben.dispatch(ben.state.tr.delete(0, 8));
	send(ben, ana);
	ana.dispatch(ana.state.tr.insertText('ab', 6, 7));
	settle(ana);
	send(ana, ben);
	expect(lines(ana)).toEqual(['Second']);
	expectSame(ana, ben);
});

test.each(Array.from({ length: 40 }, (_, seed) => seed))(
	'a word composed while others write all over is whole (seed %i)',
	(seed) => {
		const random = new Random(seed);
		const [ana, ben] = started('Alpha bravo charlie', 'Delta');
		const at = 1 + random.below(20);
		caret(ana, at);
		ana.composing = true;
		let word = '';
		for (const letter of 'ことば') {
			const from = ana.state.selection.head - word.length;
			ana.dispatch(ana.state.tr.insertText(word + letter, from, ana.state.selection.head));
			word += letter;
			if (random.chance(0.7)) {
				const { doc, tr } = ben.state;
				const place = 1 + random.below((doc.firstChild?.content.size ?? 0) + 1);
				const isLatin = /^[a-z]$/i.test(doc.textBetween(place - 1, place));
				ben.dispatch(isLatin && random.chance(0.4) ? tr.delete(place - 1, place) : tr.insertText('7', place));
			}
			if (random.chance(0.6)) send(ben, ana);
			if (random.chance(0.3)) send(ana, ben);
		}
		settle(ana);
		send(ana, ben);
		send(ben, ana);
		expectSame(ana, ben);
		expect(ana.state.doc.textContent.replaceAll(/[^ことば]/g, '')).toBe('ことば');
	}
);
