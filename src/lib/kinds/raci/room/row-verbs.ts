import type { RowId } from '#lib/domain/id.ts';
import type { RaciRefused } from '../doc.ts';
import type { Result } from '#lib/util/result.ts';
import { activityTitle, roleTitle } from '../words.ts';
import type { MatrixRoom } from './room.svelte.ts';
import { HEAD, NAME, type Spot } from './spot.ts';

/** What can be done with rows and columns as a whole. Without commands nothing happens. */
export class RowVerbs {
	readonly #room: MatrixRoom;
	/** The walk through what is to be fixed has begun: it goes on from the cursor. */
	#isWalking = false;

	constructor(room: MatrixRoom) {
		this.#room = room;
	}

	/** Puts a row below another one, or last, and asks for its name. */
	addActivity(after: RowId | 'end' = 'end'): void {
		const made = this.#room.commands?.addActivity({ title: '' }, after);
		this.#name(made, (row) => ({ row, column: NAME }));
	}

	addRole(after: RowId | 'end' = 'end'): void {
		const made = this.#room.commands?.addRole({ title: '' }, after);
		this.#name(made, (column) => ({ row: HEAD, column }));
	}

	/** By so many places; nothing at the edge. */
	move(spot: Spot, by: number): void {
		const { commands, activities, roles } = this.#room;
		const isRow = spot.row !== HEAD;
		const lines: readonly { readonly id: RowId }[] = isRow ? activities : roles;
		const from = lines.findIndex(({ id }) => id === (isRow ? spot.row : spot.column));
		const to = from + by;
		const moved = lines[from];
		if (!moved || to < 0 || to >= lines.length) return;
		const after = lines[by > 0 ? to : to - 1]?.id;
		if (isRow) commands?.moveActivity(moved.id, after);
		else commands?.moveRole(moved.id, after);
		this.#room.here.say(`Moved to place ${to + 1} of ${lines.length}`);
	}

	/** Where it was dropped: in the place of `onto`. */
	drop(dragged: Spot, onto: Spot): void {
		const isRow = dragged.row !== HEAD;
		const ids = (isRow ? this.#room.activities : this.#room.roles).map(({ id }) => String(id));
		const [from, to] = isRow
			? [ids.indexOf(dragged.row), ids.indexOf(onto.row)]
			: [ids.indexOf(dragged.column), ids.indexOf(onto.column)];
		if (from >= 0 && to >= 0 && from !== to) this.move(dragged, to - from);
	}

	remove(spot: Spot): void {
		const { commands, here, activities, roles } = this.#room;
		const at = new Date(here.nowMs()).toISOString();
		const activity = activities.find(({ id }) => id === spot.row);
		const role = roles.find(({ id }) => id === spot.column);
		if (!commands) return;
		if (activity) {
			commands.removeActivity(activity.id, at);
			const action = { label: 'Undo', run: () => commands.restoreActivity(activity.id) };
			here.tell({ title: `${activityTitle(activity)} deleted.`, action });
		} else if (role) {
			commands.removeRole(role.id, at);
			const action = { label: 'Undo', run: () => commands.restoreRole(role.id) };
			here.tell({ title: `${roleTitle(role)} deleted.`, action });
		}
	}

	edit(spot: Spot): void {
		if (this.#room.commands) this.#room.cursor.editing = spot;
	}

	/** To the next row that stops publishing, from where the cursor is; round again after the last. */
	nextToFix(): Spot | undefined {
		const { toFix, activities, cursor, roles } = this.#room;
		const order = new Map<string, number>(activities.map(({ id }, index) => [id, index]));
		const from = this.#isWalking ? (order.get(cursor.spot.row) ?? -1) : -1;
		const next = toFix.find(({ activity }) => (order.get(activity.id) ?? 0) > from) ?? toFix[0];
		if (!next) return undefined;
		this.#isWalking = true;
		const column = next.by.A.length > 1 ? next.by.A[0] : roles[0];
		return { row: next.activity.id, column: column?.id ?? NAME };
	}

	#name(made: Result<RowId, RaciRefused> | undefined, spotOf: (id: RowId) => Spot): void {
		if (!made) return;
		if (!made.ok) {
			this.#room.here.tell({ title: made.error.sentence });
			return;
		}
		const spot = spotOf(made.value);
		this.#room.cursor.go(spot);
		this.#room.cursor.editing = spot;
	}
}
