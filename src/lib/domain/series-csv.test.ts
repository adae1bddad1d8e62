import { expect, test } from 'vitest';
import { csvCell, csvLines } from './series-csv.ts';

test('text that a spreadsheet would run is quoted away', () => {
	expect(csvCell('=HYPERLINK("x")')).toBe(`"'=HYPERLINK(""x"")"`);
	expect(['+1', '-a', '@a', '\tb', '＝1'].map(csvCell)).toEqual(["'+1", "'-a", "'@a", "'\tb", "'＝1"]);
	expect(['\r=1', '\n=1', "'=1"].map(csvCell)).toEqual(['"\'\r=1"', '"\'\n=1"', "''=1"]);
	expect(csvCell('plain')).toBe('plain');
});

test('a negative number stays a number, and what only begins as one does not', () => {
	const numbers = ['-3', '-0.5', '-1e-7', '-1.5e+21', '3', '0.5'];
	expect(numbers.map(csvCell)).toEqual(numbers);
	expect(numbers.map((text) => String(Number(text)))).toEqual(numbers);
	const formulas = ['-3+cmd', '-3-2', '-1e', '-', '--3', '-A1', '-3,5', '-3 ', '-3\n=1', '+3'];
	for (const text of formulas) expect(csvCell(text)).toMatch(/^"?'/);
});

test('cells with separators are quoted, lines end as RFC 4180 says', () => {
	expect(
		csvLines([
			['a', csvCell('b, c')],
			['1', csvCell('two\nlines')]
		])
	).toBe('a,"b, c"\r\n1,"two\nlines"\r\n');
});
