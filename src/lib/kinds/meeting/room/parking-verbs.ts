import type { RowId } from '#lib/domain/id.ts';
import { PARKED_LENGTH_MAX, type ParkedThing } from '../schema.ts';
import type { MeetingRoom } from './room.svelte.ts';

/** What people do to the parking lot. */
export class ParkingVerbs {
	readonly #room: MeetingRoom;

	constructor(room: MeetingRoom) {
		this.#room = room;
	}

	/** Parks what was typed, with who and when and the item that was on. False when nothing was typed. */
	park(line: string): boolean {
		const { commands, here, clock, follow } = this.#room;
		const text = line.trim().slice(0, PARKED_LENGTH_MAX);
		if (!commands || !text) return false;
		const item = clock.current ?? follow.shown;
		const at = new Date(here.nowMs()).toISOString();
		commands.park({ text, by: here.me.id, at, ...(item ? { item } : {}) });
		return true;
	}

	rename(id: RowId, text: string): void {
		this.#room.commands?.patchParked(id, { text: text.slice(0, PARKED_LENGTH_MAX) });
	}

	/** Onto the agenda, as its last item. */
	bringBack({ id }: ParkedThing): void {
		const { commands, here } = this.#room;
		const before = new Set(this.#room.agenda.map((item) => item.id));
		commands?.bringBack(id);
		const added = this.#room.agenda.find((item) => !before.has(item.id));
		const run = () => {
			if (added) commands?.removeItem(added.id, new Date(here.nowMs()).toISOString());
			commands?.patchParked(id, { state: 'open' });
		};
		here.tell({ title: 'On the agenda, as its last item', action: { label: 'Undo', run } });
	}

	sendToNext(thing: ParkedThing): void {
		this.#turn(thing, 'next', 'Kept for the next meeting');
	}

	close(thing: ParkedThing): void {
		this.#turn(thing, 'closed', 'Closed');
	}

	/** Stays in this meeting after all. */
	keepHere({ id }: ParkedThing): void {
		this.#room.commands?.patchParked(id, { state: 'open' });
	}

	#turn({ id, state: before }: ParkedThing, state: ParkedThing['state'], title: string): void {
		const { commands, here } = this.#room;
		commands?.patchParked(id, { state });
		here.tell({ title, action: { label: 'Undo', run: () => commands?.patchParked(id, { state: before }) } });
	}
}
