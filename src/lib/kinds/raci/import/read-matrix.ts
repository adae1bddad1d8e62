import { NAME_LENGTH_MAX } from '#lib/domain/person.ts';
import type { MatrixToAdd } from '../doc-import.ts';
import { HOLDER_HEAD } from '../exports.ts';
import type { Letters } from '../letters.ts';
import { ACTIVITIES_MAX, NOTE_LENGTH_MAX, ROLES_MAX, ROLE_LENGTH_MAX, TITLE_LENGTH_MAX } from '../schema.ts';
import { NOTE_HEADS, type FoundMatrix, type Way } from './find-matrices.ts';
import { gridOf, type Grid, type GridRow } from './grid.ts';
import { readCell, type CellReading } from './read-letters.ts';

// A table read as a matrix. Nothing is left out in silence: what is no letter stays as a note or is named.

export interface ReadMatrix {
	readonly matrix: MatrixToAdd;
	/** How many letters were read. */
	readonly letters: number;
	/** Cells that were written otherwise than “R/A”, by what they said. */
	readonly folds: readonly { readonly raw: string; readonly letters: Letters; readonly count: number }[];
	/** What was not understood, or is kept elsewhere; in the order of the text. */
	readonly problems: readonly ImportProblem[];
}

export interface ImportProblem {
	/** From 1, as a text editor counts. */
	readonly line: number;
	/** “Sign-off, Project Manager”. */
	readonly where: string;
	/** “tbd” is no letter. It is kept as a note of the cell. */
	readonly what: string;
}

/** Why a table is too large when it is read this way, in a sentence; undefined when it is not. */
export function tooLarge({ table }: FoundMatrix, way: Way): string | undefined {
	const [rows, columns] = [
		table.rows.length - 1,
		Math.max(...table.rows.map(({ cells }) => cells.length)) - 1
	];
	const [activities, roles] = way === 'roles' ? [columns, rows] : [rows, way === 'letters' ? 0 : columns];
	const size = `This table has ${numberOf(rows, 'row')} and ${numberOf(columns, 'column')}.`;
	if (roles > ROLES_MAX) return `${size} A matrix takes ${ROLES_MAX} roles. Split it and import the parts.`;
	if (activities > ACTIVITIES_MAX)
		return `${size} A matrix takes ${ACTIVITIES_MAX} activities. Split it and import the parts.`;
	return undefined;
}

/** Reads a table that is not too large. */
export function readMatrix(found: FoundMatrix, way: Way): ReadMatrix {
	const grid = gridOf(found.table, way);
	const report = new Report(grid.problems);
	const [holders, rows] = takeHolders(grid);
	const side = sideColumns(grid, rows);
	const columns = grid.heads.map((_, index) => index).filter((index) => !side.includes(index));
	for (const index of side.filter((at) => !NOTE_HEADS.test(grid.heads[at] ?? '')))
		report.say(
			grid.line,
			grid.heads[index] ?? '',
			'This column holds no letters. It is kept as the second line of each activity.'
		);
	const activities = rows.map((row) => activityOf(row, { grid, side, report }));
	const cells = rows.map((row) =>
		columns.map((index) => {
			const where = [row.title, grid.heads[index]].filter(Boolean).join(', ');
			return cellOf(row.cells[index] ?? '', { line: row.line, where, report });
		})
	);
	const roles = columns.map((index) => {
		const title = report.cut(grid.heads[index] ?? '', ROLE_LENGTH_MAX, {
			line: grid.line,
			where: grid.heads[index] ?? ''
		});
		const name = grid.plain(holders?.cells[index] ?? '').slice(0, NAME_LENGTH_MAX);
		return { title, ...(name ? { name } : {}) };
	});
	return {
		matrix: { activities, roles, cells },
		letters: report.letters,
		folds: report.folds,
		problems: report.problems
	};
}

/** The first row may say who holds the roles. */
function takeHolders({ rows }: Grid): readonly [GridRow | undefined, readonly GridRow[]] {
	const [first, ...rest] = rows;
	const isHolders = first !== undefined && first.title.toLowerCase() === HOLDER_HEAD.toLowerCase();
	return isHolders ? [first, rest] : [undefined, rows];
}

/** Columns that are filled for the most part, and never with a letter: “Frequency”. */
function sideColumns({ heads }: Grid, rows: readonly GridRow[]): readonly number[] {
	return heads.flatMap((head, index) => {
		const kinds = rows.map(({ cells }) => readCell(cells[index] ?? '').is);
		const filled = kinds.filter((is) => is !== 'empty').length;
		const isMostlyFilled = filled * 2 > rows.length || (filled > 0 && NOTE_HEADS.test(head));
		return isMostlyFilled && !kinds.includes('letters') ? [index] : [];
	});
}

function activityOf(
	row: GridRow,
	{ grid, side, report }: { grid: Grid; side: readonly number[]; report: Report }
): MatrixToAdd['activities'][number] {
	const at = { line: row.line, where: row.title };
	if (row.title === '') report.say(row.line, '', 'This row has no name.');
	const said = side.flatMap((index) => {
		const [head, text] = [grid.heads[index] ?? '', grid.plain(row.cells[index] ?? '')];
		if (text === '') return [];
		return [NOTE_HEADS.test(head) || head === '' ? text : `${head}: ${text}`];
	});
	const note = report.cut(said.join('. '), NOTE_LENGTH_MAX, at);
	return { title: report.cut(row.title, TITLE_LENGTH_MAX, at), ...(note ? { note } : {}) };
}

function cellOf(
	raw: string,
	{ line, where, report }: { line: number; where: string; report: Report }
): MatrixToAdd['cells'][number][number] {
	const read = readCell(raw);
	report.count(raw, read);
	if (read.is === 'empty') return { letters: '' };
	if (read.is === 'unclear')
		report.say(line, where, `“${read.text}” is not R, A, C or I. It is kept as a note of the cell.`);
	const note = read.is === 'unclear' ? read.text : read.note;
	return {
		letters: read.is === 'letters' ? read.letters : '',
		...(note ? { note: report.cut(note, NOTE_LENGTH_MAX, { line, where }) } : {})
	};
}

/** What is to be said about a table when it has been read. */
class Report {
	letters = 0;
	readonly problems: ImportProblem[];
	readonly #folds = new Map<string, { raw: string; letters: Letters; count: number }>();

	constructor(problems: readonly ImportProblem[]) {
		this.problems = [...problems];
	}

	get folds(): ReadMatrix['folds'] {
		return [...this.#folds.values()];
	}

	say(line: number, where: string, what: string): void {
		this.problems.push({ line, where, what });
	}

	count(raw: string, read: CellReading): void {
		if (read.is !== 'letters') return;
		this.letters += read.letters.length;
		if (!read.isFolded) return;
		const fold = this.#folds.get(raw) ?? { raw, letters: read.letters, count: 0 };
		this.#folds.set(raw, { ...fold, count: fold.count + 1 });
	}

	/** `text` as far as there is room for it; says so when something is left out. */
	cut(text: string, max: number, { line, where }: { line: number; where: string }): string {
		if (text.length <= max) return text;
		this.say(line, where.slice(0, 60), `Longer than ${max} letters. Left out: “${text.slice(max)}”.`);
		return text.slice(0, max);
	}
}

/** “1 row”, “5,000 columns”. */
const numberOf = (count: number, one: string): string =>
	`${count.toLocaleString('en')} ${one}${count === 1 ? '' : 's'}`;
