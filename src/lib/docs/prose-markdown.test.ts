import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import type { ProseBlock, ProseLine, ProseMarks, ProseRun } from './prose.ts';
import { looksLikeMarkdown, proseFromMarkdown } from './prose-from-markdown.ts';
import { markdownOf, proseMarkdown, type MarkdownWords } from './prose-markdown.ts';
import { writeProse } from './prose-write.ts';

const words: MarkdownWords = {
	nameOf: (person) => (person === 'p-7' ? 'Mei Lin-Weber' : undefined),
	blockMarkdown: ({ type, data }) => `**${type}** ${String(data['kpi'])}`
};

const said = (text: string, marks: ProseMarks = {}): ProseLine => [{ is: 'text', text, marks }];
const line = (text: string, marks: ProseMarks = {}): ProseBlock => ({
	is: 'paragraph',
	text: said(text, marks)
});
const markdown = (...blocks: readonly ProseBlock[]) => markdownOf(blocks, words);

test('a fragment is written as Markdown, with names of now and of then', () => {
	const fragment = new Y.Doc().getXmlFragment('notes.i1');
	writeProse(fragment, [
		{ is: 'heading', level: 1, text: said('Cost deltas') },
		{
			is: 'paragraph',
			text: [
				{ is: 'mention', person: 'p-7', label: 'Mei Lin' },
				{ is: 'text', text: ' and ', marks: {} },
				{ is: 'mention', person: 'p-gone', label: 'Ingrid' }
			]
		},
		{ is: 'block', type: 'chart', key: 'b1', data: { kpi: 'slo' } }
	]);
	expect(proseMarkdown(fragment, { ...words, headingsDown: 2 })).toBe(
		'### Cost deltas\n\n@Mei Lin-Weber and @Ingrid\n\n**chart** slo'
	);
});

test.each<[string, ProseBlock, string]>([
	[
		'signs are text',
		line('a * b_c_ [d] `e` <f> & g &amp; ~~h~~ | i'),
		'a \\* b_c\\_ \\[d\\] \\`e\\` \\<f> & g \\&amp; \\~\\~h\\~\\~ \\| i'
	],
	['a line may begin like a heading', line('# 1'), '\\# 1'],
	['or like an item', line('- 1'), '\\- 1'],
	['or like a number', line('2026. It was'), '2026\\. It was'],
	['a minus is no item', line('-5 %'), '-5 %'],
	['blanks move out of marks', line(' spaced ', { bold: true }), '&#32;**spaced**&#32;'],
	['code holds backticks', line('a`b', { code: true }), '``a`b``'],
	[
		'a bare address stays bare',
		line('https://a.example/x', { link: 'https://a.example/x' }),
		'<https://a.example/x>'
	],
	[
		'an address with blanks is fenced',
		line('x', { link: 'https://a.example/(a)' }),
		'[x](<https://a.example/(a)>)'
	],
	[
		'a fence outlasts what it holds',
		{ is: 'code', language: 'md', text: '```\nx\n```' },
		'````md\n```\nx\n```\n````'
	],
	['an empty quote is a quote', { is: 'quote', blocks: [line('a'), line('b')] }, '> a\n>\n> b']
])('%s', (_, block, text) => {
	expect(markdown(block)).toBe(text);
});

test('lists nest by the width of their markers, and lists that touch stay two', () => {
	const inner: ProseBlock = {
		is: 'list',
		from: 9,
		items: [{ blocks: [line('nine')] }, { blocks: [line('ten'), line('more')] }]
	};
	const outer: ProseBlock = { is: 'tasks', items: [{ isDone: true, blocks: [line('done'), inner] }] };
	expect(markdown(outer, { is: 'list', items: [{ blocks: [line('apart')] }] })).toBe(
		'- [x] done\n\n  9. nine\n  10. ten\n\n      more\n\n* apart'
	);
});

test('a table is as wide as its widest row, has a header, and keeps its lines', () => {
	const cell = (text: string, isHeader = false) => ({ isHeader, blocks: text ? [line(text)] : [] });
	const table: ProseBlock = {
		is: 'table',
		rows: [
			{ cells: [{ ...cell('A|B', true), columns: 2 }] },
			{ cells: [{ isHeader: false, blocks: [line('x'), line('y')] }, cell('z'), cell('w')] }
		]
	};
	expect(markdown(table)).toBe('| A\\|B |  |  |\n| --- | --- | --- |\n| x<br>y | z | w |');
	expect(markdown({ is: 'table', rows: [{ cells: [cell('a')] }] })).toBe('|  |\n| --- |\n| a |');
});

/** Runs that meet with equal marks are one run; that is how they are read. */
function merged(runs: readonly ProseRun[]): ProseLine {
	const out: ProseRun[] = [];
	for (const run of runs) {
		const last = out.at(-1);
		const isSame =
			last?.is === 'text' && run.is === 'text' && JSON.stringify(last.marks) === JSON.stringify(run.marks);
		if (isSame) out[out.length - 1] = { ...last, text: last.text + run.text };
		else out.push(run);
	}
	return out;
}

const letters = fc.string({
	unit: fc.constantFrom(...'ab1 *_`[]()<>!#-+=|\\&;:~.é😀'),
	minLength: 1,
	maxLength: 6
});

/** Marks around blanks alone have no Markdown, nor has code with blanks at its edges beside a break. */
const run: fc.Arbitrary<ProseRun> = fc
	.record({
		text: letters,
		marks: fc.record({
			bold: fc.constantFrom(true as const, undefined),
			italic: fc.constantFrom(true as const, undefined),
			strike: fc.constantFrom(true as const, undefined),
			code: fc.constantFrom(true as const, undefined, undefined, undefined)
		})
	})
	.map(({ text, marks }) => ({
		is: 'text',
		text: Object.values(marks).some(Boolean) ? text.replaceAll(' ', 'x') : text,
		marks: JSON.parse(JSON.stringify(marks)) as ProseMarks
	}));

test('any line is read back from its Markdown', () => {
	fc.assert(
		fc.property(fc.array(run, { minLength: 1, maxLength: 6 }).map(merged), (text) => {
			const written = markdown({ is: 'paragraph', text });
			expect(proseFromMarkdown(written), written).toEqual([{ is: 'paragraph', text }]);
		}),
		{ numRuns: 500 }
	);
});

const plain = fc
	.string({ unit: fc.constantFrom(...'ab1*_#-.>'), minLength: 1, maxLength: 5 })
	.map((text) => line(text));

const { block: anyBlock } = fc.letrec<{ block: ProseBlock; body: readonly ProseBlock[]; list: ProseBlock }>(
	(tie) => ({
		body: fc
			.tuple(plain, fc.array(tie('block'), { maxLength: 2, depthIdentifier: 'm' }))
			.map(([first, rest]) => [first, ...rest]),
		list: fc.oneof(
			fc.record({
				is: fc.constant('list' as const),
				items: fc.array(fc.record({ blocks: tie('body') }), { minLength: 1, maxLength: 3 })
			}),
			fc.record({
				is: fc.constant('list' as const),
				from: fc.integer({ min: 1, max: 12 }),
				items: fc.array(fc.record({ blocks: tie('body') }), { minLength: 1, maxLength: 3 })
			}),
			fc.record({
				is: fc.constant('tasks' as const),
				items: fc.array(fc.record({ isDone: fc.boolean(), blocks: tie('body') }), {
					minLength: 1,
					maxLength: 3
				})
			})
		),
		block: fc.oneof(
			{ depthIdentifier: 'm', maxDepth: 3 },
			plain,
			fc.constant<ProseBlock>({ is: 'divider' }),
			fc.constant<ProseBlock>({ is: 'code', language: 'ts', text: 'a\n\n```\n- b' }),
			fc.constant<ProseBlock>({ is: 'heading', level: 2, text: said('Heading #') }),
			fc.record({ is: fc.constant('quote' as const), blocks: tie('body') }),
			tie('list')
		)
	})
);

test('any blocks are read back from their Markdown', () => {
	fc.assert(
		fc.property(fc.array(anyBlock, { minLength: 1, maxLength: 3 }), (blocks) => {
			const written = markdown(...blocks);
			expect(proseFromMarkdown(written), written).toEqual(blocks);
		}),
		{ numRuns: 300 }
	);
});

test('no text makes the reader throw', () => {
	fc.assert(
		fc.property(
			fc.string({ unit: fc.constantFrom(...'a *_`[]()<>!#-+=|\\&;:~.\n0123'), maxLength: 200 }),
			(text) => {
				expect(Array.isArray(proseFromMarkdown(text))).toBe(true);
			}
		),
		{ numRuns: 500 }
	);
});

test('hostile lines are read in reasonable time', () => {
	for (const text of [
		'*'.repeat(20_000),
		'*a '.repeat(5_000),
		'['.repeat(5_000),
		'`'.repeat(9_999),
		'> '.repeat(2_000),
		'- '.repeat(2_000),
		'<!--'.repeat(3_000)
	]) {
		expect(Array.isArray(proseFromMarkdown(text))).toBe(true);
	}
});

test('a link may go to the web and to mail, and nowhere else', () => {
	expect(
		proseFromMarkdown('[a](javascript:alert(1)) [b](https://b.example) ![c](https://c.example/c.png)')
	).toEqual([
		{
			is: 'paragraph',
			text: [
				{ is: 'text', text: 'a ', marks: {} },
				{ is: 'text', text: 'b', marks: { link: 'https://b.example' } },
				{ is: 'text', text: ' ', marks: {} },
				{ is: 'text', text: 'c', marks: { link: 'https://c.example/c.png' } }
			]
		}
	]);
	expect(proseFromMarkdown('<script>alert(1)</script>')).toEqual([line('<script>alert(1)</script>')]);
});

test.each([
	['# Notes\n\n- one\n- two', true],
	['```\ncode\n```', true],
	['| a | b |\n|---|---|\n| 1 | 2 |', true],
	['See [the page](https://a.example)', true],
	['1. first\n2. second', true],
	['Ship it - now. #1 priority', false],
	['2 * 3 * 4', false],
	['- a single thought', false],
	['Hello,\n\nplain mail text.\n\nBye', false],
	['const a = b[0](c)', false]
])('%j is Markdown: %s', (text, isMarkdown) => {
	expect(looksLikeMarkdown(text)).toBe(isMarkdown);
});
