import { expect, test } from 'vitest';
import type { RowId } from '#lib/domain/id.ts';
import { meetingsBefore } from './carry-over.ts';

const meeting = (id: string, startsAt?: string, series?: string) => ({
	id: id as RowId,
	...(startsAt ? { startsAt } : {}),
	...(series ? { series: series as RowId } : {})
});

const documents = [
	meeting('m-third', '2026-06-15T08:00:00.000Z', 'ops'),
	meeting('m-first', '2026-06-01T08:00:00.000Z', 'ops'),
	meeting('m-second', '2026-06-08T08:00:00.000Z', 'ops'),
	meeting('m-standup', '2026-06-12T07:00:00.000Z', 'standup'),
	meeting('m-alone', '2026-06-12T07:00:00.000Z'),
	meeting('m-undated', undefined, 'ops')
];

test('the meetings before are those of the same series, the latest first', () => {
	expect(meetingsBefore(documents, 'm-third')).toEqual(['m-second', 'm-first']);
	expect(meetingsBefore(documents, 'm-second')).toEqual(['m-first']);
});

test.each(['m-first', 'm-standup', 'm-alone', 'm-undated', 'm-unknown'])('%s has none before it', (id) => {
	expect(meetingsBefore(documents, id)).toEqual([]);
});
