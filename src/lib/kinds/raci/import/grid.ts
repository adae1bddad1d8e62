import { lettersOf, type Letter } from '../letters.ts';
import type { Way } from './find-matrices.ts';
import { letterOfHead } from './read-letters.ts';
import { plainOf, type TextTable } from './text-tables.ts';

// A table turned so that its rows are activities and its columns roles, whichever way it was written.

export interface GridRow {
	readonly line: number;
	readonly title: string;
	/** In the order of the heads; as they were written. */
	readonly cells: readonly string[];
}

export interface Grid {
	/** The line of the table's head. */
	readonly line: number;
	readonly heads: readonly string[];
	readonly rows: readonly GridRow[];
	/** What a reader sees of a cell as it was written. */
	readonly plain: (text: string) => string;
	readonly problems: readonly { readonly line: number; readonly where: string; readonly what: string }[];
}

/** Rows are made equally long; columns without a name and without a cell are left out. */
export function gridOf(table: TextTable, way: Way): Grid {
	const straight = straightGrid(table);
	if (way === 'roles') return turned(straight);
	return way === 'letters' ? fromNames(straight) : straight;
}

function straightGrid({ rows, isMarkdown }: TextTable): Grid {
	const [head, ...body] = rows;
	const plain = isMarkdown ? plainOf : oneLine;
	const named = head?.cells ?? [];
	const width = Math.max(0, ...rows.map(({ cells }) => cells.length));
	const columns = Array.from({ length: width }, (_, index) => index)
		.slice(1)
		.filter((index) => rows.some(({ cells }) => (cells[index] ?? '') !== ''));
	const problems = body.flatMap(({ line, cells }) => {
		const what = raggedWords(cells, named);
		return what ? [{ line, where: plain(cells[0] ?? ''), what }] : [];
	});
	return {
		line: head?.line ?? 1,
		heads: columns.map((index) => plain(named[index] ?? '') || `Column ${index + 1}`),
		rows: body.map(({ line, cells }) => ({
			line,
			title: plain(cells[0] ?? ''),
			cells: columns.map((index) => cells[index] ?? '')
		})),
		plain,
		problems
	};
}

/** Cells over the head that are empty are nothing to speak of. */
function raggedWords(cells: readonly string[], named: readonly string[]): string | undefined {
	const size = `This row has ${cells.length} cells, the head ${named.length}.`;
	if (cells.length < named.length) return `${size} The missing cells are taken as empty.`;
	const isOver = cells.slice(named.length).some((cell) => cell !== '');
	return isOver ? `${size} The cells without a head get a column of their own.` : undefined;
}

function turned({ heads, rows, ...grid }: Grid): Grid {
	return {
		...grid,
		heads: rows.map(({ title }) => title),
		rows: heads.map((title, index) => ({
			line: grid.line,
			title,
			cells: rows.map(({ cells }) => cells[index] ?? '')
		}))
	};
}

/** Columns are letters and cells are names: each name becomes a role. Other columns stay as they are. */
function fromNames({ heads, rows, ...grid }: Grid): Grid {
	const letters = heads.map(letterOfHead);
	const others = heads.flatMap((_, index) => (letters[index] ? [] : [index]));
	const names = [
		...new Set(rows.flatMap(({ cells }) => cells.flatMap((cell, at) => (letters[at] ? namesIn(cell) : []))))
	];
	return {
		...grid,
		heads: [...names, ...others.map((index) => heads[index] ?? '')],
		rows: rows.map(({ line, title, cells }) => ({
			line,
			title,
			cells: [
				...names.map((name) => lettersFor(name, { cells, letters })),
				...others.map((index) => cells[index] ?? '')
			]
		}))
	};
}

const namesIn = (cell: string): readonly string[] =>
	cell
		.split(/[,;]|<br\s*\/?>/i)
		.map(plainOf)
		.filter((name) => !/^[-–—]?$/.test(name));

const lettersFor = (
	name: string,
	{ cells, letters }: { cells: readonly string[]; letters: readonly (Letter | undefined)[] }
): string =>
	[
		...lettersOf(
			letters.flatMap((letter, index) =>
				letter && namesIn(cells[index] ?? '').includes(name) ? [letter] : []
			)
		)
	].join('/');

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();
