/** How many things each key holds at a time, up to a limit. What is held is few enough to be counted exactly. */
export class Held {
	readonly #max: number;
	readonly #counts = new Map<string, number>();

	constructor(max: number) {
		this.#max = max;
	}

	/** Takes one for `key`, or says that it has all it may. */
	take(key: string): boolean {
		const count = this.#counts.get(key) ?? 0;
		if (count >= this.#max) return false;
		this.#counts.set(key, count + 1);
		return true;
	}

	giveBack(key: string): void {
		const left = (this.#counts.get(key) ?? 0) - 1;
		if (left > 0) this.#counts.set(key, left);
		else this.#counts.delete(key);
	}
}
