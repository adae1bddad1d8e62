import { expect, test } from 'vitest';
import { readDay, understoodDay } from './natural-date.ts';

/** A Saturday. */
const TODAY = '2026-11-21';
const read = (typed: string, today = TODAY) => {
	const found = readDay(typed, today);
	return found.ok ? found.value : found.error.code;
};
const sentence = (typed: string, today = TODAY) => {
	const found = readDay(typed, today);
	return found.ok ? '' : found.error.sentence;
};

test.each([
	['today', '2026-11-21'],
	['Tomorrow', '2026-11-22'],
	['tmr', '2026-11-22'],
	['day after tomorrow', '2026-11-23'],
	['yesterday', '2026-11-20'],
	['fri', '2026-11-27'],
	['Friday', '2026-11-27'],
	['by fri', '2026-11-27'],
	['sat', '2026-11-28'],
	['thurs', '2026-11-26'],
	['wednesday', '2026-11-25'],
	['this fri', '2026-11-20'],
	['next fri', '2026-11-27'],
	['in 2 weeks', '2026-12-05'],
	['2w', '2026-12-05'],
	['2 wks', '2026-12-05'],
	['a week', '2026-11-28'],
	['in a month', '2026-12-21'],
	['10d', '2026-12-01'],
	['+3d', '2026-11-24'],
	['3 months', '2027-02-21'],
	['in 1 year', '2027-11-21'],
	['end of week', '2026-11-27'],
	['this week', '2026-11-27'],
	['next week', '2026-12-04'],
	['end of month', '2026-11-30'],
	['EOM', '2026-11-30'],
	['next month', '2026-12-31'],
	['eoq', '2026-12-31'],
	['end of next quarter', '2027-03-31'],
	['end of quarter', '2026-12-31'],
	['eoy', '2026-12-31'],
	['end of january', '2027-01-31'],
	['12 dec', '2026-12-12'],
	['12 Dec.', '2026-12-12'],
	['12 jun', '2027-06-12'],
	['12 june 2026', '2026-06-12'],
	["12 jun '27", '2027-06-12'],
	['june 12th', '2027-06-12'],
	['dec 3, 2026', '2026-12-03'],
	['3rd of december', '2026-12-03'],
	['12sept', '2027-09-12'],
	['12.6.', '2027-06-12'],
	['12.6', '2027-06-12'],
	['12.06.2026', '2026-06-12'],
	['1.12.26', '2026-12-01'],
	['2026-06-12', '2026-06-12'],
	['2026/6/12', '2026-06-12'],
	['13/6', '2027-06-13'],
	['6/13', '2027-06-13'],
	['12/12', '2026-12-12'],
	['25/12/2026', '2026-12-25'],
	['15th', '2026-12-15'],
	['the 30th', '2026-11-30'],
	['31st', '2026-12-31'],
	['29 feb', '2028-02-29']
])('“%s” is %s', (typed, on) => {
	expect(read(typed)).toBe(on);
});

test.each([
	['2026-11-23', 'fri', '2026-11-27'],
	['2026-11-23', 'next fri', '2026-12-04'],
	['2026-11-23', 'mon', '2026-11-30'],
	['2026-11-23', 'this mon', '2026-11-23'],
	['2026-11-23', 'end of week', '2026-11-27'],
	['2026-11-27', 'fri', '2026-12-04'],
	['2026-12-31', 'tomorrow', '2027-01-01'],
	['2026-01-31', 'in a month', '2026-02-28'],
	['2026-12-15', 'next month', '2027-01-31'],
	['2026-12-15', 'end of next year', '2027-12-31'],
	['2026-06-12', '12 jun', '2026-06-12'],
	['2026-06-12', '12th', '2026-06-12']
])('on %s “%s” is %s', (today, typed, on) => {
	expect(read(typed, today)).toBe(on);
});

test.each([
	['soonish', 'day.unknown'],
	['', 'day.unknown'],
	['asap', 'day.unknown'],
	['12', 'day.unknown'],
	['fri or sat', 'day.unknown'],
	['week', 'day.unknown'],
	['999 years', 'day.unknown'],
	['ma', 'day.unknown'],
	['0th', 'day.unknown'],
	['32nd', 'day.unknown'],
	['6/12', 'day.ambiguous'],
	['6/12/2026', 'day.ambiguous'],
	['31 feb', 'day.missing'],
	['2026-02-30', 'day.missing'],
	['2026-13-01', 'day.missing'],
	['31.4.', 'day.missing'],
	['29 feb 2027', 'day.missing']
])('“%s” is not read: %s', (typed, code) => {
	expect(read(typed)).toBe(code);
});

test('what is not read is said in words, with an example', () => {
	expect(sentence(' soonish ')).toBe('“soonish” isn’t a day. Write fri, 12 jun or in 2 weeks.');
	expect(sentence('6/12')).toBe('6/12 may be 6 Dec or 12 Jun. Write the month as a word.');
	expect(sentence('31 apr 2026')).toBe('There is no 31 April in 2026. Its last day is 30 Apr.');
});

test('an understood day is said back, with its year when that is another one', () => {
	expect(understoodDay('2026-11-27', TODAY)).toBe('Fri 27 Nov');
	expect(understoodDay('2027-06-12', TODAY)).toBe('Sat 12 June 2027');
});
