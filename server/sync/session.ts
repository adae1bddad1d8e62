import type { Credential, Principal } from '../auth/access.ts';
import { CLOSE, closeSentence, type CloseReason } from '#lib/protocol/close.ts';
import { BACKLOG_BYTES_MAX } from '#lib/protocol/limits.ts';
import { assert } from '#lib/util/assert.ts';

/** All that a session knows of a socket. `ws` is behind it in the server, an array in tests. */
export interface Wire {
	send(frame: Uint8Array): void;
	close(code: number, reason: string): void;
	/** Ends it without waiting for the other side. */
	terminate(): void;
	/** Stops and resumes reading, so that the sender's own buffers fill instead of ours. */
	pause(): void;
	resume(): void;
	/** Bytes that were sent and have not left yet. */
	readonly backlogBytes: number;
}

/** Who was let in, and by what proof. */
export interface Entry {
	readonly credential: Credential;
	readonly principal: Principal;
}

/** One connection of one person or tool to one document. */
export class Session {
	readonly wire: Wire;
	/** Asked for the messages from 100 on. */
	readonly hearsAcks: boolean;
	/** Change-bearing messages received, and how many of them are durable. */
	received = 0;
	durable = 0;
	/** Yjs clients whose changes arrived here since the last acknowledgement. */
	readonly unacknowledged = new Set<number>();
	#entry: Entry | undefined;
	#isOpen = true;

	constructor(options: { wire: Wire; hearsAcks: boolean }) {
		this.wire = options.wire;
		this.hearsAcks = options.hearsAcks;
	}

	/** Lets it in, or renews what is known of whoever is in. */
	admit(entry: Entry): void {
		this.#entry = entry;
	}

	/** Whether it was let in. Until then nobody knows whose it is. */
	get isAdmitted(): boolean {
		return this.#entry !== undefined;
	}

	get credential(): Credential {
		assert(this.#entry, 'a session was asked whose it is before it was admitted');
		return this.#entry.credential;
	}

	/** Whose it is, as their rights were when they were last looked at. */
	get principal(): Principal {
		assert(this.#entry, 'a session was asked whose it is before it was admitted');
		return this.#entry.principal;
	}

	get isOpen(): boolean {
		return this.#isOpen;
	}

	/** Whether the others are shown to them, and they to the others. A guest sees a document, not the people of the space. */
	get meetsPeople(): boolean {
		return this.principal.role !== 'guest';
	}

	/** Who the log names for changes that come from here. */
	get author(): string {
		return this.principal.person ?? this.principal.id;
	}

	/** Drops a reader that is too far behind: it catches up by state vector when it comes back. */
	send(frame: Uint8Array): void {
		if (!this.#isOpen) return;
		if (this.wire.backlogBytes > BACKLOG_BYTES_MAX) {
			this.close('tooSlow', 'This connection reads too slowly. It may connect again and catch up.');
			this.wire.terminate();
			return;
		}
		this.wire.send(frame);
	}

	close(reason: CloseReason, sentence: string): void {
		if (!this.#isOpen) return;
		this.#isOpen = false;
		this.wire.close(CLOSE[reason], closeSentence(sentence));
	}

	/** The other side is gone. */
	ended(): void {
		this.#isOpen = false;
	}
}
