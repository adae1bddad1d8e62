// Small tables that people keep in a spreadsheet: registers in and out. Series of points, which are long and come
// in every dialect, have a reader of their own.

export interface CsvLines {
	/** As the first row names them; empty names stay empty. */
	readonly columns: readonly string[];
	readonly rows: readonly CsvLine[];
}

export interface CsvLine {
	/** The line of the text it begins on, from 1. */
	readonly line: number;
	readonly cells: readonly string[];
}

/**
 * Reads `text` (RFC 4180; comma, semicolon or tab, whichever the first row has most of; a byte order mark is passed
 * over) with names in its first row. Blank rows are left out. Never throws: a ragged text gives ragged rows.
 */
export function csvTable(text: string): CsvLines {
	const bare = text.replace(/^\ufeff/, '');
	const [first, ...rest] = rowsOf(bare, delimiterOf(bare)).filter(({ cells }) =>
		cells.some((cell) => cell !== '')
	);
	return { columns: first?.cells ?? [], rows: rest };
}

/**
 * Text that no spreadsheet runs as a formula: what begins with `=`, `+`, `-`, `@` (also as wide as Japanese
 * letters), a tab or a line break gets a quote in front (OWASP, “CSV Injection”), also when it has some already, so
 * that `cellText` can take it off again. A number as programs write it stays one: `-3` can be added up, and runs
 * nothing.
 */
export const safeCell = (text: string): string =>
	FORMULA.test(text) && !NEGATIVE.test(text) ? `'${text}` : text;

/** What `safeCell` was given. */
export const cellText = (cell: string): string => (QUOTED_FORMULA.test(cell) ? cell.slice(1) : cell);

const FORMULA = /^'*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r\n]/;
const QUOTED_FORMULA = /^'+[=+\-@\uff1d\uff0b\uff0d\uff20\t\r\n]/;
const NEGATIVE = /^-\d+(?:\.\d+)?(?:e[+-]?\d+)?$/;

function delimiterOf(text: string): string {
	const head = (/^(?:[^"\r\n]|"[^"]*")*/.exec(text)?.[0] ?? '').replaceAll(/"[^"]*"/g, '');
	const count = (sign: string) => head.split(sign).length;
	return [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}

/** One pass over the text: a quoted cell may hold delimiters, breaks and doubled quotes. */
function rowsOf(text: string, delimiter: string): readonly CsvLine[] {
	const rows: CsvLine[] = [];
	let [cells, cell, isQuoted, line, begins]: [string[], string, boolean, number, number] = [
		[],
		'',
		false,
		1,
		1
	];
	const endCell = () => {
		cells.push(cell.trim());
		cell = '';
	};
	const endRow = () => {
		endCell();
		rows.push({ line: begins, cells });
		cells = [];
		begins = line;
	};
	for (let at = 0; at < text.length; at++) {
		const sign = text[at] ?? '';
		const isBreak = sign === '\n' || (sign === '\r' && text[at + 1] !== '\n');
		if (isBreak) line++;
		if (isQuoted) {
			if (sign !== '"') cell += sign;
			else if (text[at + 1] === '"') cell += text[++at];
			else isQuoted = false;
		} else if (sign === '"' && cell.trim() === '') [cell, isQuoted] = ['', true];
		else if (sign === delimiter) endCell();
		else if (isBreak) endRow();
		else if (sign !== '\r') cell += sign;
	}
	if (cell !== '' || cells.length > 0) endRow();
	return rows;
}
