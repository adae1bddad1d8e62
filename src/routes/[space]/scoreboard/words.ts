import type { Freshness, FreshnessLevel } from '#lib/domain/health/freshness.ts';
import { scoreText } from '#lib/domain/health/score.ts';
import type { Variance } from '#lib/domain/health/variance.ts';
import type { Weighted } from '#lib/domain/health/weighted.ts';
import type { ContractInForce } from '#lib/domain/kpi-terms.ts';
import { differenceText, numberText } from '#lib/domain/quantity.ts';
import { isWorse } from '#lib/domain/status.ts';
import { counted, dayOf, listed, shortDay, timeOfDay, trueMinus } from '#lib/domain/words.ts';
import type { ScoreRow } from './rows.ts';

const HOURS_TOLD_MAX = 48;
const DAY_HOURS = 24;

/** “40 min”, “29 h”, “9 d”: whole ones, never more than have passed. */
export function ageText(hours: number): string {
	if (hours < 1) return `${Math.floor(hours * 60)} min`;
	return hours < HOURS_TOLD_MAX ? `${Math.floor(hours)} h` : `${Math.floor(hours / DAY_HOURS)} d`;
}

export const FRESHNESS_WORDS: Record<FreshnessLevel, string> = {
	green: 'In time',
	amber: 'Late',
	red: 'Very late',
	never: 'No values'
};

/** “6 h old”, “Late, 29 h old”, “No values yet”. */
export function freshnessText({ level, ageHours, ahead }: Freshness): string {
	if (ageHours === undefined) return ahead > 0 ? 'Dated ahead' : 'No values yet';
	const age = `${ageText(ageHours)} old`;
	return level === 'green' ? age : `${FRESHNESS_WORDS[level]}, ${age}`;
}

/** How a variance is drawn: which way, how far, and in per cent. */
export interface VarianceText {
	readonly direction: 'up' | 'down' | 'flat';
	readonly amount: string;
	/** “+64%”; undefined where there is none. */
	readonly perCent: string | undefined;
	readonly isWorse: boolean;
	/** Why something is missing; for a title. */
	readonly why: string | undefined;
}

/** Undefined where there is nothing to compare with. */
export function varianceText(variance: Variance, contract: ContractInForce): VarianceText | undefined {
	const { value, base, absolute, perCent, why } = variance;
	if (value === undefined || base === undefined || absolute === undefined) return undefined;
	return {
		direction: absolute > 0 ? 'up' : absolute < 0 ? 'down' : 'flat',
		amount: differenceText(absolute, contract),
		perCent: perCent === undefined ? undefined : perCentText(perCent),
		isWorse: isWorse({ before: base, after: value }, contract),
		why
	};
}

/** “+64%”, “−6.7%”, “−0.04%”: the smaller, the more digits, two at most; less than that is 0%. */
export function perCentText(perCent: number): string {
	const size = Math.abs(perCent);
	const text = numberText(size, size < 1 ? 2 : size < 10 ? 1 : 0);
	if (!/[1-9]/.test(text)) return '0%';
	return `${perCent < 0 ? '−' : '+'}${text}%`;
}

/** “MTTR (29 h) and NDR (9 d)”, the first few and how many more. */
export function lateWords(late: readonly ScoreRow[]): string {
	const NAMED_MAX = 4;
	const named = late
		.slice(0, NAMED_MAX)
		.map(({ contract, freshness }) => `${contract.name} (${ageText(freshness.ageHours ?? 0)})`);
	const more = late.length - NAMED_MAX;
	return listed(more > 0 ? [...named, counted(more, 'more', 'more')] : named);
}

/** “10:14”, or “8 Jun, 10:14” of another day. */
export function momentWords(atMs: number, { zone, today }: { zone: string; today: string }): string {
	const day = dayOf(atMs, zone);
	const time = timeOfDay(atMs, zone);
	return day === today ? time : `${shortDay(day)}, ${time}`;
}

/** “224.2 ÷ 4 = 56.0”: the sum, the weights and what comes of them. Undefined where nothing comes. */
export function sumWords({ terms, weightPresent, value }: Weighted): string | undefined {
	if (value === undefined) return undefined;
	const total = terms.reduce((sum, { product = 0 }) => sum + product, 0);
	return `${scoreText(total)} ÷ ${weightText(weightPresent)} = ${scoreText(value)}`;
}

export const weightText = (weight: number | undefined): string =>
	weight === undefined ? '–' : trueMinus(numberText(weight));

/** “4 of 5 dimensions have a score. Missing: Financial.” Empty when nothing is missing. */
export function missingWords({ terms, missing }: Weighted, what: string): string {
	if (missing.length === 0) return '';
	return `${terms.length - missing.length} of ${counted(terms.length, what)} count. Without a score: ${listed(missing)}.`;
}

/** Which KPIs are in no score, as nobody said what they belong to. Empty when there are none. */
export function outsideWords(names: readonly string[]): string {
	if (names.length === 0) return '';
	const are = names.length === 1 ? 'is' : 'are';
	return `${counted(names.length, 'KPI')} without a dimension ${are} in no score: ${listed(names)}.`;
}
