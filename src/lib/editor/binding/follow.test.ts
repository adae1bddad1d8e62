import type { Node } from '@tiptap/pm/model';
import { wrapRangeInList } from '@tiptap/pm/schema-list';
import { TextSelection, type Transaction } from '@tiptap/pm/state';
import { expect, test } from 'vitest';
import type * as Y from 'yjs';
import { Random } from '#lib/util/random.ts';
import { plainSchema, Replica, send } from '../testing/replica.ts';
import { idOf } from './trace.ts';

const { nodes } = plainSchema;

/** Lets everybody hear everybody, and everybody answer to what they heard. */
async function meet(...replicas: readonly Replica[]): Promise<void> {
	for (let round = 0; round < 3; round += 1) {
		for (const a of replicas) for (const b of replicas) if (a !== b) send(a, b);
		await Promise.resolve();
	}
}

async function started(...texts: readonly string[]): Promise<[Replica, Replica]> {
	const [ana, ben] = [new Replica(plainSchema, 1), new Replica(plainSchema, 2)];
	const paragraphs = texts.map((text) => nodes['paragraph']?.create(null, plainSchema.text(text)) as Node);
	ana.dispatch(ana.state.tr.replaceWith(0, ana.state.doc.content.size, paragraphs));
	await meet(ana, ben);
	return [ana, ben];
}

const lines = ({ state }: Replica) => state.doc.children.map((node) => node.textContent);

function type(replica: Replica, text: string, at: number): void {
	replica.dispatch(replica.state.tr.setSelection(TextSelection.create(replica.state.doc, at)));
	for (const letter of text) replica.dispatch(replica.state.tr.insertText(letter));
}

const inList = (tr: Transaction, at: number) => {
	const range = tr.doc.resolve(at).blockRange();
	const list = nodes['bulletList'];
	if (range && list) wrapRangeInList(tr, range, list);
	return tr;
};

/** Each writes a line anew elsewhere; the second line begins at 13. */
const moves: readonly (readonly [string, (tr: Transaction) => Transaction])[] = [
	['joins it to the line above', (tr) => tr.join(12)],
	['makes it a list', (tr) => inList(tr, 14)],
	['makes it a heading', (tr) => tr.setBlockType(14, 14, nodes['heading'] as never, { level: 1 })]
];

test.each(moves)(
	'who types into a line while somebody %s keeps every letter and the caret',
	async (_, move) => {
		const [ana, ben] = await started('First line', 'Second line');
		ana.dispatch(move(ana.state.tr));
		type(ben, ' grows', 24);
		type(ben, 'The ', 13);
		await meet(ana, ben);
		expect(ana.state.doc.textContent).toBe('First lineThe Second line grows');
		expect(ben.state.doc.toJSON()).toEqual(ana.state.doc.toJSON());
		expect(ben.state.selection.$head.parent.textBetween(0, ben.state.selection.$head.parentOffset)).toMatch(
			/The $/
		);
	}
);

test.each(moves)('a caret follows its line when somebody %s', async (_, move) => {
	const [ana, ben] = await started('First line', 'Second line');
	ben.dispatch(ben.state.tr.setSelection(TextSelection.create(ben.state.doc, 19)));
	ana.dispatch(move(ana.state.tr));
	await meet(ana, ben);
	const { $head } = ben.state.selection;
	expect($head.parent.textBetween(0, $head.parentOffset)).toMatch(/Second$/);
});

test('a line that somebody deleted on purpose stays deleted, also for who wrote it', async () => {
	const [ana, ben] = await started('First line', 'Second line');
	type(ben, ' by ben', 24);
	await meet(ana, ben);
	ana.dispatch(ana.state.tr.delete(12, ana.state.doc.content.size));
	await meet(ana, ben);
	expect(lines(ben)).toEqual(['First line']);
	expect(lines(ana)).toEqual(['First line']);
});

test('letters that had been seen are not put in twice', async () => {
	const [ana, ben] = await started('First line', 'Second line');
	type(ben, ' seen', 24);
	await meet(ana, ben);
	ana.dispatch(inList(ana.state.tr, 14));
	type(ben, ' unseen', 29);
	await meet(ana, ben);
	expect(ana.state.doc.textContent).toBe('First lineSecond line seen unseen');
	expect(ben.state.doc.textContent).toBe('First lineSecond line seen unseen');
});

test('of three, only the one who typed puts it back', async () => {
	const [ana, ben] = await started('First line', 'Second line');
	const cem = new Replica(plainSchema, 3);
	await meet(ana, ben, cem);
	type(ben, ' once', 24);
	send(ben, cem);
	ana.dispatch(ana.state.tr.join(12));
	await meet(cem, ana);
	await meet(ana, ben, cem);
	for (const replica of [ana, ben, cem]) expect(lines(replica)).toEqual(['First lineSecond line once']);
});

test.each(Array.from({ length: 40 }, (_, seed) => seed))(
	'everything typed is there, once, also while lines are joined, listed and made headings (seed %i)',
	async (seed) => {
		const random = new Random(seed);
		const replicas = [1, 2, 3].map((id) => new Replica(plainSchema, id));
		const [first] = replicas as [Replica];
		const texts = ['Alpha line here', 'Bravo line here', 'Charlie line here', 'Delta line here'];
		const paragraphs = texts.map((text) => nodes['paragraph']?.create(null, plainSchema.text(text)) as Node);
		first.dispatch(first.state.tr.replaceWith(0, first.state.doc.content.size, paragraphs));
		await meet(...replicas);
		const typed: string[] = [];
		for (let round = 0; round < 12; round += 1) {
			// One restructures, the others type, apart from each other; then all hear of it.
			const [mover, ...typers] = random.chance(0.5) ? replicas : replicas.toReversed();
			for (const replica of typers) {
				const spots: number[] = [];
				replica.state.doc.descendants((node, pos) => {
					if (node.isTextblock) spots.push(pos + 1 + node.content.size);
				});
				const word = `(${'abc'[replica.doc.clientID - 1]}${typed.length})`;
				type(replica, word, random.pick(spots));
				typed.push(word);
			}
			restructure(mover as Replica, random);
			await meet(...replicas);
		}
		const text = first.state.doc.textContent;
		for (const word of typed) expect(text.split(word), `${word} in ${text}`).toHaveLength(2);
		for (const word of texts) expect(text).toContain(word);
		for (const { state } of replicas) expect(state.doc.toJSON()).toEqual(first.state.doc.toJSON());
	}
);

function restructure(replica: Replica, random: Random): void {
	const { doc, tr } = replica.state;
	const blocks: { pos: number; node: Node }[] = [];
	doc.descendants((node, pos) => {
		if (node.isTextblock) blocks.push({ pos, node });
	});
	const { pos } = random.pick(blocks);
	const $pos = doc.resolve(pos);
	if (random.chance(0.4) && $pos.nodeBefore?.isTextblock && $pos.nodeBefore.type === $pos.nodeAfter?.type)
		tr.join(pos);
	else if (random.chance(0.5)) inList(tr, pos + 1);
	else {
		const kind = random.pick([nodes['paragraph'], nodes['heading']]);
		if (kind) tr.setBlockType(pos + 1, pos + 1, kind);
	}
	if (tr.docChanged) replica.dispatch(tr);
}

test('who goes on writing in the line they made another still gets what was typed into the old one', async () => {
	const [ana, ben] = await started('First line', 'Second line');
	ana.dispatch(inList(ana.state.tr, 14));
	type(ana, ' and on', 26);
	type(ana, 'So: ', 15);
	ana.dispatch(ana.state.tr.delete(19, 21));
	type(ben, ' grows', 24);
	type(ben, 'X', 19);
	await meet(ana, ben);
	expect(ana.state.doc.textContent).toBe('First lineSo: condX line grows and on');
	expect(ben.state.doc.toJSON()).toEqual(ana.state.doc.toJSON());
});

test('a line that two make another at once stays one line, with what both wrote into it', async () => {
	const [ana, ben] = await started('First line', 'Second line');
	ana.dispatch(inList(ana.state.tr, 14));
	type(ana, ' by ana', 26);
	type(ben, 'Ben: ', 13);
	ben.dispatch(ben.state.tr.setBlockType(14, 14, nodes['heading'] as never, { level: 1 }));
	type(ben, '!', 29);
	await meet(ana, ben);
	expect(ana.state.doc.toJSON()).toEqual(ben.state.doc.toJSON());
	expect(ana.state.doc.childCount).toBe(2);
	const text = ana.state.doc.textContent;
	for (const word of ['First line', 'Ben: Second line', ' by ana', '!'])
		expect(text.split(word), `${word} in ${text}`).toHaveLength(2);
	expect(ben.state.selection.$head.parent.textBetween(0, ben.state.selection.$head.parentOffset)).toMatch(
		/!$/
	);
});

test('an empty line that somebody makes a task while somebody else begins to write in it', async () => {
	const [ana, ben] = await started('First line', 'x');
	ana.dispatch(ana.state.tr.delete(13, 14));
	await meet(ana, ben);
	ana.dispatch(inList(ana.state.tr, 13));
	type(ben, 'begun', 13);
	await meet(ana, ben);
	expect(ana.state.doc.textContent).toBe('First linebegun');
	expect(ana.state.doc.lastChild?.type.name).toBe('bulletList');
	expect(ben.state.doc.toJSON()).toEqual(ana.state.doc.toJSON());
});

test('a line that is moved twice before others hear of it still gets their letters', async () => {
	const [ana, ben] = await started('First line', 'Second line');
	ana.dispatch(ana.state.tr.setBlockType(14, 14, nodes['heading'] as never, { level: 1 }));
	type(ana, 'So: ', 13);
	ana.dispatch(ana.state.tr.join(12));
	type(ben, ' grows', 24);
	await meet(ana, ben);
	expect(lines(ana)).toEqual(['First lineSo: Second line grows']);
	expect(lines(ben)).toEqual(lines(ana));
});

test('a trace that somebody made up breaks nothing', async () => {
	const [ana, ben] = await started('First line', 'Second line');
	const text = (ana.fragment.get(0) as Y.XmlElement).get(0) as Y.XmlText;
	const id = idOf(((ana.fragment.get(1) as Y.XmlElement).get(0) as Y.XmlText)._item?.id as Y.ID);
	for (const value of [
		'x',
		{ seen: 1 },
		{ seen: {}, pairs: [1, 2, 3] },
		{ seen: { a: 'b' }, pairs: [1e15, -1, 0, 0, 1e9] },
		{ seen: {}, pairs: [9, 9, 9, 9, 9] }
	]) {
		ana.doc.transact(() => text.setAttribute(`was ${id}`, value as never));
		ana.doc.transact(() => text.setAttribute('was nonsense', value as never));
	}
	ana.dispatch(ana.state.tr.delete(12, ana.state.doc.content.size));
	type(ben, '!', 24);
	await meet(ana, ben);
	expect(lines(ana)[0]).toContain('First line');
	expect(ben.state.doc.toJSON()).toEqual(ana.state.doc.toJSON());
});
