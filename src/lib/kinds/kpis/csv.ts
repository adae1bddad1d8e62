import Papa from 'papaparse';

// The one door to papaparse. It is loaded when somebody imports a file. Everything after it works on this table.

/** A file's cells. Columns have names even where the file has none. */
export interface CsvTable {
	readonly columns: readonly string[];
	readonly rows: readonly CsvRow[];
	readonly delimiter: string;
}

export interface CsvRow {
	/** The line of the file it begins on, from 1, as a text editor counts. */
	readonly line: number;
	readonly cells: readonly string[];
}

/** Rows beyond these are not read: 500,000 are five years of five-minute values, and a second of work. */
export const CSV_ROWS_MAX = 500_000;

/**
 * Reads `text`: finds the delimiter, takes off a byte order mark, keeps quoted line breaks in their cell, and
 * tells a heading from a first row of values. Blank lines are left out. Never throws: a ragged file gives ragged rows.
 */
export function readCsv(text: string): CsvTable {
	const rows: CsvRow[] = [];
	const bare = text.replace(/^\ufeff/, '');
	let line = 1;
	let cursor = 0;
	const delimiter = delimiterOf(bare);
	Papa.parse<string[]>(bare, {
		delimiter,
		step({ data, meta }, parser) {
			const cells = data.map((cell) => cell.trim());
			if (cells.some((cell) => cell !== '')) rows.push({ line, cells });
			line += breaksIn(bare, cursor, meta.cursor);
			cursor = meta.cursor;
			if (rows.length > CSV_ROWS_MAX) parser.abort();
		}
	});
	const [first, ...rest] = rows;
	if (!first) return { columns: [], rows: [], delimiter };
	if (isHeading(first, rest[0])) return { columns: named(first.cells), rows: rest, delimiter };
	return { columns: named(first.cells.map(() => '')), rows, delimiter };
}

const DELIMITERS = [',', ';', '\t', '|'];
/** Characters looked at: some hundred rows. */
const SAMPLE_LENGTH = 20_000;

/**
 * The sign that cuts most lines into the same number of cells, more than one. papaparse guesses too, but takes
 * short files for one column.
 */
function delimiterOf(text: string): string {
	const lines = text
		.slice(0, SAMPLE_LENGTH)
		.replaceAll(/"(?:[^"]|"")*"/g, '')
		.split(/[\r\n]+/)
		.filter((line) => line.trim() !== '');
	const scores = DELIMITERS.map((delimiter) => {
		const counts = lines.map((line) => line.split(delimiter).length);
		const usual = counts.toSorted((a, b) => a - b)[counts.length >> 1] ?? 1;
		const alike = counts.filter((count) => count === usual).length;
		return { delimiter, score: usual > 1 ? alike + usual / 1000 : 0 };
	});
	return scores.reduce((best, one) => (one.score > best.score ? one : best)).delimiter;
}

/** CRLF is one break, and so is a lone CR or LF. */
function breaksIn(text: string, from: number, to: number): number {
	let count = 0;
	for (let index = from; index < to; index++) {
		const code = text.charCodeAt(index);
		if (code === LF && (index === 0 || text.charCodeAt(index - 1) !== CR)) count++;
		else if (code === CR) count++;
	}
	return count;
}

const CR = 13;
const LF = 10;

/** A first row without a single digit-led cell is a heading, as long as the next row has one. */
function isHeading(first: CsvRow, second: CsvRow | undefined): boolean {
	const startsWithDigit = ({ cells }: CsvRow) => cells.some((cell) => /^[-+−(]?[\d.,]*\d/.test(cell));
	return !startsWithDigit(first) || (second !== undefined && !startsWithDigit(second));
}

/** Empty and repeated names get a number, so that each can be chosen. */
function named(cells: readonly string[]): readonly string[] {
	const seen = new Map<string, number>();
	return cells.map((cell, index) => {
		const name = cell || `Column ${index + 1}`;
		const count = (seen.get(name) ?? 0) + 1;
		seen.set(name, count);
		return count > 1 ? `${name} (${count})` : name;
	});
}
