import { assert } from '../../util/assert.ts';
import type { PointSeries } from '../series.ts';

// Whether a KPI says something or merely wobbles: the chart of individual values and moving ranges (XmR), with the
// rules of D. J. Wheeler, “Understanding Variation” (1993) and “Making Sense of Data” (2003). Limits come from how
// far values lie from their neighbours, not from the mean: a shift would widen its own limits otherwise.

/** 3 / d2 with d2 = 1.128, for ranges of two values. */
const LIMIT_RANGES = 2.66;
/** D4 for ranges of two values. */
const UPPER_RANGE_RANGES = 3.27;
/** “As few as five or six”: from fewer values limits are not to be read. */
const LIMITS_VALUES_MIN = 6;
/** Values in a row on one side of the mean. */
const RUN_VALUES = 8;
/** Of this many values in a row … */
const NEAR_OF = 4;
/** … so many nearer to the same limit than to the mean. */
const NEAR_VALUES = 3;

/**
 * What the limits are taken from; all of the series without it. A process that was changed gets a baseline from
 * that day, and values before it are not judged.
 */
export interface Baseline {
	/** Epoch seconds: values before it belong to another process. */
	readonly from?: number;
	/** So many values, the first ones from there on. */
	readonly values?: number;
}

/** In the unit of the values. */
export interface ProcessLimits {
	readonly mean: number;
	/** Natural process limits: a value between them is noise. They may lie where no value can be, under 0 for instance. */
	readonly lower: number;
	readonly upper: number;
	readonly meanRange: number;
	/** A step from one value to the next that is longer is no noise. */
	readonly upperRange: number;
	/** How many values they were taken from. */
	readonly values: number;
}

export type Side = 'above' | 'below';

/** What the rules find. `first` and `last` are indexes of the series, both in it. */
export type Signal =
	/** A value beyond a limit. */
	| { readonly rule: 'outside'; readonly side: Side; readonly first: number; readonly last: number }
	/** A step to `last` from the value before it, `first`, that is longer than the upper range limit. */
	| { readonly rule: 'range'; readonly range: number; readonly first: number; readonly last: number }
	/** Eight values or more in a row on one side of the mean. */
	| { readonly rule: 'run'; readonly side: Side; readonly first: number; readonly last: number }
	/** Three of four values in a row, or more that hang together, nearer to one limit than to the mean. */
	| {
			readonly rule: 'near';
			readonly side: Side;
			readonly near: number;
			readonly first: number;
			readonly last: number;
	  };

/** The limits of a series whose values are in order of time. `undefined` under six values: too few to tell. */
export function processLimits(series: PointSeries, baseline: Baseline = {}): ProcessLimits | undefined {
	const start = firstJudged(series, baseline);
	const values = series.values.subarray(start, start + (baseline.values ?? series.values.length));
	if (values.length < LIMITS_VALUES_MIN) return undefined;
	assert(values.every(Number.isFinite), 'a series holds finite values');
	const ranges = values.subarray(1).map((value, index) => Math.abs(value - (values[index] ?? value)));
	const [mean, meanRange] = [meanOf(values), meanOf(ranges)];
	return {
		mean,
		lower: mean - LIMIT_RANGES * meanRange,
		upper: mean + LIMIT_RANGES * meanRange,
		meanRange,
		upperRange: UPPER_RANGE_RANGES * meanRange,
		values: values.length
	};
}

/** All that is no noise, in order of where it ends. Values after the baseline are judged by its limits too. */
export function signalsOf(
	series: PointSeries,
	limits: ProcessLimits,
	baseline: Baseline = {}
): readonly Signal[] {
	const start = firstJudged(series, baseline);
	const values = series.values.subarray(start);
	const found = [
		...outside(values, limits),
		...ranges(values, limits),
		...(['above', 'below'] as const).flatMap((side) => [
			...runs(values, limits, side),
			...nears(values, limits, side)
		])
	];
	return found
		.map((signal) => ({ ...signal, first: signal.first + start, last: signal.last + start }))
		.toSorted((a, b) => a.last - b.last);
}

/** How values are written: a value as “99.2%”, a difference, which has no sign, as “0.4 pt”. */
export interface Formatter {
	value(value: number): string;
	difference(difference: number): string;
}

/** A signal as a sentence without a full stop: “8 values in a row above the mean of 99.2%”. */
export function signalWords(
	signal: Signal,
	{ series, limits, format }: { series: PointSeries; limits: ProcessLimits; format: Formatter }
): string {
	const mean = `the mean of ${format.value(limits.mean)}`;
	const length = signal.last - signal.first + 1;
	switch (signal.rule) {
		case 'outside':
			return `${format.value(series.values[signal.last] ?? NaN)} is ${signal.side} ${limitWords(signal.side)}`;
		case 'range':
			return `A step of ${format.difference(signal.range)} is longer than the usual ${format.difference(limits.upperRange)} at most`;
		case 'run':
			return `${length} values in a row ${signal.side} ${mean}`;
		case 'near':
			return `${signal.near === length ? `${length} values in a row` : `${signal.near} of ${length} values`} nearer to ${limitWords(signal.side)} than to ${mean}`;
	}
	function limitWords(side: Side): string {
		return side === 'above'
			? `the upper limit of ${format.value(limits.upper)}`
			: `the lower limit of ${format.value(limits.lower)}`;
	}
}

function firstJudged({ seconds }: PointSeries, { from }: Baseline): number {
	if (from === undefined) return 0;
	const first = seconds.findIndex((at) => at >= from);
	return first < 0 ? seconds.length : first;
}

/** Measured from the first value, so that the mean of values that are all alike is that value to the last bit. */
function meanOf(values: Float64Array): number {
	const origin = values[0] ?? 0;
	return origin + values.reduce((sum, value) => sum + (value - origin), 0) / values.length;
}

function outside(values: Float64Array, { lower, upper }: ProcessLimits): readonly Signal[] {
	return [...values].flatMap((value, at): readonly Signal[] => {
		if (value > upper) return [{ rule: 'outside', side: 'above', first: at, last: at }];
		return value < lower ? [{ rule: 'outside', side: 'below', first: at, last: at }] : [];
	});
}

function ranges(values: Float64Array, { upperRange }: ProcessLimits): readonly Signal[] {
	return [...values].flatMap((value, at): readonly Signal[] => {
		const range = Math.abs(value - (values[at - 1] ?? value));
		return range > upperRange ? [{ rule: 'range', range, first: at - 1, last: at }] : [];
	});
}

/** A value on the mean is on neither side and ends a run. */
function runs(values: Float64Array, { mean }: ProcessLimits, side: Side): readonly Signal[] {
	const found: Signal[] = [];
	let first = 0;
	for (let at = 0; at <= values.length; at++) {
		const value = values[at] ?? mean;
		if (side === 'above' ? value > mean : value < mean) continue;
		if (at - first >= RUN_VALUES) found.push({ rule: 'run', side, first, last: at - 1 });
		first = at + 1;
	}
	return found;
}

/** Windows of four that overlap are one signal, which begins and ends with a value near the limit. */
function nears(values: Float64Array, { mean, lower, upper }: ProcessLimits, side: Side): readonly Signal[] {
	const middle = side === 'above' ? (mean + upper) / 2 : (mean + lower) / 2;
	const near = [...values.keys()].filter((at) => {
		const value = values[at] ?? mean;
		return side === 'above' ? value > middle : value < middle;
	});
	const spans: { from: number; to: number }[] = [];
	for (let to = NEAR_VALUES - 1; to < near.length; to++) {
		const from = to - NEAR_VALUES + 1;
		if ((near[to] ?? 0) - (near[from] ?? 0) >= NEAR_OF) continue;
		const before = spans.at(-1);
		if (before && from <= before.to) before.to = to;
		else spans.push({ from, to });
	}
	return spans.map(({ from, to }) => {
		return { rule: 'near', side, near: to - from + 1, first: near[from] ?? 0, last: near[to] ?? 0 };
	});
}
