import fc from 'fast-check';
import { expect, test } from 'vitest';
import { varianceOf } from './variance.ts';

test('a variance is what lies between, in the unit and in per cent of the base', () => {
	expect(varianceOf(74, { against: 'target', base: 45 })).toMatchObject({ absolute: 29, why: undefined });
	expect(varianceOf(74, { against: 'target', base: 45 }).perCent).toBeCloseTo(64.444_444, 5);
	expect(varianceOf(90, { against: 'previous', base: 120 }).perCent).toBe(-25);
});

test('of a negative base, up is still up', () => {
	expect(varianceOf(-50, { against: 'budget', base: -100 })).toMatchObject({ absolute: 50, perCent: 50 });
});

test.each([
	[undefined, 4, 'No value'],
	[NaN, 4, 'No value'],
	[4, undefined, 'No budget'],
	[4, Infinity, 'No budget'],
	[4, 0, 'Budget is 0']
])('%s against %s: %s', (value, base, why) => {
	const variance = varianceOf(value, { against: 'budget', base });
	expect([variance.perCent, variance.why]).toEqual([undefined, why]);
	expect(variance.absolute).toBe(why === 'Budget is 0' ? 4 : undefined);
});

test('each base is named in its own words', () => {
	const why = (against: 'previous' | 'year' | 'target') => varianceOf(1, { against, base: undefined }).why;
	expect([why('previous'), why('year'), why('target')]).toEqual([
		'No value in the previous period',
		'No value in the same period last year',
		'No target'
	]);
});

test('the base and the variance together are the value, and both have one sign', () => {
	const number = fc.integer({ min: -100_000, max: 100_000 });
	fc.assert(
		fc.property(number, number, (value, base) => {
			const { absolute = NaN, perCent } = varianceOf(value, { against: 'year', base });
			expect(base + absolute).toBe(value);
			expect(perCent === undefined).toBe(base === 0);
			if (perCent !== undefined) expect(Math.sign(perCent)).toBe(Math.sign(absolute));
		})
	);
});
