import type { RowId } from '#lib/domain/id.ts';

export interface FollowSource {
	/** What the address names; undefined follows the meeting. */
	addressed(): RowId | undefined;
	/** The item the meeting is at, also after its end; undefined before its start. */
	current(): RowId | undefined;
	/** The agenda, in order. */
	items(): readonly RowId[];
	/** Puts an item into the address, or nothing. */
	show(item: RowId | undefined): void;
}

/**
 * Which item a person has before them: the one they chose, else the one the meeting is at. What they are writing in
 * stays before them when the meeting moves on; they go after it when they want to.
 */
export class Follow {
	readonly #source: FollowSource;
	/** The item that this person's caret is in, as long as they do not go on themselves. */
	#held = $state<RowId>();
	/** Before the start: what they looked at last. */
	#lately = $state<RowId>();
	/** Before the start: what was first when they came. A reorder does not turn it into another item. */
	#first: RowId | undefined;

	constructor(source: FollowSource) {
		this.#source = source;
	}

	readonly #unchosen = $derived.by((): RowId | undefined => {
		const [current, lately, items] = [this.#source.current(), this.#lately, this.#source.items()];
		if (current) return current;
		if (lately) return lately;
		this.#first ??= items[0];
		return this.#first;
	});

	/** The item on the screen. It may have been deleted meanwhile; undefined while there is no agenda. */
	get shown(): RowId | undefined {
		// All three are read every time: a derived that drops a source and takes it up again misses what it turns to.
		const [addressed, held, unchosen] = [this.#source.addressed(), this.#held, this.#unchosen];
		return addressed ?? held ?? unchosen;
	}

	/** Where the meeting is, when it is not what this person has before them. */
	get elsewhere(): RowId | undefined {
		const current = this.#source.current();
		return current === this.shown ? undefined : current;
	}

	/** They did not leave: the meeting moved on while they were writing. */
	get wasLeft(): boolean {
		return this.elsewhere !== undefined && this.#source.addressed() === undefined;
	}

	/** The caret, or the keys, went into the item that is shown. */
	enter(): void {
		if (this.#source.addressed() === undefined) this.#held = this.shown;
	}

	/** They went out of it again. Somebody who was left behind stays until they go after the meeting. */
	leave(): void {
		if (this.elsewhere === undefined) this.#held = undefined;
	}

	/** Shows an item; the one the meeting is at is shown by following it. */
	show(item: RowId): void {
		this.#held = undefined;
		this.#lately = item;
		this.#address(item === this.#source.current() ? undefined : item);
	}

	/** Goes where the meeting is, and on with it. */
	along(): void {
		this.#held = undefined;
		this.#address(undefined);
	}

	/** `item` is gone by this person's own hand: where the meeting is, or else `next`, is before them instead. */
	giveUp(item: RowId, next: RowId | undefined): void {
		if (this.shown !== item) return;
		const current = this.#source.current();
		this.#held = undefined;
		this.#first = undefined;
		this.#lately = next;
		this.#address(current === undefined || current === item ? next : undefined);
	}

	#address(item: RowId | undefined): void {
		if (this.#source.addressed() !== item) this.#source.show(item);
	}
}
