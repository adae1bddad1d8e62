import { expect, test } from 'vitest';
import type { RowId } from '#lib/domain/id.ts';
import { typical } from './fixtures.ts';
import { comingDay, fullTitle, occurrenceOf } from './occurrence.ts';
import { documentEntry, type Series } from './schema.ts';

const ops = { ...(typical.series[0] as Series), minutes: 45 };
const at = (iso: string) => Date.parse(iso);

test('an occurrence has a name that every device gives it, and starts by the clock of its zone', () => {
	expect(occurrenceOf(ops, '2026-06-08')).toEqual({
		id: 'm-s-ops-2026-06-08',
		entry: {
			kind: 'meeting',
			title: 'Weekly Ops Review',
			startsAt: '2026-06-08T08:00:00.000Z',
			minutes: 45,
			series: 's-ops'
		}
	});
	expect(occurrenceOf(ops, '2026-11-02').entry.startsAt).toBe('2026-11-02T09:00:00.000Z');
});

test('a series that was renamed and moved keeps the ids of its meetings', () => {
	const moved = { ...ops, title: 'Reliability', time: '15:30', minutes: 60 };
	expect(occurrenceOf(moved, '2026-06-08').id).toBe(occurrenceOf(ops, '2026-06-08').id);
});

test.each([83, 84, 96])(
	'a series under an id of %i characters has occurrences that can be listed',
	(length) => {
		const { id, entry } = occurrenceOf({ ...ops, id: 'x'.repeat(length) as RowId }, '2026-06-08');
		expect(documentEntry.safeParse({ ...entry, id, order: 'a0' }).success).toBe(true);
		expect(id).toHaveLength(96);
	}
);

test.each([
	['Ops Review', 'FREQ=WEEKLY;BYDAY=MO', 'Weekly Ops Review'],
	['Standup', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', 'Daily Standup'],
	['Exec Review', 'FREQ=MONTHLY;BYDAY=1MO', 'Monthly Exec Review'],
	['Sprint Review', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=FR', 'Sprint Review'],
	['QBR', 'FREQ=YEARLY;BYMONTH=3,6,9,12;BYDAY=-1TU', 'QBR'],
	['Our weekly sync', 'FREQ=WEEKLY;BYDAY=MO', 'Our weekly sync']
])('a meeting of %s, %s, is called %s', (title, rule, expected) => {
	expect(fullTitle({ title, rule })).toBe(expected);
});

test('a title at its limit still has its rhythm before it, and can be listed', () => {
	const long = { ...ops, title: 'x'.repeat(120) };
	expect(occurrenceOf(long, '2026-06-08').entry.title).toBe(`Weekly ${'x'.repeat(113)}`);
});

test.each([
	['the day before', '2026-06-07T20:00:00Z', '2026-06-08'],
	['while it is on', '2026-06-08T08:44:59Z', '2026-06-08'],
	['when its slot is over', '2026-06-08T08:45:00Z', '2026-06-15'],
	['where it is Monday already, but not in the zone of the series', '2026-06-14T21:59:00Z', '2026-06-15']
])('the meeting to prepare: %s', (_, now, expected) => {
	expect(comingDay(ops, at(now))).toBe(expected);
});

test('an off-site that began yesterday is still on', () => {
	const offsite = { ...ops, time: '09:00', minutes: 36 * 60 };
	expect(comingDay(offsite, at('2026-06-09T18:59:00Z'))).toBe('2026-06-08');
	expect(comingDay(offsite, at('2026-06-09T19:00:00Z'))).toBe('2026-06-15');
});

test('a rhythm that cannot be read, or is over, has no meeting to prepare', () => {
	expect(comingDay({ ...ops, rule: 'sometimes' }, at('2026-06-08T00:00:00Z'))).toBeUndefined();
	expect(comingDay({ ...ops, rule: 'FREQ=WEEKLY;COUNT=2' }, at('2026-06-08T00:00:00Z'))).toBeUndefined();
});
