/** One part of a weighted mean, as it is given. */
export interface Part {
	readonly id: string;
	readonly name: string;
	/** In the parent's basis (requests, euros, tenants, 1 each). Undefined or not a number of 0 or more: it has none. */
	readonly weight: number | undefined;
	/** In the unit of what is averaged; undefined when there is none. */
	readonly value: number | undefined;
}

/** A part with what it adds to the sum. */
export interface Term extends Part {
	/** weight × value; undefined when either is missing. */
	readonly product: number | undefined;
}

/** A weighted mean with its arithmetic. Nothing in it is rounded. */
export interface Weighted {
	/** Σ products ÷ weight present. Undefined when no weight is present. */
	readonly value: number | undefined;
	/** In the order given. */
	readonly terms: readonly Term[];
	/** Of the parts that have a value. */
	readonly weightPresent: number;
	/** Of all parts that have a weight. */
	readonly weightExpected: number;
	/** weightPresent ÷ weightExpected, 0-1. Undefined when nothing is expected. */
	readonly coverage: number | undefined;
	/** Names of the parts with a weight over 0 and no value: they are in no sum, and must be told. */
	readonly missing: readonly string[];
	/** Names of the parts without a weight: nobody knows how much they would count. */
	readonly unweighted: readonly string[];
}

/**
 * The weighted mean of those parts that have both a weight and a value. A part of weight 0 is expected of nothing and
 * adds nothing.
 */
export function weightedMean(parts: readonly Part[]): Weighted {
	const terms = parts.map(termOf);
	const weighted = terms.filter(({ weight }) => weight !== undefined);
	const present = weighted.filter(({ product }) => product !== undefined);
	const weightPresent = sum(present.map(({ weight = 0 }) => weight));
	const weightExpected = sum(weighted.map(({ weight = 0 }) => weight));
	return {
		value: weightPresent > 0 ? sum(present.map(({ product = 0 }) => product)) / weightPresent : undefined,
		terms,
		weightPresent,
		weightExpected,
		coverage: weightExpected > 0 ? weightPresent / weightExpected : undefined,
		missing: weighted
			.filter(({ weight = 0, value }) => weight > 0 && value === undefined)
			.map(({ name }) => name),
		unweighted: terms.filter(({ weight }) => weight === undefined).map(({ name }) => name)
	};
}

function termOf({ id, name, weight: given, value: measured }: Part): Term {
	const weight = given !== undefined && Number.isFinite(given) && given >= 0 ? given : undefined;
	const value = measured !== undefined && Number.isFinite(measured) ? measured : undefined;
	const product = weight === undefined || value === undefined ? undefined : weight * value;
	return { id, name, weight, value, product };
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
