import { SyncMeter } from '../metrics/sync-meter.ts';
import type { DocStore, LogEntry } from './doc-store.ts';

/** Called in the order of the log, after the commit: with the entry's number, or with why it failed. */
export type Written = (error: Error | undefined, seq: number) => void;

interface Waiting {
	readonly entry: LogEntry | undefined;
	readonly written: Written;
}

/**
 * Group commit. Everything that arrives in one turn of the event loop becomes one transaction; what arrives
 * while it is being written becomes the next. Nobody hears of a change before it is durable.
 */
export class LogWriter {
	readonly #store: DocStore;
	readonly #meter: SyncMeter;
	#waiting: Waiting[] = [];
	/** A write is under way, or begins at the end of this turn. */
	#isBusy = false;
	#writing: Promise<void> | undefined;

	constructor(store: DocStore, meter = new SyncMeter()) {
		this.#store = store;
		this.#meter = meter;
	}

	write(entry: LogEntry, written: Written): void {
		this.#add({ entry, written });
	}

	/** Calls back once everything written so far is durable, or with why it is not. */
	after(settled: (error: Error | undefined) => void): void {
		this.#add({ entry: undefined, written: settled });
	}

	/** Resolves when nothing waits any more. */
	async drain(): Promise<void> {
		while (this.#isBusy) await (this.#writing ?? new Promise((resolve) => setImmediate(resolve)));
	}

	#add(waiting: Waiting): void {
		this.#waiting.push(waiting);
		this.#meter.waits();
		if (this.#isBusy) return;
		this.#isBusy = true;
		setImmediate(() => {
			this.#writing = this.#writeAll();
		});
	}

	/** Ceases to be busy in the very step that finds nothing more to write: what is added next begins anew. */
	async #writeAll(): Promise<void> {
		while (this.#waiting.length > 0) {
			const batch = this.#waiting;
			this.#waiting = [];
			this.#meter.commitBegins();
			const entries = batch.flatMap(({ entry }) => entry ?? []);
			const { seqs, failure } = await this.#append(entries);
			this.#meter.committed(seqs.length);
			let index = 0;
			for (const { entry, written } of batch) written(failure, entry ? (seqs[index++] ?? 0) : 0);
		}
		this.#isBusy = false;
		this.#writing = undefined;
	}

	async #append(entries: readonly LogEntry[]): Promise<{ seqs: readonly number[]; failure?: Error }> {
		if (entries.length === 0) return { seqs: [] };
		try {
			return { seqs: await this.#store.append(entries) };
		} catch (error) {
			return { seqs: [], failure: error instanceof Error ? error : new Error(String(error)) };
		}
	}
}
