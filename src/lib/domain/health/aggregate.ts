import type { IsoDate } from '../calendar.ts';
import { periodOf, periodSpan, type Period, type PeriodKind } from '../period.ts';
import { indexFrom, type PointSeries } from '../series.ts';
import { dayOf } from '../words.ts';
import { fiscalYearOf, type FiscalYear } from './fiscal-year.ts';

/** How the values of a period become one. */
export const AGGREGATES = ['last', 'sum', 'mean', 'median', 'p90'] as const;
export type Aggregate = (typeof AGGREGATES)[number];

/** Which periods: calendar weeks, months and quarters, or the years of a company that begin in `startMonth`, 1-12. */
export type Grain =
	{ readonly kind: PeriodKind } | { readonly kind: 'year'; readonly startMonth?: number | undefined };

export type Span = Period | FiscalYear;

/** The values of one period as one. */
export interface PeriodValue {
	readonly period: Span;
	/** In the unit of the values. */
	readonly value: number;
	/** Of how many values; at least 1. */
	readonly count: number;
}

/** The period of a grain that holds a day. */
export const spanOn = (on: IsoDate, grain: Grain): Span =>
	grain.kind === 'year' ? fiscalYearOf(on, grain.startMonth) : periodOf(on, grain.kind);

/**
 * The values of a period as one, from its first midnight in `zone` to the next one's, over changes of the clock.
 * Undefined without any.
 */
export function valueIn(
	series: PointSeries,
	{ period, zone, how }: { readonly period: Span; readonly zone: string; readonly how: Aggregate }
): PeriodValue | undefined {
	const { from, to } = periodSpan(period, zone);
	const values = series.values.subarray(indexFrom(series, from), indexFrom(series, to));
	return values.length === 0 ? undefined : { period, value: reduce(values, how), count: values.length };
}

/**
 * A series by periods, oldest first. A period without a value is left out: it must not be drawn as 0 or filled in.
 *
 * @param zone IANA name
 */
export function byPeriod(
	series: PointSeries,
	{ grain, zone, how }: { readonly grain: Grain; readonly zone: string; readonly how: Aggregate }
): readonly PeriodValue[] {
	const found: PeriodValue[] = [];
	let next = 0;
	while (next < series.seconds.length) {
		const at = series.seconds[next] ?? 0;
		const period = spanOn(dayOf(at * 1000, zone), grain);
		const end = Math.max(next + 1, indexFrom(series, periodSpan(period, zone).to));
		const values = series.values.subarray(next, end);
		found.push({ period, value: reduce(values, how), count: values.length });
		next = end;
	}
	return found;
}

/** `values` in order of time, at least one. */
function reduce(values: Float64Array, how: Aggregate): number {
	switch (how) {
		case 'last':
			return values.at(-1) ?? NaN;
		case 'sum':
			return sum(values);
		case 'mean':
			return sum(values) / values.length;
		case 'median':
			return median(values);
		case 'p90':
			return ninetieth(values);
	}
}

const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);

/** Of an even number of values, halfway between the two in the middle. */
function median(values: Float64Array): number {
	const sorted = values.toSorted();
	const [lower = NaN, upper = NaN] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
	return lower + (upper - lower) / 2;
}

/** By nearest rank: the ⌈0.9 n⌉th smallest. It is a value that was measured, also among few. */
function ninetieth(values: Float64Array): number {
	return values.toSorted()[Math.ceil((values.length * 9) / 10) - 1] ?? NaN;
}
