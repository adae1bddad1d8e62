/** A window is some 20 rows high: what is drawn at once fills two of them. */
const STEP = 40;

/** How far below the window the end of the list is already near, in pixels: more comes before one sees it end. */
const NEAR_PX = 800;

/**
 * How much of a long list is drawn: its first rows, and more as its end comes near. The list ends with an element
 * that has `{@attach growing.end}` for as long as `hasMore`.
 *
 *     const growing = new Growing(() => rows.length);
 *     {#each rows.slice(0, growing.shown) as row (row.id)} … {/each}
 *     {#if growing.hasMore}<div {@attach growing.end}></div>{/if}
 */
export class Growing {
	readonly #total: () => number;
	#drawn = $state(STEP);

	constructor(total: () => number) {
		this.#total = total;
	}

	/** How many rows to draw, from the first. */
	get shown(): number {
		return Math.min(this.#drawn, this.#total());
	}

	get hasMore(): boolean {
		return this.#drawn < this.#total();
	}

	/** Draws the row at `index` too, and some after it: the one that the keyboard or an address goes to. */
	reach(index: number): void {
		if (index >= this.#drawn) this.#drawn = index + STEP;
	}

	/** Another list now: a filter was typed. */
	restart(): void {
		this.#drawn = STEP;
	}

	readonly end = (element: Element): (() => void) => {
		const watcher = new IntersectionObserver(
			([last]) => {
				if (!last?.isIntersecting) return;
				this.#drawn += STEP;
				// Watched anew: where the end is still near, the watcher says so again.
				watcher.unobserve(element);
				requestAnimationFrame(() => watcher.observe(element));
			},
			{ root: scrollerOf(element), rootMargin: `0px 0px ${NEAR_PX}px` }
		);
		watcher.observe(element);
		return () => watcher.disconnect();
	};
}

/** What scrolls around it. A margin counts only from there: the window's own ends where an inner scroller clips. */
function scrollerOf(element: Element): Element | null {
	for (let at = element.parentElement; at; at = at.parentElement) {
		if (/auto|scroll/.test(getComputedStyle(at).overflowY)) return at;
	}
	return null;
}
