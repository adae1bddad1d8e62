import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import * as Y from 'yjs';
import { newId, type SpaceId } from '#lib/domain/id.ts';
import {
	MESSAGE_BYTES_MAX,
	SOCKETS_PER_PRINCIPAL_MAX,
	SOCKETS_UNADMITTED_MAX
} from '#lib/protocol/limits.ts';
import type { Notice } from '#lib/protocol/messages.ts';
import { wireName } from '#lib/protocol/names.ts';
import type { Access } from '../auth/access.ts';
import { SyncMeter } from '../metrics/sync-meter.ts';
import { Admission, readVisit, type Refusal, type Upgrade, type Visit } from './admission.ts';
import { Conversation } from './conversation.ts';
import type { DocStore } from './doc-store.ts';
import { Gateway, type WireEnding, type WireListener } from './gateway.ts';
import { Rooms } from './rooms.ts';
import { Session, type Wire } from './session.ts';
import { Sessions } from './sessions.ts';
import { TokenBucket } from './token-bucket.ts';
import type { HeldBack, WriteGuard } from './write-guard.ts';

/** What happened, for the log: no content, no names. */
export type SyncLog = (event: string, fields: Record<string, string | number | undefined>) => void;

export interface SyncServerPorts {
	readonly store: DocStore;
	readonly access: Access;
	readonly guard: WriteGuard;
	/** Takes what was not written because it would have deleted most of a document. */
	readonly heldBack?: (change: HeldBack) => void;
	readonly nowMs: () => number;
	readonly log: SyncLog;
	/** Counts what happens; without it nobody does. */
	readonly meter?: SyncMeter;
}

/** Messages that may wait while a document is being opened; more is a client that does not listen. */
const WAITING_MESSAGES_MAX = 1_000;
const WAITING_BYTES_MAX = 2 * MESSAGE_BYTES_MAX;

/** The sync server: who may enter, which room, and an orderly end. */
export class SyncServer {
	readonly name = 'sync';
	readonly #ports: SyncServerPorts;
	readonly #meter: SyncMeter;
	readonly #gateway: Gateway;
	readonly #rooms: Rooms;
	readonly #admission: Admission;
	readonly #sessions: Sessions;
	/** Of whom it is not known yet whether they may come in, or who were told that they may not. */
	readonly #atTheDoor = new Set<Session>();
	#isDraining = false;

	constructor(ports: SyncServerPorts) {
		this.#ports = ports;
		this.#meter = ports.meter ?? new SyncMeter();
		this.#gateway = new Gateway(this.#meter);
		this.#rooms = new Rooms({ ...ports, meter: this.#meter });
		this.#admission = new Admission(ports.access);
		this.#sessions = new Sessions({ ...ports, admission: this.#admission });
	}

	start(): Promise<void> {
		this.#gateway.start();
		this.#sessions.start();
		return Promise.resolve();
	}

	/** For `http.Server`'s `upgrade` event, when the path begins with `SYNC_PATH`. */
	upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
		this.#gateway.accept({ request, socket, head }, (wire) => this.open(wire, request));
	}

	/** Begins a session on a wire that is there already. */
	open(wire: Wire, request: Upgrade): WireListener {
		if (this.#atTheDoor.size >= SOCKETS_UNADMITTED_MAX) return this.#cut(wire);
		const socket = newId();
		const visit = readVisit(request);
		const session = new Session({ wire, hearsAcks: visit.ok && visit.value.hearsAcks });
		this.#atTheDoor.add(session);
		const listener = visit.ok ? this.#receive(visit.value, session, socket) : deaf;
		if (!visit.ok) this.#turnAway(session, visit.error, socket);
		return followed(listener, (ending) => {
			this.#atTheDoor.delete(session);
			if (session.isAdmitted) this.#ports.log('sync.closed', { socket, ...ending });
		});
	}

	/** How many connections, documents and different people (or tools) there are now. */
	census(): { sockets: number; documents: number; people: number } {
		const people = new Set(this.#sessions.all().map(({ author }) => author));
		return { sockets: this.#gateway.size, documents: this.#rooms.size, people: people.size };
	}

	/** Tells everybody who has the space's index open. */
	announce(space: SpaceId, notice: Notice): void {
		this.#rooms.find(`${space}/index`)?.notify(notice);
	}

	/** The server writes into a document as a client of its own. Resolves when it is durable and told. */
	async write(name: string, update: Uint8Array, author: string): Promise<void> {
		await this.#rooms.with(name, (room) => room.write(update, author));
	}

	/** A document as it is durable now, as a copy. */
	stateOf(name: string): Promise<Y.Doc> {
		return this.#rooms.with(name, (room) => room.stateAsDoc());
	}

	/** Changes a document as it stands, in the name of `author`. Resolves when it is durable and told. */
	async edit(name: string, author: string, change: (doc: Y.Doc) => void): Promise<void> {
		await this.#rooms.with(name, async (room) => {
			const doc = await room.stateAsDoc();
			const before = Y.encodeStateVector(doc);
			const made: Uint8Array[] = [];
			doc.on('update', (update: Uint8Array) => made.push(update));
			change(doc);
			const update = made.length > 0 ? Y.encodeStateAsUpdate(doc, before) : undefined;
			doc.destroy();
			if (update) await room.write(update, author);
		});
	}

	/** Calls back with every change of every document, once it is durable. Returns the unsubscriber. */
	onChange(listener: (name: string, update: Uint8Array) => void): () => void {
		return this.#rooms.onChange(listener);
	}

	/** Takes no more, stores what it has, says goodbye, lets go. */
	async drain(): Promise<void> {
		this.#isDraining = true;
		this.#sessions.stop();
		for (const session of this.#sessions.all()) session.wire.pause();
		await this.#rooms.drain();
		for (const session of this.#sessions.all()) session.close(RESTARTS.reason, RESTARTS.sentence);
		await this.#gateway.stop();
		await this.#rooms.close();
	}

	/** Messages wait until it is known who sends them and the document is open, then go in order. */
	#receive(visit: Visit, session: Session, socket: string): WireListener {
		const bucket = new TokenBucket(this.#ports.nowMs());
		const waiting: Uint8Array[] = [];
		let waitingBytes = 0;
		let conversation: Conversation | undefined;

		const entering = this.#enter(visit, session, socket).then(async (entered) => {
			conversation = entered;
			await conversation?.greet();
			for (const frame of waiting.splice(0)) conversation?.hear(frame);
		});

		return {
			onMessage: (frame) => {
				this.#slowDown(session, bucket.take(this.#ports.nowMs()));
				waitingBytes += conversation ? 0 : frame.length;
				const mayWait = waiting.length < WAITING_MESSAGES_MAX && waitingBytes <= WAITING_BYTES_MAX;
				if (conversation && waiting.length === 0) conversation.hear(frame);
				else if (mayWait) waiting.push(frame.slice());
				else session.close('tooMany', 'Too many messages before the document was open. Trying again.');
			},
			onClose: () => {
				session.ended();
				this.#sessions.delete(session);
				void entering.then(() => conversation && this.#rooms.exit(conversation));
			}
		};
	}

	/** Undefined when the session was closed instead, and told why. */
	async #enter(visit: Visit, session: Session, socket: string): Promise<Conversation | undefined> {
		try {
			const entry = await this.#admission.admit(visit);
			if (this.#isDraining) return this.#turnAway(session, RESTARTS, socket);
			if (!entry.ok) return this.#turnAway(session, entry.error, socket);
			session.admit(entry.value);
			if (!session.isOpen) return undefined;
			if (this.#sessions.countOf(session) >= SOCKETS_PER_PRINCIPAL_MAX)
				return this.#turnAway(session, TOO_MANY_OPEN, socket);
			this.#atTheDoor.delete(session);
			this.#sessions.add(session, visit.name);
			this.#ports.log('sync.opened', { socket, principal: session.principal.id });
			const room = await this.#rooms.enter(wireName(visit.name));
			if (session.isOpen && !room.isFull)
				return new Conversation({ session, room }, this.#rooms.conversationPorts);
			this.#rooms.leave(room);
			return session.isOpen ? this.#turnAway(session, ROOM_FULL, socket) : undefined;
		} catch (error) {
			this.#ports.log('sync.open-failed', { error: String(error) });
			session.close('notStored', 'The server could not open this document. Trying again.');
			return undefined;
		}
	}

	#turnAway(session: Session, { reason, sentence }: Refusal, socket: string): undefined {
		this.#meter.refusedConnections.add(reason);
		this.#ports.log('sync.refused', { code: reason, socket });
		session.close(reason, sentence);
	}

	/** Without a word: saying it would take what there is too little of. */
	#cut(wire: Wire): WireListener {
		this.#meter.refusedConnections.add('tooMany');
		wire.terminate();
		return deaf;
	}

	#slowDown(session: Session, waitMs: number): void {
		if (waitMs === 0) return;
		session.wire.pause();
		setTimeout(() => session.wire.resume(), waitMs).unref();
	}
}

/** The same, and `ended` hears how it was when it is over. */
const followed = (listener: WireListener, ended: (ending?: WireEnding) => void): WireListener => ({
	onMessage: (frame) => listener.onMessage(frame),
	onClose: (ending) => {
		ended(ending);
		listener.onClose(ending);
	}
});

/** Whoever was turned away may say what they like. */
const deaf: WireListener = { onMessage: () => undefined, onClose: () => undefined };

const RESTARTS: Refusal = { reason: 'restart', sentence: 'The server restarts. Trying again in a moment.' };
const ROOM_FULL: Refusal = {
	reason: 'tooMany',
	sentence: 'Too many people have this document open. Try later.'
};
const TOO_MANY_OPEN: Refusal = {
	reason: 'tooMany',
	sentence: 'Too many documents are open with this link. Close some, then try again.'
};
