import { expect, test } from 'vitest';
import { addDays, daysBetween, daysFrom, isIsoDate, mondayOf, weekdayOf, weekOf } from './calendar.ts';

test('weeks are those of ISO 8601, also at the turn of the year', () => {
	expect(weekOf('2026-06-08')).toEqual({ year: 2026, week: 24 });
	expect(weekOf('2027-01-01')).toEqual({ year: 2026, week: 53 });
	expect(weekOf('2024-12-30')).toEqual({ year: 2025, week: 1 });
	expect(weekOf('2026-01-01')).toEqual({ year: 2026, week: 1 });
});

test('a week begins on Monday', () => {
	expect(mondayOf('2026-06-14')).toBe('2026-06-08');
	expect(mondayOf('2026-06-08')).toBe('2026-06-08');
	expect(weekdayOf('2026-06-14')).toBe(7);
});

test('days add up across months, leap days and clock changes', () => {
	expect(addDays('2028-02-28', 2)).toBe('2028-03-01');
	expect(addDays('2026-03-28', 2)).toBe('2026-03-30');
	expect(daysBetween('2026-06-08', '2026-06-01')).toBe(-7);
	expect(daysFrom('2026-06-29', '2026-07-01')).toEqual(['2026-06-29', '2026-06-30', '2026-07-01']);
	expect(daysFrom('2026-06-02', '2026-06-01')).toEqual([]);
});

test('a day that does not exist is not a date', () => {
	expect(['2026-06-08', '2026-02-30', '2026-6-8', 'today', ''].map(isIsoDate)).toEqual([
		true,
		false,
		false,
		false,
		false
	]);
});
