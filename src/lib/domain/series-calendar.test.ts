import { expect, test } from 'vitest';
import { clockText, dayLong, dayShort, isoWeek, wallText, weekday, zoneClock } from './series-calendar.ts';

const at = (iso: string) => Date.parse(iso) / 1000;
const berlin = zoneClock('Europe/Berlin');

test('an instant is read by the clock of its zone', () => {
	expect(wallText(berlin.wallTime(at('2026-06-08T08:05:00Z')))).toBe('2026-06-08 10:05:00');
	expect(wallText(zoneClock('UTC').wallTime(at('2026-06-08T08:05:00Z')))).toBe('2026-06-08 08:05:00');
	expect(wallText(zoneClock('Asia/Kolkata').wallTime(at('2026-06-08T20:00:00Z')))).toBe(
		'2026-06-09 01:30:00'
	);
});

test('there and back again, through a whole year with both clock changes', () => {
	for (let seconds = at('2026-01-01T00:30:00Z'); seconds < at('2027-01-01T00:00:00Z'); seconds += 86_400) {
		expect(berlin.instantOf(berlin.wallTime(seconds))).toBe(seconds);
	}
});

test('an hour that comes twice is its first, and one that is skipped counts on', () => {
	const wall = (text: string) => {
		const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = text.split(/\D/).map(Number);
		return { year, month, day, hour, minute, second: 0 };
	};
	expect(berlin.instantOf(wall('2026-10-25 02:30'))).toBe(at('2026-10-25T00:30:00Z'));
	expect(berlin.instantOf(wall('2026-03-29 02:30'))).toBe(at('2026-03-29T01:30:00Z'));
});

test('weeks are those of ISO 8601', () => {
	const week = (iso: string) => isoWeek(zoneClock('UTC').wallTime(at(iso)));
	expect(week('2026-06-08T00:00:00Z')).toEqual({ year: 2026, week: 24 });
	expect(week('2027-01-01T00:00:00Z')).toEqual({ year: 2026, week: 53 });
	expect(week('2024-12-30T00:00:00Z')).toEqual({ year: 2025, week: 1 });
});

test('dates and times are written as the house writes them', () => {
	const wall = zoneClock('UTC').wallTime(at('2026-06-08T09:05:00Z'));
	expect([dayShort(wall), dayLong(wall), clockText(wall), weekday(wall)]).toEqual([
		'8 Jun',
		'8 June',
		'09:05',
		1
	]);
});

test('a zone that does not exist is refused', () => {
	expect(() => zoneClock('Mars/Olympus')).toThrow(RangeError);
});
