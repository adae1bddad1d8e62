import { monthName } from './words.ts';

// Wall clocks and instants. A point is an instant; people read it, and files hold it, by a wall clock.

/** What a clock and a calendar on the wall show. */
export interface WallTime {
	readonly year: number;
	/** 1-12. */
	readonly month: number;
	readonly day: number;
	readonly hour: number;
	readonly minute: number;
	readonly second: number;
}

/** One time zone's way between instants (epoch seconds) and wall time. */
export interface ZoneClock {
	readonly zone: string;
	wallTime(seconds: number): WallTime;
	/** A time that the clock skips in spring counts on from before the gap; one that comes twice is its first. */
	instantOf(wall: WallTime): number;
}

/** Whether this runtime knows the zone: one of a newer time zone database may be unknown to an old browser. */
export function isZone(zone: string): boolean {
	try {
		new Intl.DateTimeFormat('en', { timeZone: zone });
		return true;
	} catch {
		return false;
	}
}

export const deviceZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The clock of an IANA zone. Throws `RangeError` for a zone the platform does not know. */
export function zoneClock(zone: string): ZoneClock {
	const known = clocks.get(zone) ?? clockOf(zone);
	clocks.set(zone, known);
	return known;
}

/** Making the formatter of a zone takes longer than asking it a hundred times. */
const clocks = new Map<string, ZoneClock>();

function clockOf(zone: string): ZoneClock {
	const offsetAt = zone === 'UTC' ? () => 0 : offsets(zone);
	return {
		zone,
		wallTime(seconds) {
			const shown = new Date((seconds + offsetAt(seconds)) * 1000);
			return {
				year: shown.getUTCFullYear(),
				month: shown.getUTCMonth() + 1,
				day: shown.getUTCDate(),
				hour: shown.getUTCHours(),
				minute: shown.getUTCMinutes(),
				second: shown.getUTCSeconds()
			};
		},
		instantOf({ year, month, day, hour, minute, second }) {
			const asIfUtc = Date.UTC(year, month - 1, day, hour, minute, second) / 1000;
			const guess = asIfUtc - offsetAt(asIfUtc - offsetAt(asIfUtc));
			const earlier = asIfUtc - offsetAt(guess - HOUR_SECONDS * 3);
			return earlier + offsetAt(earlier) === asIfUtc ? earlier : guess;
		}
	};
}

const HOUR_SECONDS = 3_600;

/**
 * Seconds east of UTC at an instant. Remembers quarters of an hour: files and axes ask in order, lists of KPIs for the
 * same days.
 */
function offsets(zone: string): (seconds: number) => number {
	const format = new Intl.DateTimeFormat('en-GB', {
		timeZone: zone,
		hourCycle: 'h23',
		year: 'numeric',
		month: 'numeric',
		day: 'numeric',
		hour: 'numeric',
		minute: 'numeric',
		second: 'numeric'
	});
	const QUARTER_SECONDS = 900;
	const QUARTERS_KEPT = 4096;
	const kept = new Map<number, number>();
	return (seconds) => {
		const asked = Math.floor(seconds / QUARTER_SECONDS);
		const known = kept.get(asked);
		if (known !== undefined) return known;
		const at = asked * QUARTER_SECONDS;
		const parts = Object.fromEntries(format.formatToParts(at * 1000).map((part) => [part.type, +part.value]));
		const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
		const offset = Date.UTC(year, month - 1, day, hour, minute, second) / 1000 - at;
		if (kept.size >= QUARTERS_KEPT) kept.clear();
		kept.set(asked, offset);
		return offset;
	};
}

const SHORT = 3;

export const monthShort = (month: number): string => monthName(month).slice(0, SHORT);

/** `8 Jun`. */
export const dayShort = ({ day, month }: WallTime): string => `${day} ${monthShort(month)}`;

/** `8 June`. */
export const dayLong = ({ day, month }: WallTime): string => `${day} ${monthName(month)}`;

/** `10:05`. */
export const clockText = ({ hour, minute }: WallTime): string => `${two(hour)}:${two(minute)}`;

/** `2026-06-08 10:05:00`, as files have it. */
export function wallText({ year, month, day, hour, minute, second }: WallTime): string {
	return `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}:${two(second)}`;
}

const two = (value: number) => String(value).padStart(2, '0');

export interface IsoWeek {
	readonly year: number;
	readonly week: number;
}

/** The ISO 8601 week of a day: weeks begin on Monday, and the first one holds the year's first Thursday. */
export function isoWeek({ year, month, day }: WallTime): IsoWeek {
	const DAY_MS = 86_400_000;
	const date = new Date(Date.UTC(year, month - 1, day));
	const THURSDAY = 4;
	date.setUTCDate(date.getUTCDate() + THURSDAY - (date.getUTCDay() || 7));
	const newYear = Date.UTC(date.getUTCFullYear(), 0, 1);
	return {
		year: date.getUTCFullYear(),
		week: Math.floor((date.getTime() - newYear) / DAY_MS / 7) + 1
	};
}

/** 1 is Monday, 7 is Sunday. */
export function weekday({ year, month, day }: WallTime): number {
	return new Date(Date.UTC(year, month - 1, day)).getUTCDay() || 7;
}
