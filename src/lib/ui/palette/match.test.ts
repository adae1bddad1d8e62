import { expect, test } from 'vitest';
import { Random } from '#lib/util/random.ts';
import { fold, highlight, prepare, rank } from './match.ts';

const titles = [
	'Ops Review',
	'Security Standup',
	'MTTR, Sev 1/2 median',
	'Überprüfung der Kosten',
	'Tomás Herrera'
];
const find = (query: string) =>
	rank(prepare(titles.map((title) => ({ title }))), query).map(({ entry }) => entry.title);

test('beginnings of words find, in any order, however they are cut', () => {
	for (const query of ['ops', 'rev', 'ops rev', 'rev ops', 'opsrev', 'or', 'OPS REVIEW']) {
		expect(find(query), query).toContain('Ops Review');
	}
});

test('accents and capitals make no difference', () => {
	expect(find('tomas')).toEqual(['Tomás Herrera']);
	expect(find('uberprufung')).toEqual(['Überprüfung der Kosten']);
	expect(fold('Łódź ẞ')).toBe('lodz ss');
});

test('every word of the query must be found', () => {
	expect(find('ops kosten')).toEqual([]);
	expect(find('zzz')).toEqual([]);
});

test('an empty query leaves everything in its order', () => {
	expect(find('')).toHaveLength(titles.length);
});

test('a beginning goes before a middle, and the title before other words', () => {
	const entries = [
		{ title: 'Billing', keywords: 'cost' },
		{ title: 'Lowcost vendors' },
		{ title: 'Cost deltas' },
		{ title: 'Unit cost' }
	];
	const found = rank(prepare(entries), 'cost');
	expect(found.map(({ entry }) => entry.title)).toEqual([
		'Cost deltas',
		'Unit cost',
		'Lowcost vendors',
		'Billing'
	]);
	expect(found.map(({ tier }) => tier)).toEqual([3, 3, 1, 0]);
});

test('signs of a pattern are letters like any other', () => {
	expect(find('.*')).toEqual([]);
	expect(find('1/2')).toEqual(['MTTR, Sev 1/2 median']);
});

const marked = (text: string, query: string) =>
	highlight(text, query)
		.map((piece) => (piece.isHit ? `[${piece.text}]` : piece.text))
		.join('');

test('what was found is marked in the text as it is written', () => {
	expect(marked('Insert MTTR chart here', 'mttr')).toBe('Insert [MTTR] chart here');
	expect(marked('Ops Review', 'opsrev')).toBe('[Ops] [Rev]iew');
	expect(marked('Tomás Herrera', 'tomas')).toBe('[Tomás] Herrera');
	expect(marked('Straße', 'strasse')).toBe('[Straße]');
	expect(marked('Ops Review', '')).toBe('Ops Review');
});

test('marking never loses or adds a letter', () => {
	const random = new Random(20_260_608);
	const letters = [...'aäbß é-👩‍💻/1Ł '];
	for (let round = 0; round < 300; round += 1) {
		const word = () => Array.from({ length: random.below(12) }, () => random.pick(letters)).join('');
		const [text, query] = [word(), word()];
		const pieces = highlight(text, query);
		expect(pieces.map((piece) => piece.text).join(''), `${text} by ${query}`).toBe(text);
	}
});
