import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { SchemaLift, StorageLoad, UserEdit } from '../docs/origin.ts';
import { newId } from '../domain/id.ts';
import { placesTouched } from '../docs/touched.ts';
import type { Authors, ClockAnswer, Notice, Refused } from '../protocol/messages.ts';
import type { Secret } from './api-call.ts';
import type { DeviceStore, KeptPlace, KeptRow } from './device-store.ts';
import { Journal } from './journal.ts';
import { docOfRows, mergeRows, putRows, sortRows } from './kept-rows.ts';
import { Link, type LinkState } from './link.ts';
import { Missed, type MissedPlace } from './missed.ts';
import type { Clash } from '../docs/clash.ts';
import { Outbox } from './outbox.ts';
import { StorageLead } from './storage-lead.ts';
import type { SyncFacts } from './durability.ts';
import type { Transport, Way } from './transport.ts';

// One document on this device: load what is kept → show → connect → exchange → acknowledge. Each local change is
// on the disk before it is on the wire, and is counted as kept until the server has it.

/** Rows on the disk that make it worth folding them into one when the document is opened, and while it is open. */
const ROWS_ON_OPEN_MAX = 200;
const ROWS_LIVE_MAX = 400;

export interface EngineOptions {
	/** `<space>/<document>`. */
	readonly name: string;
	readonly store: DeviceStore;
	/** `ws://host/sync`. */
	readonly url: string;
	/** Without one the cookie of an account counts. */
	readonly token: Secret | undefined;
	readonly nowMs: () => number;
	/** Shared by all documents of the page. */
	readonly transport?: Transport | undefined;
	readonly onClock?: (answer: ClockAnswer) => void;
	readonly onNotice?: (notice: Notice) => void;
	/** Something on the device could not be read and was set aside. `lost`: what of it the server did not have. */
	readonly onUnreadable?: (lost: readonly KeptPlace[]) => void;
}

/** What happened since the connection was lost, told once when it is back. */
export interface Returned {
	readonly atMs: number;
	readonly wasAwayMs: number;
	/** How many changes of this device went to the server. */
	readonly sent: number;
	readonly missed: readonly MissedPlace[];
	/** What this device and others both did to one thing meanwhile. */
	readonly clashes: readonly Clash[];
}

export class DocEngine {
	readonly name: string;
	readonly doc: Y.Doc;
	readonly awareness: Awareness;
	readonly #options: EngineOptions;
	readonly #opening = newId();
	readonly #journal: Journal;
	readonly #outbox = new Outbox();
	readonly #lead: StorageLead;
	readonly #link: Link;
	readonly #missed: Missed;
	readonly #listeners = new Set<() => void>();
	readonly #returnListeners = new Set<(returned: Returned) => void>();
	readonly #beforeListeners = new Set<() => void>();
	#authors: Authors = {};
	/** Why the server does not take what is kept here; empty while it does. */
	#rejection = '';
	#serverHas: Uint8Array | undefined;
	readonly #unreadable: KeptPlace[] = [];
	#lastRow = 0;
	#rowsOnDisk = 0;
	#downSinceMs: number;
	#lastSyncedAtMs: number | undefined;
	#hasExchanged = false;
	#exchangedAtMs = 0;
	#keptWhenLost = 0;

	/** Loads what the device keeps of the document. It can be shown when this resolves, with or without a network. */
	static async open(options: EngineOptions): Promise<DocEngine> {
		const rows = await options.store.rows(options.name, 0);
		// Before anybody listens: Yjs writes every change out again for whoever does.
		const { doc, readable, unreadable } = docOfRows(rows);
		const engine = new DocEngine(options, doc);
		engine.#pulled(readable);
		engine.#setAside(unreadable);
		await engine.#load();
		return engine;
	}

	private constructor(options: EngineOptions, doc: Y.Doc) {
		const { name, store, url, token } = options;
		this.name = name;
		this.doc = doc;
		this.awareness = new Awareness(doc);
		this.#options = options;
		this.#downSinceMs = options.nowMs();
		this.#journal = new Journal({
			store,
			doc: name,
			opening: this.#opening,
			changed: () => this.#tell()
		});
		this.doc.on('update', (update: Uint8Array, origin: unknown, _doc: Y.Doc, transaction: Y.Transaction) =>
			this.#updated(update, origin, transaction)
		);
		const listener = {
			connecting: () => {
				this.#outbox.connected();
				this.#rejection = '';
			},
			refused: ({ count, sentence }: Refused) => {
				this.#outbox.refused(count);
				this.#rejection = sentence;
				this.#tell();
			},
			serverHas: (stateVector: Uint8Array) => (this.#serverHas = stateVector),
			stateChanged: (state: LinkState) => this.#linkChanged(state),
			exchanged: () => this.#exchanged(),
			queued: (isExchange: boolean) => this.#outbox.queued(isExchange),
			untilKept: () => this.#journal.settled(),
			acknowledged: ({ count }: { count: number }) => this.#acknowledged(count),
			authors: (authors: Authors) => {
				this.#authors = { ...this.#authors, ...authors };
			},
			clock: (answer: ClockAnswer) => options.onClock?.(answer),
			notice: (notice: Notice) => options.onNotice?.(notice)
		};
		this.#link = new Link({
			url,
			name,
			token,
			shelf: store.name,
			doc: this.doc,
			awareness: this.awareness,
			listener,
			transport: options.transport
		});
		const kept = () => new Set(this.#outbox.kept.map(({ place }) => place));
		this.#missed = new Missed(this.doc, { origin: this.#link.origin, kept });
		this.#lead = new StorageLead(`${store.name}:${name}`, () => this.#takeLead());
	}

	/** By what it is connected, or would be. */
	get way(): Way {
		return this.#link.way;
	}

	/** What the pill is made of. */
	get facts(): SyncFacts {
		const { unwritten, refusal } = this.#journal;
		const waiting = this.#outbox.entries;
		const oldestAtMs = this.#outbox.oldestAtMs;
		const isInMemory = (entry: (typeof waiting)[number]) =>
			refusal !== undefined && unwritten.includes(entry);
		return {
			link: this.#link.state,
			downSinceMs: this.#downSinceMs,
			kept: this.kept.length,
			oldestKeptMs: oldestAtMs && Math.max(oldestAtMs, this.#exchangedAtMs),
			inMemory: placesOf(waiting.filter(isInMemory)).size,
			refusal: refusal?.message ?? '',
			rejection: this.#rejection,
			rejected: this.#rejection ? this.kept.length : 0,
			lastSyncedAtMs: this.#lastSyncedAtMs,
			hasExchanged: this.#hasExchanged
		};
	}

	/** The changes that the server has not acknowledged, one for each place. */
	get kept(): readonly KeptPlace[] {
		return this.#outbox.kept.filter(({ place }) => place !== '');
	}

	/** Everything of the document that the server lacks, and what was deleted in it, as one Yjs update. */
	unsent(): Uint8Array {
		return Y.encodeStateAsUpdate(this.doc, this.#serverHas);
	}

	/** Those of them that are not on the disk yet: a moment after each edit, longer when the device refuses. */
	get unwritten(): ReadonlySet<string> {
		return placesOf(this.#journal.unwritten);
	}

	/** Whether closing this tab now would cost something: it is neither on the disk nor on the server. */
	get isInMemoryAlone(): boolean {
		return this.#journal.unwritten.some(
			(entry) => entry.kept.length > 0 && this.#outbox.entries.includes(entry)
		);
	}

	/** What of the server's lack was on the device and cannot be read any more: it is set aside there, and not here. */
	get unreadable(): readonly KeptPlace[] {
		return this.#unreadable;
	}

	get isSettled(): boolean {
		return this.#outbox.isEmpty && this.#hasExchanged;
	}

	/** Resolves when server and device have told each other all they had, or after `waitMsMax`. */
	untilExchanged(waitMsMax: number): Promise<void> {
		if (this.#hasExchanged) return Promise.resolve();
		return new Promise((resolve) => {
			const end = () => {
				clearTimeout(timer);
				stop();
				resolve();
			};
			const timer = setTimeout(end, waitMsMax);
			const stop = this.onChange(() => this.#hasExchanged && end());
		});
	}

	/** Which person wrote under a Yjs client number, when the server has said. */
	authorOf(client: number): string | undefined {
		return this.#authors[String(client)];
	}

	/** Calls back after anything in `facts`, `kept` or `isSettled` may have changed. */
	onChange(listener: () => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	onReturn(listener: (returned: Returned) => void): () => void {
		this.#returnListeners.add(listener);
		return () => this.#returnListeners.delete(listener);
	}

	/** Calls back when the connection is there and before anything of others comes in by it. */
	beforeExchange(listener: () => void): () => void {
		this.#beforeListeners.add(listener);
		return () => this.#beforeListeners.delete(listener);
	}

	connect(): void {
		this.#link.connect();
	}

	/** Tries the connection now instead of at the next turn. */
	nudge(): void {
		this.#link.nudge();
	}

	/** Resolves when everything made so far is on the disk, or was refused. */
	flush(): Promise<void> {
		return this.#journal.flush();
	}

	async close(): Promise<void> {
		this.#link.close();
		await this.#journal.flush();
		this.#journal.close();
		this.#lead.close();
		this.awareness.destroy();
		this.doc.destroy();
		this.#listeners.clear();
	}

	async #load(): Promise<void> {
		const { store, nowMs } = this.#options;
		if (this.#rowsOnDisk > ROWS_ON_OPEN_MAX) await this.#fold({ all: true });
		const mark = await store.documentMark(this.name);
		this.#lastSyncedAtMs = mark?.syncedAtMs;
		await store.mark(this.name, { openedAtMs: nowMs() });
	}

	/**
	 * Reads what others put on the disk since the last look: another tab, mostly. Gives whether some of it is kept and
	 * so must be acknowledged.
	 */
	async #pullRows(): Promise<boolean> {
		const rows = await this.#options.store.rows(this.name, this.#lastRow);
		const others = rows.filter(({ opening }) => opening !== this.#opening);
		this.#lastRow = rows.at(-1)?.row ?? this.#lastRow;
		const { readable, unreadable } = sortRows(others);
		putRows(this.doc, readable);
		this.#setAside(unreadable);
		return this.#pulled(readable);
	}

	/** They stay on the device, beside the document: the server has most of what they held. */
	#setAside(rows: readonly KeptRow[]): void {
		if (rows.length === 0) return;
		void this.#options.store.setAside(this.name, rows).catch(() => undefined); // Found again next time.
		this.#unreadable.push(...rows.flatMap(({ kept }) => kept));
		this.#options.onUnreadable?.(this.#unreadable);
	}

	/** Counts what was put into the document from the disk. Gives whether the server lacks some of it. */
	#pulled(rows: readonly KeptRow[]): boolean {
		const kept = rows.filter((row) => row.kept.length > 0);
		this.#rowsOnDisk += rows.length;
		this.#lastRow = rows.at(-1)?.row ?? this.#lastRow;
		for (const row of kept) this.#outbox.add({ row: row.row, update: row.update, kept: row.kept });
		return kept.length > 0;
	}

	#updated(update: Uint8Array, origin: unknown, transaction: Y.Transaction): void {
		if (origin instanceof StorageLoad) return;
		// What is applied in a person's name, as a template is, is theirs although Yjs calls it remote.
		if (transaction.local || origin instanceof UserEdit) this.#keepOwn(update, origin, transaction);
		else if (this.#lead.isLeading) this.#journal.add(update, []);
		this.#rowsOnDisk++;
		if (this.#rowsOnDisk > ROWS_LIVE_MAX) void this.#fold({ all: false });
	}

	#keepOwn(update: Uint8Array, origin: unknown, transaction: Y.Transaction): void {
		const atMs = this.#options.nowMs();
		const places = origin instanceof SchemaLift ? [] : placesTouched(transaction);
		const kept = places.map((place) => ({ place, atMs }));
		// A change without a place, like a lift, is still to be sent: it is kept under the document itself.
		this.#outbox.add(this.#journal.add(update, kept.length > 0 ? kept : [{ place: '', atMs }]));
		this.#tell();
	}

	#takeLead(): void {
		if (this.#rowsOnDisk > 0) this.#journal.add(Y.encodeStateAsUpdate(this.doc), []);
	}

	/** `all` also folds rows that the server lacks: only while none of them is under way to it. */
	async #fold({ all }: { all: boolean }): Promise<void> {
		this.#rowsOnDisk = 0;
		try {
			await this.#journal.flush();
			// Kept rows stay as they are while the document is open; they do not count towards the next fold.
			await this.#options.store.fold(this.name, { all, merge: mergeRows });
		} catch {
			// The device refused: the rows stand as they were, and the next change over the limit tries again.
		}
	}

	#linkChanged(state: LinkState): void {
		if (state.is === 'up') this.#listenForMissed();
		else if (this.#hasExchanged || state.is === 'refused') this.#lost();
		this.#tell();
	}

	/** What others did while this device was away comes next. */
	#listenForMissed(): void {
		for (const listener of this.#beforeListeners) listener();
		this.#missed.listen();
	}

	#lost(): void {
		this.#hasExchanged = false;
		this.#downSinceMs = this.#options.nowMs();
		this.#missed.forget();
	}

	/** The server has told all it had. What it did not have is on its way, and is acknowledged next. */
	#exchanged(): void {
		this.#hasExchanged = true;
		this.#exchangedAtMs = this.#options.nowMs();
		this.#keptWhenLost = this.kept.length;
		void this.#pullRows().then((hasKept) => hasKept && this.#link.exchangeAgain());
		if (this.#outbox.isEmpty) this.#synced();
		this.#tell();
	}

	#acknowledged(count: number): void {
		const released = this.#outbox.acknowledge(count);
		for (const entry of released) entry.kept = [];
		const rows = released.flatMap(({ row }) => row ?? []);
		if (rows.length > 0) void this.#options.store.release(rows).catch(() => undefined); // Sent again next time.
		if (this.#outbox.isEmpty && this.#hasExchanged) this.#synced();
		this.#tell();
	}

	#synced(): void {
		const atMs = this.#options.nowMs();
		const wasAwayMs = atMs - this.#downSinceMs;
		this.#lastSyncedAtMs = atMs;
		void this.#options.store.mark(this.name, { syncedAtMs: atMs }).catch(() => undefined); // A time of day only.
		const missed = this.#missed.take();
		if (missed === undefined) return;
		const { places, clashes } = missed;
		const returned = { atMs, sent: this.#keptWhenLost, missed: places, clashes, wasAwayMs };
		for (const listener of this.#returnListeners) listener(returned);
	}

	#tell(): void {
		for (const listener of this.#listeners) listener();
	}
}

const placesOf = (entries: readonly { readonly kept: readonly KeptPlace[] }[]) =>
	new Set(entries.flatMap(({ kept }) => kept.map(({ place }) => place)));
