import type { DeviceStore, KeptPlace, NewRow } from './device-store.ts';

/** After a refused write it is tried again this much later, and at every new change. */
const RETRY_MS = 5_000;

export interface JournalEntry {
	readonly update: Uint8Array;
	/** What the server lacks of it; emptied when the server has it before the disk does. */
	kept: readonly KeptPlace[];
	/** Where it is kept, once it is. */
	row: number | undefined;
}

/**
 * The queue between a document and the device's disk.
 *
 * A write begins at once when none is under way; what comes meanwhile forms the next one. So a keystroke is on
 * the disk after one write, and a paste by ten people costs a few. A write that the device refuses keeps its
 * place in the queue: nothing is dropped, and `unwritten` says that it is in memory alone.
 */
export class Journal {
	readonly #store: DeviceStore;
	readonly #doc: string;
	readonly #changed: () => void;
	readonly #opening: string;
	#waiting: JournalEntry[] = [];
	/** Those of them that the device was given, and has not confirmed. */
	readonly #given = new Set<JournalEntry>();
	#hurried: Promise<unknown> | undefined;
	#watchers: { readonly entry: JournalEntry; readonly resolve: () => void }[] = [];
	#isWriting = false;
	#writing: Promise<void> | undefined;
	#retry: ReturnType<typeof setTimeout> | undefined;
	#refusal: Error | undefined;

	/**
	 * `opening`: an id of this opening of the document. `changed` is called when entries were written, and when the
	 * device begins or ceases to refuse.
	 */
	constructor(options: { store: DeviceStore; doc: string; opening: string; changed: () => void }) {
		this.#store = options.store;
		this.#doc = options.doc;
		this.#opening = options.opening;
		this.#changed = options.changed;
	}

	/** Entries that are not on the disk yet. */
	get unwritten(): readonly JournalEntry[] {
		return this.#waiting;
	}

	/** Why the device refused the last write; undefined while it keeps what it is given. */
	get refusal(): Error | undefined {
		return this.#refusal;
	}

	add(update: Uint8Array, kept: readonly KeptPlace[]): JournalEntry {
		const entry: JournalEntry = { update, kept, row: undefined };
		this.#waiting.push(entry);
		this.#begin();
		return entry;
	}

	/**
	 * Resolves when everything added so far is on the disk, or was refused. Undefined when there is nothing to
	 * wait for, so that a caller need not go through a microtask.
	 */
	settled(): Promise<void> | undefined {
		const last = this.#waiting.at(-1);
		if (!last || this.#refusal) return undefined;
		return new Promise((resolve) => this.#watchers.push({ entry: last, resolve }));
	}

	/**
	 * Tries once more what was refused, and resolves when there is no more to try. What waits for a write that is under
	 * way is given to the device before this returns: the page may be gone by the time that write ends.
	 */
	async flush(): Promise<void> {
		const rest = this.#notGiven();
		if (this.#isWriting && rest.length > 0) this.#hurried = Promise.all([this.#hurried, this.#write(rest)]);
		await Promise.all([this.#writing, this.#hurried]);
		this.#begin();
		await this.#writing;
	}

	close(): void {
		clearTimeout(this.#retry);
	}

	#begin(): void {
		clearTimeout(this.#retry);
		if (!this.#isWriting) this.#writing = this.#writeAll();
	}

	/** Ceases to be writing in the very step that finds nothing more to write: what is added next begins anew. */
	async #writeAll(): Promise<void> {
		this.#isWriting = true;
		for (let batch = this.#notGiven(); batch.length > 0; batch = this.#notGiven()) {
			if (!(await this.#write(batch))) break;
		}
		this.#isWriting = false;
	}

	#notGiven(): JournalEntry[] {
		return this.#waiting.filter((entry) => !this.#given.has(entry));
	}

	/** False when the device refused. */
	async #write(batch: readonly JournalEntry[]): Promise<boolean> {
		for (const entry of batch) this.#given.add(entry);
		try {
			const given = batch.map(newRow);
			const rows = await this.#store.append(this.#doc, given, this.#opening);
			batch.forEach((entry, index) => (entry.row = rows[index]));
			this.#release(batch.filter(({ kept }, index) => kept.length < (given[index]?.kept.length ?? 0)));
			this.#waiting = this.#waiting.filter(({ row }) => row === undefined);
			this.#refusal = undefined;
			this.#tellWatchers();
			this.#changed();
			return true;
		} catch (error) {
			this.#refused(error);
			return false;
		} finally {
			for (const entry of batch) this.#given.delete(entry);
		}
	}

	/** What the server acknowledged while the device was still writing it. */
	#release(entries: readonly JournalEntry[]): void {
		const rows = entries.flatMap(({ row }) => row ?? []);
		if (rows.length > 0) void this.#store.release(rows).catch(() => undefined); // Sent again next time.
	}

	#refused(error: unknown): void {
		this.#refusal = error instanceof Error ? error : new Error(String(error));
		clearTimeout(this.#retry); // Two writes may be under way, and be refused.
		this.#retry = setTimeout(() => this.#begin(), RETRY_MS);
		this.#tellWatchers();
		this.#changed();
	}

	#tellWatchers(): void {
		const isSettled = (entry: JournalEntry) => entry.row !== undefined || this.#refusal !== undefined;
		const [settled, waiting] = [
			this.#watchers.filter((w) => isSettled(w.entry)),
			this.#watchers.filter((w) => !isSettled(w.entry))
		];
		this.#watchers = waiting;
		for (const { resolve } of settled) resolve();
	}
}

const newRow = ({ update, kept }: JournalEntry): NewRow => ({ update, kept });
