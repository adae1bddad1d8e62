import { CADENCE_SECONDS, type Cadence } from '../kpi.ts';
import { indexFrom, pointAt, type Point, type PointSeries } from '../series.ts';

/** `green`: in time. `amber`: late. `red`: later than twice the budget. `never`: no value has come. */
export type FreshnessLevel = 'green' | 'amber' | 'red' | 'never';

export interface Freshness {
	readonly level: FreshnessLevel;
	/** Hours since the last value, not under 0; undefined for `never`. */
	readonly ageHours: number | undefined;
	/** Hours after which a value is no longer fresh. */
	readonly budgetHours: number;
	/** The value that the age is of. */
	readonly last: Point | undefined;
	/** How many values are dated after now: they say nothing about whether values still come. */
	readonly ahead: number;
}

/** What is promised of a KPI. `budgetHours`: its own budget, in hours; absent: one step of the cadence. */
export interface FreshnessTerms {
	readonly cadence: Cadence;
	readonly budgetHours?: number | undefined;
}

/** Clocks differ by so much, in seconds, without anybody's fault. */
const CLOCK_SLACK_SECONDS = 300;

const HOUR_SECONDS = 3_600;
const LATE_BUDGETS = 2;

/**
 * How old what is known of a KPI is. Green up to one budget, amber up to two, both included; red beyond.
 *
 * A daily KPI has 24 hours, others in proportion: an hour, a week, 31 days, 92 days. A value dated more than five
 * minutes after now is not counted before its time comes: a source whose clock is years ahead would be fresh for years.
 *
 * @param series its values, in epoch seconds
 * @param nowMs epoch milliseconds, by the server's clock
 */
export function freshnessOf(series: PointSeries, terms: FreshnessTerms, nowMs: number): Freshness {
	const nowSeconds = nowMs / 1000;
	const end = indexFrom(series, nowSeconds + CLOCK_SLACK_SECONDS);
	const last = pointAt(series, end - 1);
	const budgetHours = budgetOf(terms);
	const ahead = series.seconds.length - end;
	if (!last) return { level: 'never', ageHours: undefined, budgetHours, last, ahead };
	const ageHours = Math.max(0, nowSeconds - last.at) / HOUR_SECONDS;
	return { level: levelOf(ageHours, budgetHours), ageHours, budgetHours, last, ahead };
}

/** Whether somebody has to be told. */
export const isStale = ({ level }: Freshness): boolean => level === 'amber' || level === 'red';

function levelOf(ageHours: number, budgetHours: number): FreshnessLevel {
	if (ageHours <= budgetHours) return 'green';
	return ageHours <= LATE_BUDGETS * budgetHours ? 'amber' : 'red';
}

/** A budget that is no positive number is none. */
function budgetOf({ cadence, budgetHours }: FreshnessTerms): number {
	const isBudget = budgetHours !== undefined && Number.isFinite(budgetHours) && budgetHours > 0;
	return isBudget ? budgetHours : CADENCE_SECONDS[cadence] / HOUR_SECONDS;
}
