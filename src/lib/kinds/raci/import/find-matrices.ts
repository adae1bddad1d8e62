import { letterOfHead, readCell } from './read-letters.ts';
import { plainOf, tablesIn, type TextTable } from './text-tables.ts';

// Which tables of a text are matrices, and which way each stands.

/** What the rows of a table are; or its columns are the letters and its cells names. */
export type Way = 'activities' | 'roles' | 'letters';

export interface FoundMatrix {
	/** The heading above it, or “Matrix 2”. */
	readonly name: string;
	/** The line its head is on, from 1. */
	readonly line: number;
	/** Blank rows are left out. */
	readonly table: TextTable;
	/** Undefined: the table does not say. Somebody has to. */
	readonly way: Way | undefined;
	/** Why it is read this way, or what there is to go by, in a sentence. */
	readonly because: string;
}

export interface FoundMatrices {
	readonly matrices: readonly FoundMatrix[];
	/** Tables without letters. */
	readonly leftOut: number;
}

/** A megabyte of table is some ten thousand rows; beyond it a browser's tab stands still while it reads. */
export const TEXT_LENGTH_MAX = 2_000_000;

/** Every matrix in `text`, in order. `text` is at most `TEXT_LENGTH_MAX` characters long. */
export function findMatrices(text: string): FoundMatrices {
	const tables = tablesIn(text).map((table) => ({ ...table, rows: table.rows.filter(isFilled) }));
	const matrices = tables.flatMap((table, index): readonly FoundMatrix[] => {
		const read = wayOf(table);
		if (!read) return [];
		return [{ name: table.name || `Matrix ${index + 1}`, line: table.rows[0]?.line ?? 1, table, ...read }];
	});
	return { matrices, leftOut: tables.length - matrices.length };
}

const isFilled = ({ cells }: { readonly cells: readonly string[] }) =>
	cells.some((cell) => cell.trim() !== '');

/** How a table is read; undefined when it is no matrix. */
function wayOf({ rows }: TextTable): Pick<FoundMatrix, 'way' | 'because'> | undefined {
	const [head, ...body] = rows;
	if (!head || body.length === 0 || head.cells.length < 2) return undefined;
	if (isHeadOfLetters(head.cells.slice(1)))
		return { way: 'letters', because: 'The columns are letters, and the cells are names.' };
	const corner = wayOfCorner(
		plainOf(head.cells[0] ?? ''),
		body.map(({ cells }) => cells)
	);
	return holdsLetters(
		head.cells,
		body.map(({ cells }) => cells)
	) || isUnfilled(corner, body)
		? corner
		: undefined;
}

/** Responsible and accountable at least, and hardly anything else. */
function isHeadOfLetters(heads: readonly string[]): boolean {
	const letters = heads.map(letterOfHead).filter((letter) => letter !== undefined);
	return letters.includes('R') && letters.includes('A') && letters.length * 2 > heads.length;
}

/** Most columns with anything in them hold letters for the most part. A legend has them in its first column too. */
function holdsLetters(heads: readonly string[], body: readonly (readonly string[])[]): boolean {
	const legend = body.filter(([first = '']) => readCell(first).is === 'letters').length;
	if (legend * 2 > body.length) return false;
	const width = Math.max(...body.map((cells) => cells.length));
	const columns = Array.from({ length: width }, (_, index) => index)
		.slice(1)
		.filter((index) => !NOTE_HEADS.test(plainOf(heads[index] ?? '')))
		.map((index) => body.map((cells) => readCell(cells[index] ?? '').is).filter((is) => is !== 'empty'))
		.filter((kinds) => kinds.length > 0);
	const lettered = columns.filter((kinds) => {
		const letters = kinds.filter((is) => is === 'letters').length;
		return letters > 0 && letters >= kinds.filter((is) => is === 'unclear').length;
	});
	return lettered.length > 0 && lettered.length * 2 >= columns.length;
}

/** A matrix that somebody has only drawn up: it says what its rows are, and every cell is empty. */
const isUnfilled = ({ way }: Pick<FoundMatrix, 'way'>, body: TextTable['rows']): boolean =>
	way !== undefined &&
	body.every(({ cells }) => cells.slice(1).every((cell) => readCell(cell).is === 'empty'));

/** A column or row that is called so is a second line of its activity. */
export const NOTE_HEADS = /^(notes?|details?|description|comments?|remarks?)$/i;

const ACTIVITY_WORDS =
	/activit|task|decision|process|deliverable|step|meeting|artefact|artifact|phase|issue|action|milestone|work|активност|задач|процесс|решени|aufgabe|aktivit|tâche|tarea|actividad|faaliyet|görev/i;
const ROLE_WORDS =
	/\b(teams?|roles?|persons?|people|who|stakeholders?|names?|functions?|members?|positions?|rolle|rôles?|equipo|équipe|rol)\b|рол[ьи]|команд|участник/i;

function wayOfCorner(
	corner: string,
	body: readonly (readonly string[])[]
): Pick<FoundMatrix, 'way' | 'because'> {
	const [isActivity, isRole] = [ACTIVITY_WORDS.test(corner), ROLE_WORDS.test(corner)];
	if (isActivity !== isRole) {
		const what = isActivity ? 'activities' : 'roles';
		return { way: what, because: `Rows are ${what}: the first column is called “${corner}”.` };
	}
	const named = corner === '' ? 'The first column has no name.' : `The first column is called “${corner}”.`;
	return { way: undefined, because: `${named} ${countOfA(body)}` };
}

/** What speaks for either way: each activity should have one A. */
function countOfA(body: readonly (readonly string[])[]): string {
	const has = (cell: string | undefined) => {
		const read = readCell(cell ?? '');
		return read.is === 'letters' && read.letters.includes('A');
	};
	const width = Math.max(...body.map((cells) => cells.length)) - 1;
	const rows = body.filter((cells) => cells.slice(1).filter(has).length === 1).length;
	const columns = Array.from(
		{ length: width },
		(_, index) => body.filter((cells) => has(cells[index + 1])).length
	);
	const single = columns.filter((count) => count === 1).length;
	return `${rows} of ${body.length} rows and ${single} of ${width} columns have exactly one A.`;
}
