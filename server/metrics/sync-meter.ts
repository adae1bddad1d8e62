import type { CloseReason } from '#lib/protocol/close.ts';
import { ANSWER_BOUNDS, COMMIT_BOUNDS, Histogram } from './histogram.ts';
import { Tally } from './tally.ts';

/** Why a connection ended: we said why, or the other side went. */
export type EndReason = CloseReason | 'left';

/**
 * What the sync server counts as it goes. Plain numbers, so that counting costs nothing; they are put into words
 * when somebody asks for `/metrics`.
 */
export class SyncMeter {
	bytesIn = 0;
	bytesOut = 0;
	messagesIn = 0;
	messagesOut = 0;
	socketsOpened = 0;
	/** Sessions over requests instead of a websocket. */
	linesOpened = 0;
	/** Log entries that are durable. */
	updatesStored = 0;
	/** Messages whose sender was told that they are durable. */
	updatesAcknowledged = 0;
	/** Connections that were refused at the door. */
	readonly refusedConnections = new Tally<CloseReason>();
	/** Changes that were read and not taken. */
	readonly refusedUpdates = new Tally<CloseReason>();
	readonly ended = new Tally<EndReason>();
	/** Seconds of each group commit, waiting for the disk included. */
	readonly commitSeconds = new Histogram(COMMIT_BOUNDS);
	readonly foldSeconds = new Histogram(ANSWER_BOUNDS);
	/** The clock that durations are taken from. */
	readonly tickMs: () => number;
	#waitingSinceMs: number | undefined;
	#committingSinceMs: number | undefined;
	#commitBeganMs = 0;

	/** Without a clock all durations are 0: for whoever does not measure. */
	constructor(tickMs: () => number = () => 0) {
		this.tickMs = tickMs;
	}

	/** Seconds since the oldest change came in that is not durable yet; 0 when there is none. */
	get unackedAgeSeconds(): number {
		const sinceMs = this.#committingSinceMs ?? this.#waitingSinceMs;
		return sinceMs === undefined ? 0 : (this.tickMs() - sinceMs) / 1000;
	}

	/** Something waits for the next commit. */
	waits(): void {
		this.#waitingSinceMs ??= this.tickMs();
	}

	/** What waited is being written. */
	commitBegins(): void {
		this.#committingSinceMs = this.#waitingSinceMs;
		this.#waitingSinceMs = undefined;
		this.#commitBeganMs = this.tickMs();
	}

	/** It is written, `entries` of the log, or failed with none. */
	committed(entries: number): void {
		this.#committingSinceMs = undefined;
		if (entries === 0) return;
		this.updatesStored += entries;
		this.commitSeconds.observe((this.tickMs() - this.#commitBeganMs) / 1000);
	}

	/** Waits for a fold and keeps how long it took. */
	async folding<T>(work: Promise<T>): Promise<T> {
		const fromMs = this.tickMs();
		try {
			return await work;
		} finally {
			this.foldSeconds.observe((this.tickMs() - fromMs) / 1000);
		}
	}
}
