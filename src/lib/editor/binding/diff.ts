/** One change in a list: the entries `from` to `to` of the old one give way to the entries `at` to `end` of the new. */
export interface Change {
	readonly from: number;
	readonly to: number;
	readonly at: number;
	readonly end: number;
}

/** Longer middles than this are replaced whole: the search is quadratic in the worst case. */
const SEARCH_MAX = 600;

/**
 * What turns `before` into `after`, as few and as small changes as possible, in order. Entries are compared by
 * `===`. What is common at both ends is never touched.
 */
export function changesBetween(before: readonly string[], after: readonly string[]): readonly Change[] {
	let start = 0;
	while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
	let tail = 0;
	const rest = Math.min(before.length, after.length) - start;
	while (tail < rest && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;

	const old = before.slice(start, before.length - tail);
	const now = after.slice(start, after.length - tail);
	if (old.length === 0 && now.length === 0) return [];
	const whole = { from: start, to: start + old.length, at: start, end: start + now.length };
	if (old.length === 0 || now.length === 0 || old.length * now.length > SEARCH_MAX * SEARCH_MAX)
		return [whole];
	return between(commonPairs(old, now), { old: old.length, now: now.length }).map((change) => ({
		from: change.from + start,
		to: change.to + start,
		at: change.at + start,
		end: change.end + start
	}));
}

/** The longest common subsequence of two short lists, as pairs of places. */
function commonPairs(old: readonly string[], now: readonly string[]): readonly (readonly [number, number])[] {
	const width = now.length + 1;
	const best = new Uint32Array((old.length + 1) * width);
	const bestAt = (i: number, j: number) => best[i * width + j] ?? 0;
	for (let i = old.length - 1; i >= 0; i -= 1) {
		for (let j = now.length - 1; j >= 0; j -= 1) {
			best[i * width + j] =
				old[i] === now[j] ? bestAt(i + 1, j + 1) + 1 : Math.max(bestAt(i + 1, j), bestAt(i, j + 1));
		}
	}
	const pairs: (readonly [number, number])[] = [];
	for (let i = 0, j = 0; i < old.length && j < now.length;) {
		if (old[i] === now[j]) pairs.push([i++, j++]);
		else if (bestAt(i + 1, j) >= bestAt(i, j + 1)) i += 1;
		else j += 1;
	}
	return pairs;
}

/** The gaps between pairs that grow on both sides. */
export function between(
	pairs: readonly (readonly [number, number])[],
	sizes: { readonly old: number; readonly now: number }
): readonly Change[] {
	const changes: Change[] = [];
	let from = 0;
	let at = 0;
	for (const [to, end] of [...pairs, [sizes.old, sizes.now] as const]) {
		if (to > from || end > at) changes.push({ from, to, at, end });
		from = to + 1;
		at = end + 1;
	}
	return changes;
}
