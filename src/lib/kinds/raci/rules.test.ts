import { expect, test } from 'vitest';
import { snapshotOf } from './doc.ts';
import { matrix, typical } from './fixtures.ts';
import { raciRules, rowsToFix } from './rules.ts';
import type { Raci } from './schema.ts';
import { STARTERS } from './starters.ts';

const context = { today: '2026-06-08' };
const said = (raci: Raci) =>
	raciRules
		.flatMap((rule) => rule.check(raci, context))
		.map(({ row, severity, message }) => [row, severity, message]);

/** Roles a, b, c, …; one row per string of codes. */
function rows(...codes: readonly string[]): Raci {
	const width = Math.max(...codes.map((line) => line.split(' ').length));
	const names = Array.from({ length: width }, (_, index) => String.fromCharCode(97 + index));
	return matrix(
		names.map((name) => [name, name.toUpperCase()]),
		codes.map((line, index) => [`r${index}`, `Row ${index}`, undefined, line])
	);
}

test('the matrix of the picture says what the picture says', () => {
	expect(said(typical)).toEqual([
		['planning', 'error', 'Nobody is accountable'],
		['product', 'error', 'Two accountable: CTO, VP Product'],
		['money', 'warn', '4 of 7 consulted. Could some be informed?'],
		['daily', 'note', 'R and A are the same person'],
		['security', 'note', 'R and A are the same person'],
		['money', 'note', 'R and A are the same person']
	]);
	expect(rowsToFix(typical).map(({ activity }) => activity.id)).toEqual(['product', 'planning']);
});

test.each(STARTERS)('the starter “$title” has nothing to fix', ({ matrix: starter }) => {
	const made = snapshotOf(starter);
	expect(made.ok && rowsToFix(made.value)).toEqual([]);
});

test('a row without R, and one with neither, say so', () => {
	expect(said(rows('A I', 'I C'))).toEqual([
		['r1', 'error', 'Nobody is accountable'],
		['r0', 'error', 'Nobody is responsible'],
		['r1', 'error', 'Nobody is responsible']
	]);
});

test('three who answer are all named', () => {
	expect(said(rows('RA A A R'))).toContainEqual(['r0', 'error', 'Three accountable: A, B, C']);
});

test('an empty row is noted and stops nothing', () => {
	const raci = rows('A R', '- -');
	expect(said(raci)).toEqual([['r1', 'note', 'Nothing is set yet']]);
	expect(rowsToFix(raci)).toEqual([]);
});

test('exactly half of the columns asked is no warning, one more is', () => {
	expect(said(rows('A R C C'))).toEqual([]);
	expect(said(rows('A R C C C'))).toEqual([['r0', 'warn', '3 of 5 consulted. Could some be informed?']]);
});

test('four asked among many are a note', () => {
	expect(said(rows('A R C C C I I I'))).toEqual([]);
	expect(said(rows('A R C C C C I I'))).toEqual([['r0', 'note', '4 consulted. Could some be informed?']]);
});

test('one person in two roles is still one hand', () => {
	const raci = matrix(
		[
			['a', 'CTO', 'p-samuel'],
			['b', 'VP Eng', 'p-samuel'],
			['c', 'CEO', 'p-elena']
		],
		[['r0', 'Release', undefined, 'A R I']]
	);
	expect(said(raci)).toEqual([['r0', 'note', 'R and A are the same person']]);
});

test('R and A in one hand everywhere is a warning; one row that differs ends it', () => {
	const always = 'R and A are the same person in every activity: nobody looks over a shoulder.';
	expect(said(rows('RA I', 'I RA')).map(([, , message]) => message)).toContain(always);
	expect(said(rows('RA I', 'R A')).map(([, , message]) => message)).not.toContain(always);
	expect(said(rows('RA I')).map(([, , message]) => message)).not.toContain(always);
});

test('A on over 60 % of the rows is a bottleneck, on 60 % it is not', () => {
	const sixty = rows('A R', 'A R', 'A R', 'R A', 'R A');
	expect(said(sixty)).toEqual([]);
	const more = rows('A R', 'A R', 'A R', 'A R', 'R A');
	expect(said(more)).toEqual([['a', 'warn', 'A is accountable for 4 of 5 activities: a bottleneck.']]);
});

test('a column without a letter is hinted at once there is any', () => {
	expect(said(rows('A R -'))).toEqual([['c', 'note', 'C has no part in any activity.']]);
	expect(said(rows('- - -')).map(([row]) => row)).toEqual(['r0']);
});
