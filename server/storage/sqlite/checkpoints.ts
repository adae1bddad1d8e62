import { Thread } from '../../sync/thread.ts';

/** Two seconds of five people typing: copying what they wrote takes some ten milliseconds of disk. */
const FLUSHES_MAX = 100;

/** Checkpoints of the write-ahead log, made in a thread: each waits for the disk twice. */
export class Checkpoints {
	readonly #file: string;
	readonly #thread = new Thread<string, boolean>(new URL('./checkpoint-worker.ts', import.meta.url));
	#flushes = 0;
	#isRunning = false;

	constructor(file: string) {
		this.#file = file;
	}

	/** The log has grown, and was flushed. Now and then that is followed by a checkpoint. */
	flushed(): void {
		if (++this.#flushes < FLUSHES_MAX || this.#isRunning) return;
		this.#flushes = 0;
		this.#isRunning = true;
		this.#thread
			.ask(this.#file)
			// Whoever writes when the log has become very long makes one itself.
			.catch(() => undefined)
			.finally(() => (this.#isRunning = false));
	}
}
