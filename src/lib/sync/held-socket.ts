import { MESSAGE, SYNC } from '../protocol/messages.ts';

/** What a connection tells about the frames that pass, and asks before they do. */
export interface SocketHooks {
	/** A frame that bears changes is about to be queued: `isExchange` when it answers the server's step 1. */
	queued(isExchange: boolean): void;
	/** Resolves when what is in this tab is on the disk; undefined when it is. */
	untilKept(): Promise<void> | undefined;
	/** Something came from the server. */
	heard(): void;
}

/**
 * A WebSocket that does not let a change out before the device has it on its disk, and keeps the order of frames
 * while it waits. What the server has seen is then never missing here after a crash.
 */
export function heldSocket(hooks: SocketHooks): typeof WebSocket {
	return class HeldSocket extends WebSocket {
		#waiting: Promise<void> | undefined;
		#queued = 0;

		constructor(url: string | URL, protocols?: string | string[]) {
			super(url, protocols);
			this.addEventListener('message', () => hooks.heard());
			this.addEventListener('open', () => hooks.heard());
		}

		override send(frame: Uint8Array<ArrayBuffer>): void {
			const kind = changeKind(frame);
			if (kind !== undefined) hooks.queued(kind === SYNC.step2);
			const kept = kind === undefined ? undefined : hooks.untilKept();
			if (!kept && this.#queued === 0) super.send(frame);
			else this.#sendAfter(kept, frame);
		}

		#sendAfter(kept: Promise<void> | undefined, frame: Uint8Array<ArrayBuffer>): void {
			this.#queued++;
			this.#waiting = Promise.all([this.#waiting, kept]).then(() => {
				this.#queued--;
				if (this.readyState === WebSocket.OPEN) super.send(frame);
			});
		}
	};
}

/** Step 2 or update when the frame bears changes, else undefined. */
function changeKind(frame: Uint8Array): number | undefined {
	if (frame[0] !== MESSAGE.sync) return undefined;
	return frame[1] === SYNC.step2 || frame[1] === SYNC.update ? frame[1] : undefined;
}
