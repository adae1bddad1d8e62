import { expect, test } from 'vitest';
import { daysOf } from '#lib/domain/recurrence.ts';
import { ruleFrom, ruleWords, type RhythmChoice } from './rule-words.ts';

const words = (rule: string) => ruleWords({ rule, time: '10:00' });

test.each([
	['FREQ=WEEKLY;BYDAY=MO', 'Every week on Mon at 10:00'],
	['FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', 'Every workday at 10:00'],
	['FREQ=WEEKLY;INTERVAL=2;BYDAY=FR', 'Every 2 weeks on Fri at 10:00'],
	['FREQ=MONTHLY;BYDAY=2TH', 'Every month on the second Thu at 10:00'],
	['FREQ=MONTHLY;INTERVAL=3;BYDAY=-1TU', 'Every quarter on the last Tue at 10:00'],
	['FREQ=YEARLY;BYMONTH=3,6,9,12;BYDAY=-1TU', 'Every quarter on the last Tue at 10:00'],
	['FREQ=DAILY', 'Every day at 10:00'],
	['FREQ=WEEKLY;BYDAY=MO,WE', 'FREQ=WEEKLY;BYDAY=MO,WE']
])('%s reads “%s”', (rule, said) => expect(words(rule)).toBe(said));

test.each<[RhythmChoice, string, string[]]>([
	['weekly', '2026-06-09', ['2026-06-09', '2026-06-16', '2026-06-23', '2026-06-30']],
	['bi-weekly', '2026-06-09', ['2026-06-09', '2026-06-23']],
	['monthly', '2026-06-09', ['2026-06-09']],
	['monthly', '2026-06-30', ['2026-06-30']],
	['workdays', '2026-06-26', ['2026-06-26', '2026-06-29', '2026-06-30']]
])('%s from %s falls on %j in June', (choice, first, days) => {
	expect(daysOf({ rule: ruleFrom(choice, first), from: first }, first, '2026-06-30')).toEqual(days);
});

test('a quarter from the last Tuesday of June comes back at the end of September', () => {
	const rule = ruleFrom('quarterly', '2026-06-30');
	expect(daysOf({ rule, from: '2026-06-30' }, '2026-07-01', '2026-12-31')).toEqual([
		'2026-09-29',
		'2026-12-29'
	]);
});
