import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RangeSet } from './range-set.ts';

test('ranges that touch become one, gaps stay', () => {
	const set = new RangeSet();
	set.add(0, 3);
	set.add(5, 7);
	expect([set.size, set.solidEnd]).toEqual([2, 3]);
	set.add(3, 5);
	expect([set.size, set.solidEnd]).toEqual([1, 7]);
	expect(set.has(0, 7)).toBe(true);
	expect(set.has(6, 8)).toBe(false);
	expect(set.has(9, 9)).toBe(true);
});

test('it agrees with a plain set of numbers', () => {
	const range = fc.tuple(fc.nat(40), fc.nat(8)).map(([from, length]) => [from, from + length] as const);
	fc.assert(
		fc.property(fc.array(range, { maxLength: 30 }), range, (added, asked) => {
			const [set, plain] = [new RangeSet(), new Set<number>()];
			for (const [from, to] of added) {
				set.add(from, to);
				for (let value = from; value < to; value++) plain.add(value);
			}
			let hasAll = true;
			for (let value = asked[0]; value < asked[1]; value++) hasAll &&= plain.has(value);
			expect(set.has(...asked)).toBe(hasAll);
			let solid = 0;
			while (plain.has(solid)) solid++;
			expect(set.solidEnd).toBe(solid);
		})
	);
});
