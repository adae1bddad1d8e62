import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { mayDo } from '#lib/domain/access.ts';
import { newId, type SpaceId } from '#lib/domain/id.ts';
import type { CloseReason } from '#lib/protocol/close.ts';
import { SOCKETS_PER_PRINCIPAL_MAX } from '#lib/protocol/limits.ts';
import { PROTOCOL_PARAM, PROTOCOL_VERSION, TOKEN_PARAM, type Notice } from '#lib/protocol/messages.ts';
import { parseWireName, SYNC_PATH, wireName } from '#lib/protocol/names.ts';
import { ok, refuse, type Result } from '#lib/util/result.ts';
import type { Access, Principal } from '../auth/access.ts';
import { SyncMeter } from '../metrics/sync-meter.ts';
import { Conversation } from './conversation.ts';
import type { DocStore } from './doc-store.ts';
import { Gateway, type WireEnding, type WireListener } from './gateway.ts';
import { Rooms } from './rooms.ts';
import { Session, type Wire } from './session.ts';
import { TokenBucket } from './token-bucket.ts';

/** What happened, for the log: no content, no names. */
export type SyncLog = (event: string, fields: Record<string, string | number | undefined>) => void;

export interface SyncServerPorts {
	readonly store: DocStore;
	readonly access: Access;
	readonly nowMs: () => number;
	readonly log: SyncLog;
	/** Counts what happens; without it nobody does. */
	readonly meter?: SyncMeter;
}

/** Messages that may wait while a document is being opened; more is a client that does not listen. */
const WAITING_MESSAGES_MAX = 1_000;

/** The sync server: who may enter, which room, and an orderly end. */
export class SyncServer {
	readonly name = 'sync';
	readonly #ports: SyncServerPorts;
	readonly #meter: SyncMeter;
	readonly #gateway: Gateway;
	readonly #rooms: Rooms;
	readonly #sessions = new Map<string, Set<Session>>();
	#isDraining = false;
	#stopListening: (() => void) | undefined;

	constructor(ports: SyncServerPorts) {
		this.#ports = ports;
		this.#meter = ports.meter ?? new SyncMeter();
		this.#gateway = new Gateway(this.#meter);
		this.#rooms = new Rooms({ ...ports, meter: this.#meter });
	}

	start(): Promise<void> {
		this.#gateway.start();
		this.#stopListening = this.#ports.access.onRevoked((id) => this.#revoke(id));
		return Promise.resolve();
	}

	/** For `http.Server`'s `upgrade` event, when the path begins with `SYNC_PATH`. */
	upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
		this.#gateway.accept({ request, socket, head }, (wire) => this.open(wire, request));
	}

	/** Begins a session on a wire that is there already. */
	open(wire: Wire, request: Pick<IncomingMessage, 'url' | 'headers'>): WireListener {
		const socket = newId();
		const url = new URL(request.url ?? '/', 'http://server');
		const entry = this.#admit(url);
		if (!entry.ok) {
			this.#meter.refusedConnections.add(entry.error.reason);
			this.#ports.log('sync.refused', { code: entry.error.reason, socket });
			new Session({ wire, principal: nobody, hearsAcks: false }).close(
				entry.error.reason,
				entry.error.sentence
			);
			return { onMessage: () => undefined, onClose: () => undefined };
		}
		const { name, principal } = entry.value;
		const session = new Session({ wire, principal, hearsAcks: url.searchParams.has(PROTOCOL_PARAM) });
		this.#ports.log('sync.opened', { socket, principal: principal.id });
		return followed(this.#converse(name, session), (ending) =>
			this.#ports.log('sync.closed', { socket, ...ending })
		);
	}

	/** How many connections, documents and different people (or tools) there are now. */
	census(): { sockets: number; documents: number; people: number } {
		const sessions = [...this.#sessions.values()].flatMap((some) => [...some]);
		const people = new Set(sessions.map(({ author }) => author));
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

	/** Calls back with every change of every document, once it is durable. Returns the unsubscriber. */
	onChange(listener: (name: string, update: Uint8Array) => void): () => void {
		return this.#rooms.onChange(listener);
	}

	/** Takes no more, stores what it has, says goodbye, lets go. */
	async drain(): Promise<void> {
		this.#isDraining = true;
		this.#stopListening?.();
		for (const sessions of this.#sessions.values()) for (const session of sessions) session.wire.pause();
		await this.#rooms.drain();
		for (const sessions of this.#sessions.values()) {
			for (const session of sessions)
				session.close('restart', 'The server restarts. Trying again in a moment.');
		}
		await this.#gateway.stop();
		await this.#rooms.close();
	}

	#admit(url: URL): Result<{ name: string; principal: Principal }, Refusal> {
		if (this.#isDraining) return refused('restart', 'The server restarts. Trying again in a moment.');
		const name = parseWireName(decoded(url.pathname.slice(SYNC_PATH.length)));
		if (!name.ok) return refused('notFound', name.error.sentence);
		const spoken = url.searchParams.get(PROTOCOL_PARAM);
		if (spoken !== null && Number(spoken) !== PROTOCOL_VERSION) {
			return refused(
				'version',
				`This app speaks protocol ${spoken}, the server ${PROTOCOL_VERSION}. Reload the page.`
			);
		}
		const principal = this.#ports.access.principalOf(url.searchParams.get(TOKEN_PARAM) ?? undefined);
		if (!principal)
			return refused('signedOut', 'This link opens nothing any more. Ask for a new invite link.');
		const { space } = name.value;
		if (principal.space !== space) {
			return this.#ports.access.hasSpace(space)
				? refused(
						'forbidden',
						`This link opens another space, not ${space}. Ask its people for an invite link.`
					)
				: refused('notFound', `There is no space called ${space} here. Check the address.`);
		}
		if (!mayDo(principal.role, principal.scope, 'document.read')) {
			return refused('forbidden', 'This token can send points but not open documents. Use an invite link.');
		}
		if ((this.#sessions.get(principal.id)?.size ?? 0) >= SOCKETS_PER_PRINCIPAL_MAX) {
			return refused('tooMany', 'Too many documents are open with this link. Close some, then try again.');
		}
		return ok({ name: wireName(name.value), principal });
	}

	/** Messages wait until the document is open, then go in order. */
	#converse(name: string, session: Session): WireListener {
		const bucket = new TokenBucket(this.#ports.nowMs());
		const waiting: Uint8Array[] = [];
		let conversation: Conversation | undefined;
		this.#remember(session);

		const entering = this.#rooms.enter(name).then(
			async (room) => {
				if (!session.isOpen) return this.#rooms.leave(room);
				if (room.isFull)
					return session.close('tooMany', 'Too many people have this document open. Try later.');
				conversation = new Conversation({ session, room }, this.#rooms.conversationPorts);
				await conversation.greet();
				for (const frame of waiting.splice(0)) conversation.hear(frame);
			},
			(error: unknown) => {
				this.#ports.log('sync.open-failed', { error: String(error) });
				session.close('notStored', 'The server could not open this document. Trying again.');
			}
		);

		return {
			onMessage: (frame) => {
				this.#slowDown(session, bucket.take(this.#ports.nowMs()));
				if (conversation && waiting.length === 0) conversation.hear(frame);
				else if (waiting.length < WAITING_MESSAGES_MAX) waiting.push(frame.slice());
				else session.close('tooMany', 'Too many messages before the document was open. Trying again.');
			},
			onClose: () => {
				session.ended();
				this.#forget(session);
				void entering.then(() => conversation && this.#rooms.exit(conversation));
			}
		};
	}

	#slowDown(session: Session, waitMs: number): void {
		if (waitMs === 0) return;
		session.wire.pause();
		setTimeout(() => session.wire.resume(), waitMs).unref();
	}

	#revoke(principalId: string): void {
		for (const session of this.#sessions.get(principalId) ?? []) {
			session.close(
				'signedOut',
				'This link was withdrawn. Ask for a new invite link; your changes are on your device.'
			);
		}
	}

	#remember(session: Session): void {
		const sessions = this.#sessions.get(session.principal.id) ?? new Set();
		this.#sessions.set(session.principal.id, sessions.add(session));
	}

	#forget(session: Session): void {
		const sessions = this.#sessions.get(session.principal.id);
		sessions?.delete(session);
		if (sessions?.size === 0) this.#sessions.delete(session.principal.id);
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

interface Refusal {
	readonly reason: CloseReason;
	readonly sentence: string;
}

const refused = (reason: CloseReason, sentence: string) => refuse({ reason, sentence });

/** Stands for whoever is refused at the door, so that one path says goodbye. */
const nobody: Principal = { id: '', space: '' as SpaceId, role: 'viewer', scope: 'points', name: '' };

function decoded(path: string): string {
	try {
		return decodeURIComponent(path);
	} catch {
		return path; // Not percent-encoded text: it will break the rule for names as it stands.
	}
}
