import { expect, test } from 'vitest';
import {
	bytesWord,
	counted,
	dayAndTime,
	dayOf,
	dayRange,
	listed,
	longDay,
	minutesWord,
	nearDay,
	relativeMinutes,
	shortDay,
	timeOfDay,
	timerDigits,
	timeToTheSecond,
	trueMinus
} from './words.ts';

const at = Date.parse('2026-06-08T08:14:22.900Z');
const MINUTE_MS = 60_000;

test('a time has 24 hours and the zone it is asked in', () => {
	expect(timeOfDay(at, 'Europe/Berlin')).toBe('10:14');
	expect(timeOfDay(at, 'America/New_York')).toBe('04:14');
	expect(timeToTheSecond(at, 'UTC')).toBe('08:14:22');
	expect(dayAndTime(at, 'Europe/Berlin')).toBe('Mon 8 Jun, 10:14');
});

test('midnight is 00:00 and belongs to the day that begins', () => {
	const midnight = Date.parse('2026-06-07T22:00:00Z');
	expect(timeOfDay(midnight, 'Europe/Berlin')).toBe('00:00');
	expect(dayOf(midnight, 'Europe/Berlin')).toBe('2026-06-08');
	expect(dayOf(midnight, 'UTC')).toBe('2026-06-07');
});

test('the hour that a clock change skips or repeats is said as people’s clocks show it', () => {
	expect(timeOfDay(Date.parse('2026-03-29T01:00:00Z'), 'Europe/Berlin')).toBe('03:00');
	expect(timeOfDay(Date.parse('2026-10-25T00:30:00Z'), 'Europe/Berlin')).toBe('02:30');
	expect(timeOfDay(Date.parse('2026-10-25T01:30:00Z'), 'Europe/Berlin')).toBe('02:30');
});

test('a zone nobody knows is our mistake and is not papered over', () => {
	expect(() => timeOfDay(at, 'Mars/Olympus')).toThrow(RangeError);
});

test('days are short in lists and long in records', () => {
	expect(shortDay('2026-06-08')).toBe('8 Jun');
	expect(shortDay('2026-09-07')).toBe('7 Sep');
	expect(longDay('2026-06-22')).toBe('Mon 22 June 2026');
});

test('a range names each month and year once', () => {
	expect(dayRange('2026-06-08', '2026-06-12')).toBe('8–12 June');
	expect(dayRange('2026-06-29', '2026-07-03')).toBe('29 June – 3 July');
	expect(dayRange('2026-12-28', '2027-01-01')).toBe('28 December 2026 – 1 January 2027');
	expect(dayRange('2026-06-08', '2026-06-08')).toBe('8 June');
});

test('a near day is named, a far one dated, and last week is not mistaken for this one', () => {
	const today = '2026-06-08';
	const said = ['2026-06-08', '2026-06-09', '2026-06-07', '2026-06-14', '2026-06-15', '2026-06-03'];
	expect(said.map((on) => nearDay(on, today))).toEqual([
		'Today',
		'Tomorrow',
		'Yesterday',
		'Sun',
		'15 Jun',
		'3 Jun'
	]);
});

test('minutes stay minutes up to an hour and a half', () => {
	expect([0, 45, 60, 74, 89.4, 90, 110, 240, 245].map(minutesWord)).toEqual([
		'0 min',
		'45 min',
		'60 min',
		'74 min',
		'89 min',
		'1 h 30',
		'1 h 50',
		'4 h',
		'4 h 05'
	]);
});

test('how far off something is, in both directions', () => {
	const words = (minutes: number) => relativeMinutes(at + minutes * MINUTE_MS, at);
	expect([26, 0.4, -5, 190, 1440, 2880, -4320].map(words)).toEqual([
		'in 26 min',
		'now',
		'5 min ago',
		'in 3 h 10',
		'in 1 day',
		'in 2 days',
		'3 days ago'
	]);
});

test('timer digits pad seconds, and minutes only behind an hour', () => {
	expect([192_000, 7_999, 0, -12_000, 3_729_000].map(timerDigits)).toEqual([
		'3:12',
		'0:07',
		'0:00',
		'0:12',
		'1:02:09'
	]);
});

test('a minus before a number is a true minus, and names keep their hyphens', () => {
	expect(trueMinus('-0.11 pt')).toBe('−0.11 pt');
	expect(trueMinus('search-api')).toBe('search-api');
	expect(minutesWord(-3)).toBe('−3 min');
});

test('one is singular, none and many are plural', () => {
	expect([0, 1, 7].map((count) => counted(count, 'change'))).toEqual(['0 changes', '1 change', '7 changes']);
	expect(counted(2, 'person', 'people')).toBe('2 people');
	expect([[], ['Ada'], ['Ada', 'Bo'], ['Ada', 'Bo', 'Cy']].map(listed)).toEqual([
		'',
		'Ada',
		'Ada and Bo',
		'Ada, Bo and Cy'
	]);
});

test('space is counted in decimal units', () => {
	expect([1, 999, 1000, 820_400, 31_000_000, 1_200_000_000].map(bytesWord)).toEqual([
		'1 byte',
		'999 bytes',
		'1 kB',
		'820 kB',
		'31 MB',
		'1.2 GB'
	]);
});
