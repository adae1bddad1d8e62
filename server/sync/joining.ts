import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { MESSAGE, SYNC } from '#lib/protocol/messages.ts';
import { isEmptyStateVector } from './coverage.ts';
import type { Session } from './session.ts';

// What a client is sent that says what it already has. Built from the fold and the updates after it without a
// document, and kept per state vector: a hundred people who come back together mostly know the same.

/** Frames in order: at most one with the fold's part, then the answer to step 1, which ends the exchange. */
export type JoinFrames = readonly Uint8Array[];

/** Neither structs nor deletions. */
export const EMPTY_UPDATE = Uint8Array.of(0, 0);

/** How many different state vectors are remembered; each costs one set of frames. */
const KEPT_MAX = 64;

export class Joining {
	readonly #state: Uint8Array | undefined;
	#stateFrames = new Map<string, Uint8Array | undefined>();
	#tail: Uint8Array | undefined;
	#tailFrames = new Map<string, Uint8Array>();

	/** `state`: the folded document, if there is a fold. */
	constructor(state: Uint8Array | undefined) {
		this.#state = state;
	}

	/** `tail`: the updates after the fold, as one, and the same object as long as it is the same. */
	framesFor(stateVector: Uint8Array, tail: Uint8Array | undefined): JoinFrames {
		const fold = this.#stateFrame(stateVector);
		return [...(fold ? [fold] : []), this.#tailFrame(stateVector, tail)];
	}

	#tailFrame(stateVector: Uint8Array, tail: Uint8Array | undefined): Uint8Array {
		if (this.#tail !== tail || this.#tailFrames.size >= KEPT_MAX) this.#tailFrames = new Map();
		this.#tail = tail;
		const key = Buffer.from(stateVector).toString('latin1');
		let frame = this.#tailFrames.get(key);
		if (!frame) {
			const rest = tail && !isEmptyStateVector(stateVector) ? Y.diffUpdate(tail, stateVector) : tail;
			this.#tailFrames.set(key, (frame = syncFrame(SYNC.step2, rest ?? EMPTY_UPDATE)));
		}
		return frame;
	}

	#stateFrame(stateVector: Uint8Array): Uint8Array | undefined {
		if (!this.#state) return undefined;
		const key = Buffer.from(stateVector).toString('latin1');
		if (!this.#stateFrames.has(key)) {
			if (this.#stateFrames.size >= KEPT_MAX) this.#stateFrames = new Map();
			this.#stateFrames.set(key, frameOfMissing(this.#state, stateVector));
		}
		return this.#stateFrames.get(key);
	}
}

function frameOfMissing(state: Uint8Array, stateVector: Uint8Array): Uint8Array | undefined {
	const missing = isEmptyStateVector(stateVector) ? state : Y.diffUpdate(state, stateVector);
	return isEmptyUpdate(missing) ? undefined : syncFrame(SYNC.update, missing);
}

/** Neither structs nor deletions. */
export const isEmptyUpdate = (update: Uint8Array): boolean =>
	update.length === 2 && update[0] === 0 && update[1] === 0;

/** Copies the payload once: it may be a whole document. */
export function syncFrame(kind: (typeof SYNC)[keyof typeof SYNC], payload: Uint8Array): Uint8Array {
	const encoder = encoding.createEncoder();
	encoding.writeVarUint(encoder, MESSAGE.sync);
	encoding.writeVarUint(encoder, kind);
	encoding.writeVarUint(encoder, payload.length);
	return Buffer.concat([encoding.toUint8Array(encoder), payload]);
}

/** A change that is in the log and was told to nobody yet. `from`: who has it already. */
export interface Untold {
	readonly update: Uint8Array;
	readonly from?: Session | undefined;
}

/** Updates up to this size are joined, so many at most: merging is quadratic in their number. */
const JOINED_BYTES_MAX = 4 * 1024;
const JOINED_MAX = 50;

/**
 * The same changes as fewer ones, in their order. What several people wrote goes back to them as well: it says
 * nothing new to them, and a frame of their own for each would cost more than it.
 */
export function joinSmall(changes: readonly Untold[]): readonly Untold[] {
	const joined: Untold[] = [];
	let run: Untold[] = [];
	const close = () => {
		if (run.length > 0) joined.push(joinedOf(run));
		run = [];
	};
	for (const change of changes) {
		const isLarge = change.update.length > JOINED_BYTES_MAX;
		if (isLarge || run.length === JOINED_MAX) close();
		if (isLarge) joined.push(change);
		else run.push(change);
	}
	close();
	return joined;
}

function joinedOf(changes: readonly Untold[]): Untold {
	const [first] = changes;
	if (first && changes.length === 1) return first;
	const from = changes.every((change) => change.from === first?.from) ? first?.from : undefined;
	return { update: Y.mergeUpdates(changes.map(({ update }) => update)), from };
}
