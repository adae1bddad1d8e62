import type { Principal } from '../auth/access.ts';
import { CLOSE, closeSentence, type CloseReason } from '#lib/protocol/close.ts';
import { BACKLOG_BYTES_MAX } from '#lib/protocol/limits.ts';

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

/** One connection of one person or tool to one document. */
export class Session {
	readonly wire: Wire;
	readonly principal: Principal;
	/** Asked for the messages from 100 on. */
	readonly hearsAcks: boolean;
	/** Change-bearing messages received, and how many of them are durable. */
	received = 0;
	durable = 0;
	/** Yjs clients whose changes arrived here since the last acknowledgement. */
	readonly unacknowledged = new Set<number>();
	#isOpen = true;

	constructor(options: { wire: Wire; principal: Principal; hearsAcks: boolean }) {
		this.wire = options.wire;
		this.principal = options.principal;
		this.hearsAcks = options.hearsAcks;
	}

	get isOpen(): boolean {
		return this.#isOpen;
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
