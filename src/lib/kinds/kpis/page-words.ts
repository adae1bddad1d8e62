import type { IsoDate } from '#lib/domain/calendar.ts';
import { termsAt } from '#lib/domain/kpi-terms.ts';
import {
	CADENCE_WORDS,
	DIMENSION_WORDS,
	DIRECTION_WORDS,
	type Cadence,
	type KpiContract
} from '#lib/domain/kpi.ts';
import { bandWords, statusWord, targetText } from '#lib/domain/status.ts';
import type { Range } from '#lib/domain/series-range.ts';
import { dayWithYear } from './change.ts';

/** Under the KPI's name: “Reliability. Weekly, down is good. Contract v2, in force since 1 July 2026.” */
export function contractLine(contract: KpiContract | undefined, today: IsoDate): string {
	if (!contract) return 'Points without a contract.';
	const { dimension, cadence, direction } = termsAt(contract, today);
	const first = dimension ? `${DIMENSION_WORDS[dimension]}. ` : '';
	return `${first}${CADENCE_WORDS[cadence]}, ${DIRECTION_WORDS[direction].toLowerCase()}.${versionWords(contract, today)}`;
}

/** Each day on which something of the contract changed began a version. */
function versionWords({ terms = [], turns = [] }: KpiContract, today: IsoDate): string {
	const days = new Set([...terms, ...turns].map(({ from }) => from).filter((from) => from <= today));
	const latest = [...days].toSorted().at(-1);
	return latest ? ` Contract v${days.size + 1}, in force since ${dayWithYear(latest)}.` : '';
}

/** “From 1 July 2026: target ≤ 40 min, on target to 40 min, …”, for all that begins after today. */
export function laterWords(contract: KpiContract, today: IsoDate): readonly string[] {
	const days = new Set((contract.terms ?? []).map(({ from }) => from).filter((from) => from > today));
	return [...days].map((from) => {
		const then = termsAt(contract, from);
		const target = targetText(then);
		const bands = bandWords(then).map(({ status, words }) => `${statusWord(status).toLowerCase()} ${words}`);
		return `From ${dayWithYear(from)}: ${[...(target ? [`target ${target}`] : []), ...bands].join(', ') || 'no bounds'}.`;
	});
}

/** The three ranges that suit a cadence; the menu has all. */
export function usualRanges(cadence: Cadence): readonly Range[] {
	const ranges: Record<Cadence, readonly Range[]> = {
		hourly: ['7d', '28d', '12w'],
		daily: ['28d', '12w', '26w'],
		weekly: ['12w', '26w', '52w'],
		monthly: ['26w', '52w', 'all'],
		quarterly: ['26w', '52w', 'all']
	};
	return ranges[cadence];
}
