import fc from 'fast-check';
import { expect, test } from 'vitest';
import { extremes, roundTicks, valueReach } from './ticks.ts';

test('ticks are round and reach over the values', () => {
	expect(roundTicks({ min: 99.77, max: 99.95 }, 3)).toEqual({ values: [99.7, 99.8, 99.9, 100], step: 0.1 });
	expect(roundTicks({ min: 36, max: 74 }, 3)).toEqual({ values: [20, 40, 60, 80], step: 20 });
	expect(roundTicks({ min: 0, max: 21_377_653 }, 4).values.at(-1)).toBe(30_000_000);
});

test('for any values there are two to five ticks, evenly spaced, with the values between them', () => {
	const value = fc.double({ min: -1e9, max: 1e9, noNaN: true });
	fc.assert(
		fc.property(value, fc.double({ min: 1e-3, max: 1e9, noNaN: true }), (min, reach) => {
			const { values, step } = roundTicks({ min, max: min + reach }, 4);
			const slack = step * 1e-6;
			expect(values.length).toBeGreaterThanOrEqual(2);
			expect(values.length).toBeLessThanOrEqual(5);
			expect(values[0]).toBeLessThanOrEqual(min + slack);
			expect(values.at(-1)).toBeGreaterThanOrEqual(min + reach - slack);
		})
	);
});

const plain = { targets: [], bounds: [] };

test('counts begin at zero, rates may zoom', () => {
	expect(valueReach({ min: 80, max: 120 }, { unit: 'count', ...plain })).toEqual({ min: 0, max: 120 });
	expect(valueReach({ min: 80, max: 120 }, { unit: 'min', ...plain })).toEqual({ min: 80, max: 120 });
});

test('the target is always shown, a bound when it is near', () => {
	const shown = { min: 36, max: 44 };
	expect(valueReach(shown, { unit: 'min', targets: [90], bounds: [] }).max).toBe(90);
	expect(valueReach(shown, { unit: 'min', targets: [45], bounds: [48] }).max).toBe(48);
	expect(valueReach(shown, { unit: 'min', targets: [45], bounds: [600] }).max).toBe(45);
});

test('values that never move get room on both sides, but not past what can be', () => {
	expect(valueReach({ min: 100, max: 100 }, { unit: '%', ...plain })).toEqual({ min: 95, max: 100 });
	expect(valueReach({ min: 0, max: 0 }, { unit: 'h', ...plain })).toEqual({ min: 0, max: 1 });
});

test('no values have no extremes', () => {
	expect(extremes(new Float64Array())).toBeUndefined();
	expect(extremes(Float64Array.of(3, -1, 2))).toEqual({ min: -1, max: 3 });
});
