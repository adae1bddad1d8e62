import { MARKER_WORDS, type KpiContract, type Marker } from './kpi.ts';
import { quantityText } from './quantity.ts';
import { clockText, dayLong, type ZoneClock } from './series-calendar.ts';
import { lastPoint, pointAt, type PointSeries } from './series.ts';
import type { Status } from './status.ts';
import { statusWord } from './status.ts';

// What a chart shows, for somebody who does not see it: where the value was, when it left, how far it went, where
// it is now. "Held near 99.93% until 2 June, fell to 99.77% on 4 June, now 99.82%. Target 99.90%."

/** What the sentence is about. `series` is the part that the chart shows. */
export interface Told {
	readonly series: PointSeries;
	readonly measure: Pick<KpiContract, 'unit' | 'decimals' | 'target'>;
	readonly status: Status;
	/** The target before the one in `measure`, when it changed within the series, and until when (epoch seconds). */
	readonly targetBefore?: { readonly target: number; readonly until: number } | undefined;
	readonly markers: readonly Marker[];
	readonly clock: ZoneClock;
	/** Decides whether years are said. */
	readonly nowSeconds: number;
}

/** Beyond this many usual deviations from the middle a value has left it. */
const LEFT_DEVIATIONS = 4;
/** Within this many it still holds. */
const HELD_DEVIATIONS = 2;
/** Makes the median deviation comparable to a standard deviation (normal distribution). */
const MAD_SCALE = 1.4826;
/** How many of the latest points are read: the story of a longer series is told by its recent part. */
const POINTS_READ_MAX = 2_000;

export function chartSentence(told: Told): string {
	const { series, status } = told;
	const length = series.seconds.length;
	const last = lastPoint(series);
	if (!last) return 'No points in this range.';
	const story = length < 3 ? few(told) : tellMoves(told);
	return `${statusWord(status, last.value)}. ${story}.${targetWords(told)}`;
}

function targetWords(told: Told): string {
	const { measure, targetBefore } = told;
	const now = measure.target === undefined ? '' : ` Target ${quantityText(measure.target, measure)}`;
	if (!targetBefore) return now && `${now}.`;
	const before = quantityText(targetBefore.target, measure);
	return `${now || ' No target'} since ${day(told, targetBefore.until)}, ${before} before.`;
}

function few(told: Told): string {
	const points = [pointAt(told.series, 0), lastPoint(told.series)].filter((point) => point !== undefined);
	const [first, last] = points;
	if (!first || !last) return '';
	const said = `${quantityText(first.value, told.measure)} ${when(told, first.at)}`;
	return first.at === last.at ? said : `${said}, now ${quantityText(last.value, told.measure)}`;
}

function tellMoves(told: Told): string {
	const { measure } = told;
	const series = latest(told.series);
	const { middle, deviation } = spread(series.values);
	const text = (value: number) => quantityText(value, measure);
	const peak = farthest(series.values, middle);
	const [extreme, last] = [pointAt(series, peak), lastPoint(series)];
	if (!extreme || !last) return '';
	if (Math.abs(extreme.value - middle) <= LEFT_DEVIATIONS * deviation) return calm(series, text);

	const held = heldUntil(series.values, { peak, middle, reach: HELD_DEVIATIONS * deviation });
	const start = pointAt(series, held);
	const way = extreme.value > middle ? 'rose' : 'fell';
	const causes = start ? causesBetween(told, start.at, extreme.at) : '';
	const before = held > 0 && start ? `held near ${text(middle)} until ${day(told, start.at)}, ` : '';
	const moved = `${way} to ${text(extreme.value)} ${when(told, extreme.at)}${causes}`;
	const now = peak === series.values.length - 1 ? '' : `, now ${text(last.value)}`;
	return capital(before + moved + now);
}

function calm(series: PointSeries, text: (value: number) => string): string {
	const [first, last] = [series.values[0] ?? 0, series.values.at(-1) ?? 0];
	const lowest = series.values.reduce((a, b) => Math.min(a, b));
	const highest = series.values.reduce((a, b) => Math.max(a, b));
	if (text(lowest) === text(highest)) return `Held at ${text(last)}`;
	const third = Math.max(1, Math.floor(series.values.length / 3));
	const [early, late] = [mean(series.values.subarray(0, third)), mean(series.values.subarray(-third))];
	const isTrend = Math.abs(late - early) > (highest - lowest) / 2;
	if (isTrend) return `${late > early ? 'Rose' : 'Fell'} from ${text(first)} to ${text(last)}`;
	return `Held between ${text(lowest)} and ${text(highest)}, now ${text(last)}`;
}

/** The last index before `peak` whose value still lay near the middle; -1 when there is none. */
function heldUntil(values: Float64Array, at: { peak: number; middle: number; reach: number }): number {
	for (let index = at.peak - 1; index >= 0; index--) {
		if (Math.abs((values[index] ?? 0) - at.middle) <= at.reach) return index;
	}
	return -1;
}

const CAUSES_MAX = 2;

/** “ after release search-api 2026.22 and incident INC-2291”: what is pinned to the time it moved in. */
function causesBetween(told: Told, from: number, to: number): string {
	const DAY_SECONDS = 86_400;
	const names = told.markers
		.filter(({ at, kind }) => {
			const seconds = Date.parse(at) / 1000;
			return kind !== 'note' && kind !== 'decision' && seconds >= from - DAY_SECONDS && seconds <= to;
		})
		.slice(-CAUSES_MAX)
		.map(({ kind, label }) => `${MARKER_WORDS[kind].toLowerCase()} ${label}`);
	return names.length > 0 ? ` after ${names.join(' and ')}` : '';
}

function latest({ seconds, values }: PointSeries): PointSeries {
	return { seconds: seconds.subarray(-POINTS_READ_MAX), values: values.subarray(-POINTS_READ_MAX) };
}

function spread(values: Float64Array): { middle: number; deviation: number } {
	const middle = median(values);
	const deviation = MAD_SCALE * median(values.map((value) => Math.abs(value - middle)));
	// More than half the values alike: any other one is far off, so a share of the whole reach is the measure.
	return { middle, deviation: deviation > 0 ? deviation : reach(values) / (2 * LEFT_DEVIATIONS) };
}

const median = (values: Float64Array) => values.slice().sort()[values.length >> 1] ?? 0;
const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
const reach = (values: Float64Array) =>
	values.reduce((a, b) => Math.max(a, b)) - values.reduce((a, b) => Math.min(a, b));

function farthest(values: Float64Array, middle: number): number {
	let found = 0;
	for (let index = 1; index < values.length; index++) {
		if (Math.abs((values[index] ?? 0) - middle) > Math.abs((values[found] ?? 0) - middle)) found = index;
	}
	return found;
}

function when(told: Told, seconds: number): string {
	return isWithinDays(told) ? `at ${day(told, seconds)}` : `on ${day(told, seconds)}`;
}

function day(told: Told, seconds: number): string {
	const wall = told.clock.wallTime(seconds);
	const thisYear = told.clock.wallTime(told.nowSeconds).year;
	const date = wall.year === thisYear ? dayLong(wall) : `${dayLong(wall)} ${wall.year}`;
	return isWithinDays(told) ? `${clockText(wall)} on ${date}` : date;
}

/** A chart of a few days tells the time as well. */
function isWithinDays({ series }: Told): boolean {
	const FEW_DAYS_SECONDS = 3 * 86_400;
	return (series.seconds.at(-1) ?? 0) - (series.seconds[0] ?? 0) < FEW_DAYS_SECONDS;
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
