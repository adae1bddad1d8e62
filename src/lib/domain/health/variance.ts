/** What a value is held against. `year`: the same period a year before. */
export type VarianceBase = 'previous' | 'year' | 'target' | 'budget';

export const VARIANCE_WORDS: Record<VarianceBase, string> = {
	previous: 'Previous period',
	year: 'Same period last year',
	target: 'Target',
	budget: 'Budget'
};

/** How far a value lies from another one. */
export interface Variance {
	readonly against: VarianceBase;
	readonly value: number | undefined;
	readonly base: number | undefined;
	/** value − base, in the KPI's unit. Undefined when either is missing. */
	readonly absolute: number | undefined;
	/**
	 * (value − base) ÷ |base| × 100: its sign is that of `absolute` also for a negative base. Undefined when there is no
	 * absolute, or the base is 0.
	 */
	readonly perCent: number | undefined;
	/** Why there is no per cent: “No value”, “No budget”, “Target is 0”. Undefined when there is one. */
	readonly why: string | undefined;
}

const MISSING: Record<VarianceBase, string> = {
	previous: 'No value in the previous period',
	year: 'No value in the same period last year',
	target: 'No target',
	budget: 'No budget'
};

/** Nothing is rounded. A value or base that is no finite number is missing. */
export function varianceOf(
	value: number | undefined,
	{ against, base }: { readonly against: VarianceBase; readonly base: number | undefined }
): Variance {
	const [held, to] = [finite(value), finite(base)];
	const absolute = held === undefined || to === undefined ? undefined : held - to;
	const perCent = absolute === undefined || to === 0 ? undefined : (absolute / Math.abs(to ?? 1)) * 100;
	return { against, value: held, base: to, absolute, perCent, why: whyNot(against, held, to) };
}

function whyNot(
	against: VarianceBase,
	value: number | undefined,
	base: number | undefined
): string | undefined {
	if (value === undefined) return 'No value';
	if (base === undefined) return MISSING[against];
	return base === 0 ? `${VARIANCE_WORDS[against]} is 0` : undefined;
}

const finite = (value: number | undefined) =>
	value !== undefined && Number.isFinite(value) ? value : undefined;
