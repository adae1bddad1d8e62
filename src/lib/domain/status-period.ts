import { periodSpan, type Period } from './period.ts';
import { indexFrom, pointAt, type Point, type PointSeries } from './series.ts';
import { statusOf, type Judged, type Status } from './status.ts';

/** How a KPI stood at the end of a period, as far as is known. */
export interface PeriodStatus {
	/** `none` without a point in the period, or without bounds. */
	readonly status: Status;
	/** The last point within the period: later ones are another period's. */
	readonly last: Point | undefined;
}

/** The one place that says how a KPI stands in a period: by its last point within it, in the time zone `zone`. */
export function statusInPeriod(
	series: PointSeries,
	{ contract, period, zone }: { contract: Judged | undefined; period: Period; zone: string }
): PeriodStatus {
	const { from, to } = periodSpan(period, zone);
	const point = pointAt(series, indexFrom(series, to) - 1);
	const last = point && point.at >= from ? point : undefined;
	return { status: statusOf(last?.value, contract), last };
}
