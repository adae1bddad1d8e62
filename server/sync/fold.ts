import { Worker } from 'node:worker_threads';
import * as Y from 'yjs';
import type { Fold } from './doc-store.ts';

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
	#worker: Worker | undefined;
	#nextId = 1;
	readonly #waiting = new Map<number, PromiseWithResolvers<FoldedState>>();

	async fold(state: Uint8Array | undefined, tail: readonly Uint8Array[]): Promise<FoldedState> {
		const bytes = tail.reduce((sum, update) => sum + update.length, state?.length ?? 0);
		if (bytes <= INLINE_BYTES_MAX) return foldUpdates(state, tail);
		const id = this.#nextId++;
		const waiting = Promise.withResolvers<FoldedState>();
		this.#waiting.set(id, waiting);
		this.#thread().postMessage({ id, state, tail });
		return waiting.promise;
	}

	async close(): Promise<void> {
		await this.#worker?.terminate();
		this.#worker = undefined;
		this.#failAll(new Error('the server stopped while a document was being folded'));
	}

	#thread(): Worker {
		if (this.#worker) return this.#worker;
		const worker = new Worker(new URL('./fold-worker.ts', import.meta.url));
		worker.unref();
		worker.on('message', ({ id, folded, error }: FoldAnswer) => {
			const waiting = this.#waiting.get(id);
			this.#waiting.delete(id);
			if (folded) waiting?.resolve(folded);
			else waiting?.reject(new Error(error ?? 'the fold did not say why it failed'));
		});
		worker.on('error', (error) => {
			this.#worker = undefined;
			this.#failAll(error);
		});
		return (this.#worker = worker);
	}

	#failAll(error: unknown): void {
		for (const waiting of this.#waiting.values()) waiting.reject(error);
		this.#waiting.clear();
	}
}

export interface FoldQuestion {
	readonly id: number;
	readonly state: Uint8Array | undefined;
	readonly tail: readonly Uint8Array[];
}

export interface FoldAnswer {
	readonly id: number;
	readonly folded?: FoldedState;
	readonly error?: string;
}
