import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DIMENSION_WORDS, type Dimension } from '../kpi.ts';
import { statusOf, type Judged } from '../status.ts';
import { healthOf, kpiScore, scoreText } from './score.ts';

const up = (target?: number, redBelow?: number, amberBelow?: number): Judged => ({
	direction: 'up',
	target,
	redBelow,
	amberBelow
});
const down = (target?: number, redAbove?: number, amberAbove?: number): Judged => ({
	direction: 'down',
	target,
	redAbove,
	amberAbove
});
const band: Judged = {
	direction: 'band',
	target: 50,
	redBelow: 30,
	amberBelow: 40,
	amberAbove: 60,
	redAbove: 70
};

test.each([
	['up, at the target', up(95, 80), 95, 100],
	['up, past it', up(95, 80), 99, 100],
	['up, at the red bound', up(95, 80), 80, 0],
	['up, off target', up(95, 80), 12, 0],
	['up, between', up(95, 80), 91, 73.3],
	['up, the amber bound bends nothing', up(95, 80, 90), 91, 73.3],
	['up, without a red bound the amber one is the far one', up(95, undefined, 90), 93, 60],
	['up, without a target green is enough', up(undefined, 80, 90), 90, 100],
	['up, without a target, between', up(undefined, 80, 90), 85, 50],
	['up, a target alone is met', up(95), 95, 100],
	['up, a target alone is missed', up(95), 94.99, 0],
	['up, a red bound alone', up(undefined, 80), 80, 100],
	['up, a red bound on the good side of the target', up(80, 95), 90, 0],
	['up, bounds of the other direction judge nothing', { ...up(95, 80), redAbove: 90 }, 95, 100],
	['down, at the target', down(45, 60), 45, 100],
	['down, past it', down(45, 60), 1, 100],
	['down, between', down(45, 60), 52.5, 50],
	['down, at the red bound', down(45, 60), 60, 0],
	['down, below nothing', down(-10, 10), 0, 50],
	['band, in the green', band, 41, 100],
	['band, where green ends', band, 60, 100],
	['band, above', band, 64, 60],
	['band, below', band, 33, 30],
	['band, red above', band, 71, 0],
	['band, red below', band, 29, 0],
	['band, open above', { direction: 'band', redBelow: 30, amberBelow: 40 }, 900, 100],
	['band, amber alone', { direction: 'band', amberBelow: 40 }, 39, 0]
] as [string, Judged, number, number][])('%s', (_, contract, value, score) => {
	expect(Number(scoreText(kpiScore(value, contract)?.score))).toBe(score);
});

test('nothing to judge by, or nothing to judge, is no score', () => {
	expect(kpiScore(5, up())).toBeUndefined();
	expect(kpiScore(5, undefined)).toBeUndefined();
	expect(kpiScore(undefined, up(95))).toBeUndefined();
	expect(kpiScore(NaN, up(95))).toBeUndefined();
	expect(kpiScore(5, { direction: 'band', target: 5 })).toBeUndefined();
});

test('a score says what it was measured on', () => {
	expect(kpiScore(64, band)).toEqual({ score: 60, value: 64, full: 60, zero: 70 });
});

const number = fc.integer({ min: -1000, max: 1000 });
const mark = fc.option(number, { nil: undefined });
const contracts: fc.Arbitrary<Judged> = fc.record({
	direction: fc.constantFrom('up', 'down', 'band'),
	target: mark,
	redBelow: mark,
	amberBelow: mark,
	amberAbove: mark,
	redAbove: mark
});

test('a score is 0 to 100, none without a status, and nothing off target has more than 0', () => {
	fc.assert(
		fc.property(contracts, number, (contract, value) => {
			const status = statusOf(value, contract);
			const score = kpiScore(value, contract)?.score;
			expect(score === undefined).toBe(status === 'none');
			if (score === undefined) return;
			expect(score).toBeGreaterThanOrEqual(0);
			expect(score).toBeLessThanOrEqual(100);
			if (status === 'red') expect(score).toBe(0);
		}),
		{ numRuns: 1000 }
	);
});

test('a better value never has a lower score', () => {
	const oneWay = contracts.filter(({ direction }) => direction !== 'band');
	fc.assert(
		fc.property(oneWay, number, fc.nat(100), (contract, value, more) => {
			const better = contract.direction === 'up' ? value + more : value - more;
			const [now, then] = [kpiScore(value, contract), kpiScore(better, contract)];
			expect(then?.score ?? 0).toBeGreaterThanOrEqual(now?.score ?? 0);
		}),
		{ numRuns: 1000 }
	);
});

const scored = (name: string, dimension: Dimension | undefined, score?: number, weight?: number) => ({
	id: name,
	name,
	dimension,
	score,
	weight
});

/**
 * By hand:
 *
 *   reliability  (3 × 20 + 1 × 50) ÷ 4            = 27.5
 *   security     (73.333… + 100) ÷ 2               = 86.666…
 *   product      60
 *   financial    nothing has come
 *   efficiency   (0 + 100) ÷ 2                     = 50
 *   whole        (27.5 + 86.666… + 60 + 50) ÷ 4    = 56.0416…, shown as 56.0
 *
 * Of the dimensions as they are shown, 86.7 for one, it would be 56.05 and shown as 56.1.
 */
test('the health of a space, worked out by hand', () => {
	const health = healthOf(
		[
			scored('SLO attainment', 'reliability', kpiScore(99.82, up(99.9, 99.8))?.score, 3),
			scored('MTTR', 'reliability', kpiScore(52.5, down(45, 60))?.score),
			scored('Patched in time', 'security', kpiScore(91, up(95, 80))?.score),
			scored('MFA coverage', 'security', kpiScore(100, up(100, 90))?.score),
			scored('Seat use', 'product', kpiScore(64, band)?.score),
			scored('Unit cost', 'financial', kpiScore(undefined, down(4, 5))?.score),
			scored('Lead time', 'efficiency', kpiScore(25, down(24))?.score),
			scored('Deploys', 'efficiency', kpiScore(12, up(10))?.score),
			scored('Coffee', undefined, 100)
		],
		DIMENSION_WORDS
	);
	const shown = Object.values(health.dimensions).map(({ value }) => scoreText(value));
	expect(shown).toEqual(['27.5', '86.7', '60.0', '–', '50.0']);
	expect(scoreText(health.whole.value)).toBe('56.0');
	expect(health.whole.value).toBeCloseTo(56.041_666_666_666_67, 10);
	expect([health.whole.weightPresent, health.whole.weightExpected, health.whole.coverage]).toEqual([
		4, 5, 0.8
	]);
	expect(health.whole.missing).toEqual(['Financial']);
	expect(health.outside).toEqual(['Coffee']);
	const terms = health.dimensions.reliability.terms.map(({ name, weight, value, product }) =>
		[name, weight, scoreText(value), scoreText(product)].join(' ')
	);
	expect(terms).toEqual(['SLO attainment 3 20.0 60.0', 'MTTR 1 50.0 50.0']);
});

test('dimensions may weigh differently, and one that weighs nothing changes nothing', () => {
	const kpis = [scored('A', 'reliability', 100), scored('B', 'product', 0), scored('C', 'financial', 50)];
	const whole = healthOf(kpis, DIMENSION_WORDS, { reliability: 3, financial: 0 }).whole;
	expect(whole.value).toBe(75);
	expect(whole.missing).toEqual(['Security', 'Efficiency']);
});

test('a space without KPIs has no health', () => {
	const { whole } = healthOf([], DIMENSION_WORDS);
	expect([whole.value, whole.coverage, scoreText(whole.value)]).toEqual([undefined, 0, '–']);
});
