import { expect, test } from 'vitest';
import { RowReader, type RawRow } from './rows.ts';

const NOW_MS = Date.parse('2026-06-08T10:05:00Z');

function readOne(row: Partial<RawRow>, zone?: string) {
	const reader = new RowReader({ zone, nowMs: NOW_MS });
	reader.take({ at: undefined, value: 1, segment: undefined, ...row });
	const { points, reasons } = reader.reading();
	return points[0] ?? reasons[0]?.reason;
}

test.each([
	['2026-06-08T10:05:00Z', '2026-06-08T10:05:00.000Z'],
	['2026-06-08T12:05:00.250+02:00', '2026-06-08T10:05:00.250Z'],
	['2026-06-08 10:05:00.123456+00', '2026-06-08T10:05:00.123Z'],
	['2026-06-08 04:35:00-0530', '2026-06-08T10:05:00.000Z'],
	['2026-06-08 10:05 UTC', '2026-06-08T10:05:00.000Z'],
	[1780913100, '2026-06-08T10:05:00.000Z'],
	[1780913100.5, '2026-06-08T10:05:00.500Z'],
	[1780913100000, '2026-06-08T10:05:00.000Z'],
	['1780913100', '2026-06-08T10:05:00.000Z'],
	[undefined, '2026-06-08T10:05:00.000Z']
])('the time %s is %s', (at, instant) => {
	expect(readOne({ at })).toEqual({ row: 1, at: instant, value: 1 });
});

test('a time without a zone is of the source’s zone, and of none refused', () => {
	expect(readOne({ at: '2026-06-08 12:05:00' })).toMatch(/“2026-06-08 12:05:00” has no zone/);
	expect(readOne({ at: '2026-06-08' })).toMatch(/no zone/);
	expect(readOne({ at: '2026-06-08 12:05:00' }, 'Europe/Berlin')).toMatchObject({
		at: '2026-06-08T10:05:00.000Z'
	});
	expect(readOne({ at: '2026-01-08T12:05:00.5' }, 'Europe/Berlin')).toMatchObject({
		at: '2026-01-08T11:05:00.500Z'
	});
	expect(readOne({ at: '2026-06-08' }, 'America/New_York')).toMatchObject({ at: '2026-06-08T04:00:00.000Z' });
});

test.each([
	['soon', /must be such as/],
	['2026-02-30T00:00:00Z', /on no calendar/],
	['2026-06-08T25:00:00Z', /on no calendar/],
	['infinity', /must be such as/],
	[null, /no time/],
	[NaN, /on no calendar/],
	[{}, /must be such as/]
])('the time %s is refused', (at, reason) => {
	expect(readOne({ at })).toMatch(reason);
});

test.each([
	[12.5, 12.5],
	['12.50', 12.5],
	[' -3e2 ', -300],
	['9007199254740993', 9007199254740992],
	['0', 0]
])('the value %s is %s', (value, number) => {
	expect(readOne({ value })).toMatchObject({ value: number });
});

test.each([
	[null, /empty/],
	[undefined, /no value/],
	['NaN', /no finite number/],
	['+Inf', /no finite number/],
	['-Infinity', /no finite number/],
	['1e999', /no finite number/],
	[Infinity, /no finite number/],
	['', /not a number/],
	['1,5', /not a number/],
	['0x10', /not a number/],
	[true, /not a number/],
	['x'.repeat(500), /x…, not a number/]
])('the value %s is refused', (value, reason) => {
	expect(readOne({ value })).toMatch(reason);
});

test('a segment is a word on one line, or none', () => {
	expect(readOne({ segment: 'EU' })).toMatchObject({ segment: 'EU' });
	expect(readOne({ segment: 7 })).toMatchObject({ segment: '7' });
	for (const none of [null, '', undefined]) expect(readOne({ segment: none })).not.toHaveProperty('segment');
	expect(readOne({ segment: 'a\nb' })).toMatch(/one line/);
	expect(readOne({ segment: {} })).toMatch(/one line/);
});

test('every row is counted, the good ones are kept, and of the others the first reasons', () => {
	const reader = new RowReader({ zone: undefined, nowMs: NOW_MS });
	for (let index = 0; index < 40; index++)
		reader.take({ at: undefined, value: index % 2 === 0 ? index : null, segment: undefined });
	const reading = reader.reading();
	expect(reading).toMatchObject({ rows: 40, rejected: 20 });
	expect(reading.points.map(({ row }) => row).slice(0, 3)).toEqual([1, 3, 5]);
	expect(reading.reasons).toHaveLength(10);
	expect(reading.reasons[0]).toMatchObject({ row: 2 });
});
