import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
	cadenceOf,
	cut,
	EMPTY_SERIES,
	gapsOf,
	indexNear,
	lastPoint,
	mergePoints,
	usualStep,
	type Point
} from './series.ts';

const DAY = 86_400;
const days = (...values: number[]) =>
	mergePoints(
		EMPTY_SERIES,
		values.map((value, index) => ({ at: index * DAY, value }))
	);

test('points come in any order and stand in order of time', () => {
	const series = mergePoints(EMPTY_SERIES, [
		{ at: 30, value: 3 },
		{ at: 10, value: 1 },
		{ at: 20, value: 2 }
	]);
	expect([...series.seconds]).toEqual([10, 20, 30]);
	expect([...series.values]).toEqual([1, 2, 3]);
});

test('the last value for an instant stands, in one call and across calls', () => {
	const once = mergePoints(EMPTY_SERIES, [
		{ at: 10, value: 1 },
		{ at: 10, value: 2 }
	]);
	expect([...once.values]).toEqual([2]);
	expect([...mergePoints(once, [{ at: 10, value: 3 }]).values]).toEqual([3]);
});

test('merging piece by piece gives what merging at once gives', () => {
	const point = fc.record({ at: fc.integer({ min: 0, max: 40 }), value: fc.integer() });
	fc.assert(
		fc.property(fc.array(fc.array(point)), (calls) => {
			const stepwise = calls.reduce((series, call) => mergePoints(series, call), EMPTY_SERIES);
			const latest = new Map(calls.flat().map(({ at, value }: Point) => [at, value]));
			const expected = [...latest].sort(([a], [b]) => a - b);
			expect([...stepwise.seconds]).toEqual(expected.map(([at]) => at));
			expect([...stepwise.values]).toEqual(expected.map(([, value]) => value));
		})
	);
});

test('nothing added is the same series', () => {
	const series = days(1, 2);
	expect(mergePoints(series, [])).toBe(series);
});

test('a cut includes both its ends', () => {
	expect([...cut(days(0, 1, 2, 3, 4), { from: DAY, to: 3 * DAY }).values]).toEqual([1, 2, 3]);
	expect(cut(days(0, 1), { from: 5 * DAY, to: 9 * DAY }).values.length).toBe(0);
});

test('the nearest point is found on either side, and none in an empty series', () => {
	const series = days(0, 1, 2);
	expect([-1, 0.4 * DAY, 0.6 * DAY, 99 * DAY].map((at) => indexNear(series, at))).toEqual([0, 0, 1, 2]);
	expect(indexNear(EMPTY_SERIES, 5)).toBe(-1);
	expect(lastPoint(EMPTY_SERIES)).toBeUndefined();
});

test('a value that did not come breaks the line; a late one does not', () => {
	const late = mergePoints(EMPTY_SERIES, [
		{ at: 0, value: 1 },
		{ at: 1.4 * DAY, value: 1 },
		{ at: 2.4 * DAY, value: 1 },
		{ at: 4.4 * DAY, value: 1 }
	]);
	expect(gapsOf(late, 'daily')).toEqual([2]);
});

test('denser points than the cadence may pause for one value of it', () => {
	const hours = [0, 1, 2, 20, 21, 22, 80].map((hour) => ({ at: hour * 3600, value: 1 }));
	expect(gapsOf(mergePoints(EMPTY_SERIES, hours), 'daily')).toEqual([5]);
});

test('without a cadence only a hole of several usual steps counts', () => {
	const series = mergePoints(
		EMPTY_SERIES,
		[0, 5, 10, 18, 25, 30, 90].map((minute) => ({ at: minute * 60, value: 1 }))
	);
	expect(gapsOf(series, undefined)).toEqual([5]);
	expect(gapsOf(EMPTY_SERIES, undefined)).toEqual([]);
});

test('a series tells its own cadence', () => {
	const every = (seconds: number) =>
		cadenceOf(
			mergePoints(
				EMPTY_SERIES,
				Array.from({ length: 9 }, (_, index) => ({ at: index * seconds, value: 1 }))
			)
		);
	expect([300, 3600, DAY, 7 * DAY, 30 * DAY, 91 * DAY].map(every)).toEqual([
		'hourly',
		'hourly',
		'daily',
		'weekly',
		'monthly',
		'quarterly'
	]);
	expect(usualStep(days(1))).toBeUndefined();
});
