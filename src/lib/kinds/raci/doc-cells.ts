import type * as Y from 'yjs';
import type { Rejected } from '#lib/docs/binding.ts';
import { LETTERS, isLetter, lettersOf, type Letters } from './letters.ts';
import { NOTE_LENGTH_MAX, type Activity, type CellKey, type Raci, type Role } from './schema.ts';

// Cells stand under two root maps. `cells` has one key per activity, role and letter, so that two people who each set
// a letter of one cell both keep theirs; `notes` has one text per cell. Neither knows of rows being moved or removed.

const CELLS = 'cells';
const NOTES = 'cellNotes';

/** Ids, and a letter, between slashes; no id has a slash or a space in it. */
const CELL_PATH = /^([\w.-]+\/[\w.-]+)\/([RACI])$/;
const NOTE_PATH = /^[\w.-]+\/[\w.-]+$/;

export const cellMap = (doc: Y.Doc): Y.Map<unknown> => doc.getMap<unknown>(CELLS);
export const noteMap = (doc: Y.Doc): Y.Map<unknown> => doc.getMap<unknown>(NOTES);

/** Every cell of the rows and columns given, and what could not be read anywhere. */
export function readCells(
	doc: Y.Doc,
	{ activities, roles }: { activities: readonly Activity[]; roles: readonly Role[] }
): Pick<Raci, 'cells' | 'notes'> & { readonly rejected: readonly Rejected[] } {
	const [rows, columns] = [
		new Set<string>(activities.map(({ id }) => id)),
		new Set<string>(roles.map(({ id }) => id))
	];
	const isThere = (cell: string) => {
		const slash = cell.indexOf('/');
		return rows.has(cell.slice(0, slash)) && columns.has(cell.slice(slash + 1));
	};
	const rejected: Rejected[] = [];
	const found = new Map<CellKey, string>();
	for (const [path, value] of cellMap(doc)) {
		const [, cell, letter] = CELL_PATH.exec(path) ?? [];
		if (!cell || !letter || value !== true)
			rejected.push({ key: `${CELLS}/${path}`, reason: 'not a letter of a cell' });
		else if (isThere(cell)) found.set(cell as CellKey, (found.get(cell as CellKey) ?? '') + letter);
	}
	const notes: Record<CellKey, string> = {};
	for (const [cell, value] of noteMap(doc)) {
		if (typeof value !== 'string' || !NOTE_PATH.test(cell) || value.length > NOTE_LENGTH_MAX)
			rejected.push({ key: `${NOTES}/${cell}`, reason: 'not a note of a cell' });
		else if (isThere(cell)) notes[cell as CellKey] = value;
	}
	const cells: Record<CellKey, Letters> = {};
	for (const [cell, letters] of found) cells[cell] = letters.length > 1 ? lettersOf(letters) : letters;
	return { cells, notes, rejected };
}

/** The letters that stand in a cell at present, also of a row that was removed. */
export const currentLetters = (doc: Y.Doc, cell: CellKey): Letters =>
	LETTERS.filter((letter) => cellMap(doc).has(`${cell}/${letter}`)).join('');

/** Adds and takes away the letters that differ, each for itself. */
export function writeLetters(doc: Y.Doc, cell: CellKey, letters: Letters): void {
	const map = cellMap(doc);
	for (const letter of LETTERS) {
		const path = `${cell}/${letter}`;
		if (letters.includes(letter) === map.has(path)) continue;
		if (letters.includes(letter)) map.set(path, true);
		else map.delete(path);
	}
}

/** `undefined` or nothing but blanks takes the note away. */
export function writeNote(doc: Y.Doc, cell: CellKey, note: string | undefined): void {
	const text = note?.trim().slice(0, NOTE_LENGTH_MAX);
	const map = noteMap(doc);
	if (text === (map.get(cell) ?? '')) return;
	if (text) map.set(cell, text);
	else if (map.has(cell)) map.delete(cell);
}

export function seedCells(doc: Y.Doc, { cells, notes }: Pick<Raci, 'cells' | 'notes'>): void {
	for (const [cell, letters] of Object.entries(cells))
		for (const letter of letters) if (isLetter(letter)) cellMap(doc).set(`${cell}/${letter}`, true);
	for (const [cell, note] of Object.entries(notes)) noteMap(doc).set(cell, note);
}

/** Splits `<activity>/<role>`. */
export function partsOf(cell: CellKey): { readonly activity: string; readonly role: string } {
	const slash = cell.indexOf('/');
	return { activity: cell.slice(0, slash), role: cell.slice(slash + 1) };
}
