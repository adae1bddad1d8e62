import type * as Y from 'yjs';
import type { RowTable } from '#lib/docs/rows.ts';
import { newRowId, type PersonId, type RowId } from '#lib/domain/id.ts';
import { currentLetters, writeLetters, writeNote } from './doc-cells.ts';
import { lettersOf, type Letters } from './letters.ts';
import { cellKey, type Activity, type Role } from './schema.ts';

/** A matrix without ids: one that was read from text, or a starter. */
export interface MatrixToAdd {
	readonly activities: readonly { readonly title: string; readonly note?: string | undefined }[];
	readonly roles: readonly {
		readonly title: string;
		readonly person?: PersonId | undefined;
		readonly name?: string | undefined;
	}[];
	/** By activity, then by role. */
	readonly cells: readonly (readonly { readonly letters: Letters; readonly note?: string | undefined }[])[];
}

interface Place {
	readonly activities: readonly Activity[];
	readonly roles: readonly Role[];
	readonly activityTable: RowTable<Activity>;
	readonly roleTable: RowTable<Role>;
}

/**
 * Adds `matrix` to what is there. A row or column of the same title is the same one, the second of a title the second.
 * What is there stays: letters are added, a second line or a person only where there is none.
 */
export function addMatrix(doc: Y.Doc, matrix: MatrixToAdd, place: Place): void {
	const rows = matched(matrix.activities, place.activities).map(({ one, known }) => {
		if (known && !known.note && one.note) place.activityTable.patch(doc, known.id, { note: one.note });
		return (
			known?.id ??
			inserted(doc, place.activityTable, { title: one.title, ...(one.note ? { note: one.note } : {}) })
		);
	});
	const columns = matched(matrix.roles, place.roles).map(({ one, known }) => {
		const who = { ...(one.person ? { person: one.person } : {}), ...(one.name ? { name: one.name } : {}) };
		if (known && !known.person && !known.name) place.roleTable.patch(doc, known.id, who);
		return known?.id ?? inserted(doc, place.roleTable, { title: one.title, ...who });
	});
	for (const [index, row] of rows.entries())
		for (const [at, column] of columns.entries()) {
			const read = matrix.cells[index]?.[at];
			if (!read) continue;
			const cell = cellKey(row, column);
			writeLetters(doc, cell, lettersOf([...currentLetters(doc, cell), ...read.letters]));
			if (read.note) writeNote(doc, cell, read.note);
		}
}

function inserted<Row extends Activity | Role>(
	doc: Y.Doc,
	table: RowTable<Row>,
	fields: Omit<Row, 'id' | 'order'>
): RowId {
	const id = newRowId();
	table.insert(doc, { ...fields, id } as Omit<Row, 'order'>, 'end');
	return id;
}

function matched<One extends { readonly title: string }, Known extends { readonly title: string }>(
	ones: readonly One[],
	known: readonly Known[]
): readonly { readonly one: One; readonly known: Known | undefined }[] {
	const free = new Map<string, Known[]>();
	for (const row of known) free.set(keyOf(row), [...(free.get(keyOf(row)) ?? []), row]);
	return ones.map((one) => ({ one, known: free.get(keyOf(one))?.shift() }));
}

const keyOf = ({ title }: { readonly title: string }): string => title.trim().toLowerCase();
