import * as Y from 'yjs';
import { DOCUMENT_BYTES_MAX, ROOM_SESSIONS_MAX, WIPE_MIN } from '#lib/protocol/limits.ts';
import { encodeAck, encodeAuthors, encodeNotice, SYNC, type Notice } from '#lib/protocol/messages.ts';
import type { SyncMeter } from '../metrics/sync-meter.ts';
import { AwarenessBoard } from './awareness-board.ts';
import { Coverage, readForeignUpdate, readUpdate, type ReadUpdate } from './coverage.ts';
import type { DocStore, TailRow } from './doc-store.ts';
import type { Folder } from './fold.ts';
import { EMPTY_UPDATE, Joining, isEmptyUpdate, joinSmall, syncFrame } from './joining.ts';
import type { JoinFrames, Untold } from './joining.ts';
import type { LogWriter } from './log-writer.ts';
import type { Session } from './session.ts';

// One document while anybody has it open. It relays bytes and knows what it holds from their headers; a Y.Doc is
// built only to fold. Order: into the log, then to the others and back to the sender as acknowledged.

/** Rows after the fold that make it worth folding again when somebody joins. Merging 200 takes 2-4 ms. */
const TAIL_ROWS_MAX = 200;

/** Fewer rows than this are not worth a fold when the last person leaves. */
const TAIL_ROWS_LEFT_MAX = 50;

/** But for large ones, which would be merged when somebody comes. */
const TAIL_BYTES_LEFT_MAX = 64 * 1024;

/** How many authors a joiner is told of: enough for everybody who wrote in the last weeks. */
const AUTHORS_TOLD_MAX = 500;

export interface RoomPorts {
	readonly store: DocStore;
	readonly writer: LogWriter;
	readonly folder: Folder;
	readonly meter?: SyncMeter;
	readonly nowMs: () => number;
	/** A change is durable and told: for the server's own clients. */
	readonly onChange: (name: string, update: Uint8Array) => void;
	/** The store failed: the room has closed everybody and must be forgotten. */
	readonly onBroken: (room: Room, error: unknown) => void;
}

export class Room {
	readonly name: string;
	readonly awareness = new AwarenessBoard();
	readonly sessions = new Set<Session>();
	readonly #ports: RoomPorts;
	/** What was accepted; a moment later it is in the log. */
	readonly #coverage = new Coverage();
	/** What is durable, its structs alone: what clients may rely on. */
	readonly #durable = new Coverage();
	readonly #untold: Untold[] = [];
	readonly #toAcknowledge = new Set<Session>();
	#tail: TailRow[] = [];
	#mergedTail: Uint8Array | undefined;
	#stateBytes = 0;
	#tailBytes = 0;
	#joining: Promise<Joining> | undefined;
	#folding: Promise<void> | undefined;
	#isBroken = false;

	/** Reads what the log holds. Nothing is kept in memory of the folded part but what it covers. */
	static async open(name: string, ports: RoomPorts): Promise<Room> {
		const room = new Room(name, ports);
		await room.#load();
		return room;
	}

	constructor(name: string, ports: RoomPorts) {
		this.name = name;
		this.#ports = ports;
	}

	get isFull(): boolean {
		return this.sessions.size >= ROOM_SESSIONS_MAX;
	}

	/** Which structs of each client the log holds: what the server's own step 1 says. */
	get stateVector(): Uint8Array {
		return this.#durable.stateVector();
	}

	/** Everything a client lacks that has `stateVector`. Folds first when the tail has grown long. */
	async join(stateVector: Uint8Array): Promise<JoinFrames> {
		if (this.#tail.length > TAIL_ROWS_MAX) await this.fold();
		for (;;) {
			this.#joining ??= this.#ports.store.loadState(this.name).then((state) => new Joining(state));
			const loading = this.#joining;
			const joining = await loading;
			// A fold that ended meanwhile has moved rows from the tail into the state: these two would leave a gap.
			if (loading === this.#joining) return joining.framesFor(stateVector, this.#mergeTail());
		}
	}

	/** Frees what only joining needs; called when nobody joined for a while. */
	cool(): void {
		this.#joining = undefined;
		this.#mergedTail = undefined;
	}

	/** Who wrote under which Yjs client number, as a frame, or undefined when nobody did. */
	async authorsFrame(): Promise<Uint8Array | undefined> {
		const authors = await this.#ports.store.authors(this.name, AUTHORS_TOLD_MAX);
		if (authors.length === 0) return undefined;
		return encodeAuthors(Object.fromEntries(authors.map(({ client, author }) => [String(client), author])));
	}

	/**
	 * Takes a change from a session; acknowledges it once it is durable. What the log has already is only
	 * acknowledged. Throws when the bytes are no Yjs update.
	 */
	change(update: Uint8Array, from: Session): void {
		this.#accept(update, { from, author: from.author }, () => undefined);
	}

	/** The same. Resolves when it is durable, or was not stored. */
	changeAndSettle(update: Uint8Array, from: Session): Promise<void> {
		return new Promise((resolve) => this.#accept(update, { from, author: from.author }, () => resolve()));
	}

	/** Whether a change would delete most of the document and put little in its place. Throws on what is no Yjs update. */
	isWipe(update: Uint8Array): boolean {
		const { stands, goes, comes } = this.#coverage.weigh(readUpdate(update));
		return goes >= WIPE_MIN && stands - goes + comes < stands / 2;
	}

	/** What is durable of the document, as a document of its own. */
	async stateAsDoc(): Promise<Y.Doc> {
		const frames = await this.#ports.store.load(this.name);
		const doc = new Y.Doc();
		const state = frames.fold && (await this.#ports.store.loadState(this.name));
		doc.transact(() => {
			if (state) Y.applyUpdate(doc, state);
			for (const { update } of frames.tail) Y.applyUpdate(doc, update);
		});
		return doc;
	}

	/** The server itself writes, in the name of `author`. Resolves when it is durable. */
	write(update: Uint8Array, author: string): Promise<void> {
		return new Promise((resolve, reject) => {
			this.#accept(update, { author }, (error) => (error ? reject(error) : resolve()));
		});
	}

	get isTooLarge(): boolean {
		return this.#stateBytes + this.#tailBytes > DOCUMENT_BYTES_MAX;
	}

	tell(frame: Uint8Array, except?: Session): void {
		for (const session of this.sessions) if (session !== except) session.send(frame);
	}

	/** The same for what says who is here. */
	tellPresence(frame: Uint8Array): void {
		for (const session of this.sessions) if (session.meetsPeople) session.send(frame);
	}

	notify(notice: Notice): void {
		const frame = encodeNotice(notice);
		for (const session of this.sessions) if (session.hearsAcks) session.send(frame);
	}

	/** Folds the tail into the state. Later changes go on meanwhile and form the next tail. */
	fold(): Promise<void> {
		this.#folding ??= this.#foldOnce().finally(() => (this.#folding = undefined));
		return this.#folding;
	}

	/** Nobody is here: folds what is worth it, then lets go. */
	async leave(): Promise<void> {
		await this.#ports.writer.drain();
		const isWorthIt = this.#tail.length >= TAIL_ROWS_LEFT_MAX || this.#tailBytes >= TAIL_BYTES_LEFT_MAX;
		if (!this.#isBroken && isWorthIt) await this.fold();
	}

	async #load(): Promise<void> {
		const { fold, tail } = await this.#ports.store.load(this.name);
		if (fold) this.#coverage.addFold(fold.stateVector, fold.deletions);
		if (fold) this.#durable.addFold(fold.stateVector, EMPTY_UPDATE);
		for (const { update } of tail) {
			const read = readUpdate(update);
			this.#coverage.add(read);
			this.#durable.addStructs(read);
		}
		this.#stateBytes = fold?.stateBytes ?? 0;
		this.#setTail(tail);
	}

	#accept(update: Uint8Array, by: Author, settled: (error: Error | undefined) => void): void {
		const { writer, nowMs } = this.#ports;
		const read = isEmptyUpdate(update) ? undefined : readForeignUpdate(update);
		if (!read || !this.#coverage.isNews(read)) {
			writer.after((error) => this.#settle(error, { by, read, settled }));
			return;
		}
		const clients = new Set(read.structs.map(({ client }) => client));
		const newClients = [...clients].filter((client) => !this.#coverage.hasClient(client));
		this.#coverage.add(read);
		writer.write(
			{ doc: this.name, update, author: by.author, atMs: nowMs(), newClients },
			(error) => this.#settle(error, { by, read, settled }),
			(seq) => this.#show({ seq, update }, by, newClients)
		);
	}

	/** The change is in the log: now the others may see it. */
	#show(row: TailRow, by: Author, newClients: readonly number[]): void {
		this.#tail.push(row);
		this.#tailBytes += row.update.length;
		this.#mergedTail = undefined;
		if (newClients.length > 0) this.#tellAuthors(newClients, by.author);
		if (this.#untold.push({ update: row.update, from: by.from }) === 1)
			queueMicrotask(() => this.#tellUntold());
		this.#ports.onChange(this.name, row.update);
	}

	/** What came in one turn is told as one change, but for large ones: taking those apart would cost more than it saves. */
	#tellUntold(): void {
		for (const { update, from } of joinSmall(this.#untold.splice(0)))
			this.tell(syncFrame(SYNC.update, update), from);
	}

	#settle(error: Error | undefined, change: Accepted): void {
		const { from } = change.by;
		if (error) this.#break(error);
		else if (change.read) this.#durable.addStructs(change.read);
		if (!error && from) {
			from.durable++;
			for (const { client } of change.read?.structs ?? []) from.unacknowledged.add(client);
			if (from.hearsAcks) this.#acknowledgeSoon(from);
		}
		change.settled(error);
	}

	/** What became durable together is acknowledged together. */
	#acknowledgeSoon(session: Session): void {
		if (this.#ports.meter) this.#ports.meter.updatesAcknowledged++;
		this.#toAcknowledge.add(session);
		if (this.#toAcknowledge.size > 1) return;
		queueMicrotask(() => {
			for (const each of this.#toAcknowledge) this.#acknowledge(each);
			this.#toAcknowledge.clear();
		});
	}

	#acknowledge(session: Session): void {
		const stateVector = this.#durable.stateVector(session.unacknowledged);
		session.unacknowledged.clear();
		session.send(encodeAck({ count: session.durable, stateVector }));
	}

	#tellAuthors(clients: readonly number[], author: string): void {
		const frame = encodeAuthors(Object.fromEntries(clients.map((client) => [String(client), author])));
		for (const session of this.sessions) if (session.hearsAcks && session.meetsPeople) session.send(frame);
	}

	/** What this room believes to hold is no longer what the log holds: everybody reconnects to a new one. */
	#break(error: unknown): void {
		if (this.#isBroken) return;
		this.#isBroken = true;
		for (const session of this.sessions) {
			session.close(
				'notStored',
				'The server could not store a change. It is kept on your device; trying again.'
			);
		}
		this.#ports.onBroken(this, error);
	}

	#mergeTail(): Uint8Array | undefined {
		if (this.#tail.length === 0) return undefined;
		this.#mergedTail ??= Y.mergeUpdates(this.#tail.map(({ update }) => update));
		return this.#mergedTail;
	}

	#setTail(tail: readonly TailRow[]): void {
		this.#tail = [...tail];
		this.#tailBytes = tail.reduce((sum, { update }) => sum + update.length, 0);
		this.#mergedTail = undefined;
	}

	async #foldOnce(): Promise<void> {
		const { store, folder } = this.#ports;
		const { tail } = await store.load(this.name);
		const last = tail.at(-1);
		if (!last) return;
		const updates = tail.map(({ update }) => update);
		const folded = await folder.fold(await store.loadState(this.name), updates);
		await store.fold(this.name, { ...folded, uptoSeq: last.seq });
		this.#stateBytes = folded.state.length;
		this.#setTail(this.#tail.filter(({ seq }) => seq > last.seq));
		this.cool();
	}
}

/** Who a change is from: a session, or the server itself. */
interface Author {
	readonly from?: Session;
	readonly author: string;
}

interface Accepted {
	readonly by: Author;
	/** Absent when the change was empty. */
	readonly read: ReadUpdate | undefined;
	readonly settled: (error: Error | undefined) => void;
}
