import type { RowId } from '#lib/domain/id.ts';
import { LETTERS, type Letter } from './letters.ts';
import { cellKey, type Activity, type Raci, type Role } from './schema.ts';

/** Who has which letter in one activity: roles in the order of the columns. */
export interface RowTally {
	readonly activity: Activity;
	readonly by: Readonly<Record<Letter, readonly Role[]>>;
	/** Nothing is set in it: a heading, or a row that has just been added. */
	readonly isEmpty: boolean;
	/** The same people, and nobody else, are responsible and accountable. */
	readonly isOneHand: boolean;
}

/** How often a role has each letter. */
export interface ColumnTally {
	readonly role: Role;
	readonly counts: Readonly<Record<Letter, number>>;
	readonly isEmpty: boolean;
}

export interface Tally {
	readonly rows: readonly RowTally[];
	readonly columns: readonly ColumnTally[];
}

/** Seven rules and the page ask for it after every letter: it is counted once per snapshot. */
const counted = new WeakMap<Raci, Tally>();

export function tallyOf(raci: Raci): Tally {
	const known = counted.get(raci);
	if (known) return known;
	const tally = count(raci);
	counted.set(raci, tally);
	return tally;
}

/** The same person in two roles is one hand; a role that nobody holds yet stands for itself. */
const holderOf = ({ id, person, name }: Role): string =>
	person ?? (name ? `name ${name.toLowerCase()}` : `role ${id}`);

/** What is said of an activity without a title. */
export const titleOf = ({ title }: { readonly title: string }, untitled: string): string =>
	title.trim() || untitled;

function count({ activities, roles, cells }: Raci): Tally {
	const totals = new Map<RowId, Record<Letter, number>>(
		roles.map(({ id }) => [id, { R: 0, A: 0, C: 0, I: 0 }])
	);
	const rows = activities.map((activity): RowTally => {
		const by: Record<Letter, Role[]> = { R: [], A: [], C: [], I: [] };
		for (const role of roles) {
			const letters = cells[cellKey(activity.id, role.id)];
			if (!letters) continue;
			const total = totals.get(role.id);
			for (const letter of LETTERS) {
				if (!letters.includes(letter)) continue;
				by[letter].push(role);
				if (total) total[letter]++;
			}
		}
		return {
			activity,
			by,
			isEmpty: LETTERS.every((letter) => by[letter].length === 0),
			isOneHand: isOneHand(by)
		};
	});
	const columns = roles.map((role): ColumnTally => {
		const counts = totals.get(role.id) ?? { R: 0, A: 0, C: 0, I: 0 };
		return { role, counts, isEmpty: LETTERS.every((letter) => counts[letter] === 0) };
	});
	return { rows, columns };
}

function isOneHand({ R, A }: RowTally['by']): boolean {
	if (R.length === 0 || A.length === 0) return false;
	const [doing, answering] = [new Set(R.map(holderOf)), new Set(A.map(holderOf))];
	return doing.size === answering.size && [...doing].every((holder) => answering.has(holder));
}
