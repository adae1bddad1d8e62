import {
	CADENCE_WORDS,
	DIMENSION_WORDS,
	DIRECTION_WORDS,
	type Cadence,
	type KpiContract
} from '#lib/domain/kpi.ts';
import type { Range } from '#lib/domain/series-range.ts';

/** Under the KPI's name: “Reliability. Weekly, down is good.” */
export function contractLine(contract: KpiContract | undefined): string {
	if (!contract) return 'Points without a contract.';
	const { dimension, cadence, direction } = contract;
	const first = dimension ? `${DIMENSION_WORDS[dimension]}. ` : '';
	return `${first}${CADENCE_WORDS[cadence]}, ${DIRECTION_WORDS[direction].toLowerCase()}.`;
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
