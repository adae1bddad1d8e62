import * as Y from 'yjs';
import * as z from 'zod/mini';
import type { DocBinding } from '#lib/docs/binding.ts';
import { fieldMap, type FieldPatch } from '#lib/docs/fields.ts';
import { migrate } from '#lib/docs/migrate.ts';
import { StorageLoad, UserEdit } from '#lib/docs/origin.ts';
import { rowTable, type RowFields } from '#lib/docs/rows.ts';
import { newRowId, personId, type PersonId, type RowId } from '#lib/domain/id.ts';
import { ok, refuse, type Result } from '#lib/util/result.ts';
import { addMatrix, type MatrixToAdd } from './doc-import.ts';
import {
	cellMap,
	currentLetters,
	noteMap,
	readCells,
	seedCells,
	writeLetters,
	writeNote
} from './doc-cells.ts';
import { toggled, typed, type Letter, type Letters } from './letters.ts';
import { copyOf } from './published.ts';
import { rowsToFix } from './rules.ts';
import {
	ACTIVITIES_MAX,
	ROLES_MAX,
	activity,
	publication,
	role,
	type Activity,
	type CellKey,
	type Raci,
	type RaciFields,
	type Role
} from './schema.ts';

const fields = fieldMap<RaciFields>({
	root: 'raci',
	fields: { published: publication, hasTurnedHeads: z.boolean() }
});
const activities = rowTable({ root: 'activities', row: activity });
const roles = rowTable({ root: 'roles', row: role });

export interface RaciRefused {
	/** `full`: the matrix takes no more. `unfinished`: rows are to be fixed first. `empty`: nothing to publish. */
	readonly code: 'raci.full' | 'raci.unfinished' | 'raci.empty';
	readonly sentence: string;
}

export type NewActivity = Omit<Activity, 'id' | 'order'>;
export type NewRole = Omit<Role, 'id' | 'order'>;

export interface RaciCommands {
	/** Puts a row right after `after`; first when undefined, last when `'end'`. */
	addActivity(row: NewActivity, after: RowId | 'end' | undefined): Result<RowId, RaciRefused>;
	patchActivity(id: RowId, fields: RowFields<Activity>): void;
	moveActivity(id: RowId, after: RowId | undefined): void;
	/** Its letters stay, and come back with it. `at` is an ISO instant. */
	removeActivity(id: RowId, at: string): void;
	restoreActivity(id: RowId): void;
	addRole(row: NewRole, after: RowId | 'end' | undefined): Result<RowId, RaciRefused>;
	patchRole(id: RowId, fields: RowFields<Role>): void;
	moveRole(id: RowId, after: RowId | undefined): void;
	removeRole(id: RowId, at: string): void;
	restoreRole(id: RowId): void;
	/** Puts the letter alone into each cell; where all have it, takes it out of each. */
	type(cells: readonly CellKey[], letter: Letter): void;
	/** Puts the letter beside what is there; where all have it, takes it out of each. */
	toggle(cells: readonly CellKey[], letter: Letter): void;
	clear(cells: readonly CellKey[]): void;
	/** Sets each of `to` to the letters of its `from`. */
	fill(pairs: readonly { readonly from: CellKey; readonly to: CellKey }[]): void;
	/** Sets cells to letters, whatever was there. */
	put(cells: readonly { readonly cell: CellKey; readonly letters: Letters }[]): void;
	/** `keeper` stays accountable for the row, all others are not any more. */
	chooseAccountable(activity: RowId, keeper: RowId): void;
	/** `undefined` takes the note away. */
	note(cell: CellKey, text: string | undefined): void;
	/** Adds a matrix that was read: rows and columns of the same title are taken for the same, letters are added. */
	add(matrix: MatrixToAdd): Result<void, RaciRefused>;
	/** Records the matrix as it stands. `at` is an ISO instant. Being online is the caller's part. */
	publish(at: string): Result<void, RaciRefused>;
	patchRaci(fields: FieldPatch<Pick<RaciFields, 'hasTurnedHeads'>>): void;
}

function read(doc: Y.Doc) {
	const [own, rows, columns] = [fields.read(doc), activities.read(doc), roles.read(doc)];
	const { cells, notes, rejected } = readCells(doc, { activities: rows.value, roles: columns.value });
	return {
		value: { fields: own.value, activities: rows.value, roles: columns.value, cells, notes },
		rejected: [...own.rejected, ...rows.rejected, ...columns.rejected, ...rejected]
	};
}

export const raciDoc: DocBinding<Raci, RaciCommands> = {
	read,
	commands: commandsOf,
	lift: (doc) => migrate(doc, []),
	seed(doc, snapshot) {
		doc.transact(() => {
			fields.patch(doc, snapshot.fields);
			activities.seed(doc, snapshot.activities);
			roles.seed(doc, snapshot.roles);
			seedCells(doc, snapshot);
		}, new StorageLoad());
	},
	observe(doc, onChange) {
		const roots = [fields.map(doc), activities.map(doc), roles.map(doc), cellMap(doc), noteMap(doc)];
		for (const root of roots) root.observeDeep(onChange);
		return () => {
			for (const root of roots) root.unobserveDeep(onChange);
		};
	},
	undoable: (doc) => [activities.map(doc), roles.map(doc), cellMap(doc), noteMap(doc)]
};

/** A matrix that was read, as a document of its own. */
export function snapshotOf(matrix: MatrixToAdd): Result<Raci, RaciRefused> {
	const doc = new Y.Doc();
	const added = commandsOf(doc, z.parse(personId, 'import')).add(matrix);
	return added.ok ? ok(read(doc).value) : refuse(added.error);
}

const full = (what: string, max: number): RaciRefused => ({
	code: 'raci.full',
	sentence: `A matrix takes ${max} ${what}. Begin another one for the rest.`
});

type Edit = (command: string, change: () => void) => void;

function commandsOf(doc: Y.Doc, by: PersonId): RaciCommands {
	const edit: Edit = (command, change) => doc.transact(change, new UserEdit(by, `raci.${command}`));
	return {
		...rowCommands(doc, edit),
		...roleCommands(doc, edit),
		...cellCommands(doc, edit),
		...wholeCommands(doc, edit, by)
	};
}

function rowCommands(doc: Y.Doc, edit: Edit) {
	return {
		addActivity(row: NewActivity, after: RowId | 'end' | undefined): Result<RowId, RaciRefused> {
			if (activities.read(doc).value.length >= ACTIVITIES_MAX)
				return refuse(full('activities', ACTIVITIES_MAX));
			const id = newRowId();
			edit('add', () => activities.insert(doc, { ...row, id }, after));
			return ok(id);
		},
		patchActivity: (id: RowId, changed: RowFields<Activity>) =>
			edit('activity', () => activities.patch(doc, id, changed)),
		moveActivity: (id: RowId, after: RowId | undefined) =>
			edit('move', () => activities.move(doc, id, after)),
		removeActivity: (id: RowId, at: string) => edit('remove', () => activities.remove(doc, id, at)),
		restoreActivity: (id: RowId) => edit('restore', () => activities.restore(doc, id))
	};
}

function roleCommands(doc: Y.Doc, edit: Edit) {
	return {
		addRole(row: NewRole, after: RowId | 'end' | undefined): Result<RowId, RaciRefused> {
			if (roles.read(doc).value.length >= ROLES_MAX) return refuse(full('roles', ROLES_MAX));
			const id = newRowId();
			edit('add-role', () => roles.insert(doc, { ...row, id }, after));
			return ok(id);
		},
		patchRole: (id: RowId, changed: RowFields<Role>) => edit('role', () => roles.patch(doc, id, changed)),
		moveRole: (id: RowId, after: RowId | undefined) => edit('move-role', () => roles.move(doc, id, after)),
		removeRole: (id: RowId, at: string) => edit('remove-role', () => roles.remove(doc, id, at)),
		restoreRole: (id: RowId) => edit('restore-role', () => roles.restore(doc, id))
	};
}

function cellCommands(doc: Y.Doc, edit: Edit) {
	const letters = (cell: CellKey) => currentLetters(doc, cell);
	const change = (
		cells: readonly CellKey[],
		letter: Letter,
		next: (letters: Letters, letter: Letter) => Letters
	) => {
		const rest = cells.filter((cell) => !letters(cell).includes(letter));
		for (const cell of rest.length > 0 ? rest : cells) writeLetters(doc, cell, next(letters(cell), letter));
	};
	return {
		type: (cells: readonly CellKey[], letter: Letter) => edit('type', () => change(cells, letter, typed)),
		toggle: (cells: readonly CellKey[], letter: Letter) =>
			edit('toggle', () => change(cells, letter, toggled)),
		clear: (cells: readonly CellKey[]) =>
			edit('clear', () => {
				for (const cell of cells) {
					writeLetters(doc, cell, '');
					writeNote(doc, cell, undefined);
				}
			}),
		fill: (pairs: readonly { readonly from: CellKey; readonly to: CellKey }[]) => {
			const planned = pairs.map(({ from, to }) => ({ to, letters: letters(from) }));
			edit('fill', () => {
				for (const one of planned) writeLetters(doc, one.to, one.letters);
			});
		},
		put: (cells: readonly { readonly cell: CellKey; readonly letters: Letters }[]) =>
			edit('put', () => {
				for (const one of cells) writeLetters(doc, one.cell, one.letters);
			}),
		note: (cell: CellKey, text: string | undefined) => edit('note', () => writeNote(doc, cell, text))
	};
}

function wholeCommands(doc: Y.Doc, edit: Edit, by: PersonId) {
	return {
		chooseAccountable: (row: RowId, keeper: RowId) =>
			edit('choose', () => {
				for (const { id } of roles.read(doc).value) {
					const cell: CellKey = `${row}/${id}`;
					const letters = currentLetters(doc, cell);
					if (id !== keeper && letters.includes('A')) writeLetters(doc, cell, letters.replace('A', ''));
				}
			}),
		add(matrix: MatrixToAdd): Result<void, RaciRefused> {
			const known = { activities: activities.read(doc).value, roles: roles.read(doc).value };
			if (known.activities.length + matrix.activities.length > ACTIVITIES_MAX)
				return refuse(full('activities', ACTIVITIES_MAX));
			if (known.roles.length + matrix.roles.length > ROLES_MAX) return refuse(full('roles', ROLES_MAX));
			edit('import', () => addMatrix(doc, matrix, { ...known, activityTable: activities, roleTable: roles }));
			return ok(undefined);
		},
		publish(at: string): Result<void, RaciRefused> {
			const { value } = read(doc);
			const sentence = publishBlock(value);
			if (sentence) return refuse(sentence);
			edit('publish', () => fields.patch(doc, { published: { at, by, ...copyOf(value) } }));
			return ok(undefined);
		},
		patchRaci: (changed: FieldPatch<Pick<RaciFields, 'hasTurnedHeads'>>) =>
			edit('heads', () => fields.patch(doc, changed))
	};
}

/** Why a matrix cannot be published as it stands; undefined when it can. */
export function publishBlock(raci: Raci): RaciRefused | undefined {
	if (Object.keys(raci.cells).length === 0)
		return { code: 'raci.empty', sentence: 'Set a letter before publishing.' };
	const toFix = rowsToFix(raci).length;
	if (toFix === 0) return undefined;
	return {
		code: 'raci.unfinished',
		sentence: `Fix ${toFix} ${toFix === 1 ? 'row' : 'rows'} before publishing.`
	};
}
