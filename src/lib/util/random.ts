/**
 * A seeded source of numbers for tests and sample series (mulberry32, public domain, Tommy Ettinger).
 * Same seed, same sequence, on every machine. Not for secrets.
 */
export class Random {
	#state: number;

	constructor(seed: number) {
		this.#state = seed >>> 0;
	}

	/** A number in [0, 1). */
	next(): number {
		this.#state = (this.#state + 0x6d2b79f5) >>> 0;
		let mixed = this.#state;
		mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	}

	/** An integer in [0, below). */
	below(below: number): number {
		return Math.floor(this.next() * below);
	}

	/** One of `choices`, which must not be empty. */
	pick<T>(choices: readonly T[]): T {
		return choices[this.below(choices.length)] as T;
	}

	chance(share: number): boolean {
		return this.next() < share;
	}
}
