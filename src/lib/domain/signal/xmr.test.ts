import fc from 'fast-check';
import { expect, test } from 'vitest';
import { differenceText, quantityText } from '../quantity.ts';
import type { PointSeries } from '../series.ts';
import { processLimits, signalsOf, signalWords, type Baseline, type Formatter, type Signal } from './xmr.ts';

const DAY_SECONDS = 86_400;

/** One value a day from the beginning of the epoch on. */
const daily = (...values: readonly number[]): PointSeries => ({
	seconds: Float64Array.from(values, (_, day) => day * DAY_SECONDS),
	values: Float64Array.from(values)
});

function judged(series: PointSeries, baseline?: Baseline) {
	const limits = processLimits(series, baseline);
	if (!limits) throw new Error('too few values');
	return { limits, signals: signalsOf(series, limits, baseline) };
}

const perCent: Formatter = {
	value: (value) => quantityText(value, { unit: '%', decimals: 1 }),
	difference: (difference) => differenceText(difference, { unit: '%', decimals: 1 })
};

function wordsOf(series: PointSeries, baseline?: Baseline): readonly string[] {
	const { limits, signals } = judged(series, baseline);
	return signals.map((signal) => signalWords(signal, { series, limits, format: perCent }));
}

test('limits are the mean and 2.66 mean ranges on both sides of it, that of ranges is 3.27', () => {
	// Ranges 2, 1, 3, 1, 3: their mean is 2.
	expect(processLimits(daily(10, 12, 11, 14, 13, 10))).toEqual({
		mean: 70 / 6,
		lower: 70 / 6 - 5.32,
		upper: 70 / 6 + 5.32,
		meanRange: 2,
		upperRange: 6.54,
		values: 6
	});
});

test('five values have no limits, six have', () => {
	expect(processLimits(daily(1, 2, 3, 4, 5))).toBeUndefined();
	expect(processLimits(daily(1, 2, 3, 4, 5, 6))).toBeDefined();
	expect(processLimits(daily(1, 2, 3, 4, 5, 6), { values: 5 })).toBeUndefined();
	expect(processLimits(daily(1, 2, 3, 4, 5, 6), { from: DAY_SECONDS })).toBeUndefined();
	expect(processLimits(daily(1, 2, 3, 4, 5, 6), { from: 99 * DAY_SECONDS })).toBeUndefined();
});

test('a baseline of the first values is not widened by what comes after them, which it judges', () => {
	const series = daily(10, 11, 10, 11, 10, 11, 30);
	expect(judged(series, { values: 6 }).limits.mean).toBe(10.5);
	expect(judged(series, { values: 6 }).signals.map(({ rule, last }) => [rule, last])).toContainEqual([
		'outside',
		6
	]);
});

test('values before the baseline’s day belong to another process and are not judged', () => {
	const series = daily(90, 91, 90, 10, 11, 10, 11, 10, 11);
	const { limits, signals } = judged(series, { from: 3 * DAY_SECONDS });
	expect(limits).toMatchObject({ mean: 10.5, values: 6 });
	expect(signals).toEqual([]);
	expect(judged(series).signals.length).toBeGreaterThan(0);
});

test('a value beyond a limit and the step to it are signals, each in words', () => {
	expect(wordsOf(daily(99, 99.2, 99.1, 99.2, 99, 99.2, 95), { values: 6 })).toEqual([
		'95.0% is below the lower limit of 98.7%',
		'A step of 4.2\u00a0pt is longer than the usual 0.5\u00a0pt at most'
	]);
	expect(wordsOf(daily(99, 99.2, 99.1, 99.2, 99, 99.2, 99.9), { values: 6 })[0]).toBe(
		'99.9% is above the upper limit of 99.5%'
	);
});

test('eight in a row on one side of the mean are a signal, seven are not, and more are the same one', () => {
	const before = [1, 3, 1, 3, 1, 3];
	const run = (length: number) => {
		const series = daily(...before, ...Array<number>(length).fill(2.1));
		return judged(series, { values: before.length });
	};
	// The mean is 2, and the last value of the baseline already lies above it.
	expect(run(6).signals).toEqual([]);
	expect(run(7).signals).toEqual([{ rule: 'run', side: 'above', first: 5, last: 12 }]);
	expect(run(9).signals).toEqual([{ rule: 'run', side: 'above', first: 5, last: 14 }]);
});

test('a value on the mean ends a run', () => {
	const series = daily(1, 3, 1, 3, 1, 3, 2.1, 2.1, 2.1, 2.1, 2, 2.1, 2.1, 2.1, 2.1);
	expect(judged(series, { values: 6 }).signals).toEqual([]);
});

test('a run in words', () => {
	const series = daily(99, 99.4, 99, 99.4, 99, 99.4, ...Array<number>(7).fill(99.3));
	expect(wordsOf(series, { values: 6 })).toEqual(['8 values in a row above the mean of 99.2%']);
});

test('three of four nearer to the same limit than to the mean are a signal, on different sides they are not', () => {
	// Mean 2, limits −3.32 and 7.32, half way −0.66 and 4.66.
	const before = [1, 3, 1, 3, 1, 3];
	expect(wordsOf(daily(...before, 5, 2, 5, 5), { values: 6 })).toEqual([
		'3 of 4 values nearer to the upper limit of 7.3% than to the mean of 2.0%'
	]);
	expect(wordsOf(daily(...before, 5, 2, -1, 5), { values: 6 })).toEqual([]);
	expect(wordsOf(daily(...before, 5, 2, 2, 5, 5), { values: 6 })).toEqual([]);
});

test('fours that overlap are one signal', () => {
	const before = [1, 3, 1, 3, 1, 3];
	const { signals } = judged(daily(...before, -1, -1, 2, -1, -1, 1), { values: 6 });
	expect(signals).toEqual([{ rule: 'near', side: 'below', near: 4, first: 6, last: 10 }]);
	expect(wordsOf(daily(...before, -1, -1, -1), { values: 6 })).toEqual([
		'3 values in a row nearer to the lower limit of \u22123.3% than to the mean of 2.0%'
	]);
});

test('a constant series is quiet, also one whose sum does not divide evenly', () => {
	expect(judged(daily(...Array<number>(49).fill(0.1))).signals).toEqual([]);
	expect(judged(daily(...Array<number>(6).fill(5), 5.1), { values: 6 }).signals).toContainEqual({
		rule: 'outside',
		side: 'above',
		first: 6,
		last: 6
	});
});

test('a value that is not finite is our mistake', () => {
	expect(() => processLimits(daily(1, 2, NaN, 4, 5, 6))).toThrow('finite');
});

/** Whole numbers, so that moving and mirroring them is exact. */
const someValues = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 6, maxLength: 80 });

test('property: another origin of the scale changes neither signals nor the width of the limits', () => {
	fc.assert(
		fc.property(someValues, fc.integer({ min: -1000, max: 1000 }), (values, by) => {
			const [here, there] = [judged(daily(...values)), judged(daily(...values.map((value) => value + by)))];
			expect(there.limits.mean).toBeCloseTo(here.limits.mean + by, 6);
			expect(there.limits.meanRange).toBe(here.limits.meanRange);
		})
	);
});

test('property: turned upside down, the same signals lie on the other side', () => {
	const turn = (signal: Signal) =>
		'side' in signal ? { ...signal, side: signal.side === 'above' ? 'below' : 'above' } : signal;
	const key = (signal: object) => JSON.stringify(signal);
	fc.assert(
		fc.property(someValues, (values) => {
			const [here, there] = [judged(daily(...values)), judged(daily(...values.map((value) => 0 - value)))];
			expect(there.signals.map(key).toSorted()).toEqual(here.signals.map(turn).map(key).toSorted());
		})
	);
});

test('property: each signal is what its words claim', () => {
	fc.assert(
		fc.property(someValues, fc.integer({ min: 6, max: 20 }), (values, baseline) => {
			const { limits, signals } = judged(daily(...values), { values: baseline });
			const { mean, lower, upper, upperRange } = limits;
			for (const signal of signals) {
				const part = values.slice(signal.first, signal.last + 1);
				const beyond = (bound: { above: number; below: number }) =>
					part.filter((value) =>
						'side' in signal && signal.side === 'above' ? value > bound.above : value < bound.below
					).length;
				if (signal.rule === 'outside') expect(beyond({ above: upper, below: lower })).toBe(1);
				if (signal.rule === 'range')
					expect(Math.abs((part[1] ?? 0) - (part[0] ?? 0))).toBeGreaterThan(upperRange);
				if (signal.rule === 'run') {
					expect(part.length).toBeGreaterThanOrEqual(8);
					expect(beyond({ above: mean, below: mean })).toBe(part.length);
				}
				if (signal.rule === 'near')
					expect(beyond({ above: (mean + upper) / 2, below: (mean + lower) / 2 })).toBe(signal.near);
			}
		})
	);
});

test('property: a value beyond a limit never goes unnoticed', () => {
	fc.assert(
		fc.property(someValues, fc.integer({ min: 6, max: 20 }), (values, baseline) => {
			const { limits, signals } = judged(daily(...values), { values: baseline });
			const found = signals.filter(({ rule }) => rule === 'outside').map(({ last }) => last);
			const beyond = [...values.keys()].filter((at) => {
				const value = values[at] ?? 0;
				return value > limits.upper || value < limits.lower;
			});
			expect(found).toEqual(beyond);
		})
	);
});
