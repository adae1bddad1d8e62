import { SyncMeter } from '../metrics/sync-meter.ts';
import type { Conversation } from './conversation.ts';
import { type ConversationPorts } from './conversation.ts';
import type { DocStore } from './doc-store.ts';
import { Folder } from './fold.ts';
import { LogWriter } from './log-writer.ts';
import { Room } from './room.ts';
import type { HeldBack, WriteGuard } from './write-guard.ts';

/** How long a room outlives its last visitor: a reload comes back within it. */
const LINGER_MS = 5_000;

/** Presence of a room is told at most this often: carets at 10 Hz by a hundred people are 20 frames a second. */
const PRESENCE_TICK_MS = 50;

/** An update without structs and deletions. */
const NO_CHANGE = new Uint8Array([0, 0]);

interface Open {
	readonly room: Promise<Room>;
	/** Conversations and writes under way. */
	users: number;
	linger: NodeJS.Timeout | undefined;
}

/** The documents that are open: opened once however many come at once, let go when nobody needs them. */
export class Rooms {
	readonly #store: DocStore;
	readonly #writer: LogWriter;
	readonly #folder: Folder;
	readonly #meter: SyncMeter;
	readonly #open = new Map<string, Open>();
	readonly #ready = new Map<string, Room>();
	readonly #presence = new Map<Room, NodeJS.Timeout>();
	readonly #ports: {
		readonly nowMs: () => number;
		readonly log: (event: string, fields: Record<string, string>) => void;
	};
	readonly conversationPorts: ConversationPorts;
	readonly #listeners = new Set<(name: string, update: Uint8Array) => void>();

	constructor(ports: {
		store: DocStore;
		nowMs: () => number;
		log: (event: string, fields: Record<string, string>) => void;
		guard: WriteGuard;
		heldBack?: (change: HeldBack) => void;
		meter?: SyncMeter;
	}) {
		this.#ports = ports;
		this.#store = ports.store;
		this.#meter = ports.meter ?? new SyncMeter();
		this.#writer = new LogWriter(ports.store, this.#meter);
		this.#folder = new Folder(this.#meter);
		this.conversationPorts = {
			nowMs: ports.nowMs,
			meter: this.#meter,
			guard: ports.guard,
			heldBack: (change) => ports.heldBack?.(change),
			presenceChanged: (room) => this.#tellPresenceSoon(room),
			failed: (event, error) => ports.log(event, { error: String(error) })
		};
	}

	get size(): number {
		return this.#open.size;
	}

	/** The room of a document that is open and ready. */
	find(name: string): Room | undefined {
		return this.#ready.get(name);
	}

	/**
	 * Calls back with every change of every document, once it is durable, and with an empty one when a document is
	 * opened. Returns the unsubscriber.
	 */
	onChange(listener: (name: string, update: Uint8Array) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	async enter(name: string): Promise<Room> {
		const open = this.#open.get(name) ?? this.#openNew(name);
		clearTimeout(open.linger);
		open.users++;
		try {
			return await open.room;
		} catch (error) {
			this.#open.delete(name);
			throw error;
		}
	}

	leave(room: Room): void {
		const open = this.#open.get(room.name);
		if (!open || this.#ready.get(room.name) !== room) return; // It broke meanwhile.
		open.users--;
		if (open.users > 0) return;
		open.linger = setTimeout(() => void this.#letGo(room, open), LINGER_MS);
		open.linger.unref();
	}

	exit(conversation: Conversation): void {
		this.leave(conversation.end());
	}

	async with<T>(name: string, work: (room: Room) => Promise<T>): Promise<T> {
		const room = await this.enter(name);
		try {
			return await work(room);
		} finally {
			this.leave(room);
		}
	}

	/** Everything received is durable when this resolves. */
	drain(): Promise<void> {
		return this.#writer.drain();
	}

	async close(): Promise<void> {
		for (const timer of this.#presence.values()) clearTimeout(timer);
		for (const open of this.#open.values()) clearTimeout(open.linger);
		await this.#writer.drain();
		await this.#folder.close();
	}

	#openNew(name: string): Open {
		const room = Room.open(name, {
			store: this.#store,
			writer: this.#writer,
			folder: this.#folder,
			meter: this.#meter,
			nowMs: this.#ports.nowMs,
			onChange: (changed, update) => this.#listeners.forEach((listener) => listener(changed, update)),
			onBroken: (broken, error) => this.#forgetBroken(broken, error)
		});
		const open: Open = { room, users: 0, linger: undefined };
		this.#open.set(name, open);
		room.then(
			(ready) => {
				this.#ready.set(name, ready);
				this.#listeners.forEach((listener) => listener(name, NO_CHANGE));
			},
			() => undefined // Whoever entered hears of it.
		);
		return open;
	}

	#forgetBroken(room: Room, error: unknown): void {
		this.#ports.log('sync.store-failed', { error: String(error) });
		if (this.#ready.get(room.name) !== room) return;
		this.#ready.delete(room.name);
		this.#open.delete(room.name);
	}

	async #letGo(room: Room, open: Open): Promise<void> {
		try {
			await room.leave();
		} catch (error) {
			this.#ports.log('sync.fold-failed', { error: String(error) }); // The log holds everything; a later fold will do.
		}
		if (open.users > 0 || this.#open.get(room.name) !== open) return;
		this.#open.delete(room.name);
		this.#ready.delete(room.name);
	}

	#tellPresenceSoon(room: Room): void {
		if (this.#presence.has(room)) return;
		const timer = setTimeout(() => {
			this.#presence.delete(room);
			if (room.awareness.hasChanges) room.tellPresence(room.awareness.takeFrame());
		}, PRESENCE_TICK_MS);
		this.#presence.set(room, timer);
	}
}
