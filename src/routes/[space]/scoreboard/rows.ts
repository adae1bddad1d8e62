import { momentText } from '#lib/charts/moment.ts';
import { sparkValues } from '#lib/charts/spark.ts';
import { freshnessOf, type Freshness } from '#lib/domain/health/freshness.ts';
import { valueIn } from '#lib/domain/health/aggregate.ts';
import { kpiScore, type KpiScore } from '#lib/domain/health/score.ts';
import { varianceOf, type Variance, type VarianceBase } from '#lib/domain/health/variance.ts';
import type { KpiId } from '#lib/domain/id.ts';
import type { KpiContract } from '#lib/domain/kpi.ts';
import { contractAt, type ContractInForce } from '#lib/domain/kpi-terms.ts';
import { periodKindOf, periodOf, periodYearBefore, previousPeriod, type Period } from '#lib/domain/period.ts';
import type { Person } from '#lib/domain/person.ts';
import type { PointShelf } from '#lib/domain/points.ts';
import { zoneClock } from '#lib/domain/series-calendar.ts';
import { lastPoint, type Point, type PointSeries } from '#lib/domain/series.ts';
import { statusOf, type Status } from '#lib/domain/status.ts';
import { dayOf } from '#lib/domain/words.ts';
import type { CommentaryState } from '#lib/kinds/commentary/state.ts';
import { mainSeries } from '#lib/kinds/kpis/facts.ts';

/** How the explanation of a KPI stands in a period. */
export interface Explained {
	readonly kpi: KpiId;
	/** The id of the period. */
	readonly period: string;
	readonly state: CommentaryState;
	readonly href: string;
}

/** One KPI on the scoreboard. */
export interface ScoreRow {
	/** As it was in force when the latest value was measured; as it is now before the first one. */
	readonly contract: ContractInForce;
	readonly owner: Person | undefined;
	readonly status: Status;
	/** The latest value; undefined before the first. */
	readonly last: Point | undefined;
	/** The period it is of, as its cadence names it: “W24, 8–14 Jun”. Empty without a value. */
	readonly when: string;
	/** Against the target, the previous period and the same one last year. */
	readonly variances: Readonly<Record<Exclude<VarianceBase, 'budget'>, Variance>>;
	/** Twelve values for a sparkline. */
	readonly spark: readonly (number | undefined)[];
	readonly freshness: Freshness;
	/** In the period that the latest value is of; undefined where this device does not know. */
	readonly explained: Explained | undefined;
	readonly score: KpiScore | undefined;
	/** Epoch milliseconds of when the server last confirmed it; undefined before the first time. */
	readonly asOfMs: number | undefined;
	readonly isLoading: boolean;
}

export interface RowsSource {
	readonly kpis: readonly KpiContract[];
	readonly points: Pick<PointShelf, 'seriesOf'>;
	readonly people: readonly Person[];
	readonly explained: readonly Explained[];
	/** Epoch milliseconds. */
	readonly nowMs: number;
	/** IANA name: whose weeks and months they are. */
	readonly zone: string;
}

/** Every KPI, in the order of its list. */
export function scoreRows(source: RowsSource): readonly ScoreRow[] {
	const clock = zoneClock(source.zone);
	const nowSeconds = source.nowMs / 1000;
	return source.kpis.map((kpi) => {
		const view = source.points.seriesOf(kpi.id);
		const series = mainSeries(view, kpi);
		const last = lastPoint(series);
		const contract = contractAt(kpi, last?.at ?? nowSeconds, source.zone);
		const { cadence } = contract;
		const period = last && periodOf(dayOf(last.at * 1000, source.zone), periodKindOf(cadence));
		return {
			contract,
			owner: source.people.find(({ id }) => id === contract.owner),
			status: statusOf(last?.value, contract),
			last,
			when: last ? momentText(last.at, { cadence, clock, nowSeconds }) : '',
			variances: variancesOf(series, { contract, period, zone: source.zone }),
			spark: sparkValues(series, cadence),
			freshness: freshnessOf(series, { cadence, budgetHours: contract.freshnessHours }, source.nowMs),
			explained: source.explained.find((one) => one.kpi === contract.id && one.period === period?.id),
			score: kpiScore(last?.value, contract),
			asOfMs: view.asOfMs,
			isLoading: view.isLoading
		};
	});
}

/** A period stands for its last value, as everywhere that a KPI is judged by periods. */
function variancesOf(
	series: PointSeries,
	{ contract, period, zone }: { contract: ContractInForce; period: Period | undefined; zone: string }
): ScoreRow['variances'] {
	const value = lastPoint(series)?.value;
	const lastIn = (span: Period | undefined) => span && valueIn(series, { period: span, zone, how: 'last' });
	return {
		target: varianceOf(value, { against: 'target', base: contract.target }),
		previous: varianceOf(value, {
			against: 'previous',
			base: lastIn(period && previousPeriod(period))?.value
		}),
		year: varianceOf(value, { against: 'year', base: lastIn(period && periodYearBefore(period))?.value })
	};
}
