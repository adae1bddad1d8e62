/** Milliseconds, counted in steps of 20 µs up to four seconds: millions of them cost nothing. */
export class Latencies {
	readonly #counts = new Uint32Array(200_000);
	count = 0;

	add(ms: number): void {
		const step = Math.min(this.#counts.length - 1, Math.max(0, Math.round(ms * 50)));
		this.#counts[step] = (this.#counts[step] ?? 0) + 1;
		this.count++;
	}

	/** Of what was added; NaN of nothing. */
	percentile(percent: number): number {
		const wanted = Math.ceil((this.count * percent) / 100);
		let seen = 0;
		for (let step = 0; step < this.#counts.length && wanted > 0; step++) {
			seen += this.#counts[step] ?? 0;
			if (seen >= wanted) return step / 50;
		}
		return Number.NaN;
	}

	clear(): void {
		this.#counts.fill(0);
		this.count = 0;
	}
}
