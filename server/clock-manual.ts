import type { Clock } from './clock.ts';

interface Alarm {
	dueMs: number;
	readonly everyMs: number | undefined;
	readonly callback: () => void;
}

/** A clock that stands still until it is moved. For tests. */
export class ManualClock implements Clock {
	#nowMs: number;
	#tickMs = 0;
	readonly #alarms = new Set<Alarm>();

	constructor(nowMs = Date.UTC(2026, 5, 8, 10)) {
		this.#nowMs = nowMs;
	}

	nowMs(): number {
		return this.#nowMs;
	}

	tickMs(): number {
		return this.#tickMs;
	}

	after(ms: number, callback: () => void): () => void {
		return this.#set({ dueMs: this.#tickMs + ms, everyMs: undefined, callback });
	}

	every(ms: number, callback: () => void): () => void {
		return this.#set({ dueMs: this.#tickMs + ms, everyMs: ms, callback });
	}

	/** Lets `ms` pass, and calls what falls due on the way, in order. */
	advance(ms: number): void {
		const endMs = this.#tickMs + ms;
		for (let next = this.#nextBy(endMs); next; next = this.#nextBy(endMs)) {
			this.#moveTo(next.dueMs);
			if (next.everyMs === undefined) this.#alarms.delete(next);
			else next.dueMs += next.everyMs;
			next.callback();
		}
		this.#moveTo(endMs);
	}

	#set(alarm: Alarm): () => void {
		this.#alarms.add(alarm);
		return () => void this.#alarms.delete(alarm);
	}

	#nextBy(endMs: number): Alarm | undefined {
		const due = [...this.#alarms].filter(({ dueMs }) => dueMs <= endMs);
		return due.sort((a, b) => a.dueMs - b.dueMs)[0];
	}

	#moveTo(tickMs: number): void {
		this.#nowMs += tickMs - this.#tickMs;
		this.#tickMs = tickMs;
	}
}
