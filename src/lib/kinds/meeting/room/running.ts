import type { RowId } from '#lib/domain/id.ts';
import { timeOfDay } from '#lib/domain/words.ts';
import { itemStateOf, neighbourOf } from '../clock.ts';
import type { AgendaItem, ClockFact } from '../schema.ts';
import type { MeetingRoom } from './room.svelte.ts';

/** What one press of “+2 min” adds. */
export const ADDED_MINUTES = 2;

/** Running the meeting: every verb records one fact, with or without a connection. */
export class Running {
	readonly #room: MeetingRoom;

	constructor(room: MeetingRoom) {
		this.#room = room;
	}

	/** What is on next; undefined on the last item. */
	get next(): AgendaItem | undefined {
		const { clock, agenda, current } = this.#room;
		if (current) return neighbourOf(clock, agenda, 'next');
		return agenda.find((item) => itemStateOf(clock, item) === 'waiting');
	}

	get previous(): AgendaItem | undefined {
		const { clock, agenda } = this.#room;
		return neighbourOf(clock, agenda, 'previous');
	}

	/** The item that a start begins with. */
	get first(): AgendaItem | undefined {
		return this.#room.agenda.find(({ parkedAt }) => !parkedAt);
	}

	/** Starts with the first item that is not parked. Without one there is nothing to start. */
	start(): void {
		const { first } = this;
		if (this.#room.state !== 'draft' || !first) return;
		this.#record({ is: 'start', item: first.id });
		this.#room.follow.along();
	}

	pauseOrResume(): void {
		const { state } = this.#room;
		if (state === 'live') this.#record({ is: 'pause' });
		else if (state === 'paused') this.#record({ is: 'resume' });
	}

	/** To the next item; after the last one the meeting ends. */
	goOn(): void {
		if (!this.#room.isOn) return;
		const { next } = this;
		if (!next) return this.end();
		this.#step(next, {});
	}

	goBack(): void {
		const { previous } = this;
		if (this.#room.isOn && previous) this.#step(previous, { isBack: true });
	}

	/** Makes `item` the current one, wherever it stands. */
	goTo(item: RowId): void {
		if (!this.#room.isOn) return;
		this.#record({ is: 'go', item });
		this.#room.follow.along();
	}

	/** More time for the item that is on. */
	addMinutes(): void {
		const { current } = this.#room;
		if (this.#room.isOn && current) this.#record({ is: 'extend', item: current.id, minutes: ADDED_MINUTES });
	}

	/** The item that is on leaves the agenda: the meeting goes on with the next one, if there is one. */
	leave(item: RowId): void {
		const { next } = this;
		if (this.#room.isOn && item === this.#room.clock.current && next) this.#step(next, { isBack: true });
	}

	/** It can be taken back, so it is not asked for twice. */
	end(): void {
		const { here, isOn } = this.#room;
		if (!isOn) return;
		const atMs = this.#record({ is: 'end' });
		here.tell({
			title: `Meeting ended at ${timeOfDay(atMs, here.timeZone)}`,
			action: { label: 'Reopen', run: () => this.reopen() }
		});
	}

	reopen(): void {
		if (this.#room.state === 'ended') this.#record({ is: 'reopen' });
	}

	/** The first step counts when two people press at once: it names what it goes on from. */
	#step(item: AgendaItem, { isBack }: { isBack?: true }): void {
		const from = this.#room.clock.current;
		this.#record({
			is: 'step',
			item: item.id,
			...(from ? { from } : {}),
			...(isBack ? { isBack } : {})
		});
		this.#room.follow.along();
	}

	#record(fact: Omit<ClockFact, 'id' | 'by' | 'atMs'>): number {
		const atMs = this.#room.here.nowMs();
		this.#room.commands?.run({ ...fact, atMs });
		return atMs;
	}
}
