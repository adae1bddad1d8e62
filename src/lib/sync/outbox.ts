import type { KeptPlace } from './device-store.ts';
import type { JournalEntry } from './journal.ts';

// What of one document the server has not acknowledged. The count of an acknowledgement is of frames; each frame
// that was queued remembers how many local changes it, or one before it, brought to the server.

interface Change {
	readonly number: number;
	readonly entry: JournalEntry;
}

export class Outbox {
	#changes: Change[] = [];
	#lastNumber = 0;
	/** Per change-bearing frame of this connection: every change up to this number has been sent. */
	#sentThrough: number[] = [];
	#acknowledged = 0;
	/** From this frame of this connection on nothing is taken. */
	#refusedFrom = Infinity;
	#hasExchanged = false;

	/** In the order they were made, oldest first. */
	get entries(): readonly JournalEntry[] {
		return this.#changes.map(({ entry }) => entry);
	}

	get isEmpty(): boolean {
		return this.#changes.length === 0;
	}

	/** The newest time of each place. */
	get kept(): readonly KeptPlace[] {
		const newest = new Map<string, KeptPlace>();
		for (const { entry } of this.#changes) for (const kept of entry.kept) newest.set(kept.place, kept);
		return [...newest.values()];
	}

	/** When the oldest of them was made; a change without a place is not one that a person would miss. */
	get oldestAtMs(): number | undefined {
		let oldest: number | undefined;
		for (const { entry } of this.#changes) {
			for (const { place, atMs } of entry.kept) if (place !== '') oldest = Math.min(atMs, oldest ?? atMs);
		}
		return oldest;
	}

	/** A local change, or one that an earlier visit or another tab left on the disk. */
	add(entry: JournalEntry): void {
		this.#changes.push({ number: ++this.#lastNumber, entry });
	}

	/** A new connection counts from 0. */
	connected(): void {
		this.#sentThrough = [];
		this.#acknowledged = 0;
		this.#refusedFrom = Infinity;
		this.#hasExchanged = false;
	}

	/** The server did not take frame number `count` of this connection, and takes none after it. */
	refused(count: number): void {
		this.#refusedFrom = Math.min(this.#refusedFrom, count);
	}

	/**
	 * A change-bearing frame was queued. Before the exchange a frame brings only itself, so nothing is concluded
	 * from it; the exchange brings all that came before, and every frame after it the change that caused it.
	 */
	queued(isExchange: boolean): void {
		this.#hasExchanged ||= isExchange;
		this.#sentThrough.push(this.#hasExchanged ? this.#lastNumber : 0);
	}

	/** The server stored `count` frames of this connection. Gives the entries that it now has. */
	acknowledge(count: number): readonly JournalEntry[] {
		const stored = Math.min(count, this.#sentThrough.length, this.#refusedFrom - 1);
		this.#acknowledged = Math.max(this.#acknowledged, stored);
		const through = this.#acknowledged > 0 ? (this.#sentThrough[this.#acknowledged - 1] ?? 0) : 0;
		const released = this.#changes.filter(({ number }) => number <= through);
		this.#changes = this.#changes.filter(({ number }) => number > through);
		return released.map(({ entry }) => entry);
	}
}
