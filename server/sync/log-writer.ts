import { SyncMeter } from '../metrics/sync-meter.ts';
import type { DocStore, LogEntry } from './doc-store.ts';

/** Called in the order of the log, once the entry is durable: with its number, or with why it failed. */
export type Written = (error: Error | undefined, seq: number) => void;

/** Called in the order of the log, once the entry is in it: no end of the process can take it away. */
export type Logged = (seq: number) => void;

interface Waiting {
	readonly entry: LogEntry | undefined;
	readonly logged: Logged | undefined;
	readonly written: Written;
}

interface Unflushed {
	readonly isEntry: boolean;
	readonly seq: number;
	readonly written: Written;
}

/**
 * Group commit in two steps. Everything that arrives in one turn of the event loop becomes one transaction, which may
 * be shown; then the disk is waited for, once for all that came meanwhile, and only what it has is acknowledged.
 */
export class LogWriter {
	readonly #store: DocStore;
	readonly #meter: SyncMeter;
	#waiting: Waiting[] = [];
	#unflushed: Unflushed[] = [];
	/** A write is under way, or begins at the end of this turn. */
	#isBusy = false;
	#writing: Promise<void> | undefined;
	/** The disk is waited for. */
	#isFlushing = false;
	#flushing: Promise<void> | undefined;
	/** Whether the meter has been told that a commit began. */
	#isMetered = false;

	constructor(store: DocStore, meter = new SyncMeter()) {
		this.#store = store;
		this.#meter = meter;
	}

	write(entry: LogEntry, written: Written, logged?: Logged): void {
		this.#add({ entry, logged, written });
	}

	/** Calls back once everything written so far is durable, or with why it is not. */
	after(settled: (error: Error | undefined) => void): void {
		this.#add({ entry: undefined, logged: undefined, written: settled });
	}

	/** Resolves when nothing waits any more. */
	async drain(): Promise<void> {
		while (this.#isBusy || this.#isFlushing) {
			if (this.#isBusy) await (this.#writing ?? new Promise((resolve) => setImmediate(resolve)));
			else await this.#flushing;
		}
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
			this.#begin();
			const entries = batch.flatMap(({ entry }) => entry ?? []);
			const { seqs, failure } = await this.#append(entries);
			if (failure) this.#fail(batch, failure);
			else this.#show(batch, seqs);
		}
		this.#isBusy = false;
		this.#writing = undefined;
	}

	#show(batch: readonly Waiting[], seqs: readonly number[]): void {
		let index = 0;
		for (const { entry, logged, written } of batch) {
			const seq = entry ? (seqs[index++] ?? 0) : 0;
			this.#unflushed.push({ isEntry: entry !== undefined, seq, written });
			if (entry) logged?.(seq);
		}
		if (this.#isFlushing) return;
		this.#isFlushing = true;
		this.#flushing = this.#flushAll();
	}

	#fail(batch: readonly Waiting[], failure: Error): void {
		if (!this.#isFlushing) this.#end(0);
		for (const { written } of batch) written(failure, 0);
	}

	/** What is logged while the disk is waited for is waited for next. */
	async #flushAll(): Promise<void> {
		while (this.#unflushed.length > 0) {
			const batch = this.#unflushed;
			this.#unflushed = [];
			this.#begin();
			const count = batch.filter(({ isEntry }) => isEntry).length;
			const failure = count > 0 ? await this.#flush() : undefined;
			this.#end(failure ? 0 : count);
			for (const { seq, written } of batch) written(failure, seq);
		}
		this.#isFlushing = false;
	}

	#begin(): void {
		if (this.#isMetered) return;
		this.#isMetered = true;
		this.#meter.commitBegins();
		if (this.#waiting.length > 0) this.#meter.waits();
	}

	#end(count: number): void {
		this.#isMetered = false;
		this.#meter.committed(count);
	}

	async #append(entries: readonly LogEntry[]): Promise<{ seqs: readonly number[]; failure?: Error }> {
		if (entries.length === 0) return { seqs: [] };
		try {
			return { seqs: await this.#store.append(entries) };
		} catch (error) {
			return { seqs: [], failure: asError(error) };
		}
	}

	async #flush(): Promise<Error | undefined> {
		try {
			await this.#store.flush();
			return undefined;
		} catch (error) {
			return asError(error);
		}
	}
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));
