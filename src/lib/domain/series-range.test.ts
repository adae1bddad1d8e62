import { expect, test } from 'vitest';
import { EMPTY_SERIES, mergePoints } from './series.ts';
import { spanOf, usualRange } from './series-range.ts';

const DAY = 86_400;
const daily = (count: number) =>
	mergePoints(
		EMPTY_SERIES,
		Array.from({ length: count }, (_, index) => ({ at: index * DAY, value: index }))
	);
const last = (count: number) => (count - 1) * DAY;

test('28 daily values fill 28 days from edge to edge', () => {
	const span = spanOf(daily(100), { range: '28d', cadence: 'daily', nowSeconds: last(100) + DAY });
	expect(span).toEqual({ from: last(100) - 27 * DAY, to: last(100), isStale: false });
});

test('once values stop coming the chart ends at now', () => {
	const now = last(100) + 5 * DAY;
	expect(spanOf(daily(100), { range: '28d', cadence: 'daily', nowSeconds: now })).toMatchObject({
		to: now,
		isStale: true
	});
});

test('a series that ended years ago is shown where it is, not as an empty frame', () => {
	const span = spanOf(daily(100), { range: '7d', cadence: undefined, nowSeconds: 4000 * DAY });
	expect(span).toMatchObject({ to: last(100), isStale: true });
});

test('everything means from the first point to the last', () => {
	const span = spanOf(daily(100), { range: 'all', cadence: 'daily', nowSeconds: last(100) });
	expect(span).toMatchObject({ from: 0, to: last(100) });
});

test('one point alone and no point at all still give a stretch of time', () => {
	const one = spanOf(daily(1), { range: 'all', cadence: 'weekly', nowSeconds: DAY });
	expect(one.to).toBeGreaterThan(one.from);
	expect(spanOf(EMPTY_SERIES, { range: '7d', cadence: 'daily', nowSeconds: 10 * DAY })).toEqual({
		from: 3 * DAY,
		to: 10 * DAY,
		isStale: false
	});
});

test('a young series is shown whole, an older one in the range that suits its cadence', () => {
	expect(usualRange(daily(5), 'daily')).toBe('all');
	expect(usualRange(daily(28), 'daily')).toBe('28d');
	expect(usualRange(EMPTY_SERIES, 'weekly')).toBe('26w');
});
