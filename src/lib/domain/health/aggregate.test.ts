import fc from 'fast-check';
import { expect, test } from 'vitest';
import { periodSpan, periodYearBefore, periodOf } from '../period.ts';
import { EMPTY_SERIES, mergePoints } from '../series.ts';
import { AGGREGATES, byPeriod, valueIn, type Aggregate, type Grain } from './aggregate.ts';
import { fiscalYearOf } from './fiscal-year.ts';

const at = (iso: string) => Date.parse(iso) / 1000;
const series = (points: Record<string, number>) =>
	mergePoints(
		EMPTY_SERIES,
		Object.entries(points).map(([iso, value]) => ({ at: at(iso), value }))
	);
const inZone = (
	points: Record<string, number>,
	{ kind = 'week', zone = 'Europe/Berlin', how = 'last' as Aggregate, startMonth = 1 }
) =>
	byPeriod(series(points), { grain: { kind, startMonth } as Grain, zone, how }).map(
		({ period, value }) => [period.id, value] as const
	);

test('weeks begin on Monday at midnight of the zone, also where the clock changes', () => {
	// In Berlin summer time ends on Sunday 25 October 2026: the week lasts an hour longer.
	const points = {
		'2026-10-18T21:59:59Z': 1,
		'2026-10-18T22:00:00Z': 2,
		'2026-10-25T22:59:59Z': 3,
		'2026-10-25T23:00:00Z': 4
	};
	expect(inZone(points, { how: 'sum' })).toEqual([
		['2026-W42', 1],
		['2026-W43', 5],
		['2026-W44', 4]
	]);
	expect(inZone(points, { how: 'sum', zone: 'UTC' })).toEqual([
		['2026-W42', 3],
		['2026-W43', 7]
	]);
});

test('months and quarters end at midnight of the zone', () => {
	const points = { '2026-03-31T21:59:59Z': 1, '2026-03-31T22:00:00Z': 2 };
	expect(inZone(points, { kind: 'month' })).toEqual([
		['2026-03', 1],
		['2026-04', 2]
	]);
	expect(inZone(points, { kind: 'quarter' })).toEqual([
		['2026-Q1', 1],
		['2026-Q2', 2]
	]);
	expect(inZone(points, { kind: 'quarter', zone: 'America/New_York' })).toEqual([['2026-Q1', 2]]);
});

test.each([
	['2026-06-08', 1, 'FY2026', '2026-01-01', '2026-12-31'],
	['2026-01-31', 2, 'FY2026', '2025-02-01', '2026-01-31'],
	['2026-02-01', 2, 'FY2027', '2026-02-01', '2027-01-31'],
	['2026-03-31', 4, 'FY2026', '2025-04-01', '2026-03-31'],
	['2024-02-29', 3, 'FY2024', '2023-03-01', '2024-02-29'],
	['2025-02-28', 3, 'FY2025', '2024-03-01', '2025-02-28']
])('%s, in years from month %i, is in %s', (on, startMonth, id, first, last) => {
	expect(fiscalYearOf(on, startMonth)).toEqual({ kind: 'year', id, first, last });
});

test('there is no thirteenth month', () => {
	for (const month of [0, 13, 1.5]) expect(() => fiscalYearOf('2026-06-08', month)).toThrow(RangeError);
});

test('fiscal years hold their values', () => {
	const points = { '2026-03-31T12:00:00Z': 1, '2026-04-01T12:00:00Z': 2, '2027-03-31T12:00:00Z': 3 };
	expect(inZone(points, { kind: 'year', startMonth: 4, how: 'sum' })).toEqual([
		['FY2026', 1],
		['FY2027', 5]
	]);
});

test.each([
	['last', [9, 1, 5, 3], 3],
	['sum', [9, 1, 5, 3], 18],
	['mean', [9, 1, 5, 3], 4.5],
	['median', [9, 1, 5, 3], 4],
	['median', [9, 1, 5], 5],
	['p90', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 9],
	['p90', [11, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 10],
	['p90', [7], 7],
	['p90', [1, 2], 2],
	// Numbers, not words: 10 comes after 9.
	['median', [10, 9, 100], 10]
] as const)('%s of %j is %d', (how, values, result) => {
	const hours = Object.fromEntries(
		values.map((value, hour) => [`2026-06-08T${String(hour).padStart(2, '0')}:00:00Z`, value])
	);
	expect(inZone(hours, { how })).toEqual([['2026-W24', result]]);
});

test('a period without values has none, and is left out', () => {
	const points = { '2026-01-01T12:00:00Z': 1, '2026-03-01T12:00:00Z': 3 };
	expect(inZone(points, { kind: 'month' }).map(([id]) => id)).toEqual(['2026-01', '2026-03']);
	const february = { period: periodOf('2026-02-01', 'month'), zone: 'UTC', how: 'sum' } as const;
	expect(valueIn(series(points), february)).toBeUndefined();
	expect(byPeriod(EMPTY_SERIES, { grain: { kind: 'week' }, zone: 'UTC', how: 'last' })).toEqual([]);
});

test('a year before: the week, month or quarter of the same number', () => {
	const before = (on: string, kind: 'week' | 'month' | 'quarter') => periodYearBefore(periodOf(on, kind))?.id;
	expect(before('2026-06-08', 'week')).toBe('2025-W24');
	expect(before('2024-02-29', 'month')).toBe('2023-02');
	expect(before('2026-12-31', 'quarter')).toBe('2025-Q4');
	// 2026 has a week 53, 2025 has none.
	expect(before('2026-12-31', 'week')).toBeUndefined();
});

/** Zones that change their clock at midnight, skipped a day, or stand half an hour apart. */
const ZONES = [
	'UTC',
	'Europe/Berlin',
	'America/Havana',
	'America/Asuncion',
	'Africa/Cairo',
	'Asia/Beirut',
	'Pacific/Apia',
	'Australia/Lord_Howe',
	'Asia/Kathmandu'
];

test('every value is in one period, in that which spans its instant', () => {
	const instants = fc.integer({ min: at('2009-01-01T00:00:00Z'), max: at('2027-01-01T00:00:00Z') });
	const grains = fc.oneof(
		fc.record({ kind: fc.constantFrom('week' as const, 'month' as const, 'quarter' as const) }),
		fc.record({ kind: fc.constant('year' as const), startMonth: fc.integer({ min: 1, max: 12 }) })
	);
	const given = fc.array(fc.tuple(instants, fc.integer({ min: -100, max: 100 })), { maxLength: 40 });
	fc.assert(
		fc.property(given, grains, fc.constantFrom(...ZONES), (pairs, grain, zone) => {
			const all = mergePoints(
				EMPTY_SERIES,
				pairs.map(([seconds, value]) => ({ at: seconds, value }))
			);
			const sums = byPeriod(all, { grain, zone, how: 'sum' });
			const ids = sums.map(({ period }) => period.id);
			expect(new Set(ids).size).toBe(ids.length);
			expect(ids).toEqual(ids.toSorted());
			expect(sums.reduce((total, { count }) => total + count, 0)).toBe(all.seconds.length);
			const total = all.values.reduce((sum, value) => sum + value, 0);
			expect(sums.reduce((sum, { value }) => sum + value, 0)).toBe(total);
			for (const { period, value, count } of sums) {
				expect(valueIn(all, { period, zone, how: 'sum' })).toEqual({ period, value, count });
				const { from, to } = periodSpan(period, zone);
				expect(all.seconds.filter((second) => second >= from && second < to).length).toBe(count);
			}
		}),
		{ numRuns: 300 }
	);
});

test('every way to make one of many stays among them, but for the sum', () => {
	const values = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 60 });
	fc.assert(
		fc.property(values, (given) => {
			const all = mergePoints(
				EMPTY_SERIES,
				given.map((value, second) => ({ at: at('2026-06-08T10:00:00Z') + second, value }))
			);
			for (const how of AGGREGATES.filter((one) => one !== 'sum')) {
				const [one] = byPeriod(all, { grain: { kind: 'week' }, zone: 'UTC', how });
				expect(one?.value).toBeGreaterThanOrEqual(Math.min(...given));
				expect(one?.value).toBeLessThanOrEqual(Math.max(...given));
				if (how === 'p90' || how === 'last') expect(given).toContain(one?.value);
			}
		})
	);
});
