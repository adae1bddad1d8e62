/** How often each of a few things happened. The keys are ours: never what a caller sent. */
export class Tally<Key extends string> {
	readonly #counts = new Map<Key, number>();

	add(key: Key): void {
		this.#counts.set(key, this.of(key) + 1);
	}

	of(key: Key): number {
		return this.#counts.get(key) ?? 0;
	}

	entries(): readonly (readonly [Key, number])[] {
		return [...this.#counts].toSorted(([a], [b]) => (a < b ? -1 : 1));
	}
}
