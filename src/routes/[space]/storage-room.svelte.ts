import { createSubscriber } from 'svelte/reactivity';

/** Below this share of what the browser grants, the person is told. */
const NEARLY_FULL_SHARE = 0.05;

/** Asked now and then: it changes slowly, and asking costs a walk through the disk. */
const ASK_EVERY_MS = 5 * 60_000;

/** How much this device can still keep. Asked only while somebody reads it. */
export class StorageRoom {
	readonly #track: () => void;
	#quotaBytes = 0;
	#usedBytes = 0;

	constructor() {
		this.#track = createSubscriber((changed) => {
			const ask = () => void this.#ask().then(changed);
			ask();
			const asking = setInterval(ask, ASK_EVERY_MS);
			return () => clearInterval(asking);
		});
	}

	get usedBytes(): number {
		this.#track();
		return this.#usedBytes;
	}

	get freeBytes(): number {
		this.#track();
		return Math.max(0, this.#quotaBytes - this.#usedBytes);
	}

	get isNearlyFull(): boolean {
		this.#track();
		return this.#quotaBytes > 0 && this.freeBytes < this.#quotaBytes * NEARLY_FULL_SHARE;
	}

	async #ask(): Promise<void> {
		if (!('storage' in navigator)) return; // No secure context: the browser does not say.
		const { quota = 0, usage = 0 } = await navigator.storage.estimate();
		[this.#quotaBytes, this.#usedBytes] = [quota, usage];
	}
}
