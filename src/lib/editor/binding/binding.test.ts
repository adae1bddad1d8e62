import type { Node } from '@tiptap/pm/model';
import { wrapRangeInList } from '@tiptap/pm/schema-list';
import type { Transaction } from '@tiptap/pm/state';
import { canJoin, canSplit } from '@tiptap/pm/transform';
import { expect, test } from 'vitest';
import { Random } from '#lib/util/random.ts';
import { plainSchema, Replica, send } from '../testing/replica.ts';
import { ProseReader } from './read.ts';

const { nodes, marks } = plainSchema;

/** Positions where text may go. */
function caretsIn(doc: Node): readonly number[] {
	const carets: number[] = [];
	doc.descendants((node, pos) => {
		if (node.inlineContent) for (let at = 0; at <= node.content.size; at += 1) carets.push(pos + 1 + at);
	});
	return carets;
}

type Edit = (tr: Transaction, random: Random, token: () => string) => void;

const anywhere = (tr: Transaction, random: Random) => random.pick(caretsIn(tr.doc));

const type: Edit = (tr, random, token) => tr.insertText(token(), anywhere(tr, random));

const structural: Record<string, Edit> = {
	split: (tr, random) => {
		const at = anywhere(tr, random);
		if (canSplit(tr.doc, at)) tr.split(at);
	},
	join: (tr, random) => {
		const $at = tr.doc.resolve(anywhere(tr, random));
		const before = $at.depth > 0 ? tr.doc.resolve($at.before()) : undefined;
		if (before?.nodeBefore?.type !== $at.parent.type || !canJoin(tr.doc, before.pos)) return;
		tr.join(before.pos);
	},
	remove: (tr, random) => {
		const [from, to] = [anywhere(tr, random), anywhere(tr, random)].sort((a, b) => a - b) as [number, number];
		tr.delete(from, Math.min(to, from + 6));
	},
	removeFar: (tr, random) => {
		const [from, to] = [anywhere(tr, random), anywhere(tr, random)].sort((a, b) => a - b) as [number, number];
		tr.deleteRange(from, to);
	},
	mark: (tr, random) => {
		const [from, to] = [anywhere(tr, random), anywhere(tr, random)].sort((a, b) => a - b) as [number, number];
		const mark = random.pick([marks['bold'], marks['italic'], marks['code'], marks['link']]);
		if (!mark) return;
		if (random.chance(0.3)) tr.removeMark(from, to, mark);
		else tr.addMark(from, to, mark.create(mark.name === 'link' ? { href: 'https://example.org/' } : null));
	},
	retype: (tr, random) => {
		const kind = random.pick([nodes['paragraph'], nodes['heading'], nodes['codeBlock']]);
		const at = anywhere(tr, random);
		if (kind) tr.setBlockType(at, at, kind, kind.name === 'heading' ? { level: 2 } : null);
	},
	list: (tr, random) => {
		const $at = tr.doc.resolve(anywhere(tr, random));
		const kind = random.pick([nodes['bulletList'], nodes['taskList'], nodes['orderedList']]);
		const range = $at.blockRange();
		if (range && kind) wrapRangeInList(tr, range, kind);
	},
	atom: (tr, random) => {
		const at = anywhere(tr, random);
		const node = random.pick([
			nodes['mention']?.create({ id: 'p-1', label: 'Ana' }),
			nodes['hardBreak']?.create(),
			nodes['block']?.create({ type: 'chart', id: `b${random.below(9)}`, data: { days: random.below(9) } }),
			nodes['horizontalRule']?.create()
		]);
		if (node) tr.replaceRangeWith(at, at, node);
	},
	table: (tr, random) => {
		const cell = nodes['tableCell']?.createAndFill();
		const row = cell && nodes['tableRow']?.create(null, [cell, cell]);
		const table = row && nodes['table']?.create(null, [row, row]);
		if (table) tr.replaceRangeWith(anywhere(tr, random), anywhere(tr, random), table);
	},
	attribute: (tr, random) => {
		const places: number[] = [];
		tr.doc.descendants((node, pos) => {
			if (node.type.name === 'taskItem' || node.type.name === 'block' || node.type.name === 'heading')
				places.push(pos);
		});
		if (places.length === 0) return;
		const at = random.pick(places);
		const name = tr.doc.nodeAt(at)?.type.name;
		if (name === 'taskItem') tr.setNodeAttribute(at, 'checked', random.chance(0.5));
		else if (name === 'heading') tr.setNodeAttribute(at, 'level', 1 + random.below(3));
		else tr.setNodeAttribute(at, 'data', { days: random.below(99), nested: { list: [1, random.below(3)] } });
	}
};

/** What the shared text reads as to somebody who opens it now. */
const fresh = (replica: Replica) => new ProseReader(plainSchema).read(replica.fragment);

function edit(replica: Replica, change: (tr: Transaction) => void): void {
	const { tr } = replica.state;
	if (caretsIn(tr.doc).length === 0) tr.insert(0, nodes['paragraph']?.create() as Node);
	change(tr);
	replica.dispatch(tr);
	expect(fresh(replica).toJSON(), 'the text reads as the view shows it').toEqual(replica.state.doc.toJSON());
}

function expectAgreement(...replicas: readonly Replica[]): void {
	for (const replica of replicas) {
		expect(replica.state.doc.toJSON()).toEqual(fresh(replica).toJSON());
		expect(replica.state.doc.toJSON()).toEqual(replicas[0]?.state.doc.toJSON());
		replica.state.doc.check();
	}
}

test.each(Array.from({ length: 40 }, (_, seed) => seed))(
	'one editor under any edits is what it wrote (seed %i)',
	(seed) => {
		const random = new Random(seed);
		const replica = new Replica(plainSchema, seed + 1);
		let count = 0;
		const token = () => `w${(count += 1)} `;
		for (let step = 0; step < 60; step += 1) {
			const change = random.chance(0.4) ? type : random.pick(Object.values(structural));
			edit(replica, (tr) => change(tr, random, token));
		}
		expect(replica.state.doc.content.size).toBeGreaterThan(10);
		expectAgreement(replica);
	}
);

test.each(Array.from({ length: 40 }, (_, seed) => seed))(
	'three editors under any edits agree (seed %i)',
	(seed) => {
		const random = new Random(1000 + seed);
		const replicas = [1, 2, 3].map((id) => new Replica(plainSchema, id));
		let count = 0;
		const token = () => `w${(count += 1)} `;
		for (let step = 0; step < 90; step += 1) {
			const replica = random.pick(replicas);
			const change = random.chance(0.4) ? type : random.pick(Object.values(structural));
			edit(replica, (tr) => change(tr, random, token));
			if (random.chance(0.3)) send(random.pick(replicas), random.pick(replicas));
		}
		for (const a of replicas) for (const b of replicas) send(a, b);
		for (const a of replicas) for (const b of replicas) send(a, b);
		expectAgreement(...replicas);
	}
);
