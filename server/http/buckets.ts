import type { Clock } from '../clock.ts';

/** Keys counted apart. Beyond it newcomers share one bucket: protects memory from a spread attack. */
const KEYS_MAX = 10_000;
const EVERYBODY_ELSE = '';

interface Bucket {
	left: number;
	filledAtMs: number;
}

export interface BucketSize {
	readonly perSecond: number;
	/** How many may come at once. */
	readonly burst: number;
}

/** Token buckets, one for each key: filled by time, emptied by what happens. */
export class Buckets {
	readonly #clock: Clock;
	readonly #size: BucketSize;
	readonly #buckets = new Map<string, Bucket>();

	constructor(clock: Clock, size: BucketSize) {
		this.#clock = clock;
		this.#size = size;
	}

	/** Takes one for `key`. Gives the whole seconds to wait when there is none; 0 when it was taken. */
	take(key: string): number {
		const { perSecond, burst } = this.#size;
		const nowMs = this.#clock.tickMs();
		const bucket = this.#bucketOf(key, nowMs);
		bucket.left = Math.min(burst, bucket.left + this.#gained(bucket, nowMs));
		bucket.filledAtMs = nowMs;
		if (bucket.left < 1) return Math.max(1, Math.ceil((1 - bucket.left) / perSecond));
		bucket.left -= 1;
		return 0;
	}

	#bucketOf(key: string, nowMs: number): Bucket {
		const found = this.#buckets.get(key);
		if (found) return found;
		if (this.#buckets.size >= KEYS_MAX) this.#forgetFull(nowMs);
		if (this.#buckets.size >= KEYS_MAX && key !== EVERYBODY_ELSE)
			return this.#bucketOf(EVERYBODY_ELSE, nowMs);
		const made = { left: this.#size.burst, filledAtMs: nowMs };
		this.#buckets.set(key, made);
		return made;
	}

	/** A bucket that is full again says nothing that a new one would not. */
	#forgetFull(nowMs: number): void {
		for (const [key, bucket] of this.#buckets) {
			if (bucket.left + this.#gained(bucket, nowMs) >= this.#size.burst) this.#buckets.delete(key);
		}
	}

	#gained({ filledAtMs }: Bucket, nowMs: number): number {
		return ((nowMs - filledAtMs) / 1000) * this.#size.perSecond;
	}
}
