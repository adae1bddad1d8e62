import type { Node } from '@tiptap/pm/model';
import { between, type Change } from './diff.ts';

// Which node of a new list is which of the old one. ProseMirror shares what an edit leaves alone, so sameness by
// identity comes first; then equal content; what is left is matched by how much text it has in common. A node
// that is matched is changed in place, and what others write in it meanwhile stays.

export interface Alignment {
	/** Places in the old and the new list that are one node, growing on both sides. */
	readonly pairs: readonly (readonly [number, number])[];
	/** What comes and goes between them, in order. */
	readonly changes: readonly Change[];
}

/** More nodes than this on both sides of one gap are matched in their order: the search is quadratic. */
const SEARCH_MAX = 60;

export function aligned(before: readonly Node[], after: readonly Node[]): Alignment {
	const same = pairsWithin(before, after, whole(before, after), identical);
	const equal = filled(same, before, after, equalPairs);
	const pairs = filled(equal, before, after, similarPairs);
	return { pairs, changes: between(pairs, { old: before.length, now: after.length }) };
}

type Pair = readonly [number, number];
type Matcher = (before: readonly Node[], after: readonly Node[], gap: Change) => readonly Pair[];

const whole = (before: readonly Node[], after: readonly Node[]): Change => ({
	from: 0,
	to: before.length,
	at: 0,
	end: after.length
});

/** `pairs` with what `match` finds in the gaps between them. */
function filled(
	pairs: readonly Pair[],
	before: readonly Node[],
	after: readonly Node[],
	match: Matcher
): readonly Pair[] {
	const gaps = between(pairs, { old: before.length, now: after.length });
	const found = gaps.flatMap((gap) => match(before, after, gap));
	return found.length === 0 ? pairs : [...pairs, ...found].sort(([a], [b]) => a - b);
}

const identical = (a: Node, b: Node): boolean => a === b;

/** The two ends first, then the longest growing run of nodes that are on both sides. */
function pairsWithin(
	before: readonly Node[],
	after: readonly Node[],
	gap: Change,
	isSame: (a: Node, b: Node) => boolean
): readonly Pair[] {
	const { head, tail } = ends(before, after, gap, isSame);
	const inner = {
		from: gap.from + head.length,
		to: gap.to - tail.length,
		at: gap.at + head.length,
		end: gap.end - tail.length
	};
	return [...head, ...longestRun(before, after, inner), ...tail];
}

function ends(
	before: readonly Node[],
	after: readonly Node[],
	gap: Change,
	isSame: (a: Node, b: Node) => boolean
): { head: readonly Pair[]; tail: readonly Pair[] } {
	const isPair = (i: number, j: number) => {
		const [a, b] = [before[i], after[j]];
		return a !== undefined && b !== undefined && isSame(a, b);
	};
	const head: Pair[] = [];
	const tail: Pair[] = [];
	const most = Math.min(gap.to - gap.from, gap.end - gap.at);
	while (head.length < most && isPair(gap.from + head.length, gap.at + head.length)) {
		head.push([gap.from + head.length, gap.at + head.length]);
	}
	while (head.length + tail.length < most && isPair(gap.to - 1 - tail.length, gap.end - 1 - tail.length)) {
		tail.push([gap.to - 1 - tail.length, gap.end - 1 - tail.length]);
	}
	return { head, tail: tail.reverse() };
}

/** Nodes on both sides by identity, as the longest run that grows on both: patience sorting. */
function longestRun(before: readonly Node[], after: readonly Node[], gap: Change): readonly Pair[] {
	const placeOf = new Map<Node, number>();
	for (let i = gap.to - 1; i >= gap.from; i -= 1) {
		const node = before[i];
		if (node) placeOf.set(node, i);
	}
	const links: { readonly pair: Pair; readonly previous: number }[] = [];
	const tops: number[] = [];
	for (let j = gap.at; j < gap.end; j += 1) {
		const node = after[j];
		const i = node && placeOf.get(node);
		if (i === undefined) continue;
		let pile = tops.findIndex((top) => (links[top]?.pair[0] ?? 0) >= i);
		if (pile < 0) pile = tops.length;
		links.push({ pair: [i, j], previous: tops[pile - 1] ?? -1 });
		tops[pile] = links.length - 1;
	}
	const run: Pair[] = [];
	for (let at = tops.at(-1) ?? -1; at >= 0; at = links[at]?.previous ?? -1) {
		const link = links[at];
		if (link) run.push(link.pair);
	}
	return run.reverse();
}

const equalPairs: Matcher = (before, after, gap) => {
	const { head, tail } = ends(before, after, gap, (a, b) => a.eq(b));
	return [...head, ...tail];
};

/** The matching of the highest total likeness that keeps the order. */
const similarPairs: Matcher = (before, after, gap) => {
	const old = before.slice(gap.from, gap.to);
	const now = after.slice(gap.at, gap.end);
	if (old.length === 0 || now.length === 0) return [];
	if (old.length > SEARCH_MAX || now.length > SEARCH_MAX) return pairsInOrder(old, now, gap);

	const width = now.length + 1;
	const best = new Float64Array((old.length + 1) * width);
	const likeness = old.map((a) => now.map((b) => likenessOf(a, b)));
	const bestAt = (i: number, j: number) => best[i * width + j] ?? 0;
	const paired = (i: number, j: number) => bestAt(i + 1, j + 1) + (likeness[i]?.[j] ?? 0);
	for (let i = old.length - 1; i >= 0; i -= 1) {
		for (let j = now.length - 1; j >= 0; j -= 1) {
			best[i * width + j] = Math.max(paired(i, j), bestAt(i + 1, j), bestAt(i, j + 1));
		}
	}
	const pairs: Pair[] = [];
	for (let i = 0, j = 0; i < old.length && j < now.length;) {
		const isPaired = (likeness[i]?.[j] ?? 0) > 0 && paired(i, j) === bestAt(i, j);
		if (isPaired) pairs.push([gap.from + i++, gap.at + j++]);
		else if (bestAt(i + 1, j) >= bestAt(i, j + 1)) i += 1;
		else j += 1;
	}
	return pairs;
};

function pairsInOrder(old: readonly Node[], now: readonly Node[], gap: Change): readonly Pair[] {
	const pairs: Pair[] = [];
	for (let at = 0; at < Math.min(old.length, now.length); at += 1) {
		const [a, b] = [old[at], now[at]];
		if (a && b && canBecome(a, b)) pairs.push([gap.from + at, gap.at + at]);
	}
	return pairs;
}

/** 0 when one cannot become the other; otherwise 1 and more the more they share. */
function likenessOf(a: Node, b: Node): number {
	if (!canBecome(a, b)) return 0;
	if (a.isLeaf) return 1;
	const shared = a.children.filter((child) => !child.isText && b.children.includes(child)).length;
	return 1 + 8 * shared + commonLetters(a.textContent, b.textContent);
}

/** An element keeps its name for life. A block with another id is another block; a foreign one never changes here. */
function canBecome(a: Node, b: Node): boolean {
	if (a.type !== b.type || 'xml' in a.attrs) return false;
	return !a.isAtom || a.attrs['id'] === b.attrs['id'];
}

function commonLetters(a: string, b: string): number {
	const most = Math.min(a.length, b.length);
	let head = 0;
	while (head < most && a[head] === b[head]) head += 1;
	let tail = 0;
	while (head + tail < most && a.at(-1 - tail) === b.at(-1 - tail)) tail += 1;
	return head + tail;
}
