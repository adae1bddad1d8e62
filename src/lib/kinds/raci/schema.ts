import * as z from 'zod/mini';
import { personId, rowId, type RowId } from '#lib/domain/id.ts';
import { NAME_LENGTH_MAX } from '#lib/domain/person.ts';
import type { Letters } from './letters.ts';

export const TITLE_LENGTH_MAX = 200;
export const NOTE_LENGTH_MAX = 500;
export const ROLE_LENGTH_MAX = 80;

/** What a screen can show and a merge can carry; the largest matrix known to us has 43 activities and 12 roles. */
export const ACTIVITIES_MAX = 500;
export const ROLES_MAX = 60;

/** One row: something that is done. */
export const activity = z.object({
	id: rowId,
	order: z.string(),
	title: z.string().check(z.maxLength(TITLE_LENGTH_MAX)),
	/** The second line: “Mon 10:00, 45 min”. */
	note: z.optional(z.string().check(z.maxLength(NOTE_LENGTH_MAX)))
});
export type Activity = z.infer<typeof activity>;

/** One column: a role, and who holds it. */
export const role = z.object({
	id: rowId,
	order: z.string(),
	title: z.string().check(z.maxLength(ROLE_LENGTH_MAX)),
	/** Somebody of the space. Goes before `name`. */
	person: z.optional(personId),
	/** Somebody who is not of the space, as text. */
	name: z.optional(z.string().check(z.maxLength(NAME_LENGTH_MAX)))
});
export type Role = z.infer<typeof role>;

/** Names one cell: `<activity>/<role>`. */
export type CellKey = `${string}/${string}`;

export const cellKey = (activity: RowId | string, role: RowId | string): CellKey => `${activity}/${role}`;

/** A matrix as it was published: compact, because it is written as one value. */
export const publication = z.object({
	at: z.iso.datetime(),
	by: personId,
	activities: z
		.array(z.object({ id: rowId, title: z.string(), letters: z.array(z.string().check(z.maxLength(4))) }))
		.check(z.maxLength(ACTIVITIES_MAX)),
	/** In the order of `letters`. */
	roles: z.array(z.object({ id: rowId, title: z.string(), who: z.string() })).check(z.maxLength(ROLES_MAX))
});
export type Publication = z.infer<typeof publication>;

export interface RaciFields {
	readonly published: Publication;
	/** Column heads stand upright from ten roles on, unless somebody says otherwise. */
	readonly hasTurnedHeads: boolean;
}

/** What a RACI document holds. Its title stands in the space's index. */
export interface Raci {
	readonly fields: Partial<RaciFields>;
	readonly activities: readonly Activity[];
	readonly roles: readonly Role[];
	/** The cells with a letter in them, of the rows and columns that are there. */
	readonly cells: Readonly<Record<CellKey, Letters>>;
	/** What else was said in a cell: “veto”. */
	readonly notes: Readonly<Record<CellKey, string>>;
}

/** The letters of one cell; empty when nothing is set. */
export const lettersAt = (
	{ cells }: Pick<Raci, 'cells'>,
	activity: RowId | string,
	role: RowId | string
): Letters => cells[cellKey(activity, role)] ?? '';
