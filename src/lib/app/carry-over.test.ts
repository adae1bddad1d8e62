import { expect, test } from 'vitest';
import type { RowId } from '#lib/domain/id.ts';
import { meetingBefore } from './carry-over.ts';

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

test('the meeting before is the last one of the same series', () => {
	expect(meetingBefore(documents, 'm-third')).toBe('m-second');
	expect(meetingBefore(documents, 'm-second')).toBe('m-first');
});

test.each(['m-first', 'm-standup', 'm-alone', 'm-undated', 'm-unknown'])('%s has none before it', (id) => {
	expect(meetingBefore(documents, id)).toBeUndefined();
});
