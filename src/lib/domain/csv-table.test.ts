import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cellText, csvTable } from './csv-table.ts';
import { csvCell, csvLines } from './series-csv.ts';

test.each([
	['Title,Owner\r\nDrill,Priya\r\n', ['Title', 'Owner'], [['Drill', 'Priya']]],
	['Title;Owner\nDrill, then report;Priya', ['Title', 'Owner'], [['Drill, then report', 'Priya']]],
	['Title\tOwner\rDrill\tPriya\r', ['Title', 'Owner'], [['Drill', 'Priya']]],
	['\ufeff"Title","Due, by"\n"Say ""go""",\n', ['Title', 'Due, by'], [['Say "go"', '']]],
	['Title\n\n  \nDrill', ['Title'], [['Drill']]],
	['Title,Owner\nDrill', ['Title', 'Owner'], [['Drill']]],
	['Title\n12" rack', ['Title'], [['12" rack']]],
	['Title\n"open end', ['Title'], [['open end']]],
	['', [], []]
])('%j is read', (text, columns, rows) => {
	const table = csvTable(text);
	expect(table.columns).toEqual(columns);
	expect(table.rows.map(({ cells }) => cells)).toEqual(rows);
});

test('each row knows the line it begins on, whatever its cells hold', () => {
	const { rows } = csvTable('Title,Why\r\nOne,"two\r\nlines"\r\n\r\nTwo,\r\n');
	expect(rows).toEqual([
		{ line: 2, cells: ['One', 'two\r\nlines'] },
		{ line: 5, cells: ['Two', ''] }
	]);
});

test('what is written is read back as it was, formulas disarmed on the way', () => {
	expect(csvCell('=1+1')).toBe("'=1+1");
	const signs = fc.string({ unit: fc.constantFrom(...'\'=+-@＝\t\n13.e,"a'.split('')), maxLength: 6 });
	const words = fc.oneof(fc.string(), signs).map((text) => text.trim());
	fc.assert(
		fc.property(fc.array(fc.array(words, { minLength: 2, maxLength: 2 }), { maxLength: 8 }), (lines) => {
			const meant = lines.filter((cells) => cells.some((cell) => cell !== ''));
			const text = csvLines([['A', 'B'], ...meant.map((cells) => cells.map(csvCell))]);
			expect(csvTable(text).rows.map(({ cells }) => cells.map(cellText))).toEqual(meant);
		})
	);
});
