import { naturalMax, startsAtZero } from '#lib/domain/quantity.ts';
import type { Scale } from './frame.ts';

/** Round values for an axis: `values` from the lowest to the highest tick, `step` apart. */
export interface Ticks {
	readonly values: readonly number[];
	readonly step: number;
}

/** Ticks with intervals of 1, 2, 2.5 or 5 times a power of ten, that reach over `scale`. At most `intervalsMax`. */
export function roundTicks(scale: Scale, intervalsMax: number): Ticks {
	const { min, max } = scale;
	const reach = max - min;
	const exact = reach / intervalsMax;
	const power = 10 ** Math.floor(Math.log10(exact));
	for (const factor of [1, 2, 2.5, 5, 10, 20, 25, 50]) {
		const step = factor * power;
		const [first, last] = [Math.floor(min / step + NOISE), Math.ceil(max / step - NOISE)];
		if (last - first > intervalsMax) continue;
		const count = Math.max(1, last - first) + 1;
		return { values: Array.from({ length: count }, (_, index) => tidy((first + index) * step)), step };
	}
	return { values: [min, max], step: reach };
}

/** Lets a bound that is on a tick but for a rounding error stay on it. */
const NOISE = 1e-9;
/** Sums of steps carry rounding errors of about 1e-16; fifteen digits leave them out. */
const tidy = (value: number) => Number(value.toPrecision(15));

/** A bound this close to the values, as a share of their reach, is worth showing. */
const NEAR_SHARE = 0.6;
/** The reach of a series that does not move, as a share of its value. */
const LEVEL_SHARE = 0.05;

/**
 * The values that the y axis must reach over: those shown, the targets, and bounds nearby. Counts start at zero.
 * What cannot be passed (a share of 100 %, nothing below zero) is not passed for the sake of a margin.
 */
export function valueReach(
	shown: Scale,
	options: { unit: string; targets: readonly number[]; bounds: readonly number[] }
): Scale {
	const { unit, targets, bounds } = options;
	let { min, max } = shown;
	if (startsAtZero(unit)) min = Math.min(min, 0);
	for (const target of targets) [min, max] = [Math.min(min, target), Math.max(max, target)];
	const reach = max - min;
	for (const bound of bounds) {
		if (bound < min && min - bound <= NEAR_SHARE * reach) min = bound;
		if (bound > max && bound - max <= NEAR_SHARE * reach) max = bound;
	}
	if (max > min) return { min, max };
	const margin = Math.abs(max) * LEVEL_SHARE || 1;
	const floor = min >= 0 ? 0 : -Infinity;
	const ceiling = max <= naturalMax(unit) ? naturalMax(unit) : Infinity;
	return { min: Math.max(floor, min - margin), max: Math.min(ceiling, max + margin) };
}

/** The lowest and the highest of `values`, or undefined when there are none. */
export function extremes(values: Float64Array): Scale | undefined {
	if (values.length === 0) return undefined;
	let [min, max] = [Infinity, -Infinity];
	for (const value of values) {
		if (value < min) min = value;
		if (value > max) max = value;
	}
	return { min, max };
}
