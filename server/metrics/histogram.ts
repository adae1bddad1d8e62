/** How often a value fell under each bound, and their sum: what Prometheus computes quantiles from. */
export class Histogram {
	/** Upper bounds, ascending, in the unit of the values. */
	readonly bounds: readonly number[];
	/** How many values fell at or under each bound and over the one before; the last are over all bounds. */
	readonly counts: number[];
	sum = 0;

	constructor(bounds: readonly number[]) {
		this.bounds = bounds;
		this.counts = Array.from({ length: bounds.length + 1 }, () => 0);
	}

	get count(): number {
		return this.counts.reduce((sum, count) => sum + count, 0);
	}

	observe(value: number): void {
		let index = 0;
		while (index < this.bounds.length && value > (this.bounds[index] ?? Infinity)) index++;
		this.counts[index] = (this.counts[index] ?? 0) + 1;
		this.sum += value;
	}
}

/** Seconds. A commit is 0.1 ms on a disk that only promises, 1-10 ms on one that keeps its word. */
export const COMMIT_BOUNDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5];

/** Seconds. An answer out of the database is a millisecond; the past of a large document a second. */
export const ANSWER_BOUNDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
