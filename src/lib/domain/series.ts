import { CADENCE_SECONDS, type Cadence } from './kpi.ts';

// The points of one KPI and one segment, as two columns of equal length. Instants are epoch seconds, ascending,
// each once: a later point for the same instant is a correction and replaces the value.

export interface PointSeries {
	readonly seconds: Float64Array;
	readonly values: Float64Array;
}

/** One measured value. */
export interface Point {
	/** Epoch seconds; may have a fraction. */
	readonly at: number;
	readonly value: number;
}

export const EMPTY_SERIES: PointSeries = { seconds: new Float64Array(), values: new Float64Array() };

/** `series` with `added` in it. Within `added` the last of equal instants stands, as it does against `series`. */
export function mergePoints(series: PointSeries, added: readonly Point[]): PointSeries {
	const fresh = sortedOnce(added);
	if (fresh.length === 0) return series;
	const { seconds, values } = series;
	const mergedSeconds = new Float64Array(seconds.length + fresh.length);
	const mergedValues = new Float64Array(seconds.length + fresh.length);
	let length = 0;
	let kept = 0;
	for (const { at, value } of fresh) {
		while (kept < seconds.length && (seconds[kept] ?? NaN) < at) {
			mergedSeconds[length] = seconds[kept] ?? NaN;
			mergedValues[length++] = values[kept++] ?? NaN;
		}
		if (seconds[kept] === at) kept++; // Corrected.
		mergedSeconds[length] = at;
		mergedValues[length++] = value;
	}
	mergedSeconds.set(seconds.subarray(kept), length);
	mergedValues.set(values.subarray(kept), length);
	length += seconds.length - kept;
	return { seconds: mergedSeconds.slice(0, length), values: mergedValues.slice(0, length) };
}

/** In order of time, the last of equal instants only. The sort is stable. */
function sortedOnce(points: readonly Point[]): readonly Point[] {
	const sorted = points.toSorted((a, b) => a.at - b.at);
	return sorted.filter((point, index) => sorted[index + 1]?.at !== point.at);
}

/** The point at `index`, from 0; undefined outside, so that the -1 of "not found" finds nothing. */
export function pointAt(series: PointSeries, index: number): Point | undefined {
	const at = series.seconds[index];
	const value = series.values[index];
	return at === undefined || value === undefined ? undefined : { at, value };
}

export const lastPoint = (series: PointSeries): Point | undefined =>
	pointAt(series, series.seconds.length - 1);

/** The index of the first point at or after `seconds`; the length when there is none. */
export function indexFrom(series: PointSeries, seconds: number): number {
	let [lower, upper] = [0, series.seconds.length];
	while (lower < upper) {
		const middle = (lower + upper) >> 1;
		if ((series.seconds[middle] ?? Infinity) < seconds) lower = middle + 1;
		else upper = middle;
	}
	return lower;
}

/** The index of the point nearest to `seconds`, or -1 in an empty series. */
export function indexNear(series: PointSeries, seconds: number): number {
	const after = indexFrom(series, seconds);
	if (after === 0) return series.seconds.length > 0 ? 0 : -1;
	const [before, next] = [series.seconds[after - 1] ?? -Infinity, series.seconds[after] ?? Infinity];
	return seconds - before <= next - seconds ? after - 1 : after;
}

/** The points from `from` to `to`, both included. Shares memory with `series`. */
export function cut(series: PointSeries, span: { from: number; to: number }): PointSeries {
	const first = indexFrom(series, span.from);
	let end = indexFrom(series, span.to);
	if (series.seconds[end] === span.to) end++;
	return { seconds: series.seconds.subarray(first, end), values: series.values.subarray(first, end) };
}

/** How many of the last steps are looked at: enough for a median, few enough to be free. */
const STEPS_SEEN = 500;

/** The usual time between two points, in seconds: the median of the latest steps. Undefined under two points. */
export function usualStep(series: PointSeries): number | undefined {
	const { seconds } = series;
	const first = Math.max(1, seconds.length - STEPS_SEEN);
	const steps = seconds.slice(first).map((at, index) => at - (seconds[first + index - 1] ?? at));
	return steps.length > 0 ? steps.sort()[steps.length >> 1] : undefined;
}

/** The cadence a series keeps by itself: the slowest one that is not slower than its usual step. */
export function cadenceOf(series: PointSeries): Cadence {
	const SLACK = 1.5;
	const step = usualStep(series) ?? 0;
	const named = (Object.entries(CADENCE_SECONDS) as [Cadence, number][]).find(
		([, seconds]) => step <= seconds * SLACK
	);
	return named?.[0] ?? 'quarterly';
}

/** A series this many times sparser than its contract says keeps another cadence: its own is the measure then. */
const SPARSE_STEPS = 2;

/** The time from one expected value to the next, in seconds: what was promised, unless the series is far sparser. */
export function expectedStep(series: PointSeries, cadence: Cadence): number {
	const [promised, step] = [CADENCE_SECONDS[cadence], usualStep(series) ?? 0];
	return step > SPARSE_STEPS * promised ? step : promised;
}

/** Half a step late is late; one more value is then missing. */
const GAP_STEPS = 1.5;
/** Without a cadence a series keeps its own time, which may be irregular: only a hole several steps wide counts. */
const GAP_STEPS_UNPROMISED = 6;

/**
 * Where values are missing: the indexes of the points right before a gap. A line must not cross one.
 * With a cadence, a gap is a value that did not come; denser points may pause that long.
 */
export function gapsOf(series: PointSeries, cadence: Cadence | undefined): readonly number[] {
	const longest = cadence
		? GAP_STEPS * expectedStep(series, cadence)
		: GAP_STEPS_UNPROMISED * (usualStep(series) ?? Infinity);
	const gaps: number[] = [];
	for (let index = 1; index < series.seconds.length; index++) {
		if ((series.seconds[index] ?? 0) - (series.seconds[index - 1] ?? 0) > longest) gaps.push(index - 1);
	}
	return gaps;
}
