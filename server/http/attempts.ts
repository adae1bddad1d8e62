import type { Clock } from '../clock.ts';

const MINUTE_MS = 60_000;

/** Addresses counted apart. Beyond it newcomers share one count: protects memory from a spread attack. */
const KEYS_MAX = 10_000;
const EVERYBODY_ELSE = '';

/** Counts what did not work, such as a wrong token, per key and window. What works costs nothing. */
export class Attempts {
	readonly #clock: Clock;
	readonly #max: number;
	readonly #windowMs: number;
	readonly #failures = new Map<string, number>();
	#windowEndsMs = 0;

	/** `max` in each window of `windowMs`; without it, in each minute. */
	constructor(clock: Clock, max: number, windowMs = MINUTE_MS) {
		this.#clock = clock;
		this.#max = max;
		this.#windowMs = windowMs;
	}

	/** Whole seconds until `key` may try again; 0 when it may now. */
	waitSeconds(key: string): number {
		this.#turn();
		const failures = this.#failures.get(this.#known(key)) ?? 0;
		if (failures < this.#max) return 0;
		return Math.max(1, Math.ceil((this.#windowEndsMs - this.#clock.tickMs()) / 1000));
	}

	failed(key: string): void {
		this.#turn();
		const known = this.#known(key);
		this.#failures.set(known, (this.#failures.get(known) ?? 0) + 1);
	}

	#known(key: string): string {
		return this.#failures.has(key) || this.#failures.size < KEYS_MAX ? key : EVERYBODY_ELSE;
	}

	#turn(): void {
		const nowMs = this.#clock.tickMs();
		if (nowMs < this.#windowEndsMs) return;
		this.#failures.clear();
		this.#windowEndsMs = nowMs + this.#windowMs;
	}
}
