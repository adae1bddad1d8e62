import type { Contender } from './contender.ts';

/** NAB's numbers: how many values are remembered, and how many come before the window moves on. */
const WINDOW = 6_400;
const STEP = 100;
/** For values that are all alike. */
const DEVIATION_MIN = 1e-6;

/**
 * NAB's “windowedGaussian”: one minus the probability that a normal distribution with mean and deviation of the last
 * values goes as far out. While the window fills, they are reckoned anew with every value.
 */
export const windowedGaussian: Contender = {
	name: 'Windowed Gaussian',
	start() {
		let window: number[] = [];
		let fresh: number[] = [];
		let moments: Moments | undefined;
		return (_, value) => {
			const score = moments ? 1 - normalTail(Math.abs(value - moments.mean) / moments.deviation) : 0;
			fresh.push(value);
			if (window.length < WINDOW || fresh.length === STEP) {
				window = [...window, ...fresh].slice(-WINDOW);
				fresh = [];
				moments = momentsOf(window);
			}
			return score;
		};
	}
};

interface Moments {
	readonly mean: number;
	readonly deviation: number;
}

function momentsOf(values: readonly number[]): Moments {
	let sum = 0;
	for (const value of values) sum += value;
	const mean = sum / values.length;
	let squares = 0;
	for (const value of values) squares += (value - mean) ** 2;
	return { mean, deviation: Math.max(DEVIATION_MIN, Math.sqrt(squares / values.length)) };
}

/** From here on the continued fraction is the faster way. */
const FAR = 3;
const TERMS = 60;

/** The share of a standard normal distribution above `z`, which is 0 or more (Abramowitz and Stegun 26.2.11 and 14). */
export function normalTail(z: number): number {
	const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
	if (z < FAR) {
		let [term, sum] = [z, z];
		for (let k = 1; k < TERMS; k++) {
			term *= (z * z) / (2 * k + 1);
			sum += term;
		}
		return 0.5 - density * sum;
	}
	let fraction = z;
	for (let k = TERMS; k > 0; k--) fraction = z + k / fraction;
	return density / fraction;
}
