import type { RowId } from '#lib/domain/id.ts';
import type { RowFields } from '#lib/docs/rows.ts';
import type { AgendaItem } from '../schema.ts';
import { typedItem } from '../agenda/new-item.ts';
import type { MeetingRoom } from './room.svelte.ts';

/** What people do to the agenda. Nothing is asked twice: what can be taken back says how. */
export class AgendaVerbs {
	readonly #room: MeetingRoom;

	constructor(room: MeetingRoom) {
		this.#room = room;
	}

	/** Adds what was typed at the end. False when there was no title in it. */
	add(line: string): boolean {
		const item = typedItem(line);
		if (!item || !this.#room.commands) return false;
		this.#room.commands.addItem(item, 'end');
		return true;
	}

	patch(id: RowId, fields: RowFields<AgendaItem>): void {
		this.#room.commands?.patchItem(id, fields);
	}

	/** Moves one place up or down, and says where it stands now. */
	shift(id: RowId, way: 'up' | 'down'): void {
		const { agenda } = this.#room;
		const at = agenda.findIndex((item) => item.id === id);
		if (at === -1 || (way === 'up' ? at === 0 : at === agenda.length - 1)) return;
		this.move(id, way === 'up' ? agenda[at - 2]?.id : agenda[at + 1]?.id);
	}

	/** Puts it right after `after`; first when undefined. */
	move(id: RowId, after: RowId | undefined): void {
		const { agenda, here, commands } = this.#room;
		const at = agenda.findIndex((item) => item.id === id);
		if (!commands || at === -1 || id === after || agenda[at - 1]?.id === after) return;
		commands.moveItem(id, after);
		const order = agenda.map((item) => item.id).filter((other) => other !== id);
		const place = after === undefined ? 1 : order.indexOf(after) + 2;
		here.say(`${this.#room.titleOf(id)}, now ${place} of ${agenda.length}`);
	}

	/** Deletes it; its notes are kept, and “Undo” brings both back. */
	remove(id: RowId): void {
		const { agenda, follow, here, running, commands } = this.#room;
		const at = agenda.findIndex((item) => item.id === id);
		if (!commands || at === -1) return;
		running.leave(id);
		commands.removeItem(id, this.#now());
		follow.giveUp(id, (agenda[at + 1] ?? agenda[at - 1])?.id);
		here.tell({ title: 'Item deleted', action: { label: 'Undo', run: () => this.restore(id) } });
	}

	restore(id: RowId): void {
		this.#room.commands?.restoreItem(id);
	}

	/** Takes it off the agenda for now, or puts it back. The meeting does not stay at something parked. */
	turnParked(item: AgendaItem): void {
		const { here, running } = this.#room;
		if (item.parkedAt) return this.patch(item.id, { parkedAt: undefined });
		running.leave(item.id);
		this.patch(item.id, { parkedAt: this.#now() });
		const run = () => this.patch(item.id, { parkedAt: undefined });
		here.tell({ title: 'Item parked', action: { label: 'Bring back', run } });
	}

	#now(): string {
		return new Date(this.#room.here.nowMs()).toISOString();
	}
}
