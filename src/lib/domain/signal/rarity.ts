import { assert } from '../../util/assert.ts';

// How rare a number is beside those before it: by counting while it is within the usual, by an exponential tail
// beyond it, where there is too little to count. Bounded: the oldest makes room for the newest.

/** How much is remembered, and which share of it on each side is the tail. */
export interface Memory {
	readonly max: number;
	readonly tailShare: number;
}

/** From fewer numbers a tail cannot be told. */
const LEARNED_FROM = 100;
/** Rounding is no rarity: a tail is at least this share of the numbers themselves. */
const ROUNDING = 1e-9;
/** Decimal orders. One in 10^100 is as rare as can be; keeps sums finite. */
const RARITY_MAX = 100;

type Side = 'upper' | 'lower';

/** The numbers seen last, and what is usual among them. */
export class Rarity {
	readonly #memory: Memory;
	/** Ascending; the first `#count` places. */
	readonly #sorted: Float64Array;
	/** In order of arrival, round and round. */
	readonly #arrived: Float64Array;
	#count = 0;
	#next = 0;

	/** From `remembered`, oldest first, at most `memory.max`. */
	constructor(memory: Memory, remembered: readonly number[] = []) {
		assert(remembered.length <= memory.max, `${remembered.length} numbers to remember`);
		this.#memory = memory;
		this.#sorted = new Float64Array(memory.max);
		this.#arrived = new Float64Array(memory.max);
		for (const value of remembered) this.add(value);
	}

	/**
	 * In decimal orders: 0 within the usual, 3 for what is met once in a thousand times. 0 while it still learns,
	 * for a hundred numbers.
	 */
	of(value: number): number {
		if (!this.isLearned) return 0;
		const upper = this.#edge('upper');
		if (value > upper) return this.#orders((value - upper) / this.#scale('upper'));
		const lower = this.#edge('lower');
		return value < lower ? this.#orders((lower - value) / this.#scale('lower')) : 0;
	}

	get isLearned(): boolean {
		return this.#count >= LEARNED_FROM;
	}

	/** Nine of ten numbers lie here. To be asked once some number was rare. */
	get usual(): { readonly lower: number; readonly upper: number } {
		return { lower: this.#edge('lower'), upper: this.#edge('upper') };
	}

	add(value: number): void {
		const isFull = this.#count === this.#memory.max;
		// Only what lies between the place that becomes free and the new one has to move.
		const from = isFull ? this.#placeOf(this.#arrived[this.#next] ?? 0) : this.#count++;
		const place = this.#placeOf(value, isFull ? this.#count : this.#count - 1);
		const to = place > from ? place - 1 : place;
		if (to < from) this.#sorted.copyWithin(to + 1, to, from);
		else this.#sorted.copyWithin(from, from + 1, to + 1);
		this.#sorted[to] = value;
		this.#arrived[this.#next] = value;
		this.#next = (this.#next + 1) % this.#memory.max;
	}

	/** Oldest first. */
	get remembered(): readonly number[] {
		const isFull = this.#count === this.#memory.max;
		const [late, early] = [this.#arrived.subarray(0, this.#next), this.#arrived.subarray(this.#next)];
		return isFull ? [...early, ...late] : [...late];
	}

	/** The first of `count` places whose number is not smaller; `count` when all are. */
	#placeOf(value: number, count = this.#count): number {
		let low = 0;
		let high = count;
		while (low < high) {
			const middle = (low + high) >> 1;
			if ((this.#sorted[middle] ?? 0) < value) low = middle + 1;
			else high = middle;
		}
		return low;
	}

	/** How many numbers a tail has. */
	get #tailCount(): number {
		return Math.floor(this.#memory.tailShare * this.#count);
	}

	#edge(side: Side): number {
		return this.#ranked(side, this.#tailCount);
	}

	/** The number at a rank counted from the far end of `side`, 0 the farthest. */
	#ranked(side: Side, rank: number): number {
		return this.#sorted[side === 'upper' ? this.#count - 1 - rank : rank] ?? 0;
	}

	/** How far beyond the edge the numbers of a tail lie, on average: all that an exponential tail needs. */
	#scale(side: Side): number {
		const from = this.#edge(side);
		let beyond = 0;
		for (let rank = 0; rank < this.#tailCount; rank++) beyond += Math.abs(this.#ranked(side, rank) - from);
		return Math.max(beyond / this.#tailCount, ROUNDING * Math.abs(this.#ranked(side, 0)));
	}

	/** Of lying at least so many scales beyond the edge of a tail. */
	#orders(scales: number): number {
		return Math.min(RARITY_MAX, (scales - Math.log(this.#memory.tailShare)) / Math.LN10);
	}
}
