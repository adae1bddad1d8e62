import type { ContractInForce } from '#lib/domain/kpi-terms.ts';
import { CADENCE_SECONDS, type KpiContract } from '#lib/domain/kpi.ts';
import { periodKindOf, periodOf, periodWords, previousPeriod, type Period } from '#lib/domain/period.ts';
import { lastPoint, type Point, type PointSeries } from '#lib/domain/series.ts';
import { statusInPeriod } from '#lib/domain/status-period.ts';
import { dayOf, listed } from '#lib/domain/words.ts';

// Whether a KPI can be shown to those who decide by it: reckoned from facts, and each miss says what cures it.

/** Where a miss is cured: a field of the KPI's page, its points, or its commentary. */
export type Cure = keyof KpiContract | 'points' | 'commentary';

export interface ReadyLine {
	readonly title: string;
	/** Absent when nothing is missing. */
	readonly miss?: { readonly words: string; readonly cure: Cure } | undefined;
}

export interface ReadyFacts {
	readonly contract: KpiContract;
	/** With the bounds of today. */
	readonly inForce: ContractInForce;
	readonly last: Point | undefined;
	readonly nowMs: number;
	/** The last period that ended red, and whether it was explained. Absent: none did. */
	readonly red: { readonly period: Period; readonly isExplained: boolean } | undefined;
}

/** The lines of the checklist, always the same and in one order. */
export function execReady(facts: ReadyFacts): readonly ReadyLine[] {
	const { contract, inForce } = facts;
	return [
		fields('Owner and backup', contract, { owner: 'an owner', backup: 'a backup' }),
		fields('Definition and formula', contract, { description: 'a definition', formula: 'a formula' }),
		fields('Source and level', contract, { source: 'a source', level: 'a level' }),
		bounds(inForce),
		freshPoints(facts),
		fields('Told apart by segments', contract, { segments: 'a segment' }),
		fields('Classified', contract, { classification: 'a class' }),
		fields('Runbook linked', contract, { runbook: 'a runbook' }),
		commentary(facts)
	];
}

function fields(
	title: string,
	contract: KpiContract,
	wanted: Partial<Record<keyof KpiContract, string>>
): ReadyLine {
	const missing = (Object.keys(wanted) as (keyof KpiContract)[]).filter((field) => isEmpty(contract[field]));
	const [cure] = missing;
	if (cure === undefined) return { title };
	return { title, miss: { words: `Needs ${listed(missing.map((field) => wanted[field] ?? ''))}`, cure } };
}

const isEmpty = (value: unknown) =>
	value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

function bounds(contract: ContractInForce): ReadyLine {
	const title = 'Target and thresholds';
	if (contract.target === undefined) return { title, miss: { words: 'Needs a target', cure: 'target' } };
	const { direction, redBelow, redAbove } = contract;
	const low = direction !== 'down' && redBelow === undefined ? 'redBelow' : undefined;
	const cure = low ?? (direction !== 'up' && redAbove === undefined ? 'redAbove' : undefined);
	return cure ? { title, miss: { words: 'Needs a bound from which it is red', cure } } : { title };
}

const HOUR_SECONDS = 3_600;

function freshPoints({ contract, last, nowMs }: ReadyFacts): ReadyLine {
	const title = 'Fresh points';
	if (!last) return { title, miss: { words: 'Needs points', cure: 'points' } };
	const { freshnessHours, cadence } = contract;
	// Without a budget of its own a value may be one step of its cadence late.
	const budget = freshnessHours === undefined ? 2 * CADENCE_SECONDS[cadence] : freshnessHours * HOUR_SECONDS;
	const isLate = nowMs / 1000 - last.at > budget;
	return isLate ? { title, miss: { words: 'The latest is too old', cure: 'points' } } : { title };
}

function commentary({ red }: ReadyFacts): ReadyLine {
	const title = 'Last red explained';
	if (!red || red.isExplained) return { title };
	return {
		title,
		miss: { words: `${periodWords(red.period)} has no complete commentary`, cure: 'commentary' }
	};
}

/** Two years of weeks. */
const PERIODS_MAX = 105;

/** The last period at whose end the KPI was red, by what was in force then. */
export function lastRedPeriod(
	series: PointSeries,
	{ contract, zone }: { contract: KpiContract; zone: string }
): Period | undefined {
	const last = lastPoint(series);
	const first = series.seconds[0];
	if (!last || first === undefined) return undefined;
	let period = periodOf(dayOf(last.at * 1000, zone), periodKindOf(contract.cadence));
	const firstDay = dayOf(first * 1000, zone);
	for (let count = 0; count < PERIODS_MAX && period.last >= firstDay; count++) {
		if (statusInPeriod(series, { contract, period, zone }).status === 'red') return period;
		period = previousPeriod(period);
	}
	return undefined;
}
