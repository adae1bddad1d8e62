import { expect, test } from 'vitest';
import { csvCell, csvLines } from './series-csv.ts';

test('text that a spreadsheet would run is quoted away', () => {
	expect(csvCell('=HYPERLINK("x")')).toBe(`"'=HYPERLINK(""x"")"`);
	expect(['+1', '-1', '@a', '\tb'].map(csvCell)).toEqual(["'+1", "'-1", "'@a", "'\tb"]);
	expect(csvCell('plain')).toBe('plain');
});

test('cells with separators are quoted, lines end as RFC 4180 says', () => {
	expect(
		csvLines([
			['a', csvCell('b, c')],
			['1', csvCell('two\nlines')]
		])
	).toBe('a,"b, c"\r\n1,"two\nlines"\r\n');
});
