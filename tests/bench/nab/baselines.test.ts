import { expect, test } from 'vitest';
import { Random } from '#lib/util/random.ts';
import { changePoints, logGamma } from './change-points.ts';
import { contenders, scoresOf } from './contenders.ts';
import type { LabelledSeries } from './scorer.ts';
import { normalTail, windowedGaussian } from './windowed-gaussian.ts';

const seriesOf = (values: readonly number[]): LabelledSeries => ({
	name: 'made',
	atMs: values.map((_, row) => row * 60_000),
	values,
	windows: []
});

test('the tail of the normal distribution, by its tables', () => {
	expect(normalTail(0)).toBe(0.5);
	expect(normalTail(1.96)).toBeCloseTo(0.0249979, 7);
	expect(normalTail(2.999_999)).toBeCloseTo(normalTail(3), 7);
	expect(normalTail(5) / 2.866516e-7).toBeCloseTo(1, 5);
	expect(normalTail(8) / 6.220961e-16).toBeCloseTo(1, 5);
});

test('the windowed Gaussian scores by mean and deviation of what came before', () => {
	const scores = scoresOf(windowedGaussian, seriesOf([1, 3, 1, 3, 4]));
	expect(scores[0]).toBe(0);
	// Mean 2, deviation 1: 4 lies two deviations out.
	expect(scores[4]).toBeCloseTo(1 - 0.0227501, 6);
});

test('once its window is full, mean and deviation stand still for a hundred values', () => {
	const noise = new Random(1);
	const filled = Array.from({ length: 6400 }, () => noise.next());
	const scores = scoresOf(windowedGaussian, seriesOf([...filled, ...Array<number>(101).fill(5)]));
	const first = scores[6400];
	expect(scores.subarray(6400, 6500).every((score) => score === first)).toBe(true);
	expect(scores[6500]).toBeLessThan(first ?? 0);
});

test('the logarithm of the gamma function, by its tables', () => {
	expect(logGamma(1)).toBeCloseTo(0, 9);
	expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 10);
	expect(logGamma(0.1)).toBeCloseTo(2.2527126517, 9);
	expect(logGamma(11)).toBeCloseTo(Math.log(3_628_800), 10);
});

test('a shift of the mean after a long run is a change point, and nothing before it', () => {
	const noise = new Random(2);
	const values = Array.from({ length: 400 }, (_, row) => noise.next() + (row < 300 ? 0 : 20));
	const scores = scoresOf(changePoints, seriesOf(values));
	expect(scores.subarray(50, 300).every((score) => score < 0.5)).toBe(true);
	expect(Math.max(...scores.subarray(300, 305))).toBeGreaterThan(0.95);
});

/** Adams and MacKay's recursion without shortcuts: each run's parameters from its values, probabilities as they are. */
function plainRunLengths(values: readonly number[]): readonly number[] {
	const density = (x: number, run: readonly number[]) => {
		const [n, mean] = [run.length, run.reduce((sum, value) => sum + value, 0) / (run.length || 1)];
		const squares = run.reduce((sum, value) => sum + (value - mean) ** 2, 0);
		const [alpha, kappa, mu] = [0.1 + n / 2, 1 + n, (n * mean) / (1 + n)];
		const beta = 0.001 + squares / 2 + (n * mean ** 2) / (2 * (1 + n));
		const [freedom, variance] = [2 * alpha, (beta * (kappa + 1)) / (alpha * kappa)];
		const top = Math.exp(logGamma((freedom + 1) / 2) - logGamma(freedom / 2));
		const shape = (1 + (x - mu) ** 2 / (freedom * variance)) ** (-(freedom + 1) / 2);
		return (top / Math.sqrt(freedom * Math.PI * variance)) * shape;
	};
	let likely = [1];
	return values.map((value, at) => {
		const joint = likely.map((p, length) => p * density(value, values.slice(at - length, at)));
		const sum = joint.reduce((a, b) => a + b, 0);
		likely = [sum / 250, ...joint.map((p) => (p * 249) / 250)].map((p) => p / sum);
		return likely.indexOf(Math.max(...likely));
	});
}

test('change points are those of the recursion as it is published', () => {
	const noise = new Random(4);
	const values = Array.from({ length: 120 }, (_, row) => noise.next() + (Math.floor(row / 20) % 3) * 0.8);
	const likeliest = plainRunLengths(values);
	const expected = likeliest.map((length, row) => {
		const before = likeliest[row - 1] ?? 1;
		return length < before ? 1 - length / before : 0;
	});
	expect(expected.filter((score) => score > 0).length).toBeGreaterThan(3);
	expect([...scoresOf(changePoints, seriesOf(values))]).toEqual(expected);
});

test('calmed, a contender scores what is no repeat as before and the rest as nothing', () => {
	const noise = new Random(5);
	const series = seriesOf(Array.from({ length: 300 }, () => noise.next()));
	const [plain, quiet] = ['Windowed Gaussian', 'Windowed Gaussian, calmed'].map((name) => {
		const contender = contenders.find((one) => one.name === name);
		return contender ? scoresOf(contender, series) : new Float64Array();
	});
	const told = [...(quiet ?? [])].flatMap((score, row) => (score > 0 ? [row] : []));
	expect(told.length).toBeGreaterThan(2);
	expect(told.length).toBeLessThan(30);
	for (const row of told) expect(quiet?.[row]).toBe(plain?.[row]);
});

test('values that are far from the prior give scores, not NaN', () => {
	const values = Array.from({ length: 700 }, (_, row) => 1e9 + (row % 3) * 1e8);
	expect([...scoresOf(changePoints, seriesOf(values))].every((score) => score >= 0 && score <= 1)).toBe(true);
});

test.each(contenders)('$name never looks ahead and says the same each time', (contender) => {
	const noise = new Random(3);
	const values = Array.from({ length: 400 }, () => noise.below(50));
	const whole = scoresOf(contender, seriesOf(values));
	expect(scoresOf(contender, seriesOf(values.slice(0, 250)))).toEqual(whole.slice(0, 250));
});
