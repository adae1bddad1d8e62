import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Cadence } from '../kpi.ts';
import { EMPTY_SERIES, mergePoints } from '../series.ts';
import { freshnessOf, isStale } from './freshness.ts';

const NOW = Date.parse('2026-06-08T10:00:00Z');
const HOUR = 3_600;
/** A series whose values are so many hours old; one that is dated ahead is negative. */
const aged = (...hours: number[]) =>
	mergePoints(
		EMPTY_SERIES,
		hours.map((old) => ({ at: NOW / 1000 - old * HOUR, value: 1 }))
	);

test.each([
	['daily', 0, 'green'],
	['daily', 24, 'green'],
	['daily', 24.01, 'amber'],
	['daily', 48, 'amber'],
	['daily', 48.01, 'red'],
	['hourly', 1, 'green'],
	['hourly', 2, 'amber'],
	['hourly', 2.01, 'red'],
	['weekly', 168, 'green'],
	['weekly', 336, 'amber'],
	['weekly', 336.01, 'red'],
	['monthly', 31 * 24, 'green'],
	['monthly', 62 * 24 + 1, 'red'],
	['quarterly', 92 * 24, 'green'],
	['quarterly', 184 * 24, 'amber']
] as [Cadence, number, string][])('%s, %f hours old: %s', (cadence, hours, level) => {
	expect(freshnessOf(aged(hours), { cadence }, NOW).level).toBe(level);
});

test('a budget of its own counts instead of the cadence', () => {
	const terms = { cadence: 'daily', budgetHours: 2 } as const;
	const levels = [2, 4, 4.01].map((hours) => freshnessOf(aged(hours), terms, NOW).level);
	expect(levels).toEqual(['green', 'amber', 'red']);
	for (const budgetHours of [0, -1, NaN, Infinity])
		expect(freshnessOf(aged(20), { cadence: 'daily', budgetHours }, NOW).budgetHours).toBe(24);
});

test('what never came is not late', () => {
	const fresh = freshnessOf(EMPTY_SERIES, { cadence: 'daily' }, NOW);
	expect([fresh.level, fresh.ageHours, isStale(fresh)]).toEqual(['never', undefined, false]);
});

test('values of a clock that is ahead do not keep a KPI fresh', () => {
	const fresh = freshnessOf(aged(30, -24 * 365), { cadence: 'daily' }, NOW);
	expect(fresh).toMatchObject({ level: 'amber', ageHours: 30, ahead: 1 });
	expect(freshnessOf(aged(-1), { cadence: 'daily' }, NOW)).toMatchObject({ level: 'never', ahead: 1 });
	// Two clocks a few minutes apart are no matter.
	expect(freshnessOf(aged(-0.05), { cadence: 'daily' }, NOW)).toMatchObject({ level: 'green', ageHours: 0 });
});

test('without new values it only gets worse, and a slower cadence is never stricter', () => {
	const rank = { green: 0, amber: 1, red: 2, never: 3 };
	const cadences = ['hourly', 'daily', 'weekly', 'monthly', 'quarterly'] as const;
	fc.assert(
		fc.property(fc.array(fc.nat(9000)), fc.nat(9000), fc.nat(3), (hours, later, at) => {
			const series = aged(...hours);
			const [cadence = 'daily', slower = 'daily'] = cadences.slice(at);
			const levelAt = (of: Cadence, ms: number) => rank[freshnessOf(series, { cadence: of }, ms).level];
			const then = NOW + later * HOUR * 1000;
			expect(levelAt(cadence, then)).toBeGreaterThanOrEqual(levelAt(cadence, NOW));
			expect(levelAt(slower, then)).toBeLessThanOrEqual(levelAt(cadence, then));
		})
	);
});
