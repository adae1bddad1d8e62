import type { RowId } from '#lib/domain/id.ts';

/** A part of the page that has no place of its own here: a drawer on a tablet, a sheet on a phone. */
export type Side = 'agenda' | 'panel' | 'run';

/** How much room the window has: agenda and panel beside the notes, over them, or a phone. */
export type Room = 'wide' | 'narrow' | 'phone';

/** What lies open on the page, for this person alone: a drawer or sheet, a form, a dialog. */
export class Layers {
	readonly #room: () => Room;
	#side = $state<Side>();
	#editing = $state<RowId>();
	#isAdding = $state(false);
	#isParking = $state(false);
	#isPlanning = $state(false);

	constructor(room: () => Room) {
		this.#room = room;
	}

	get room(): Room {
		return this.#room();
	}

	get side(): Side | undefined {
		return this.room === 'wide' ? undefined : this.#side;
	}

	/** The item whose row is a form now. */
	get editing(): RowId | undefined {
		return this.#editing;
	}

	/** The line for another item is open. */
	get isAdding(): boolean {
		return this.#isAdding;
	}

	/** The line for something to park is open. */
	get isParking(): boolean {
		return this.#isParking;
	}

	/** The dialog about when and who is open. */
	get isPlanning(): boolean {
		return this.#isPlanning;
	}

	/** Opens one side, or none: what was open in the other is closed with it. */
	turn(side: Side | undefined): void {
		this.#side = side;
		if (this.room === 'wide') return;
		if (side !== 'agenda') [this.#isAdding, this.#editing] = [false, undefined];
		if (side !== 'panel') this.#isParking = false;
	}

	edit(item: RowId | undefined): void {
		this.#editing = item;
		this.#isAdding = false;
	}

	add(isOpen: boolean): void {
		if (isOpen && this.side !== 'agenda') this.turn('agenda');
		this.#isAdding = isOpen;
		this.#editing = undefined;
	}

	/** On a phone the line stands in a sheet of its own, unless the panel is open. */
	park(isOpen: boolean): void {
		if (isOpen && this.room === 'narrow') this.turn('panel');
		this.#isParking = isOpen;
	}

	plan(isOpen: boolean): void {
		this.#isPlanning = isOpen;
	}
}
