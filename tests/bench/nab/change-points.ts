import type { Contender } from './contender.ts';

// R. P. Adams, D. J. C. MacKay: “Bayesian Online Changepoint Detection”, 2007, with the numbers of NAB's
// “bayesChangePt”. A run is what came since the last change; its values are normal, with mean and variance unknown
// (normal-gamma prior), so the next value has Student's t-distribution.

/** A change is expected every so many values. */
const HAZARD = 1 / 250;
/** Longer runs are dropped. */
const RUN_MAX = 500;
/** The prior of a new run. */
const PRIOR = { alpha: 0.1, beta: 0.001, kappa: 1, mu: 0 };

/** Scores the share by which the likeliest run has become shorter: NAB found this best of three ways. */
export const changePoints: Contender = {
	name: 'Change points (Bayes)',
	start() {
		const runs = new Runs();
		let likeliestBefore = 1;
		return (_, value) => {
			runs.see(value);
			const { likeliest } = runs;
			const score = likeliest < likeliestBefore ? 1 - likeliest / likeliestBefore : 0;
			likeliestBefore = likeliest;
			return score;
		};
	}
};

/** How likely each length of the run under way is. Logarithms, where NAB's products underflow. */
class Runs {
	/** By length, 0 up. */
	#logLikely = new Float64Array(RUN_MAX + 1).fill(-Infinity);
	#mu = new Float64Array(RUN_MAX + 1).fill(PRIOR.mu);
	#beta = new Float64Array(RUN_MAX + 1).fill(PRIOR.beta);

	constructor() {
		this.#logLikely[0] = 0;
	}

	see(value: number): void {
		const [likely, mu, beta] = [this.#logLikely, this.#mu, this.#beta];
		const grown = new Float64Array(RUN_MAX + 1).fill(-Infinity);
		const [grownMu, grownBeta] = [new Float64Array(RUN_MAX + 1), new Float64Array(RUN_MAX + 1)];
		let changed = -Infinity;
		for (let length = 0; length <= RUN_MAX; length++) {
			const [from, spread] = [mu[length] ?? 0, beta[length] ?? 0];
			const joint = (likely[length] ?? 0) + logStudent(value - from, spread, length);
			changed = logSum(changed, joint + Math.log(HAZARD));
			if (length === RUN_MAX) break;
			const kappa = PRIOR.kappa + length;
			grown[length + 1] = joint + Math.log1p(-HAZARD);
			grownMu[length + 1] = (kappa * from + value) / (kappa + 1);
			grownBeta[length + 1] = spread + (kappa * (value - from) ** 2) / (2 * (kappa + 1));
		}
		grown[0] = changed;
		grownMu[0] = PRIOR.mu;
		grownBeta[0] = PRIOR.beta;
		const all = grown.reduce(logSum, -Infinity);
		this.#logLikely = grown.map((one) => one - all);
		this.#mu = grownMu;
		this.#beta = grownBeta;
	}

	/** Of equally likely lengths the shortest. */
	get likeliest(): number {
		let found = 0;
		for (let length = 1; length <= RUN_MAX; length++)
			if ((this.#logLikely[length] ?? 0) > (this.#logLikely[found] ?? 0)) found = length;
		return found;
	}
}

/** What the density of the next value has in common for all runs of a length: alpha and kappa depend on it alone. */
const COMMON = Array.from({ length: RUN_MAX + 1 }, (_, length) => {
	const alpha = PRIOR.alpha + length / 2;
	return logGamma(alpha + 0.5) - logGamma(alpha) - Math.log(2 * alpha * Math.PI) / 2;
});

/** The logarithm of Student's density with 2 alpha degrees of freedom, `off` its centre. */
function logStudent(off: number, beta: number, length: number): number {
	const [alpha, kappa] = [PRIOR.alpha + length / 2, PRIOR.kappa + length];
	const variance = (beta * (kappa + 1)) / (alpha * kappa);
	return (
		(COMMON[length] ?? 0) -
		Math.log(variance) / 2 -
		(alpha + 0.5) * Math.log1p((off * off) / (2 * alpha * variance))
	);
}

function logSum(a: number, b: number): number {
	const [larger, smaller] = a > b ? [a, b] : [b, a];
	return smaller === -Infinity ? larger : larger + Math.log1p(Math.exp(smaller - larger));
}

/** Stirling's series, reached by recurrence: exact to nine digits for what is above 0. */
export function logGamma(x: number): number {
	const STIRLING_FROM = 10;
	if (x < STIRLING_FROM) return logGamma(x + 1) - Math.log(x);
	const series = 1 / (12 * x) - 1 / (360 * x ** 3) + 1 / (1260 * x ** 5);
	return (x - 0.5) * Math.log(x) - x + Math.log(2 * Math.PI) / 2 + series;
}
