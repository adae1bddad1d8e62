import { expect, test } from 'vitest';
import { changeOf } from './series-change.ts';
import { EMPTY_SERIES, mergePoints } from './series.ts';

const DAY = 86_400;
const every = (step: number, values: readonly number[]) =>
	mergePoints(
		EMPTY_SERIES,
		values.map((value, index) => ({ at: index * step, value }))
	);

test('a daily value is compared with the one a week before', () => {
	const change = changeOf(every(DAY, [1, 2, 3, 4, 5, 6, 7, 9]), 'daily');
	expect(change).toMatchObject({ difference: 8, period: 'WoW', before: { value: 1 } });
});

test('a weekly, monthly or quarterly value with the one before it', () => {
	expect(changeOf(every(7 * DAY, [40, 52, 74]), 'weekly')).toMatchObject({ difference: 22, period: 'WoW' });
	expect(changeOf(every(31 * DAY, [5, 4]), 'monthly')).toMatchObject({ difference: -1, period: 'MoM' });
	expect(changeOf(every(90 * DAY, [5, 4]), 'quarterly')).toMatchObject({ difference: -1, period: 'QoQ' });
});

test('a value that is not there is not made up from its neighbours', () => {
	const missing = mergePoints(EMPTY_SERIES, [
		{ at: 0, value: 1 },
		{ at: 9 * DAY, value: 2 }
	]);
	expect(changeOf(missing, 'daily')).toBeUndefined();
	expect(changeOf(every(DAY, [1]), 'daily')).toBeUndefined();
	expect(changeOf(EMPTY_SERIES, 'daily')).toBeUndefined();
});
