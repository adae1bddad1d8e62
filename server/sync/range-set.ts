/** Whole numbers from 0, kept as sorted ranges that neither touch nor overlap. */
export class RangeSet {
	/** Pairs `[from, to)` one after another: from0, to0, from1, to1 … */
	readonly #edges: number[] = [];

	get size(): number {
		return this.#edges.length / 2;
	}

	/** Whether every number of `[from, to)` is in. An empty range is. */
	has(from: number, to: number): boolean {
		if (to <= from) return true;
		const at = this.#lastStartingBy(from);
		return at >= 0 && to <= (this.#edges[at + 1] ?? -1);
	}

	/** How many numbers are in. */
	get count(): number {
		let count = 0;
		for (let at = 0; at < this.#edges.length; at += 2)
			count += (this.#edges[at + 1] ?? 0) - (this.#edges[at] ?? 0);
		return count;
	}

	/** How many numbers of `[from, to)` are not in. */
	missing(from: number, to: number): number {
		let count = Math.max(0, to - from);
		for (let at = 0; at < this.#edges.length; at += 2) {
			const overlap = Math.min(to, this.#edges[at + 1] ?? 0) - Math.max(from, this.#edges[at] ?? 0);
			count -= Math.max(0, overlap);
		}
		return count;
	}

	/** Adds `[from, to)`, joining what it touches. */
	add(from: number, to: number): void {
		if (to <= from) return;
		const edges = this.#edges;
		let first = this.#lastStartingBy(from);
		if (first < 0 || (edges[first + 1] ?? -1) < from) first += 2;
		let last = first;
		let [start, end] = [from, to];
		for (; last < edges.length && (edges[last] ?? 0) <= to; last += 2) {
			start = Math.min(start, edges[last] ?? start);
			end = Math.max(end, edges[last + 1] ?? end);
		}
		edges.splice(first, last - first, start, end);
	}

	/** Where the run that begins at 0 ends; 0 when there is none. */
	get solidEnd(): number {
		return this.#edges[0] === 0 ? (this.#edges[1] ?? 0) : 0;
	}

	/** Index of the last range that starts at or before `value`; negative when none does. */
	#lastStartingBy(value: number): number {
		let [low, high] = [0, this.#edges.length / 2];
		while (low < high) {
			const middle = (low + high) >>> 1;
			if ((this.#edges[middle * 2] ?? 0) <= value) low = middle + 1;
			else high = middle;
		}
		return (low - 1) * 2;
	}
}
