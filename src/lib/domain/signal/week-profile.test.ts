import { expect, test } from 'vitest';
import { EMPTY_PROFILE, WeekProfile } from './week-profile.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const WEEK_MS = 7 * DAY_MS;
const MONDAY = Date.parse('2026-06-01T00:00:00Z');

const after = (...points: readonly (readonly [number, number])[]): WeekProfile => {
	const profile = new WeekProfile();
	for (const [atMs, value] of points) profile.add(atMs, value);
	return profile;
};

test('nothing is expected before the first value, then the level, which is the mean of the last', () => {
	expect(new WeekProfile().expected(MONDAY)).toBeUndefined();
	const profile = after([MONDAY, 10], [MONDAY + 1, 20]);
	expect(profile.expected(MONDAY + 2)).toEqual({
		byWeek: { value: 15, basis: 'level' },
		byDay: { value: 15, basis: 'level' }
	});
});

test('an hour that is over is expected again on the next day, and by the week after a week', () => {
	const profile = after([MONDAY, 10], [MONDAY + 1, 20], [MONDAY + HOUR_MS, 99]);
	expect(profile.expected(MONDAY + DAY_MS)).toEqual({
		byWeek: { value: 15, basis: 'day' },
		byDay: { value: 15, basis: 'day' }
	});
	expect(profile.expected(MONDAY + WEEK_MS + HOUR_MS - 1)?.byWeek).toEqual({ value: 15, basis: 'week' });
});

test('the middle one of three weeks and of seven days counts, so that one bad hour leaves no echo', () => {
	const weeks = [10, 500, 11].map((value, week) => [MONDAY + week * WEEK_MS, value] as const);
	const byWeek = after(...weeks, [MONDAY + 3 * WEEK_MS - DAY_MS, 0]);
	expect(byWeek.expected(MONDAY + 3 * WEEK_MS)?.byWeek.value).toBe(11);
	const days = [9, 900, 8, 7, 800, 6, 5].map((value, day) => [MONDAY + day * DAY_MS, value] as const);
	const byDay = after(...days, [MONDAY + 6 * DAY_MS + HOUR_MS, 0]);
	expect(byDay.expected(MONDAY + 8 * DAY_MS)?.byDay.value).toBe(8);
});

test('a fourth week pushes the first one out', () => {
	const weeks = [1, 2, 30, 40, 0].map((value, week) => [MONDAY + week * WEEK_MS, value] as const);
	expect(after(...weeks).expected(MONDAY + 5 * WEEK_MS)?.byWeek.value).toBe(30);
});

test('instants before the epoch and steps back have their hours too', () => {
	const profile = after([-HOUR_MS, 7], [MONDAY, 1], [-HOUR_MS, 7], [MONDAY, 1]);
	expect(profile.expected(-HOUR_MS - WEEK_MS)?.byWeek).toEqual({ value: 7, basis: 'week' });
});

test('its state goes on where it stopped, and the empty one stays empty', () => {
	const profile = after([MONDAY, 10], [MONDAY + HOUR_MS, 20], [MONDAY + HOUR_MS + 1, 30]);
	const resumed = new WeekProfile(profile.state);
	for (const one of [profile, resumed]) one.add(MONDAY + 2 * HOUR_MS, 5);
	expect(resumed.state).toEqual(profile.state);
	expect(EMPTY_PROFILE.weeks.every((hour) => hour.length === 0)).toBe(true);
});
