import { expect, test } from 'vitest';
import { cadenceOfRule, daysOf, isRule, nextDay, startOn } from './recurrence.ts';

const from = '2026-01-01';

test('a weekly meeting is on its day, both ends of the range included', () => {
	expect(daysOf({ rule: 'FREQ=WEEKLY;BYDAY=MO', from }, '2026-06-08', '2026-06-22')).toEqual([
		'2026-06-08',
		'2026-06-15',
		'2026-06-22'
	]);
});

test('first Mondays, last Tuesdays of a quarter, every second Friday, workdays', () => {
	expect(daysOf({ rule: 'FREQ=MONTHLY;BYDAY=1MO', from }, '2026-06-01', '2026-08-31')).toEqual([
		'2026-06-01',
		'2026-07-06',
		'2026-08-03'
	]);
	const quarterly = { rule: 'FREQ=MONTHLY;INTERVAL=3;BYDAY=-1TU', from: '2026-03-01' };
	expect(daysOf(quarterly, '2026-06-01', '2026-12-31')).toEqual(['2026-06-30', '2026-09-29', '2026-12-29']);
	const sprint = { rule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=FR', from: '2026-06-12' };
	expect(daysOf(sprint, '2026-06-01', '2026-07-01')).toEqual(['2026-06-12', '2026-06-26']);
	expect(daysOf({ rule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', from }, '2026-06-05', '2026-06-08')).toEqual([
		'2026-06-05',
		'2026-06-08'
	]);
});

test('the next one is today when it is today', () => {
	const weekly = { rule: 'FREQ=WEEKLY;BYDAY=MO', from };
	expect(nextDay(weekly, '2026-06-08')).toBe('2026-06-08');
	expect(nextDay(weekly, '2026-06-09')).toBe('2026-06-15');
	expect(nextDay({ rule: 'FREQ=WEEKLY;BYDAY=MO;UNTIL=20260301', from }, '2026-06-09')).toBeUndefined();
});

test('ten o’clock stays ten o’clock when the clocks change', () => {
	const at = { time: '10:00', timeZone: 'Europe/Berlin' };
	expect(new Date(startOn(at, '2026-10-19')).toISOString()).toBe('2026-10-19T08:00:00.000Z');
	expect(new Date(startOn(at, '2026-10-26')).toISOString()).toBe('2026-10-26T09:00:00.000Z');
});

test('each rule has its weight', () => {
	expect(
		[
			'FREQ=DAILY',
			'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR',
			'FREQ=WEEKLY;BYDAY=MO',
			'FREQ=WEEKLY;INTERVAL=2;BYDAY=FR',
			'FREQ=MONTHLY;BYDAY=1MO',
			'FREQ=MONTHLY;INTERVAL=3;BYDAY=-1TU',
			'FREQ=YEARLY'
		].map(cadenceOfRule)
	).toEqual(['daily', 'daily', 'weekly', 'bi-weekly', 'monthly', 'quarterly', 'quarterly']);
});

test('what is no rule has no days and says so', () => {
	for (const rule of ['', 'often', 'FREQ=SOMETIMES', 'BYDAY=MO']) {
		expect(isRule(rule)).toBe(false);
		expect(daysOf({ rule, from }, '2026-06-01', '2026-06-30')).toEqual([]);
		expect(nextDay({ rule, from }, '2026-06-01')).toBeUndefined();
	}
});
