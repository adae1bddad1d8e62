/** Lets so many work at the same time; the others wait in order, up to a number. */
export class Turns {
	readonly #atOnce: number;
	readonly #waitingMax: number;
	readonly #waiting: (() => void)[] = [];
	#working = 0;

	constructor({ atOnce, waitingMax }: { atOnce: number; waitingMax: number }) {
		this.#atOnce = atOnce;
		this.#waitingMax = waitingMax;
	}

	/** Undefined when too many wait: then nothing was done. */
	async take<T>(work: () => Promise<T>): Promise<T | undefined> {
		if (this.#working >= this.#atOnce) {
			if (this.#waiting.length >= this.#waitingMax) return undefined;
			await new Promise<void>((resolve) => this.#waiting.push(resolve));
		} else this.#working++;
		try {
			return await work();
		} finally {
			const next = this.#waiting.shift();
			if (next) next();
			else this.#working--;
		}
	}
}
