import fc from 'fast-check';
import { expect, test } from 'vitest';
import { weightedMean, type Part } from './weighted.ts';

const part = (name: string, weight: number | undefined, value: number | undefined): Part => ({
	id: name.toLowerCase(),
	name,
	weight,
	value
});

test('a mean carries its arithmetic', () => {
	const mean = weightedMean([part('Search', 300, 99), part('Billing', 100, 95)]);
	expect(mean.value).toBe(98);
	expect(mean.terms.map(({ product }) => product)).toEqual([29_700, 9_500]);
	expect([mean.weightPresent, mean.weightExpected, mean.coverage]).toEqual([400, 400, 1]);
});

test('what is missing is named, and lowers what is covered', () => {
	const mean = weightedMean([part('Search', 300, 99), part('Billing', 100, undefined)]);
	expect([mean.value, mean.coverage, mean.missing]).toEqual([99, 0.75, ['Billing']]);
});

test.each([undefined, NaN, Infinity, -1])('a weight of %s is none', (weight) => {
	const mean = weightedMean([part('Search', 1, 10), part('Billing', weight, 20)]);
	expect([mean.value, mean.unweighted, mean.missing]).toEqual([10, ['Billing'], []]);
	expect(mean.terms[1]).toMatchObject({ weight: undefined, value: 20, product: undefined });
});

test('where nothing weighs anything there is no mean', () => {
	const mean = weightedMean([part('Search', 0, 10), part('Billing', 0, undefined)]);
	expect([mean.value, mean.coverage, mean.missing]).toEqual([undefined, undefined, []]);
	expect(weightedMean([])).toMatchObject({ value: undefined, coverage: undefined, terms: [] });
});

const parts = fc.array(
	fc.record({
		id: fc.string(),
		name: fc.string(),
		weight: fc.option(fc.integer({ min: 0, max: 1000 }), { nil: undefined }),
		value: fc.option(fc.integer({ min: -1000, max: 1000 }), { nil: undefined })
	})
);

test('a mean lies among its values, and every part is counted, missing, unweighted or weighs nothing', () => {
	fc.assert(
		fc.property(parts, (given) => {
			const { value, terms, missing, unweighted, coverage } = weightedMean(given);
			const counted = terms.filter(({ weight = 0, product }) => weight > 0 && product !== undefined);
			const idle = terms.filter(({ weight }) => weight === 0);
			expect(counted.length + missing.length + unweighted.length + idle.length).toBe(given.length);
			expect(value === undefined).toBe(counted.length === 0);
			if (coverage !== undefined) expect(coverage).toBeLessThanOrEqual(1);
			if (value === undefined) return;
			const values = counted.map((term) => term.value ?? NaN);
			expect(value).toBeGreaterThanOrEqual(Math.min(...values) - 1e-9);
			expect(value).toBeLessThanOrEqual(Math.max(...values) + 1e-9);
		})
	);
});

test('only the proportion of weights matters', () => {
	fc.assert(
		fc.property(parts, fc.integer({ min: 1, max: 50 }), (given, times) => {
			const more = given.map((one) => ({ ...one, weight: one.weight && one.weight * times }));
			const [once, scaled] = [weightedMean(given), weightedMean(more)];
			expect(scaled.value === undefined).toBe(once.value === undefined);
			expect(scaled.value ?? 0).toBeCloseTo(once.value ?? 0, 9);
			expect(scaled.coverage === undefined).toBe(once.coverage === undefined);
			expect(scaled.coverage ?? 0).toBeCloseTo(once.coverage ?? 0, 9);
		})
	);
});
