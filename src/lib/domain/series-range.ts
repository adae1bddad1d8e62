import { CADENCE_SECONDS, type Cadence } from './kpi.ts';
import { lastPoint, pointAt, usualStep, type PointSeries } from './series.ts';

/** How far back a chart looks. */
export const RANGES = ['7d', '28d', '12w', '26w', '52w', 'all'] as const;
export type Range = (typeof RANGES)[number];

const DAY_SECONDS = 86_400;

const DAYS: Record<Exclude<Range, 'all'>, number> = { '7d': 7, '28d': 28, '12w': 84, '26w': 182, '52w': 364 };

export const RANGE_WORDS: Record<Range, string> = {
	'7d': '7 days',
	'28d': '28 days',
	'12w': '12 weeks',
	'26w': '26 weeks',
	'52w': '52 weeks',
	all: 'All'
};

export const RANGE_SHORT: Record<Range, string> = {
	'7d': '7 d',
	'28d': '28 d',
	'12w': '12 w',
	'26w': '26 w',
	'52w': '52 w',
	all: 'All'
};

/** The range that shows enough of a KPI of this cadence to see a trend. */
const USUAL_RANGE: Record<Cadence, Range> = {
	hourly: '7d',
	daily: '28d',
	weekly: '26w',
	monthly: '52w',
	quarterly: 'all'
};

/** A series that fills less of its usual range than this is shown whole: most of the frame would be empty. */
const FILLED_SHARE_MIN = 1 / 3;

/** The range to show a series in when nobody chose one. */
export function usualRange(series: PointSeries, cadence: Cadence): Range {
	const usual = USUAL_RANGE[cadence];
	const [first, last] = [pointAt(series, 0), lastPoint(series)];
	const length = rangeSeconds(usual);
	if (!first || !last || length === undefined) return usual;
	return last.at - first.at < FILLED_SHARE_MIN * length ? 'all' : usual;
}

/** What a chart shows at first, in epoch seconds. */
export interface Span {
	readonly from: number;
	readonly to: number;
	/** Values stopped coming: the last one is older than its cadence allows. */
	readonly isStale: boolean;
}

/** Two steps: the value that is due now, and one that is late. */
const FRESH_STEPS = 2;

/** The length of a range in seconds; undefined for `all`. */
export const rangeSeconds = (range: Range): number | undefined =>
	range === 'all' ? undefined : DAYS[range] * DAY_SECONDS;

/**
 * The stretch of time that `range` stands for.
 *
 * It ends at the last point while values keep coming, at now once they stopped, and at the last point again when
 * that lies further back than the range is long: an old series is shown, not an empty frame. It begins one step
 * late, so that 28 daily values fill 28 days.
 */
export function spanOf(
	series: PointSeries,
	options: { range: Range; cadence: Cadence | undefined; nowSeconds: number }
): Span {
	const { range, cadence, nowSeconds } = options;
	const [first, last] = [pointAt(series, 0), lastPoint(series)];
	const step = usualStep(series) ?? (cadence ? CADENCE_SECONDS[cadence] : DAY_SECONDS);
	const length = rangeSeconds(range);
	if (!first || !last) {
		return { from: nowSeconds - (length ?? DAY_SECONDS), to: nowSeconds, isStale: false };
	}
	const late = FRESH_STEPS * Math.max(step, cadence ? CADENCE_SECONDS[cadence] : 0);
	const isStale = nowSeconds - last.at > late;
	if (length === undefined) {
		const isSingle = first.at === last.at;
		return isSingle
			? { from: first.at - step, to: last.at + step, isStale }
			: { from: first.at, to: last.at, isStale };
	}
	const to = isStale && nowSeconds - last.at < length ? nowSeconds : last.at;
	return { from: to - Math.max(length - step, step), to, isStale };
}
