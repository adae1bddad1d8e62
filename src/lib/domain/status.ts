import type { KpiContract } from './kpi.ts';
import { quantityText, type Measure } from './quantity.ts';

// The one place that judges a value. Charts draw their bands from the same bounds, so a point that lies in the
// red band is red.

export type Status = 'red' | 'amber' | 'green' | 'none';

/** What a status needs of a contract. */
export type Judged = Pick<
	KpiContract,
	'direction' | 'target' | 'redBelow' | 'amberBelow' | 'amberAbove' | 'redAbove'
> & {
	/** A contract with terms by date is first asked what was in force: `kpi-terms.ts`. */
	readonly terms?: undefined;
};

/** The bounds in force. A value equal to a bound is on its better side. */
export interface Bounds {
	readonly redBelow?: number | undefined;
	readonly amberBelow?: number | undefined;
	readonly amberAbove?: number | undefined;
	readonly redAbove?: number | undefined;
}

/** A stretch of values of one status; an absent end is open. */
export interface Band {
	readonly status: 'red' | 'amber';
	readonly lower?: number | undefined;
	readonly upper?: number | undefined;
}

const WORDS: Record<Status, string> = {
	red: 'Off target',
	amber: 'At risk',
	green: 'On target',
	none: 'No data'
};

const LETTERS: Record<Status, string> = { red: 'R', amber: 'A', green: 'G', none: '–' };

export const statusLetter = (status: Status): string => LETTERS[status];

/** The word for `status`. A value that nothing judges has no target; it is not missing. */
export function statusWord(status: Status, value?: number): string {
	return status === 'none' && value !== undefined ? 'No target' : WORDS[status];
}

/** The status of `value` under `contract`. Without a value, a contract or any bound there is none. */
export function statusOf(value: number | undefined, contract: Judged | undefined): Status {
	return value === undefined ? 'none' : judgeOf(contract)(value);
}

/** The judgement of many values: the bounds are worked out once. */
export function judgeOf(contract: Judged | undefined): (value: number) => Status {
	const bounds = contract && boundsOf(contract);
	if (!bounds) return () => 'none';
	const { redBelow = -Infinity, amberBelow = -Infinity, amberAbove = Infinity, redAbove = Infinity } = bounds;
	return (value) => {
		if (value < redBelow || value > redAbove) return 'red';
		return value < amberBelow || value > amberAbove ? 'amber' : 'green';
	};
}

/**
 * The bounds in force, or undefined when nothing judges.
 *
 * Where amber has no bound of its own it begins at the target. Where red has none either, missing the target is
 * off target. In a band the target is only drawn: the bounds judge.
 */
export function boundsOf(contract: Judged): Bounds | undefined {
	const { direction, target, redBelow, amberBelow, amberAbove, redAbove } = contract;
	if (direction === 'band') {
		const bounds = { redBelow, amberBelow, amberAbove, redAbove };
		return Object.values(bounds).some((bound) => bound !== undefined) ? bounds : undefined;
	}
	const [red, amber] = direction === 'up' ? [redBelow, amberBelow] : [redAbove, amberAbove];
	if (red === undefined && amber === undefined && target === undefined) return undefined;
	const bounds = red === undefined && amber === undefined ? { red: target } : { red, amber: amber ?? target };
	return direction === 'up'
		? { redBelow: bounds.red, amberBelow: bounds.amber }
		: { redAbove: bounds.red, amberAbove: bounds.amber };
}

/** The red and amber stretches, from the lowest up, without overlap. */
export function bandsOf(contract: Judged | undefined): readonly Band[] {
	const { redBelow, amberBelow, amberAbove, redAbove } = (contract && boundsOf(contract)) ?? {};
	const bands: Band[] = [];
	if (redBelow !== undefined) bands.push({ status: 'red', upper: redBelow });
	if (amberBelow !== undefined && amberBelow > (redBelow ?? -Infinity)) {
		bands.push({ status: 'amber', lower: redBelow, upper: amberBelow });
	}
	if (amberAbove !== undefined && amberAbove < (redAbove ?? Infinity)) {
		bands.push({ status: 'amber', lower: amberAbove, upper: redAbove });
	}
	if (redAbove !== undefined) bands.push({ status: 'red', lower: redAbove });
	return bands;
}

/** Each status with the values that have it, in words: “to 45 min”, “45 min to 60 min”, “over 60 min”. */
export function bandWords(contract: Judged & Measure): readonly { status: Status; words: string }[] {
	const bounds = boundsOf(contract);
	if (!bounds) return [];
	const bands = bandsOf(contract);
	const text = (value: number) => quantityText(value, contract);
	const words = (band: Band) => {
		if (band.lower === undefined) return `under ${text(band.upper ?? 0)}`;
		return band.upper === undefined
			? `over ${text(band.lower)}`
			: `${text(band.lower)} to ${text(band.upper)}`;
	};
	const joined = (status: Band['status']) =>
		bands
			.filter((band) => band.status === status)
			.map(words)
			.join(', ');
	return [
		{ status: 'green' as const, words: greenWords(bounds, text) },
		{ status: 'amber' as const, words: joined('amber') },
		{ status: 'red' as const, words: joined('red') }
	].filter(({ words: some }) => some !== '');
}

function greenWords(bounds: Bounds, text: (value: number) => string): string {
	const lower = bounds.amberBelow ?? bounds.redBelow;
	const upper = bounds.amberAbove ?? bounds.redAbove;
	if (lower !== undefined && upper !== undefined) return `${text(lower)} to ${text(upper)}`;
	if (lower !== undefined) return `from ${text(lower)}`;
	return upper === undefined ? '' : `to ${text(upper)}`;
}

/** `≥ 99.90%`, `≤ 45 min`; in a band the value alone. Undefined without a target. */
export function targetText(contract: Judged & Measure): string | undefined {
	if (contract.target === undefined) return undefined;
	const sign = { up: '≥ ', down: '≤ ', band: '' }[contract.direction];
	return sign + quantityText(contract.target, contract);
}

/** Whether going from `before` to `after` is the wrong way under `contract`. */
export function isWorse(change: { before: number; after: number }, contract: Judged): boolean {
	const { before, after } = change;
	if (contract.direction === 'up') return after < before;
	if (contract.direction === 'down') return after > before;
	return distance(after, contract) > distance(before, contract);
}

/** How far outside the good band a value lies; 0 within. */
function distance(value: number, contract: Judged): number {
	const { amberBelow, redBelow, amberAbove, redAbove } = contract;
	const lower = amberBelow ?? redBelow ?? -Infinity;
	const upper = amberAbove ?? redAbove ?? Infinity;
	return Math.max(0, lower - value, value - upper);
}
