import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import {
	proseKept,
	proseOf,
	type ProseBlock,
	type ProseLine,
	type ProseMarks,
	type ProseRun
} from './prose.ts';
import { proseText, tasksIn, wordCount } from './prose-text.ts';
import { writeProse } from './prose-write.ts';
import { plainTextOf, xmlValueOf, type XmlChild } from './prose-xml.ts';

const fragmentOf = (blocks: readonly ProseBlock[]): Y.XmlFragment => {
	const fragment = new Y.Doc().getXmlFragment('notes.i1');
	writeProse(fragment, blocks);
	return fragment;
};

/** The same prose without the ids of where it stands. */
const withoutIds = (value: unknown): unknown =>
	JSON.parse(JSON.stringify(value), (key, inner: unknown) =>
		key === 'id' && typeof inner === 'string' && /^\d+:\d+$/.test(inner) ? undefined : inner
	);

const said = (text: string, marks: ProseMarks = {}): ProseLine => [{ is: 'text', text, marks }];
const line = (text: string): ProseBlock => ({ is: 'paragraph', text: said(text) });

const sample: readonly ProseBlock[] = [
	{ is: 'heading', level: 2, text: said('What changed') },
	{
		is: 'paragraph',
		text: [
			{ is: 'text', text: 'Ask ', marks: {} },
			{ is: 'mention', person: 'p-7', label: 'Mei Lin' },
			{ is: 'text', text: ' about ', marks: { bold: true, italic: true } },
			{ is: 'text', text: 'INC-2291', marks: { link: 'https://status.example/INC-2291' } },
			{ is: 'break' },
			{ is: 'text', text: 'today', marks: { strike: true } }
		]
	},
	{
		is: 'list',
		items: [{ blocks: [line('one'), { is: 'list', from: 3, items: [{ blocks: [line('deep')] }] }] }]
	},
	{
		is: 'tasks',
		items: [
			{
				isDone: false,
				blocks: [
					line('Extend the canary'),
					{ is: 'tasks', items: [{ isDone: true, blocks: [line('Ask Jonas')] }] }
				]
			}
		]
	},
	{
		is: 'table',
		rows: [
			{
				cells: [
					{ isHeader: true, blocks: [line('Name')] },
					{ isHeader: true, columns: 2, blocks: [line('Cost')] }
				]
			},
			{
				cells: [
					{ isHeader: false, blocks: [line('search-api')] },
					{ isHeader: false, blocks: [line('$1,940')] }
				]
			}
		]
	},
	{ is: 'code', language: 'sql', text: 'select 1\nfrom x' },
	{ is: 'quote', blocks: [line('Hold it.')] },
	{ is: 'divider' },
	{ is: 'block', type: 'chart', key: 'b1', data: { kpi: 'slo', days: 28 } }
];

test('what is written is read back', () => {
	expect(withoutIds(proseOf(fragmentOf(sample)))).toEqual(withoutIds(sample));
});

test('the same prose is written by the same bytes, so that it may stand in a seed', () => {
	const bytes = () => {
		const doc = new Y.Doc();
		doc.clientID = 7;
		writeProse(doc.getXmlFragment('notes.i1'), sample);
		return Y.encodeStateAsUpdate(doc);
	};
	expect(bytes()).toEqual(bytes());
});

test('text, tasks and words are read from anywhere in the text', () => {
	const fragment = fragmentOf(sample);
	expect(proseText(fragment)).toContain('Ask @Mei Lin about INC-2291\ntoday');
	expect(tasksIn(fragment).map(({ text, isDone }) => [text, isDone])).toEqual([
		['Extend the canary', false],
		['Ask Jonas', true]
	]);
	expect(new Set(tasksIn(fragment).map(({ id }) => id)).size).toBe(2);
	expect(wordCount(fragmentOf([line('Attainment held near 99.93% until Tuesday.')]))).toBe(6);
	expect(wordCount(fragmentOf([line('会议记录')]))).toBeGreaterThan(0);
});

test('an element nobody knows is carried with its attributes, its text and what is below it', () => {
	const fragment = new Y.Doc().getXmlFragment('notes.i1');
	const callout = new Y.XmlElement('callout');
	callout.setAttribute('tone', 'calm');
	const inner = new Y.XmlElement('paragraph');
	inner.insert(0, [new Y.XmlText('Read this')]);
	callout.insert(0, [inner]);
	fragment.insert(0, [callout]);

	const [block] = proseOf(fragment);

	expect(block).toMatchObject({ is: 'unknown', value: { name: 'callout', attributes: { tone: 'calm' } } });
	expect(proseText(fragment)).toBe('Read this');
	const copy = fragmentOf(proseOf(fragment));
	expect(copy.toJSON()).toBe(fragment.toJSON());
});

test('a mark nobody knows is carried, and a link to nowhere allowed is not a link', () => {
	const fragment = new Y.Doc().getXmlFragment('notes.i1');
	const paragraph = new Y.XmlElement('paragraph');
	const text = new Y.XmlText();
	text.applyDelta([
		{ insert: 'seen', attributes: { highlight: { tone: 2 }, bold: {} } },
		{ insert: 'bait', attributes: { link: { href: 'java\nscript:alert(1)' } } }
	]);
	paragraph.insert(0, [text]);
	fragment.insert(0, [paragraph]);
	expect(proseOf(fragment)[0]).toMatchObject({
		text: [
			{ text: 'seen', marks: { bold: true, other: { highlight: { tone: 2 } } } },
			{ text: 'bait', marks: {} }
		]
	});
});

const plainText = fc
	.string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
	.map((text) => text.replaceAll('\r', ' '));

const marks: fc.Arbitrary<ProseMarks> = fc
	.record({
		bold: fc.constantFrom(true, undefined),
		italic: fc.constantFrom(true, undefined),
		strike: fc.constantFrom(true, undefined),
		code: fc.constantFrom(true, undefined),
		link: fc.constantFrom('https://example.org/a', undefined)
	})
	.map((record) => JSON.parse(JSON.stringify(record)) as ProseMarks);

const runs: fc.Arbitrary<ProseLine> = fc
	.array(
		fc.oneof(
			{ weight: 5, arbitrary: fc.record({ is: fc.constant('text' as const), text: plainText, marks }) },
			{ weight: 1, arbitrary: fc.constant({ is: 'break' as const }) },
			{
				weight: 1,
				arbitrary: fc.record({
					is: fc.constant('mention' as const),
					person: fc.constant('p-1'),
					label: plainText
				})
			}
		),
		{ maxLength: 5 }
	)
	.map(mergedRuns);

/** Neighbours with the same marks are one run: that is how they are read. */
function mergedRuns(all: readonly ProseRun[]): ProseLine {
	const out: ProseRun[] = [];
	for (const run of all) {
		const last = out.at(-1);
		const isSame =
			last?.is === 'text' && run.is === 'text' && JSON.stringify(last.marks) === JSON.stringify(run.marks);
		if (isSame) out[out.length - 1] = { ...last, text: last.text + run.text };
		else out.push(run);
	}
	return out;
}

const { blocks: anyBlock } = fc.letrec<{ blocks: ProseBlock; items: readonly ProseBlock[] }>((tie) => ({
	items: fc.array(tie('blocks'), { minLength: 1, maxLength: 2, depthIdentifier: 'p' }),
	blocks: fc.oneof(
		{ depthIdentifier: 'p', maxDepth: 3 },
		fc.record({ is: fc.constant('paragraph' as const), text: runs }),
		fc.record({ is: fc.constant('heading' as const), level: fc.constantFrom(1, 2, 3), text: runs }),
		fc.record({ is: fc.constant('code' as const), language: fc.constantFrom('', 'ts'), text: plainText }),
		fc.constant({ is: 'divider' as const }),
		fc.record({ is: fc.constant('quote' as const), blocks: tie('items') }),
		fc.record({
			is: fc.constant('list' as const),
			items: fc.array(fc.record({ blocks: tie('items') }), { maxLength: 3 })
		}),
		fc.record({
			is: fc.constant('tasks' as const),
			items: fc.array(fc.record({ isDone: fc.boolean(), blocks: tie('items') }), { maxLength: 3 })
		})
	)
}));

test('any prose is read back as it was written', () => {
	fc.assert(
		fc.property(fc.array(anyBlock, { maxLength: 4 }), (blocks) => {
			expect(withoutIds(proseOf(fragmentOf(blocks)))).toEqual(withoutIds(blocks));
		}),
		{ numRuns: 200 }
	);
});

/** What could stand in a fragment, sensible or not, as a plan: shared types are used up when they are inserted. */
type Junk =
	| string
	| { image: string }
	| { name: string; attributes: Record<string, unknown>; children: readonly Junk[] };

const { junk } = fc.letrec<{ junk: Junk }>((tie) => ({
	junk: fc.oneof(
		{ depthIdentifier: 'j', maxDepth: 4 },
		fc.string({ minLength: 1 }),
		fc.record({ image: fc.string() }),
		fc.record({
			name: fc.constantFrom(
				...['paragraph', 'heading', 'bulletList', 'listItem', 'taskItem', 'taskList', 'table', 'tableRow'],
				...['tableCell', 'codeBlock', 'block', 'mention', 'hardBreak', 'toString', '__proto__', 'x']
			),
			attributes: fc.dictionary(
				fc.constantFrom('level', 'start', 'checked', 'colspan', 'id', 'type', 'data', 'href'),
				fc.oneof(fc.jsonValue(), fc.constant(1e12), fc.constant(-1))
			),
			children: fc.array(tie('junk'), { maxLength: 3, depthIdentifier: 'j' })
		})
	)
}));

function planted(plan: Junk): Y.XmlElement | Y.XmlText {
	if (typeof plan === 'string' || 'image' in plan) {
		const text = new Y.XmlText();
		text.applyDelta([{ insert: plan, attributes: { bold: 3, odd: null } }]);
		return text;
	}
	const element = new Y.XmlElement(plan.name);
	for (const [key, value] of Object.entries(plan.attributes)) element.setAttribute(key, value as string);
	element.insert(0, plan.children.map(planted));
	return element;
}

const wordsIn = (plan: Junk): readonly string[] =>
	typeof plan === 'string' ? [plan] : 'image' in plan ? [] : plan.children.flatMap(wordsIn);

test('junk is read without a throw, and as a value it keeps everything', () => {
	fc.assert(
		fc.property(fc.array(junk, { maxLength: 4 }), (plans) => {
			const fragment = new Y.Doc().getXmlFragment('notes.i1');
			fragment.insert(0, plans.map(planted));

			expect(proseOf(fragment)).toHaveLength(plans.length);
			expect(typeof proseText(fragment)).toBe('string');
			expect(tasksIn(fragment).every((task) => typeof task.isDone === 'boolean')).toBe(true);
			const values = fragment.toArray().map((child) => xmlValueOf(child) as XmlChild);
			const said = (text: string) => text.replaceAll('\n', '');
			expect(said(values.map(plainTextOf).join(''))).toBe(said(plans.flatMap(wordsIn).join('')));
		}),
		{ numRuns: 300 }
	);
});

test('a tower of a thousand quotes is read without a throw', () => {
	const fragment = new Y.Doc().getXmlFragment('notes.i1');
	let at: Y.XmlFragment = fragment;
	for (let depth = 0; depth < 1000; depth += 1) {
		const quote = new Y.XmlElement('blockquote');
		at.insert(0, [quote]);
		at = quote;
	}
	expect(proseOf(fragment)).toHaveLength(1);
	expect(proseText(fragment)).toBe('');
});

test('a text that nobody touched is the very same value as before; one that was is read anew', () => {
	const doc = new Y.Doc();
	const [one, two] = [doc.getXmlFragment('notes.i1'), doc.getXmlFragment('notes.i2')];
	writeProse(one, [line('one')]);
	writeProse(two, [line('two')]);
	const [before, other] = [proseKept(one), proseKept(two)];
	expect(proseKept(one)).toBe(before);
	let heard: unknown;
	one.observeDeep(() => (heard = proseKept(one)));
	doc.transact(() => {
		const text = (one.get(0) as Y.XmlElement).get(0) as Y.XmlText;
		text.insert(0, 'not ');
		expect(withoutIds(proseKept(one))).toEqual([line('not one')]);
	});
	expect(withoutIds(heard)).toEqual([line('not one')]);
	expect(proseKept(two)).toBe(other);
});
