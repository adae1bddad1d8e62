import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Random } from '../../util/random.ts';
import { Rarity, type Memory } from './rarity.ts';

const memory: Memory = { max: 4096, tailShare: 0.05 };

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

test('ninety-nine numbers teach nothing, a hundred do', () => {
	expect(new Rarity(memory, upTo(99)).of(1e6)).toBe(0);
	expect(new Rarity(memory, upTo(100)).of(1e6)).toBeGreaterThan(0);
});

test('rarity within the usual is 0, beyond it that of an exponential tail', () => {
	// Of 0 to 99 the upper tail is 95 to 99 and begins at 94; its numbers lie 3 beyond that on average.
	const rarity = new Rarity(memory, upTo(100));
	expect(rarity.usual).toEqual({ lower: 5, upper: 94 });
	expect(rarity.of(94)).toBe(0);
	expect(rarity.of(50)).toBe(0);
	expect(rarity.of(100)).toBeCloseTo(-Math.log10(0.05 * Math.exp(-2)), 12);
	expect(rarity.of(-1)).toBeCloseTo(-Math.log10(0.05 * Math.exp(-2)), 12);
});

test('numbers that are all alike make any other rare, but not one that differs by rounding', () => {
	const rarity = new Rarity(memory, Array<number>(200).fill(0.3));
	expect(rarity.of(0.3)).toBe(0);
	expect(rarity.of(0.1 + 0.2)).toBeLessThan(2);
	expect(rarity.of(0.31)).toBe(100);
	expect(new Rarity(memory, Array<number>(200).fill(0)).of(1e-9)).toBe(100);
});

test('the oldest is forgotten when one more comes than can be remembered', () => {
	const rarity = new Rarity(memory, [7_777, ...upTo(memory.max - 1)]);
	expect(rarity.remembered[0]).toBe(7_777);
	rarity.add(5);
	expect(rarity.remembered.length).toBe(memory.max);
	expect(rarity.remembered[0]).toBe(0);
	expect(rarity.remembered.at(-1)).toBe(5);
	expect(() => new Rarity(memory, upTo(memory.max + 1))).toThrow('4097');
});

test('numbers in any order, many of them equal, give what those remembered give in order', () => {
	const random = new Random(11);
	const rarity = new Rarity(memory);
	const all = Array.from({ length: 3 * memory.max }, () => random.below(500));
	for (const value of all) rarity.add(value);
	const sorted = all.slice(-memory.max).toSorted((a, b) => a - b);
	const tail = Math.floor(memory.tailShare * memory.max);
	expect(rarity.usual).toEqual({ lower: sorted[tail], upper: sorted[memory.max - 1 - tail] });
	for (const probe of [-40, 0, 3, 25, 470, 490, 499, 700])
		expect(rarity.of(probe)).toBe(new Rarity(memory, sorted).of(probe));
});

test('property: what lies farther out is rarer, and mirrored numbers are as rare', () => {
	const some = fc.array(fc.integer({ min: -500, max: 500 }), { minLength: 100, maxLength: 300 });
	fc.assert(
		fc.property(some, fc.nat(2_000), fc.nat(2_000), (values, a, b) => {
			const rarity = new Rarity(memory, values);
			const mirrored = new Rarity(
				memory,
				values.map((value) => 0 - value)
			);
			expect(rarity.of(Math.max(a, b))).toBeGreaterThanOrEqual(
				rarity.of(Math.max(Math.min(a, b), rarity.usual.lower))
			);
			expect(mirrored.of(0 - a)).toBeCloseTo(rarity.of(a), 9);
		})
	);
});
