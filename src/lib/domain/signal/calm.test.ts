import { expect, test } from 'vitest';
import { Calm } from './calm.ts';

const repeatsOf = (calm: Calm, ...scores: readonly number[]) => scores.map((score) => calm.isRepeat(score));

test('after a report, what is not stranger repeats it for as many values, and no longer', () => {
	expect(repeatsOf(new Calm(3), 0.5, 0.4, 0.5, 0.1, 0.4)).toEqual([false, true, true, true, false]);
});

test('what is stranger is another report and calms anew', () => {
	expect(repeatsOf(new Calm(3), 0.5, 0.4, 0.6, 0.5, 0.6, 0.5, 0.5)).toEqual([
		false,
		true,
		false,
		true,
		true,
		true,
		false
	]);
});

test('a score of 0 is neither a report nor a repeat', () => {
	expect(repeatsOf(new Calm(2), 0, 0.5, 0, 0, 0.5)).toEqual([false, false, false, false, false]);
});
