import { periodSpan, type Period } from './period.ts';
import { indexFrom, pointAt, type Point, type PointSeries } from './series.ts';
import { statusAt } from './kpi-terms.ts';
import type { KpiContract } from './kpi.ts';
import type { Status } from './status.ts';

/** How a KPI stood at the end of a period, as far as is known. */
export interface PeriodStatus {
	/** `none` without a point in the period, or without bounds. */
	readonly status: Status;
	/** The last point within the period: later ones are another period's. */
	readonly last: Point | undefined;
}

/**
 * The one place that says how a KPI stands in a period: by its last point within it and what was in force then, in
 * the time zone `zone`.
 */
export function statusInPeriod(
	series: PointSeries,
	{ contract, period, zone }: { contract: KpiContract | undefined; period: Period; zone: string }
): PeriodStatus {
	const { from, to } = periodSpan(period, zone);
	const point = pointAt(series, indexFrom(series, to) - 1);
	const last = point && point.at >= from ? point : undefined;
	return { status: statusAt(last, contract, zone), last };
}
