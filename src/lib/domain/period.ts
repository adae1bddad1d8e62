import { addDays, isIsoDate, mondayOf, weekOf, type IsoDate } from './calendar.ts';
import type { Cadence } from './kpi.ts';
import { zoneClock } from './series-calendar.ts';
import { dayRange, monthAndYear } from './words.ts';

// The periods that numbers are explained in: ISO weeks, months, quarters. A period is days of a calendar; only its
// span in seconds needs a time zone, in which a week may be an hour shorter or longer.

export const PERIOD_KINDS = ['week', 'month', 'quarter'] as const;
export type PeriodKind = (typeof PERIOD_KINDS)[number];

export interface Period {
	readonly kind: PeriodKind;
	/** `2026-W47`, `2026-11`, `2026-Q4`. Ids of one kind sort by time. */
	readonly id: string;
	/** Both included. */
	readonly first: IsoDate;
	readonly last: IsoDate;
}

const PERIOD_KIND_OF: Record<Cadence, PeriodKind> = {
	hourly: 'week',
	daily: 'week',
	weekly: 'week',
	monthly: 'month',
	quarterly: 'quarter'
};

/** The period that a KPI of this cadence is explained in. */
export const periodKindOf = (cadence: Cadence): PeriodKind => PERIOD_KIND_OF[cadence];

/** The period of `kind` that holds the day `on`. */
export function periodOf(on: IsoDate, kind: PeriodKind): Period {
	if (kind === 'week') {
		const { year, week } = weekOf(on);
		const first = mondayOf(on);
		return { kind, id: `${fourDigits(year)}-W${twoDigits(week)}`, first, last: addDays(first, 6) };
	}
	const [year, month] = [Number(on.slice(0, 4)), Number(on.slice(5, 7))];
	if (kind === 'month') {
		const id = `${fourDigits(year)}-${twoDigits(month)}`;
		return { kind, id, first: `${id}-01`, last: lastDayOf(year, month) };
	}
	const quarter = Math.ceil(month / QUARTER_MONTHS);
	const lastMonth = quarter * QUARTER_MONTHS;
	return {
		kind,
		id: `${fourDigits(year)}-Q${quarter}`,
		first: `${fourDigits(year)}-${twoDigits(lastMonth - 2)}-01`,
		last: lastDayOf(year, lastMonth)
	};
}

/** The period that `id` names; undefined when it names none, such as week 53 of a year that has 52. */
export function periodById(id: string): Period | undefined {
	const found = firstDayIn(id);
	const period = found && isIsoDate(found.on) ? periodOf(found.on, found.kind) : undefined;
	return period?.id === id ? period : undefined;
}

export const previousPeriod = ({ kind, first }: Period): Period => periodOf(addDays(first, -1), kind);

export const nextPeriod = ({ kind, last }: Period): Period => periodOf(addDays(last, 1), kind);

/** The period of the same number a year before; undefined for a week 53 whose year before has none. */
export const periodYearBefore = ({ id }: Period): Period | undefined =>
	periodById(fourDigits(Number(id.slice(0, 4)) - 1) + id.slice(4));

/** Epoch seconds in `zone`: `from` is in the period, `to` is the first second after it. */
export function periodSpan(
	{ first, last }: Pick<Period, 'first' | 'last'>,
	zone: string
): { readonly from: number; readonly to: number } {
	const clock = zoneClock(zone);
	const midnight = (on: IsoDate) => {
		const [year = 0, month = 1, day = 1] = on.split('-').map(Number);
		return clock.instantOf({ year, month, day, hour: 0, minute: 0, second: 0 });
	};
	return { from: midnight(first), to: midnight(addDays(last, 1)) };
}

/** “Week 47”, “November 2026”, “Q4 2026”. */
export function periodWords({ kind, id, first }: Period): string {
	if (kind === 'week') return `Week ${Number(id.slice(-2))}`;
	return kind === 'month' ? monthAndYear(first) : `${id.slice(-2)} ${id.slice(0, 4)}`;
}

/** “16–22 November”. */
export const periodDays = ({ first, last }: Period): string => dayRange(first, last);

/** “this week”, “last month”, as seen from a day in it or after it; otherwise its own words. */
export function periodNearWords(period: Period, today: IsoDate): string {
	const now = periodOf(today, period.kind);
	if (now.id === period.id) return `this ${period.kind}`;
	return previousPeriod(now).id === period.id ? `last ${period.kind}` : periodWords(period);
}

const QUARTER_MONTHS = 3;

function firstDayIn(id: string): { readonly on: IsoDate; readonly kind: PeriodKind } | undefined {
	const year = id.slice(0, 4);
	if (/^\d{4}-W\d{2}$/.test(id)) {
		// The fourth of January is in week 1 of its year, whatever weekday it is.
		return { on: addDays(`${year}-01-04`, (Number(id.slice(-2)) - 1) * 7), kind: 'week' };
	}
	if (/^\d{4}-\d{2}$/.test(id)) return { on: `${id}-01`, kind: 'month' };
	if (!/^\d{4}-Q\d$/.test(id)) return undefined;
	const month = (Number(id.slice(-1)) - 1) * QUARTER_MONTHS + 1;
	return { on: `${year}-${twoDigits(month)}-01`, kind: 'quarter' };
}

const twoDigits = (value: number) => String(value).padStart(2, '0');
const fourDigits = (value: number) => String(value).padStart(4, '0');

const lastDayOf = (year: number, month: number): IsoDate =>
	addDays(
		month === 12 ? `${fourDigits(year + 1)}-01-01` : `${fourDigits(year)}-${twoDigits(month + 1)}-01`,
		-1
	);
