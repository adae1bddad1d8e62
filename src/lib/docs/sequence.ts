// How one sequence became another: of words, for what changed in a line; of blocks, for what changed in a text.

/** A stretch of `units` that both have, that only the earlier has, or that only the later has. */
export interface Step {
	readonly is: 'kept' | 'removed' | 'added';
	readonly units: readonly string[];
}

/** Above this many comparisons, what differs is said to be replaced as a whole: 1,000 words by 1,000 take 5 ms. */
const CELLS_MAX = 1_000_000;

/** The steps from `before` to `after`, as few units removed and added as can be. What is removed stands first. */
export function stepsBetween(before: readonly string[], after: readonly string[]): readonly Step[] {
	const start = sameAtStart(before, after);
	const end = sameAtStart(before.slice(start).toReversed(), after.slice(start).toReversed());
	const [from, to] = [before.slice(start, before.length - end), after.slice(start, after.length - end)];
	const middle = from.length * to.length > CELLS_MAX ? [removed(from), added(to)] : stepsOfMiddle(from, to);
	return joined([kept(before.slice(0, start)), ...middle, kept(before.slice(before.length - end))]);
}

const step =
	(is: Step['is']) =>
	(units: readonly string[]): Step => ({ is, units });
const [kept, removed, added] = [step('kept'), step('removed'), step('added')];

function sameAtStart(a: readonly string[], b: readonly string[]): number {
	const length = Math.min(a.length, b.length);
	for (let index = 0; index < length; index++) if (a[index] !== b[index]) return index;
	return length;
}

/** By the longest common subsequence. */
function stepsOfMiddle(from: readonly string[], to: readonly string[]): readonly Step[] {
	const width = to.length + 1;
	const lengths = new Uint32Array((from.length + 1) * width);
	const at = (row: number, column: number) => lengths[row * width + column] ?? 0;
	for (let row = from.length - 1; row >= 0; row--) {
		for (let column = to.length - 1; column >= 0; column--) {
			lengths[row * width + column] =
				from[row] === to[column]
					? at(row + 1, column + 1) + 1
					: Math.max(at(row + 1, column), at(row, column + 1));
		}
	}
	const steps: Step[] = [];
	let [row, column] = [0, 0];
	while (row < from.length || column < to.length) {
		const [one, other] = [from[row], to[column]];
		if (one !== undefined && one === other) {
			steps.push(kept([one]));
			row++;
			column++;
		} else if (one !== undefined && (other === undefined || at(row + 1, column) >= at(row, column + 1))) {
			steps.push(removed([one]));
			row++;
		} else if (other !== undefined) {
			steps.push(added([other]));
			column++;
		}
	}
	return steps;
}

/**
 * Neighbours of one sort become one; between two that are kept, what is removed stands before what is added. A blank
 * between two changed words changes with them: people read phrases.
 */
function joined(all: readonly Step[]): readonly Step[] {
	const out: Step[] = [];
	let gone: string[] = [];
	let come: string[] = [];
	const flush = () => {
		if (gone.length > 0) out.push(removed(gone));
		if (come.length > 0) out.push(added(come));
		[gone, come] = [[], []];
	};
	const steps = all.filter(({ units }) => units.length > 0);
	for (const [index, { is, units }] of steps.entries()) {
		if (is === 'removed') gone.push(...units);
		else if (is === 'added') come.push(...units);
		else if (isGap(units) && gone.length + come.length > 0 && isChange(steps[index + 1])) {
			gone.push(...units);
			come.push(...units);
		} else {
			flush();
			const last = out.at(-1);
			if (last?.is === 'kept') out[out.length - 1] = kept([...last.units, ...units]);
			else out.push(kept(units));
		}
	}
	flush();
	return out;
}

const isChange = (step: Step | undefined): boolean => step !== undefined && step.is !== 'kept';

const isGap = (units: readonly string[]): boolean => units.every((unit) => /^\s+$/u.test(unit));

/** The words of a text, and what stands between them; joined they are the text. */
export const wordsIn = (text: string): readonly string[] => text.match(/[\p{L}\p{M}\p{N}_]+|\s+|./gsu) ?? [];

/** A thing in a sequence: the same thing has the same `id`, and what looks the same has the same `content`. */
export interface Piece {
	readonly id: string;
	readonly content: string;
}

/**
 * Which pieces of `before` are which of `after`, as pairs of indexes that grow on both sides: the same thing, or one
 * that looks the same. What has moved past others has no partner.
 */
export function alignPieces(
	before: readonly Piece[],
	after: readonly Piece[]
): readonly (readonly [number, number])[] {
	const byId = new Map(before.map(({ id }, index) => [id, index]));
	const partners = after.map(({ id }) => byId.get(id));
	const taken = new Set(partners);
	const byContent = new Map<string, number[]>();
	for (const [index, { content }] of before.entries()) {
		if (!taken.has(index)) byContent.set(content, [...(byContent.get(content) ?? []), index]);
	}
	const pairs = after.flatMap(({ content }, index) => {
		const partner = partners[index] ?? byContent.get(content)?.shift();
		return partner === undefined ? [] : [[partner, index] as const];
	});
	return longestGrowing(pairs);
}

/** The longest choice of `pairs`, which grow in their second, that grows in the first too. */
function longestGrowing(
	pairs: readonly (readonly [number, number])[]
): readonly (readonly [number, number])[] {
	const ends: number[] = [];
	const previous: (number | undefined)[] = [];
	for (const [place, [value]] of pairs.entries()) {
		let [low, high] = [0, ends.length];
		while (low < high) {
			const middle = (low + high) >> 1;
			if ((pairs[ends[middle] ?? 0]?.[0] ?? 0) < value) low = middle + 1;
			else high = middle;
		}
		previous.push(low > 0 ? ends[low - 1] : undefined);
		ends[low] = place;
	}
	const chosen: (readonly [number, number])[] = [];
	for (let place = ends.at(-1); place !== undefined; place = previous[place]) {
		const pair = pairs[place];
		if (pair) chosen.push(pair);
	}
	return chosen.toReversed();
}
