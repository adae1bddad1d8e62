import { MESSAGE, SYNC } from '../protocol/messages.ts';
import type { Carrier, CarrierEnd, OpenCarrier } from './carrier.ts';

/** What a connection tells about the frames that pass, and asks before they do. */
export interface SocketHooks {
	/** A frame that bears changes is about to be queued: `isExchange` when it answers the server's step 1. */
	queued(isExchange: boolean): void;
	/** Resolves when what is in this tab is on the disk; undefined when it is. */
	untilKept(): Promise<void> | undefined;
	/** Something came from the server. */
	heard(): void;
	/** By what the frames go. */
	open: OpenCarrier;
}

/** The states of a WebSocket, by their numbers in the standard. */
const CONNECTING = 0;
const OPEN = 1;
const CLOSING = 2;
const CLOSED = 3;

/**
 * A WebSocket, as far as the provider uses one, that does not let a change out before the device has it on its disk,
 * and keeps the order of frames while it waits. What the server has seen is then never missing here after a crash.
 */
export function heldSocket(hooks: SocketHooks): typeof WebSocket {
	class HeldSocket {
		readonly OPEN = OPEN;
		binaryType = 'arraybuffer';
		readyState = CONNECTING;
		onopen: (() => void) | null = null;
		onmessage: ((message: { data: ArrayBuffer }) => void) | null = null;
		onclose: ((ending: CarrierEnd) => void) | null = null;
		onerror: (() => void) | null = null;
		readonly #carrier: Carrier;
		#waiting: Promise<void> | undefined;
		#queued = 0;

		constructor(url: string) {
			this.#carrier = hooks.open(url, {
				opened: () => {
					if (this.readyState !== CONNECTING) return;
					this.readyState = OPEN;
					hooks.heard();
					this.onopen?.();
				},
				heard: (data) => {
					if (this.readyState !== OPEN) return;
					hooks.heard();
					this.onmessage?.({ data });
				},
				closed: (ending) => {
					this.readyState = CLOSED;
					this.onclose?.(ending);
				}
			});
		}

		send(frame: Uint8Array<ArrayBuffer>): void {
			const kind = changeKind(frame);
			if (kind !== undefined) hooks.queued(kind === SYNC.step2);
			const kept = kind === undefined ? undefined : hooks.untilKept();
			// Once it is being closed nothing gets out any more; what bears changes is sent again by the next one.
			if (this.readyState !== OPEN) return;
			if (!kept && this.#queued === 0) this.#carrier.send(frame);
			else this.#sendAfter(kept, frame);
		}

		close(): void {
			if (this.readyState < CLOSING) this.readyState = CLOSING;
			this.#carrier.close();
		}

		#sendAfter(kept: Promise<void> | undefined, frame: Uint8Array<ArrayBuffer>): void {
			this.#queued++;
			this.#waiting = Promise.all([this.#waiting, kept]).then(() => {
				this.#queued--;
				if (this.readyState === OPEN) this.#carrier.send(frame);
			});
		}
	}
	// The provider uses no more of a WebSocket than this.
	return HeldSocket as unknown as typeof WebSocket;
}

/** Step 2 or update when the frame bears changes, else undefined. */
function changeKind(frame: Uint8Array): number | undefined {
	if (frame[0] !== MESSAGE.sync) return undefined;
	return frame[1] === SYNC.step2 || frame[1] === SYNC.update ? frame[1] : undefined;
}
