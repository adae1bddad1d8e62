import type { KpiId } from '#lib/domain/id.ts';
import type { KpiContract, Marker } from '#lib/domain/kpi.ts';
import { WHOLE, type PointShelf, type SeriesView } from '#lib/domain/points.ts';
import { EMPTY_SERIES, lastPoint, mergePoints, type PointSeries } from '#lib/domain/series.ts';
import { refuse } from '#lib/util/result.ts';

// The numbers that the review looks at: one with a contract, one without, and one that has no points yet.

const DAY = 86_400;
const FROM = Date.parse('2026-05-11T06:00:00Z') / 1000;

export const SLO = 'slo-attainment' as KpiId;
export const LATENCY = 'latency-p95' as KpiId;
export const NDR = 'net-dollar-retention' as KpiId;

export const KPIS: readonly KpiContract[] = [
	{
		id: SLO,
		order: 'a0',
		name: 'SLO attainment, Tier-0',
		description: 'Share of requests to Tier-0 services that were good.',
		unit: '%',
		decimals: 2,
		direction: 'up',
		target: 99.9,
		redBelow: 99.8,
		cadence: 'daily'
	},
	{ id: NDR, order: 'a1', name: 'Net dollar retention', unit: '%', direction: 'up', cadence: 'monthly' }
];

export const MARKERS = [
	{
		id: 'm1',
		order: 'a0',
		at: '2026-06-03T09:00:00Z',
		kind: 'release',
		label: 'search-api 2026.22',
		kpi: SLO
	},
	{
		id: 'm2',
		order: 'a1',
		at: '2026-06-04T06:00:00Z',
		kind: 'incident',
		label: 'INC-2291 Sev 2',
		kpi: SLO
	}
] as unknown as readonly Marker[];

const daily = (values: readonly number[]): PointSeries =>
	mergePoints(
		EMPTY_SERIES,
		values.map((value, index) => ({ at: FROM + index * DAY, value }))
	);

const MONTH_OF_SLO = [
	99.94, 99.93, 99.94, 99.95, 99.93, 99.92, 99.93, 99.94, 99.95, 99.94, 99.92, 99.91, 99.93, 99.94, 99.94,
	99.93, 99.92, 99.93, 99.94, 99.95, 99.94, 99.93, 99.91, 99.82, 99.77, 99.78, 99.8, 99.82
];

export const SERIES: ReadonlyMap<KpiId, PointSeries> = new Map([
	[SLO, daily(MONTH_OF_SLO)],
	[LATENCY, daily([310, 312, 305, 308, 640, 410, 330])]
]);

/** Points that stand still, as of `asOfMs`. Nothing can be sent. */
export class StillShelf implements PointShelf {
	readonly #series: ReadonlyMap<KpiId, PointSeries>;
	readonly #isPaused: () => boolean;
	readonly #asOfMs: number;

	constructor(
		series: ReadonlyMap<KpiId, PointSeries>,
		{ isPaused, asOfMs }: { isPaused: () => boolean; asOfMs: number }
	) {
		this.#series = series;
		this.#isPaused = isPaused;
		this.#asOfMs = asOfMs;
	}

	seriesOf(kpi: KpiId): SeriesView {
		const series = this.#series.get(kpi);
		return {
			series: () => series ?? EMPTY_SERIES,
			segments: series ? [WHOLE] : [],
			asOfMs: this.#asOfMs,
			isPaused: this.#isPaused(),
			isLoading: false
		};
	}

	known() {
		return [...this.#series].map(([kpi, series]) => ({
			kpi,
			count: series.seconds.length,
			latestAt: new Date((lastPoint(series)?.at ?? 0) * 1000).toISOString(),
			seq: 1
		}));
	}

	send(): ReturnType<PointShelf['send']> {
		return Promise.resolve(refuse({ code: 'points.forbidden', sentence: 'Nothing is taken here.' }));
	}
}
