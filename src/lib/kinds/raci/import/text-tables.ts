import { cellText } from '#lib/domain/csv-table.ts';

// Tables in text that somebody pasted: Markdown with pipes, or cells between tabs, commas or semicolons.

/** One table as it stands in the text; the first row is its head. Rows may be ragged. */
export interface TextTable {
	/** The heading above it; empty when there is none. */
	readonly name: string;
	readonly rows: readonly TextRow[];
	/** Cells hold Markdown: emphasis, links, escapes. */
	readonly isMarkdown: boolean;
}

export interface TextRow {
	/** From 1, as a text editor counts. */
	readonly line: number;
	readonly cells: readonly string[];
}

/** Every table of `text`, in order. Never throws. */
export function tablesIn(text: string): readonly TextTable[] {
	const bare = text.replace(/^\ufeff/, '');
	const lines = bare.split(/\r\n|\r|\n/);
	return hasPipeTable(lines) ? pipeTables(lines) : delimitedTables(bare, delimiterOf(lines));
}

const RULE = /^\s*\|?\s*:?-+:?\s*([|+]\s*:?-+:?\s*)*\|?\s*$/;
const isRule = (line: string) => RULE.test(line) && /[|+]/.test(line);
const hasPipe = (line: string) => /(?<!\\)\|/.test(line);

/** A rule under a head says so; without one, every line must have pipes. */
function hasPipeTable(lines: readonly string[]): boolean {
	const filled = lines.filter((line) => line.trim() !== '');
	return (
		filled.some((line, index) => isRule(line) && hasPipe(filled[index - 1] ?? '')) ||
		(filled.length > 1 && filled.every(hasPipe))
	);
}

function pipeTables(lines: readonly string[]): readonly TextTable[] {
	const tables: TextTable[] = [];
	let name = '';
	let rows: TextRow[] = [];
	let isFenced = false;
	const close = () => {
		if (rows.length > 1) tables.push({ name, rows, isMarkdown: true });
		rows = [];
	};
	for (const [index, line] of lines.entries()) {
		if (/^\s*(```|~~~)/.test(line)) isFenced = !isFenced;
		if (!isFenced && hasPipe(line)) {
			if (!isRule(line)) rows.push({ line: index + 1, cells: pipeCells(line) });
			continue;
		}
		close();
		const heading = /^\s*(?:#{1,6}\s+(.*?)\s*#*|\*\*(.+)\*\*:?)\s*$/.exec(line);
		if (heading && !isFenced) name = plainOf(heading[1] ?? heading[2] ?? '');
	}
	close();
	return tables;
}

const pipeCells = (line: string): readonly string[] =>
	line
		.trim()
		.replace(/^\|/, '')
		.replace(/(?<!\\)\|$/, '')
		.split(/(?<!\\)\|/)
		.map((cell) => cell.trim());

const DELIMITERS = ['\t', ';', ','] as const;

/** The sign that cuts most lines into the same number of cells, more than one. */
function delimiterOf(lines: readonly string[]): string {
	const filled = lines.filter((line) => line.trim() !== '').slice(0, 200);
	const score = (delimiter: string) => {
		const counts = filled.map((line) => line.replaceAll(/"(?:[^"]|"")*"/g, '').split(delimiter).length);
		const usual = counts.toSorted((a, b) => a - b)[counts.length >> 1] ?? 1;
		return usual < 2 ? 0 : counts.filter((count) => count === usual).length + usual / 1000;
	};
	return DELIMITERS.reduce((best, one) => (score(one) > score(best) ? one : best));
}

/** Tables stand apart by an empty line; a line of one cell above a table names it. */
function delimitedTables(text: string, delimiter: string): readonly TextTable[] {
	const tables: TextTable[] = [];
	let name = '';
	let rows: TextRow[] = [];
	const close = () => {
		if (rows.length > 1) tables.push({ name, rows, isMarkdown: false });
		else if (rows[0]?.cells.length === 1) name = rows[0].cells[0]?.replace(/^#+\s*/, '') ?? '';
		rows = [];
	};
	for (const row of delimitedRows(text, delimiter)) {
		const isEmpty = row.cells.length === 1 && row.cells[0] === '';
		const isName = rows.length === 0 && row.cells.length === 1 && !isEmpty;
		if (isEmpty || isName) close();
		if (isName) name = row.cells[0]?.replace(/^#+\s*/, '') ?? '';
		else if (!isEmpty) rows.push(row);
	}
	close();
	return tables;
}

/** RFC 4180, forgiving: a quote that never closes takes the rest of the text. */
function delimitedRows(text: string, delimiter: string): readonly TextRow[] {
	const rows: TextRow[] = [];
	let cells: string[] = [];
	let [at, line, begun] = [0, 1, 1];
	while (at <= text.length) {
		const cell = text[at] === '"' ? quotedCell(text, at) : plainCell(text, at, delimiter);
		cells.push(cellText(cell.text.trim()));
		line += cell.text.split(/\r\n|\r|\n/).length - 1;
		at = cell.end;
		if (text[at] === delimiter) {
			at++;
			continue;
		}
		rows.push({ line: begun, cells });
		cells = [];
		at += text[at] === '\r' && text[at + 1] === '\n' ? 2 : 1;
		begun = ++line;
	}
	return rows;
}

interface ReadCell {
	readonly text: string;
	/** Where the delimiter, the line's end or the text's end stands. */
	readonly end: number;
}

function plainCell(text: string, from: number, delimiter: string): ReadCell {
	let end = from;
	while (end < text.length && text[end] !== delimiter && text[end] !== '\n' && text[end] !== '\r') end++;
	return { text: text.slice(from, end), end };
}

function quotedCell(text: string, from: number): ReadCell {
	const closed = /^"((?:[^"]|"")*)("|$)/.exec(text.slice(from));
	const body = closed?.[1] ?? '';
	return { text: body.replaceAll('""', '"'), end: from + (closed?.[0].length ?? 1) };
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ' };
/** First of the code points kept for private use: stands for an escaped sign while signs are taken out. */
const KEPT = 0xe000;

/** What a reader sees of one line of Markdown: no emphasis, a link with its address behind it, breaks as blanks. */
export function plainOf(markdown: string): string {
	return markdown
		.replaceAll(/\\([!-/:-@[-`{-~])/g, (_, sign: string) => String.fromCharCode(KEPT + sign.charCodeAt(0)))
		.replaceAll(/<br\s*\/?>/gi, ' ')
		.replaceAll(/!?\[([^\]]*)\]\(([^)\s]+)[^)]*\)/g, '$1 ($2)')
		.replaceAll(/`([^`]+)`/g, '$1')
		.replaceAll(/(\*\*|__)(?=\S)(.+?)(?<=\S)\1/g, '$2')
		.replaceAll(/(?<![\p{L}\p{N}])([*_])(?=\S)(.+?)(?<=\S)\1(?![\p{L}\p{N}])/gu, '$2')
		.replaceAll(/&#(\d{1,6});/g, (_, code: string) => String.fromCodePoint(Number(code)))
		.replaceAll(/&(amp|lt|gt|quot|nbsp);/g, (_, name: string) => NAMED[name] ?? '')
		.replaceAll(/[\ue021-\ue07e]/g, (kept) => String.fromCharCode(kept.charCodeAt(0) - KEPT))
		.replaceAll(/\s+/g, ' ')
		.trim();
}
