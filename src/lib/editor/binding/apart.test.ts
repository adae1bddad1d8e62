import type { Node } from '@tiptap/pm/model';
import { liftListItem, wrapRangeInList } from '@tiptap/pm/schema-list';
import { TextSelection } from '@tiptap/pm/state';
import { expect, test } from 'vitest';
import { Random } from '#lib/util/random.ts';
import { plainSchema, Replica, send } from '../testing/replica.ts';

const { nodes } = plainSchema;

async function meet(...replicas: readonly Replica[]): Promise<void> {
	for (let round = 0; round < 4; round += 1) {
		for (const a of replicas) for (const b of replicas) if (a !== b) send(a, b);
		await Promise.resolve();
	}
}

function linesOf(doc: Node): readonly { pos: number; node: Node }[] {
	const found: { pos: number; node: Node }[] = [];
	doc.descendants((node, pos) => {
		if (node.isTextblock) found.push({ pos, node });
	});
	return found;
}

/** What people do to a text while they are apart: type at ends, begin lines, make lists and headings, undo lists. */
function act(replica: Replica, random: Random, word: string): boolean {
	const { pos, node } = random.pick(linesOf(replica.state.doc));
	const { tr } = replica.state;
	const kind = random.below(10);
	if (kind === 0) tr.split(pos + 1 + node.content.size);
	else if (kind === 1) {
		const range = tr.doc.resolve(pos + 1).blockRange();
		if (range && nodes['bulletList']) wrapRangeInList(tr, range, nodes['bulletList']);
	} else if (kind === 2) tr.setBlockType(pos + 1, pos + 1, nodes['heading'] as never, { level: 2 });
	else if (kind === 3) {
		replica.dispatch(tr.setSelection(TextSelection.create(tr.doc, pos + 1)));
		liftListItem(nodes['listItem'] as never)(replica.state, replica.dispatch);
		return false;
	} else {
		replica.dispatch(tr.insertText(word, pos + 1 + node.content.size));
		return true;
	}
	replica.dispatch(tr);
	return false;
}

test.each(Array.from({ length: 60 }, (_, seed) => seed))(
	'two who type and restructure for long while apart have every word in the end, once (seed %i)',
	async (seed) => {
		const random = new Random(seed);
		const [ana, ben] = [new Replica(plainSchema, 1), new Replica(plainSchema, 2)];
		const paragraphs = ['Start here.', 'And here.'].map(
			(text) => nodes['paragraph']?.create(null, plainSchema.text(text)) as Node
		);
		ana.dispatch(ana.state.tr.replaceWith(0, ana.state.doc.content.size, paragraphs));
		await meet(ana, ben);
		const words: string[] = [];
		for (let round = 0; round < 8; round += 1) {
			for (const replica of [ana, ben]) {
				for (let step = random.below(6); step > 0; step -= 1) {
					const word = `[${replica === ana ? 'a' : 'b'}${round}.${step}]`;
					if (act(replica, random, word)) words.push(word);
				}
			}
			await meet(ana, ben);
			const text = ana.state.doc.textContent;
			for (const word of [...words, 'Start here.', 'And here.'])
				expect(text.split(word), `${word} in ${text}`).toHaveLength(2);
			expect(ben.state.doc.toJSON()).toEqual(ana.state.doc.toJSON());
		}
	}
);
