import * as decoding from 'lib0/decoding';
import * as Y from 'yjs';
import type { Writing } from '#lib/domain/access.ts';
import type { DocumentId } from '#lib/domain/id.ts';
import { MESSAGE_BYTES_MAX, NEWCOMER_MS } from '#lib/protocol/limits.ts';
import {
	encodeClockAnswer,
	encodeNotice,
	encodeRefused,
	MESSAGE,
	readClockQuestion,
	SYNC
} from '#lib/protocol/messages.ts';
import type { SyncMeter } from '../metrics/sync-meter.ts';
import { isEmptyUpdate, syncFrame } from './joining.ts';
import type { Room } from './room.ts';
import type { Session } from './session.ts';
import type { HeldBack, WriteGuard } from './write-guard.ts';

/** What a conversation asks of the server around it. */
export interface ConversationPorts {
	readonly nowMs: () => number;
	readonly meter: SyncMeter;
	readonly guard: WriteGuard;
	/** A change was not written because it would have deleted most of a document. It is in no log: keep it. */
	readonly heldBack: (change: HeldBack) => void;
	/** Presence in the room changed: tell everybody at the next tick. */
	readonly presenceChanged: (room: Room) => void;
	readonly failed: (event: string, error: unknown) => void;
}

/** The messages of one session in one room: reads each, acts, answers. */
export class Conversation {
	readonly #session: Session;
	readonly #room: Room;
	readonly #ports: ConversationPorts;
	readonly #document: DocumentId;
	readonly #writing: Writing;
	/** Changes that are being judged, one after the other. */
	#judging: Promise<void> = Promise.resolve();
	#hasRefused = false;
	readonly #enteredAtMs: number;

	constructor(at: { session: Session; room: Room }, ports: ConversationPorts) {
		this.#session = at.session;
		this.#room = at.room;
		this.#ports = ports;
		this.#document = at.room.name.slice(at.room.name.indexOf('/') + 1) as DocumentId;
		// For as long as this connection lasts: whoever's rights change is connected anew.
		this.#writing = ports.guard.rightOf(at.session.principal, this.#document);
		this.#enteredAtMs = ports.nowMs();
	}

	/** What the server says first: what you may do, what it has, who is here, who wrote. */
	async greet(): Promise<void> {
		this.#room.sessions.add(this.#session);
		const { role } = this.#session.principal;
		if (this.#session.hearsAcks && role !== 'former')
			this.#session.send(encodeNotice({ type: 'access', role, writing: this.#writing }));
		this.#session.send(syncFrame(SYNC.step1, this.#room.stateVector));
		if (!this.#session.meetsPeople) return;
		const present = this.#room.awareness.frameOfAll();
		if (present) this.#session.send(present);
		const authors = this.#session.hearsAcks ? await this.#room.authorsFrame() : undefined;
		if (authors) this.#session.send(authors);
	}

	/** Never throws: whatever a frame holds, only its sender feels it. */
	hear(frame: Uint8Array): void {
		if (!this.#session.isOpen) return;
		if (frame.length > MESSAGE_BYTES_MAX) {
			this.#ports.meter.refusedUpdates.add('tooLarge');
			const size = `${frame.length} bytes is over the ${MESSAGE_BYTES_MAX} allowed`;
			this.#session.close('tooLarge', `A message of ${size}. Make the change in smaller steps.`);
			return;
		}
		try {
			this.#read(decoding.createDecoder(frame));
		} catch (error) {
			this.#ports.meter.refusedUpdates.add('malformed');
			this.#session.close('malformed', notOurs(error));
		}
	}

	/** The session is over. Gives the room that it leaves. */
	end(): Room {
		this.#session.ended();
		this.#room.sessions.delete(this.#session);
		this.#room.awareness.leave(this.#session);
		if (this.#room.awareness.hasChanges) this.#ports.presenceChanged(this.#room);
		return this.#room;
	}

	#read(decoder: decoding.Decoder): void {
		const type = decoding.readVarUint(decoder);
		switch (type) {
			case MESSAGE.sync:
				return this.#readSync(decoder);
			case MESSAGE.awareness:
				return this.#readAwareness(decoding.readVarUint8Array(decoder));
			case MESSAGE.queryAwareness:
				return this.#answerAwareness();
			case MESSAGE.clock:
				return this.#answerClock(readClockQuestion(decoder));
			default:
				throw new Error(`type ${type} is unknown`);
		}
	}

	#readSync(decoder: decoding.Decoder): void {
		const kind = decoding.readVarUint(decoder);
		const payload = decoding.readVarUint8Array(decoder);
		if (kind === SYNC.step1) this.#answerStep1(payload);
		else if (kind === SYNC.step2 || kind === SYNC.update) this.#take(payload);
		else throw new Error(`sync message ${kind} is unknown`);
	}

	#answerStep1(stateVector: Uint8Array): void {
		Y.decodeStateVector(stateVector); // Throws on what is none, before anything is read for it.
		this.#room.join(stateVector.slice()).then(
			(frames) => frames.forEach((frame) => this.#session.send(frame)),
			(error: unknown) => {
				this.#ports.failed('sync.join', error);
				this.#session.close('notStored', 'The server could not read this document. Trying again.');
			}
		);
	}

	/** Who may not write answers step 1 too, with nothing in it. */
	#take(payload: Uint8Array): void {
		this.#session.received++;
		if (this.#writing === 'own') this.#judgeNext(payload.slice());
		else if (!this.#hasRefused && (isEmptyUpdate(payload) || this.#writing === 'all')) this.#put(payload);
		else this.#refuse(this.#session.received, READ_ONLY);
	}

	#put(payload: Uint8Array): void {
		if (!isEmptyUpdate(payload) && this.#room.isTooLarge) {
			this.#ports.meter.refusedUpdates.add('tooLarge');
			this.#session.close(
				'tooLarge',
				'This document is full. Go on in a new one; your change is on your device.'
			);
			return;
		}
		// The bytes are a window on what the socket read: a copy of their own lets go of the rest.
		const update = payload.slice();
		if (this.#isNewcomer() && this.#room.isWipe(update)) this.#holdBack(update);
		else this.#room.change(update, this.#session);
	}

	/** A client that has only just come, and whose first act could be its last. */
	#isNewcomer(): boolean {
		return this.#ports.nowMs() - this.#enteredAtMs < NEWCOMER_MS;
	}

	#holdBack(update: Uint8Array): void {
		const { principal } = this.#session;
		this.#ports.heldBack({ principal, document: this.#document, update });
		this.#refuse(this.#session.received, HELD_BACK);
	}

	/** One change is judged on what the one before it left, so each waits until that is durable. */
	#judgeNext(update: Uint8Array): void {
		const number = this.#session.received;
		this.#judging = this.#judging
			.then(async () => {
				if (!this.#session.isOpen) return;
				const judged = await this.#judge(update);
				if (judged !== undefined) this.#refuse(number, judged);
				else if (!this.#room.isTooLarge) await this.#room.changeAndSettle(update, this.#session);
				else this.#put(update);
			})
			.catch((error: unknown) => this.#session.close('malformed', notOurs(error)));
	}

	/** Why a change may not be made; undefined when it may. */
	async #judge(update: Uint8Array): Promise<string | undefined> {
		if (this.#hasRefused) return READ_ONLY;
		if (isEmptyUpdate(update)) return undefined;
		const judged = await this.#ports.guard.judge({
			principal: this.#session.principal,
			document: this.#document,
			update,
			state: () => this.#room.stateAsDoc()
		});
		return judged.ok ? undefined : judged.error;
	}

	/**
	 * What came after a refused change may rest on it: nothing more is taken on this connection. Nor is anything
	 * acknowledged, not even an empty change: a count would take the refused one in.
	 */
	#refuse(count: number, sentence: string): void {
		this.#ports.meter.refusedUpdates.add('forbidden');
		this.#hasRefused = true;
		if (this.#session.hearsAcks) this.#session.send(encodeRefused({ count, sentence }));
		else this.#session.close('forbidden', sentence);
	}

	#readAwareness(bytes: Uint8Array): void {
		if (!this.#session.meetsPeople) return;
		const taken = this.#room.awareness.take(this.#session, bytes);
		if (!taken.ok) this.#session.close('malformed', taken.error.sentence);
		else if (this.#room.awareness.hasChanges) this.#ports.presenceChanged(this.#room);
	}

	#answerAwareness(): void {
		if (!this.#session.meetsPeople) return;
		const present = this.#room.awareness.frameOfAll();
		if (present) this.#session.send(present);
	}

	#answerClock(askedAt: number): void {
		this.#session.send(encodeClockAnswer({ askedAt, serverMs: this.#ports.nowMs() }));
	}
}

const HELD_BACK =
	'This would delete most of the document. It waits for an owner to let it through; nothing is lost.';
const READ_ONLY = 'You can read this document but not change it.';

const notOurs = (error: unknown) =>
	`This is not a message of this protocol: ${error instanceof Error ? error.message : String(error)}`;
