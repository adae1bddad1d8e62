import type { KpiId, PersonId } from '#lib/domain/id.ts';
import type { KpiContract } from '#lib/domain/kpi.ts';
import type { Person } from '#lib/domain/person.ts';
import type { SeriesView } from '#lib/domain/points.ts';
import { EMPTY_SERIES, mergePoints, type PointSeries } from '#lib/domain/series.ts';
import type { RowsSource } from '../rows.ts';

export const NOW_MS = Date.parse('2026-06-08T10:11:00Z');
export const ZONE = 'Europe/Berlin';

const HOUR = 3_600;
const WEEK_HOURS = 168;

const person = (id: string, name: string, slot: Person['slot']): Person => ({
	id: id as PersonId,
	name,
	slot
});
const PEOPLE = [person('p-priya', 'Priya Raman', 1), person('p-mei', 'Mei Lin', 3)];

type Shape = Partial<Omit<KpiContract, 'id' | 'owner'>> & { readonly owner?: string };

const contract = (id: string, { owner, ...rest }: Shape): KpiContract => ({
	id: id as KpiId,
	order: id,
	name: id,
	unit: 'min',
	direction: 'down',
	cadence: 'weekly',
	...rest,
	...(owner ? { owner: owner as PersonId } : {})
});

/** Values whose last is so many hours old, one step apart. */
const values = (ageHours: number, stepHours: number, given: readonly number[]): PointSeries =>
	mergePoints(
		EMPTY_SERIES,
		given.map((value, index) => ({
			at: NOW_MS / 1000 - (ageHours + (given.length - 1 - index) * stepHours) * HOUR,
			value
		}))
	);

const MTTR = [41, 44, 40, 38, 42, 45, 41, 39, 47, 43, 52, 54];

const SERIES: Record<string, PointSeries> = {
	// The last is of this week, Monday 8 June; the one before of the last week.
	mttr: values(3, WEEK_HOURS, MTTR),
	slo: values(30, 24, [99.95, 99.94, 99.93, 99.86]),
	patched: values(5, WEEK_HOURS, [90, 93, 96]),
	feed: values(24 * 40, WEEK_HOURS, [12, 11, 10]),
	retention: values(10, 24 * 31, [0, 2, 3])
};

const view = (series: PointSeries): SeriesView => ({
	series: () => series,
	segments: series.seconds.length > 0 ? [''] : [],
	asOfMs: NOW_MS - 6 * 60_000,
	isPaused: false,
	isLoading: false
});

/** Six KPIs: off target, at risk, on target, late, without a target, without a value. */
export const source: RowsSource = {
	kpis: [
		contract('mttr', {
			name: 'MTTR, Sev 1/2 median',
			decimals: 0,
			target: 45,
			redAbove: 60,
			amberAbove: 45,
			owner: 'p-priya',
			dimension: 'reliability'
		}),
		contract('slo', {
			name: 'SLO attainment, Tier-0',
			unit: '%',
			decimals: 2,
			direction: 'up',
			target: 99.9,
			redBelow: 99.88,
			owner: 'p-priya',
			cadence: 'daily',
			dimension: 'reliability'
		}),
		contract('patched', {
			name: 'Critical findings fixed in time',
			unit: '%',
			decimals: 0,
			direction: 'up',
			target: 95,
			redBelow: 80,
			owner: 'p-mei',
			dimension: 'security'
		}),
		contract('feed', {
			name: 'Vendor status delay',
			decimals: 0,
			target: 15,
			redAbove: 30,
			dimension: 'efficiency',
			owner: 'p-mei'
		}),
		contract('retention', { name: 'Accounts lost', unit: 'count', cadence: 'monthly', owner: 'p-mei' }),
		contract('cost', {
			name: 'Cloud unit cost',
			unit: 'currency:EUR',
			decimals: 2,
			target: 4.2,
			redAbove: 5,
			dimension: 'financial'
		})
	],
	points: { seriesOf: (kpi) => view(SERIES[String(kpi)] ?? EMPTY_SERIES) },
	people: PEOPLE,
	explained: [
		{ kpi: 'mttr' as KpiId, period: '2026-W23', state: 'complete', href: '#mttr-before' },
		{ kpi: 'mttr' as KpiId, period: '2026-W24', state: 'due', href: '#mttr-due' },
		{ kpi: 'slo' as KpiId, period: '2026-W23', state: 'draft', href: '#slo-draft' },
		{ kpi: 'patched' as KpiId, period: '2026-W24', state: 'not-needed', href: '#patched' }
	],
	nowMs: NOW_MS,
	zone: ZONE
};
