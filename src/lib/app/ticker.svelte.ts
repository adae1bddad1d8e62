import { createSubscriber } from 'svelte/reactivity';

/** The present moment, for whoever shows it. It ticks only while somebody reads it. */
export class Ticker {
	readonly #nowMs: () => number;
	readonly #track: () => void;

	/** `everyMs`: how often readers are told. `nowMs`: whose clock. */
	constructor(everyMs: number, nowMs: () => number) {
		this.#nowMs = nowMs;
		this.#track = createSubscriber((tick) => {
			let timer: ReturnType<typeof setTimeout>;
			// Aligned to whole steps of the clock it shows, so that every screen turns the second together.
			const next = () => {
				timer = setTimeout(
					() => {
						tick();
						next();
					},
					everyMs - (this.#nowMs() % everyMs)
				);
			};
			next();
			return () => clearTimeout(timer);
		});
	}

	/** Epoch milliseconds. */
	get nowMs(): number {
		this.#track();
		return this.#nowMs();
	}
}
