import { getSchema, Mark, Node as Extend } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { proseOf } from '#lib/docs/prose.ts';
import { proseText } from '#lib/docs/prose-text.ts';
import { Random } from '#lib/util/random.ts';
import { proseSchema } from '../schema/schema.ts';
import { plainSchema, Replica, send } from '../testing/replica.ts';
import { ProseReader } from './read.ts';

// A newer app beside this one. It knows a block, a thing in a line, a list's child, a mark that may lie twice, and
// attributes on a paragraph and on bold, none of which this app has heard of.

const newerSchema = getSchema([
	...proseSchema,
	Extend.create({
		name: 'callout',
		group: 'flow',
		content: 'flow+',
		addAttributes: () => ({ tone: { default: 'calm' }, options: { default: null } })
	}),
	Extend.create({
		name: 'emoji',
		group: 'inline',
		inline: true,
		atom: true,
		addAttributes: () => ({ code: { default: '' } })
	}),
	Mark.create({ name: 'highlight', addAttributes: () => ({ tone: { default: 1 } }) }),
	Mark.create({ name: 'remark', excludes: '', addAttributes: () => ({ id: { default: '' } }) })
]);

/** The newer app's text: everything unknown, in every place it can stand. */
function writeNewer(fragment: Y.XmlFragment): void {
	const bold = new Y.XmlText();
	bold.applyDelta([
		{ insert: 'Plain ' },
		{ insert: 'lit', attributes: { highlight: { tone: 3 }, bold: { weight: 700 } } },
		{ insert: ' twice', attributes: { 'remark--AAAAAAAA': { id: 'r1' }, 'remark--BBBBBBBB': { id: 'r2' } } },
		{ insert: { formula: 'E=mc²' } },
		{ insert: ' end' }
	]);
	const emoji = element('emoji', { code: '1f980' });
	const paragraph = element('paragraph', { align: 'right', tone: { deep: [1] } }, [bold, emoji]);
	const callout = element('callout', { tone: 'warm', options: { icon: 'x' } }, [
		element('paragraph', {}, [new Y.XmlText('Inside a callout')]),
		element('bulletList', {}, [element('listItem', {}, [element('paragraph', {}, [new Y.XmlText('deep')])])])
	]);
	const list = element('bulletList', {}, [
		element('listItem', {}, [element('paragraph', {}, [new Y.XmlText('known item')])]),
		element('decisionItem', { state: 'open' }, [new Y.XmlText('unknown item')])
	]);
	const table = element('table', {}, [
		element('tableCaption', {}, [new Y.XmlText('A caption')]),
		element('tableRow', {}, [element('tableCell', {}, [element('paragraph', {}, [new Y.XmlText('cell')])])])
	]);
	fragment.insert(0, [
		paragraph,
		callout,
		list,
		table,
		new Y.XmlText('loose text'),
		element('tableRow', { lost: 1 })
	]);
}

function element(
	name: string,
	attributes: Record<string, unknown>,
	children: (Y.XmlElement | Y.XmlText)[] = []
) {
	const made = new Y.XmlElement(name);
	for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value as string);
	made.insert(0, children);
	return made;
}

/** Everything below a fragment as plain values: nothing can hide from it. */
const everything = (fragment: Y.XmlFragment) =>
	JSON.stringify(fragment.toArray().map((child) => plain(child)));

function plain(type: unknown): unknown {
	if (type instanceof Y.XmlText) return type.length === 0 ? [] : (type.toDelta() as unknown);
	if (!(type instanceof Y.XmlElement)) return null;
	const attributes = Object.entries(type.getAttributes()).sort();
	return { name: type.nodeName, attributes, children: type.toArray().map(plain) };
}

function pair(): { older: Replica; newer: Replica } {
	const [older, newer] = [new Replica(plainSchema, 1), new Replica(newerSchema, 2)];
	newer.doc.transact(() => writeNewer(newer.fragment));
	send(newer, older);
	return { older, newer };
}

test('opening a text of a newer app changes nothing in it', () => {
	const { older, newer } = pair();
	const before = Y.encodeStateVector(older.doc);
	new ProseReader(plainSchema).read(older.fragment);
	expect(Y.encodeStateVector(older.doc)).toEqual(before);
	expect(everything(older.fragment)).toBe(everything(newer.fragment));
});

test('all words of the newer app can be read in the older one', () => {
	const { older } = pair();
	expect(proseText(older.fragment)).toBe(
		'Plain lit twice end\nInside a callout\ndeep\nknown item\nunknown item\nA caption\ncell\nloose text'
	);
	expect(proseOf(older.fragment)).toHaveLength(6);
});

test('typing, marking and splitting around what is unknown leaves all of it as it was', () => {
	const { older, newer } = pair();
	const { bold } = plainSchema.marks;
	const type = (text: string, at: number) => older.dispatch(older.state.tr.insertText(text, at));

	type('At the start. ', 1);
	type(' (typed)', older.state.doc.firstChild!.nodeSize - 1);
	older.dispatch(older.state.tr.addMark(1, 8, bold!.create()));
	older.dispatch(older.state.tr.split(10));
	older.dispatch(
		older.state.tr.insert(
			older.state.doc.content.size,
			plainSchema.nodes['paragraph']!.create(null, plainSchema.text('New last line'))
		)
	);
	send(older, newer);

	const all = everything(newer.fragment);
	expect(all).toBe(everything(older.fragment));
	for (const part of [
		'"highlight":{"tone":3}',
		'"bold":{"weight":700}',
		'"remark--AAAAAAAA":{"id":"r1"}',
		'"remark--BBBBBBBB":{"id":"r2"}',
		'{"formula":"E=mc²"}',
		'["align","right"]',
		'["tone",{"deep":[1]}]',
		'["code","1f980"]',
		'["options",{"icon":"x"}]',
		'Inside a callout',
		'"decisionItem"',
		'"tableCaption"',
		'loose text',
		'["lost",1]'
	]) {
		expect(all).toContain(part);
	}
	expect(newer.state.doc.textContent).toContain('At the start.');
	newer.state.doc.check();
});

test('what is unknown can be moved: cut in the older app and pasted elsewhere it is the same', () => {
	const { older, newer } = pair();
	const [paragraph, callout] = [older.state.doc.child(0), older.state.doc.child(1)];
	expect(callout.type.name).toBe('foreignBlock');
	const { tr } = older.state;
	tr.delete(0, paragraph.nodeSize + callout.nodeSize);
	tr.insert(tr.doc.content.size, [callout, paragraph]);
	const was = plain(newer.fragment.get(1));
	older.dispatch(tr);
	send(older, newer);
	const now = newer.fragment.toArray().map((child) => JSON.stringify(plain(child)));
	expect(now.at(-2)).toBe(JSON.stringify(was));
	expect(now.at(-1)).toContain('["align","right"]');
	expect(now.at(-1)).toContain('"remark--BBBBBBBB":{"id":"r2"}');
	expect(now.at(-1)).toContain('{"formula":"E=mc²"}');
});

test('something unknown that arrives while the older app is open is carried from the first moment', () => {
	const older = new Replica(plainSchema, 1);
	const newer = new Replica(newerSchema, 2);
	older.dispatch(older.state.tr.insertText('Typed before', 1));
	send(older, newer);
	const callout = newerSchema.nodes['callout']!.create(
		{ tone: 'warm' },
		newerSchema.nodes['paragraph']!.create(null, newerSchema.text('New'))
	);
	newer.dispatch(newer.state.tr.insert(0, callout));
	newer.dispatch(
		newer.state.tr.addMark(
			newer.state.doc.content.size - 6,
			newer.state.doc.content.size - 1,
			newerSchema.marks['highlight']!.create({ tone: 2 })
		)
	);
	send(newer, older);
	older.dispatch(older.state.tr.insertText('!', older.state.doc.content.size - 1));
	send(older, newer);
	expect(older.state.doc.firstChild?.type.name).toBe('foreignBlock');
	expect(everything(newer.fragment)).toContain('"highlight":{"tone":2}');
	expect(newer.state.doc.firstChild?.attrs['tone']).toBe('warm');
	expect(newer.state.doc.textContent).toBe('NewTyped before!');
});

test('a newer app that edits inside what the older one cannot show is seen and kept', () => {
	const { older, newer } = pair();
	const callouts = () => (older.fragment.get(1) as Y.XmlElement).toJSON();
	let at = 0;
	newer.state.doc.descendants((node, pos) => {
		if (node.text === 'Inside a callout') at = pos;
	});
	newer.dispatch(newer.state.tr.insertText('Right ', at));
	send(newer, older);
	older.dispatch(older.state.tr.insertText('x', 1));
	send(older, newer);
	expect(callouts()).toContain('Right Inside a callout');
	expect(everything(newer.fragment)).toBe(everything(older.fragment));
});

/** How often each unknown thing stands in a document of the newer app. */
function unknowns(doc: Node): Record<string, number> {
	const count: Record<string, number> = {};
	const add = (key: string) => (count[key] = (count[key] ?? 0) + 1);
	doc.descendants((node) => {
		if (node.type.name === 'callout' || node.type.name === 'emoji')
			add(`${node.type.name} ${JSON.stringify(node.attrs)}`);
		if (node.isText)
			for (const mark of node.marks)
				if (mark.type.name === 'highlight') for (let at = 0; at < node.nodeSize; at += 1) add('highlighted');
	});
	return count;
}

test.each(Array.from({ length: 30 }, (_, seed) => seed))(
	'an older app that types at random loses nothing of the newer (seed %i)',
	(seed) => {
		const random = new Random(seed);
		const { older, newer } = pair();
		const before = unknowns(newer.state.doc);
		for (let step = 0; step < 40; step += 1) {
			const carets: number[] = [];
			older.state.doc.descendants((node, pos) => {
				if (node.inlineContent) for (let at = 0; at <= node.content.size; at += 1) carets.push(pos + 1 + at);
			});
			const at = random.pick(carets);
			if (random.chance(0.7)) older.dispatch(older.state.tr.insertText(`${step} `, at));
			else older.dispatch(older.state.tr.split(at));
			if (random.chance(0.3)) send(older, newer);
			if (random.chance(0.3)) send(newer, older);
		}
		send(older, newer);
		const after = unknowns(newer.state.doc);
		for (const [key, times] of Object.entries(before))
			expect(after[key] ?? 0, key).toBeGreaterThanOrEqual(times);
		expect(Object.keys(before).length).toBeGreaterThan(2);
	}
);
