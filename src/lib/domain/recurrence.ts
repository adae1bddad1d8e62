import * as library from 'rrule';
import { addDays, type IsoDate } from './calendar.ts';
import type { Cadence } from './cadence.ts';
import { zoneClock } from './series-calendar.ts';

// When a meeting comes round, by RFC 5545. Rules are reckoned in days without a zone; the time of day and the zone
// are put to them afterwards, so that ten o'clock stays ten o'clock when the clocks change.

// Node sees the library's CommonJS build as one default export, the bundler its ES build.
const { RRule } = 'RRule' in library ? library : (library as unknown as { default: typeof library }).default;

/** The days on which something comes round, and when on those days. */
export interface Recurrence {
	/** An RRULE without DTSTART, e.g. `FREQ=WEEKLY;BYDAY=MO`. */
	readonly rule: string;
	/** Counting begins here; the day itself need not be one of them. */
	readonly from: IsoDate;
	/** Wall time, `HH:MM`. */
	readonly time: string;
	/** IANA name. */
	readonly timeZone: string;
}

/** More days than any view asks for: a broken rule must not fill the memory. */
const OCCURRENCES_MAX = 1_000;

/** The days from `first` to `last`, both included, in order. A rule that cannot be read has none. */
export function daysOf(
	{ rule, from }: Pick<Recurrence, 'rule' | 'from'>,
	first: IsoDate,
	last: IsoDate
): readonly IsoDate[] {
	const recurring = parsed(rule, from);
	if (!recurring) return [];
	const days = recurring.between(dateOf(first), dateOf(last), true, (_day, count) => count < OCCURRENCES_MAX);
	return days.map((day) => day.toISOString().slice(0, 10));
}

/** The first day on or after `on`, within two years; undefined when there is none. */
export function nextDay(recurrence: Pick<Recurrence, 'rule' | 'from'>, on: IsoDate): IsoDate | undefined {
	const day = parsed(recurrence.rule, recurrence.from)?.after(dateOf(on), true);
	const isNear = day && day <= dateOf(addDays(on, 731));
	return isNear ? day.toISOString().slice(0, 10) : undefined;
}

/** Epoch milliseconds of the occurrence on `day`. */
export function startOn({ time, timeZone }: Pick<Recurrence, 'time' | 'timeZone'>, day: IsoDate): number {
	const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
	const [hour = 0, minute = 0] = time.split(':').map(Number);
	return zoneClock(timeZone).instantOf({ year, month, day: date, hour, minute, second: 0 }) * 1000;
}

/** Whether `rule` can be read. */
export const isRule = (rule: string): boolean => parsed(rule, '2026-01-01') !== undefined;

/** How heavy the beat is. A rule that cannot be read counts as weekly. */
export function cadenceOfRule(rule: string): Cadence {
	const options = parsed(rule, '2026-01-01')?.origOptions;
	const interval = options?.interval ?? 1;
	const days = Array.isArray(options?.byweekday) ? options.byweekday.length : 1;
	switch (options?.freq) {
		case RRule.DAILY:
			return 'daily';
		case RRule.MONTHLY:
			return interval >= 3 ? 'quarterly' : 'monthly';
		case RRule.YEARLY:
			return 'quarterly';
		default:
			if (days > 2) return 'daily';
			return interval >= 2 ? 'bi-weekly' : 'weekly';
	}
}

const dateOf = (day: IsoDate) => new Date(`${day}T00:00:00Z`);

function parsed(rule: string, from: IsoDate) {
	try {
		const options = RRule.parseString(rule);
		return options.freq === undefined ? undefined : new RRule({ ...options, dtstart: dateOf(from) });
	} catch {
		return undefined; // Whoever wrote the rule hears of it where it is written; a reader goes on without.
	}
}
