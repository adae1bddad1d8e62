import type { RowId } from '#lib/domain/id.ts';
import { byCodeUnit } from '#lib/util/order.ts';
import type { AgendaItem, ClockFact } from './schema.ts';

// The meeting's clock, out of the facts. Every device folds the same facts in the same order, so that whoever knows
// them all shows the same time; who is offline shows it for the facts they have.

const MINUTE_MS = 60_000;

export type MeetingState = 'draft' | 'live' | 'paused' | 'ended';

/** What the facts say up to now. Nothing in it depends on the present moment. */
export interface MeetingClock {
	readonly state: MeetingState;
	readonly startedAtMs: number | undefined;
	readonly endedAtMs: number | undefined;
	/** The item that is on, or was when the meeting ended. */
	readonly current: RowId | undefined;
	/** Since when the clock runs for `current`; undefined while it stands. */
	readonly runsSinceMs: number | undefined;
	/** Time each item has used, without what has run since `runsSinceMs`. */
	readonly usedMs: ReadonlyMap<RowId, number>;
	/** Minutes that were added to an item. */
	readonly extraMinutes: ReadonlyMap<RowId, number>;
	readonly done: ReadonlySet<RowId>;
}

export type ItemState = 'waiting' | 'current' | 'done' | 'parked';

/** Folds the facts, sorted by time and, within one millisecond, by id. */
export function clockOf(facts: readonly ClockFact[]): MeetingClock {
	const folding = new Folding();
	for (const fact of facts.toSorted((a, b) => a.atMs - b.atMs || byCodeUnit(a.id, b.id))) folding.take(fact);
	return folding;
}

class Folding implements MeetingClock {
	state: MeetingState = 'draft';
	startedAtMs: number | undefined;
	endedAtMs: number | undefined;
	current: RowId | undefined;
	runsSinceMs: number | undefined;
	readonly usedMs = new Map<RowId, number>();
	readonly extraMinutes = new Map<RowId, number>();
	readonly done = new Set<RowId>();

	take(fact: ClockFact): void {
		switch (fact.is) {
			case 'start':
				return this.#start(fact);
			case 'pause':
				return this.#pause(fact.atMs);
			case 'resume':
				return this.#resume(fact.atMs);
			case 'step':
				if (fact.from === this.current) this.#turnTo(fact);
				return;
			case 'go':
				return this.#turnTo(fact);
			case 'extend':
				return this.#extend(fact);
			case 'end':
				return this.#end(fact.atMs);
			case 'reopen':
				return this.#reopen(fact.atMs);
		}
	}

	/** Two people may start one meeting: the earlier start counts. */
	#start({ atMs, item }: ClockFact): void {
		if (this.state !== 'draft') return;
		this.state = 'live';
		this.startedAtMs = atMs;
		this.current = item;
		this.runsSinceMs = atMs;
	}

	#pause(atMs: number): void {
		if (this.state !== 'live') return;
		this.#stopCounting(atMs);
		this.state = 'paused';
	}

	#resume(atMs: number): void {
		if (this.state !== 'paused') return;
		this.state = 'live';
		this.runsSinceMs = atMs;
	}

	/** A paused meeting stays paused on the other item. */
	#turnTo({ atMs, item, isBack }: ClockFact): void {
		if (item === undefined || item === this.current) return;
		if (this.state !== 'live' && this.state !== 'paused') return;
		this.#stopCounting(atMs);
		if (this.current && !isBack) this.done.add(this.current);
		this.current = item;
		this.done.delete(item);
		if (this.state === 'live') this.runsSinceMs = atMs;
	}

	#extend({ item, minutes = 0 }: ClockFact): void {
		if (item) this.extraMinutes.set(item, (this.extraMinutes.get(item) ?? 0) + minutes);
	}

	#end(atMs: number): void {
		if (this.state === 'draft' || this.state === 'ended') return;
		this.#stopCounting(atMs);
		if (this.current) this.done.add(this.current);
		this.state = 'ended';
		this.endedAtMs = atMs;
	}

	#reopen(atMs: number): void {
		if (this.state !== 'ended') return;
		this.state = 'live';
		this.endedAtMs = undefined;
		if (this.current) this.done.delete(this.current);
		this.runsSinceMs = atMs;
	}

	/** Clocks of two devices differ a little: a run that would be negative is none. */
	#stopCounting(atMs: number): void {
		if (this.current && this.runsSinceMs !== undefined) {
			const ranMs = Math.max(0, atMs - this.runsSinceMs);
			this.usedMs.set(this.current, (this.usedMs.get(this.current) ?? 0) + ranMs);
		}
		this.runsSinceMs = undefined;
	}
}

/** Milliseconds that `item` has been on. */
export function usedMsOf(clock: MeetingClock, item: RowId, nowMs: number): number {
	const used = clock.usedMs.get(item) ?? 0;
	const isRunning = item === clock.current && clock.runsSinceMs !== undefined;
	return isRunning ? used + Math.max(0, nowMs - (clock.runsSinceMs ?? nowMs)) : used;
}

/** The timebox with what was added to it. */
export const allottedMsOf = (clock: MeetingClock, item: AgendaItem): number =>
	Math.max(0, item.minutes + (clock.extraMinutes.get(item.id) ?? 0)) * MINUTE_MS;

/** Negative once it is over. */
export const remainingMsOf = (clock: MeetingClock, item: AgendaItem, nowMs: number): number =>
	allottedMsOf(clock, item) - usedMsOf(clock, item.id, nowMs);

export function itemStateOf(clock: MeetingClock, item: AgendaItem): ItemState {
	if (item.id === clock.current && clock.state !== 'ended') return 'current';
	if (clock.done.has(item.id)) return 'done';
	return item.parkedAt ? 'parked' : 'waiting';
}

/** The item after the current one, or before it: parked items are passed over. Undefined at the ends. */
export function neighbourOf(
	clock: MeetingClock,
	agenda: readonly AgendaItem[],
	direction: 'next' | 'previous'
): AgendaItem | undefined {
	const at = agenda.findIndex(({ id }) => id === clock.current);
	const rest = direction === 'next' ? agenda.slice(at + 1) : agenda.slice(0, Math.max(0, at)).toReversed();
	return rest.find(({ parkedAt }) => !parkedAt);
}

/** When the meeting will end if everything from now on takes its timebox. Undefined unless it is on. */
export function projectedEndMs(
	clock: MeetingClock,
	agenda: readonly AgendaItem[],
	nowMs: number
): number | undefined {
	if (clock.state !== 'live' && clock.state !== 'paused') return undefined;
	const toComeMs = agenda.map((item) => {
		const state = itemStateOf(clock, item);
		if (state === 'current') return Math.max(0, remainingMsOf(clock, item, nowMs));
		return state === 'waiting' ? allottedMsOf(clock, item) : 0;
	});
	return nowMs + toComeMs.reduce((sum, ms) => sum + ms, 0);
}

/** Planned minutes of everything that is not parked. */
export const plannedMinutes = (agenda: readonly AgendaItem[]): number =>
	agenda.reduce((sum, { minutes, parkedAt }) => (parkedAt ? sum : sum + minutes), 0);
