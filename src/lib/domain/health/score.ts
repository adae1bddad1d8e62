import type { Dimension } from '../kpi.ts';
import { boundsOf, type Judged } from '../status.ts';
import { weightedMean, type Weighted } from './weighted.ts';

/** How well a KPI does, with the stretch it was measured on. */
export interface KpiScore {
	/** 0-100, not rounded. */
	readonly score: number;
	readonly value: number;
	/** The value that is worth 100, and the one that is worth 0; of a band, on its worse side. */
	readonly full: number;
	readonly zero: number;
}

/**
 * The score of a value: 100 at `full` or on its good side, 0 at `zero` or beyond, and
 * (value − zero) ÷ (full − zero) × 100 between.
 *
 * - Up is good: `full` is the target, without one the amber bound (`amberBelow`), without that the red one. `zero` is the
 *   farther of the bounds on that side: `redBelow`; without one `amberBelow`; without any the target itself.
 * - Down is good: the same with `amberAbove` and `redAbove`.
 * - In a band: the target does not judge (see status.ts). `full` is where green ends on that side, `amberBelow` or
 *   `amberAbove`, without it the red bound; `zero` is the red bound, without it the amber one. Of two
 *   sides the worse one counts; a side without bounds is 100.
 * - Where `full` and `zero` are one, or a red bound lies on the good side of the target, there is nothing between: 100 at
 *   `zero` and on its good side, 0 beyond. A value that is off target never has a score over 0.
 *
 * Undefined without a value, and without a target or bound that judges it. All values in the KPI's unit.
 */
export function kpiScore(value: number | undefined, contract: Judged | undefined): KpiScore | undefined {
	const bounds = contract && boundsOf(contract);
	if (value === undefined || !Number.isFinite(value) || !contract || !bounds) return undefined;
	const target = contract.direction === 'band' ? undefined : contract.target;
	const low = stretch([target, bounds.amberBelow, bounds.redBelow]);
	const high = stretch([target, bounds.amberAbove, bounds.redAbove]);
	const sides = [
		...(low && contract.direction !== 'down' ? [on(value, low, 1)] : []),
		...(high && contract.direction !== 'up' ? [on(value, high, -1)] : [])
	];
	return sides.toSorted((a, b) => a.score - b.score)[0];
}

interface Stretch {
	readonly full: number;
	readonly zero: number;
}

/** From the best to the worst of what is set. */
function stretch(marks: readonly (number | undefined)[]): Stretch | undefined {
	const set = marks.filter((mark) => mark !== undefined);
	const [full, zero] = [set[0], set.at(-1)];
	return full === undefined || zero === undefined ? undefined : { full, zero };
}

/** `sign` is 1 where more is better, -1 where less is. */
function on(value: number, { full: wanted, zero }: Stretch, sign: 1 | -1): KpiScore {
	const full = sign * wanted > sign * zero ? wanted : zero;
	return { score: share({ value, full, zero, sign }), value, full, zero };
}

function share({ value, full, zero, sign }: Stretch & { value: number; sign: number }): number {
	if (sign * value >= sign * full) return 100;
	if (sign * value <= sign * zero) return 0;
	return ((value - zero) / (full - zero)) * 100;
}

/** A KPI as the health score counts it. */
export interface ScoredKpi {
	readonly id: string;
	readonly name: string;
	readonly dimension: Dimension | undefined;
	/** Absent: 1. */
	readonly weight?: number | undefined;
	/** 0-100; undefined when it has none. */
	readonly score: number | undefined;
}

/** Every score with its arithmetic. */
export interface Health {
	/** The weighted mean of the dimensions, 0-100. */
	readonly whole: Weighted;
	/** Each the weighted mean of its KPIs, 0-100; a dimension without KPIs has no terms and no value. */
	readonly dimensions: Readonly<Record<Dimension, Weighted>>;
	/** Names of the KPIs that belong to no dimension: they are in no score. */
	readonly outside: readonly string[];
}

/** A space's health, from the scores of its KPIs. `weights`: of the dimensions; absent: 1 each. */
export function healthOf(
	kpis: readonly ScoredKpi[],
	names: Readonly<Record<Dimension, string>>,
	weights: Partial<Readonly<Record<Dimension, number>>> = {}
): Health {
	const of = (dimension: Dimension) =>
		weightedMean(
			kpis
				.filter((kpi) => kpi.dimension === dimension)
				.map(({ id, name, weight = 1, score }) => ({ id, name, weight, value: score }))
		);
	const dimensions = {
		reliability: of('reliability'),
		security: of('security'),
		product: of('product'),
		financial: of('financial'),
		efficiency: of('efficiency')
	};
	const whole = weightedMean(
		DIMENSIONS.map((id) => ({ id, name: names[id], weight: weights[id] ?? 1, value: dimensions[id].value }))
	);
	const outside = kpis.filter(({ dimension }) => dimension === undefined).map(({ name }) => name);
	return { whole, dimensions, outside };
}

/** In the order they are told. */
export const DIMENSIONS = [
	'reliability',
	'security',
	'product',
	'financial',
	'efficiency'
] as const satisfies readonly Dimension[];

/** A score as it is shown: one digit after the point, rounded here and nowhere before. “87.5”, “–” for none. */
export const scoreText = (score: number | undefined): string =>
	score === undefined ? '–' : (Math.round(score * 10) / 10).toFixed(1);
