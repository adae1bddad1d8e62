import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bandsOf, bandWords, isWorse, statusOf, statusWord, targetText, type Judged } from './status.ts';
import type { ContractInForce } from './kpi-terms.ts';

const slo: Judged = { direction: 'up', target: 99.9, redBelow: 99.8 };
const mttr: Judged = { direction: 'down', target: 45, redAbove: 60 };
const load: Judged = {
	direction: 'band',
	target: 50,
	redBelow: 20,
	amberBelow: 30,
	amberAbove: 70,
	redAbove: 80
};

test('more is good: amber below the target, red below its bound, a value on a bound is on the better side', () => {
	expect([99.95, 99.9, 99.82, 99.8, 99.77].map((value) => statusOf(value, slo))).toEqual([
		'green',
		'green',
		'amber',
		'amber',
		'red'
	]);
});

test('less is good: the same, turned round', () => {
	expect([44, 45, 46, 60, 74].map((value) => statusOf(value, mttr))).toEqual([
		'green',
		'green',
		'amber',
		'amber',
		'red'
	]);
});

test('a band is left on both sides', () => {
	expect([10, 25, 50, 75, 90].map((value) => statusOf(value, load))).toEqual([
		'red',
		'amber',
		'green',
		'amber',
		'red'
	]);
});

test('with a target alone, missing it is off target', () => {
	expect(statusOf(9, { direction: 'up', target: 10 })).toBe('red');
	expect(statusOf(10, { direction: 'up', target: 10 })).toBe('green');
});

test('without a value, a contract or a bound there is no status, and the words tell which', () => {
	expect(statusOf(undefined, slo)).toBe('none');
	expect(statusOf(3, undefined)).toBe('none');
	expect(statusOf(3, { direction: 'up' })).toBe('none');
	expect(statusWord('none')).toBe('No data');
	expect(statusWord('none', 3)).toBe('No target');
});

test('bounds of the other direction are kept and not in force', () => {
	expect(statusOf(1_000, { ...slo, redAbove: 5 })).toBe('green');
});

test('a value has the status of the band it lies in, for any contract', () => {
	const bound = fc.option(fc.integer({ min: -50, max: 50 }), { nil: undefined });
	const contract = fc.record({
		direction: fc.constantFrom('up' as const, 'down' as const, 'band' as const),
		target: bound,
		redBelow: bound,
		amberBelow: bound,
		amberAbove: bound,
		redAbove: bound
	});
	fc.assert(
		fc.property(contract, fc.integer({ min: -60, max: 60 }), (judged, whole) => {
			const value = whole + 0.5; // Never on a bound.
			const inBands = bandsOf(judged).filter(
				({ lower = -Infinity, upper = Infinity }) => value > lower && value < upper
			);
			const status = statusOf(value, judged);
			if (status === 'red' || status === 'amber')
				expect(inBands.map((band) => band.status)).toContain(status);
			else expect(inBands).toEqual([]);
		})
	);
});

test('bands are said in words', () => {
	const contract = { ...mttr, unit: 'min' } as ContractInForce;
	expect(bandWords(contract)).toEqual([
		{ status: 'green', words: 'to 45\u00a0min' },
		{ status: 'amber', words: '45\u00a0min to 60\u00a0min' },
		{ status: 'red', words: 'over 60\u00a0min' }
	]);
	expect(bandWords({ ...contract, target: undefined, redAbove: undefined })).toEqual([]);
	expect(bandWords({ ...load, unit: '%' }).map(({ words }) => words)).toEqual([
		'30% to 70%',
		'20% to 30%, 70% to 80%',
		'under 20%, over 80%'
	]);
});

test('the target is written with the side that is good', () => {
	expect(targetText({ ...slo, unit: '%', decimals: 2 })).toBe('≥ 99.90%');
	expect(targetText({ ...mttr, unit: 'min' })).toBe('≤ 45\u00a0min');
	expect(targetText({ direction: 'up', unit: '%' })).toBeUndefined();
});

test('worse is down, up or away from the band', () => {
	expect(isWorse({ before: 99.93, after: 99.82 }, slo)).toBe(true);
	expect(isWorse({ before: 52, after: 74 }, mttr)).toBe(true);
	expect(isWorse({ before: 52, after: 40 }, mttr)).toBe(false);
	expect(isWorse({ before: 50, after: 75 }, load)).toBe(true);
	expect(isWorse({ before: 90, after: 75 }, load)).toBe(false);
});
