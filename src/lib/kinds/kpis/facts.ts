import { momentText } from '#lib/charts/moment.ts';
import { sparkValues } from '#lib/charts/spark.ts';
import { contractAt, statusAt, type ContractInForce } from '#lib/domain/kpi-terms.ts';
import type { KpiContract } from '#lib/domain/kpi.ts';
import { WHOLE, type SeriesView } from '#lib/domain/points.ts';
import { changeOf, type Change } from '#lib/domain/series-change.ts';
import { zoneClock } from '#lib/domain/series-calendar.ts';
import { spanOf } from '#lib/domain/series-range.ts';
import { cadenceOf, lastPoint, type Point, type PointSeries } from '#lib/domain/series.ts';
import type { Status } from '#lib/domain/status.ts';

/** How one KPI stands, for a line of a list. */
export interface KpiFacts {
	readonly contract: KpiContract;
	/** As it held at the last point's time, or holds now without one. */
	readonly inForce: ContractInForce;
	readonly status: Status;
	readonly last: Point | undefined;
	readonly change: Change | undefined;
	/** Twelve values for a sparkline. */
	readonly spark: readonly (number | undefined)[];
	/** When the last value was, in words, once values stopped coming: “Sat 6 Jun”. */
	readonly staleSince: string | undefined;
	readonly isLoading: boolean;
}

/** `zone`: the space's time zone. */
export function factsOf(
	contract: KpiContract,
	view: SeriesView,
	{ nowMs, zone }: { nowMs: number; zone: string }
): KpiFacts {
	const series = mainSeries(view, contract);
	const last = lastPoint(series);
	const nowSeconds = nowMs / 1000;
	const cadence = contract.cadence ?? cadenceOf(series);
	const { isStale } = spanOf(series, { range: 'all', cadence, nowSeconds });
	const naming = { cadence, clock: zoneClock(zone), nowSeconds };
	return {
		contract,
		inForce: contractAt(contract, last?.at ?? nowSeconds, zone),
		status: statusAt(last, contract, zone),
		last,
		change: changeOf(series, cadence),
		spark: sparkValues(series, cadence),
		staleSince: isStale && last ? momentText(last.at, naming) : undefined,
		isLoading: view.isLoading
	};
}

/** The KPI as a whole; where only parts are measured, the first of them that the contract names. */
export function mainSeries(view: SeriesView, contract: KpiContract | undefined): PointSeries {
	const named = (contract?.segments ?? []).find((segment) => view.segments.includes(segment));
	const segment = view.segments.includes(WHOLE) ? WHOLE : (named ?? view.segments[0] ?? WHOLE);
	return view.series(segment);
}

/** What needs looking at first. */
export interface KpiGroups {
	/** Red before amber, each in the order of the list. */
	readonly outside: readonly KpiFacts[];
	readonly onTarget: readonly KpiFacts[];
	/** Values that nothing judges. */
	readonly unjudged: readonly KpiFacts[];
	readonly noData: readonly KpiFacts[];
}

export function grouped(all: readonly KpiFacts[]): KpiGroups {
	const of = (status: Status) => all.filter((facts) => facts.status === status);
	return {
		outside: [...of('red'), ...of('amber')],
		onTarget: of('green'),
		unjudged: of('none').filter(({ last }) => last !== undefined),
		noData: of('none').filter(({ last }) => last === undefined)
	};
}
