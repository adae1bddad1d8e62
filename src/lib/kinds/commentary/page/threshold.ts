import type { ContractInForce } from '#lib/domain/kpi-terms.ts';
import { naturalMax } from '#lib/domain/quantity.ts';
import { bandsOf, boundsOf, statusOf, type Status } from '#lib/domain/status.ts';

/** A bar of the statuses that a value can have, from its lowest value to its highest. */
export interface ThresholdScale {
	readonly parts: readonly { readonly status: Exclude<Status, 'none'>; readonly share: number }[];
	/** Where the value lies, 0..1; undefined without one. */
	readonly at: number | undefined;
}

/** How far the bar goes beyond its outermost bound, as a share of what lies within, or of the bound itself. */
const BEYOND_SHARE = 0.5;

/** Undefined when nothing judges the KPI. */
export function barOf(contract: ContractInForce, value: number | undefined): ThresholdScale | undefined {
	const bounds = boundsOf(contract);
	const edges = Object.values(bounds ?? {}).filter((bound) => bound !== undefined) as number[];
	if (edges.length === 0) return undefined;
	const { lower, upper } = endsOf(contract, edges, value);
	const cuts = [...new Set([lower, ...edges.filter((edge) => edge > lower && edge < upper), upper])];
	const sorted = cuts.toSorted((a, b) => a - b);
	const parts = sorted.slice(1).flatMap((end, index) => {
		const from = sorted[index] ?? lower;
		const status = statusOf((from + end) / 2, contract);
		return status === 'none' ? [] : [{ status, share: (end - from) / (upper - lower) }];
	});
	const at =
		value === undefined ? undefined : Math.min(0.99, Math.max(0.01, (value - lower) / (upper - lower)));
	return { parts, at };
}

function endsOf(contract: ContractInForce, edges: readonly number[], value: number | undefined) {
	const [first, last] = [Math.min(...edges), Math.max(...edges)];
	const beyond = BEYOND_SHARE * (last - first || Math.abs(last) || 1);
	const values = value === undefined ? [] : [value];
	const isOpenBelow = bandsOf(contract).some((band) => band.lower === undefined);
	const startsAtZero = !isOpenBelow && first > 0 && contract.direction === 'down';
	const lower = Math.min(startsAtZero ? 0 : first - beyond, ...values);
	const upper = Math.max(
		Math.min(last + (startsAtZero ? last : beyond) * BEYOND_SHARE, maxOf(contract, last)),
		...values
	);
	return { lower, upper: upper > lower ? upper : lower + 1 };
}

/** A share does not pass 100 %, unless its bounds do. */
const maxOf = (contract: ContractInForce, last: number) => {
	const most = naturalMax(contract.unit);
	return last < most ? most : Infinity;
};
