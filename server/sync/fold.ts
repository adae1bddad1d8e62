import * as Y from 'yjs';
import { SyncMeter } from '../metrics/sync-meter.ts';
import type { Fold } from './doc-store.ts';
import { Thread } from './thread.ts';

export type FoldedState = Omit<Fold, 'uptoSeq'>;

/**
 * One state out of an earlier state and the updates after it. Linear, by way of a real document: merging the
 * updates themselves is quadratic (10,000 of them: 3.0 s against 64 ms, measured with yjs 13.6 on Node 24).
 */
export function foldUpdates(state: Uint8Array | undefined, tail: readonly Uint8Array[]): FoldedState {
	const doc = new Y.Doc();
	doc.transact(() => {
		if (state) Y.applyUpdate(doc, state);
		for (const update of tail) Y.applyUpdate(doc, update);
	});
	const folded = Y.encodeStateAsUpdate(doc);
	const stateVector = Y.encodeStateVector(doc);
	doc.destroy();
	return {
		state: folded,
		stateVector,
		deletions: Y.diffUpdate(folded, Y.encodeStateVectorFromUpdate(folded))
	};
}

/** Below this, handing the bytes to another thread costs more than folding them here. */
const INLINE_BYTES_MAX = 64 * 1024;

/** Folds away from the event loop, so that a large document does not make everybody wait. */
export class Folder {
	readonly #thread = new Thread<FoldQuestion, FoldedState>(new URL('./fold-worker.ts', import.meta.url));
	readonly #meter: SyncMeter;

	constructor(meter = new SyncMeter()) {
		this.#meter = meter;
	}

	fold(state: Uint8Array | undefined, tail: readonly Uint8Array[]): Promise<FoldedState> {
		return this.#meter.folding(this.#fold(state, tail));
	}

	async #fold(state: Uint8Array | undefined, tail: readonly Uint8Array[]): Promise<FoldedState> {
		const bytes = tail.reduce((sum, update) => sum + update.length, state?.length ?? 0);
		return bytes <= INLINE_BYTES_MAX ? foldUpdates(state, tail) : this.#thread.ask({ state, tail });
	}

	close(): Promise<void> {
		return this.#thread.close();
	}
}

export interface FoldQuestion {
	readonly state: Uint8Array | undefined;
	readonly tail: readonly Uint8Array[];
}
