import { expect, test } from 'vitest';
import {
	nextPeriod,
	periodById,
	periodDays,
	periodKindOf,
	periodNearWords,
	periodOf,
	periodSpan,
	periodWords,
	previousPeriod
} from './period.ts';

test.each([
	['2026-11-21', 'week', '2026-W47', '2026-11-16', '2026-11-22'],
	['2026-11-16', 'week', '2026-W47', '2026-11-16', '2026-11-22'],
	['2026-11-22', 'week', '2026-W47', '2026-11-16', '2026-11-22'],
	// 2026 has 53 weeks, and the last of them ends in 2027.
	['2026-12-31', 'week', '2026-W53', '2026-12-28', '2027-01-03'],
	['2027-01-03', 'week', '2026-W53', '2026-12-28', '2027-01-03'],
	['2027-01-04', 'week', '2027-W01', '2027-01-04', '2027-01-10'],
	['2024-12-30', 'week', '2025-W01', '2024-12-30', '2025-01-05'],
	['2021-01-01', 'week', '2020-W53', '2020-12-28', '2021-01-03'],
	['2026-11-30', 'month', '2026-11', '2026-11-01', '2026-11-30'],
	['2026-12-01', 'month', '2026-12', '2026-12-01', '2026-12-31'],
	['2024-02-29', 'month', '2024-02', '2024-02-01', '2024-02-29'],
	['2026-02-01', 'month', '2026-02', '2026-02-01', '2026-02-28'],
	['2026-01-01', 'quarter', '2026-Q1', '2026-01-01', '2026-03-31'],
	['2026-06-30', 'quarter', '2026-Q2', '2026-04-01', '2026-06-30'],
	['2026-12-31', 'quarter', '2026-Q4', '2026-10-01', '2026-12-31']
] as const)('%s is in the %s %s, from %s to %s', (on, kind, id, first, last) => {
	expect(periodOf(on, kind)).toEqual({ kind, id, first, last });
	expect(periodById(id)).toEqual({ kind, id, first, last });
});

test.each([
	'',
	'2026',
	'2025-W53',
	'2026-W54',
	'2026-W00',
	'2026-13',
	'2026-00',
	'2026-Q0',
	'2026-Q5',
	'2026-W7',
	'x'
])('“%s” names no period', (id) => {
	expect(periodById(id)).toBeUndefined();
});

test.each([
	['2026-W53', '2026-W52', '2027-W01'],
	['2025-W52', '2025-W51', '2026-W01'],
	['2026-01', '2025-12', '2026-02'],
	['2026-12', '2026-11', '2027-01'],
	['2026-Q1', '2025-Q4', '2026-Q2']
])('%s comes after %s and before %s', (id, before, after) => {
	const period = periodById(id);
	if (!period) throw new Error(`${id} is a period`);
	expect(previousPeriod(period).id).toBe(before);
	expect(nextPeriod(period).id).toBe(after);
});

const HOUR = 3_600;
const spanHours = (id: string, zone: string) => {
	const { from, to } = periodSpan(periodById(id) ?? periodOf('2026-01-01', 'week'), zone);
	return (to - from) / HOUR;
};

test.each([
	['2026-W13', 'UTC', 168],
	['2026-W13', 'Europe/Berlin', 167], // Clocks go forward on Sunday 29 March 2026.
	['2026-W43', 'Europe/Berlin', 169], // And back on Sunday 25 October.
	['2026-W44', 'America/New_York', 169],
	['2026-03', 'Europe/Berlin', 743],
	['2026-Q4', 'Europe/Berlin', 2209],
	['2026-W47', 'Asia/Kolkata', 168]
])('%s in %s has %i hours', (id, zone, hours) => {
	expect(spanHours(id, zone)).toBe(hours);
});

test('a period begins and ends at the midnights of its zone', () => {
	const { from, to } = periodSpan(periodOf('2026-11-21', 'week'), 'Europe/Berlin');
	expect(new Date(from * 1000).toISOString()).toBe('2026-11-15T23:00:00.000Z');
	expect(new Date(to * 1000).toISOString()).toBe('2026-11-22T23:00:00.000Z');
});

test.each([
	['2026-W47', 'Week 47', '16–22 November'],
	['2026-W05', 'Week 5', '26 January – 1 February'],
	['2026-W53', 'Week 53', '28 December 2026 – 3 January 2027'],
	['2026-11', 'November 2026', '1–30 November'],
	['2026-Q4', 'Q4 2026', '1 October – 31 December']
])('%s reads “%s”, %s', (id, words, days) => {
	const period = periodById(id);
	if (!period) throw new Error(`${id} is a period`);
	expect(periodWords(period)).toBe(words);
	expect(periodDays(period)).toBe(days);
});

test.each([
	['2026-W47', 'this week'],
	['2026-W46', 'last week'],
	['2026-W45', 'Week 45'],
	['2026-11', 'this month'],
	['2026-Q3', 'last quarter']
])('%s on 21 November is “%s”', (id, words) => {
	const period = periodById(id);
	if (!period) throw new Error(`${id} is a period`);
	expect(periodNearWords(period, '2026-11-21')).toBe(words);
});

test('a KPI is explained in the period that fits its cadence', () => {
	expect((['hourly', 'daily', 'weekly', 'monthly', 'quarterly'] as const).map(periodKindOf)).toEqual([
		'week',
		'week',
		'week',
		'month',
		'quarter'
	]);
});
