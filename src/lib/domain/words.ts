import { daysBetween, weekdayOf, type IsoDate } from './calendar.ts';

/**
 * Dates, times and amounts as Downbeat says them: “8 Jun”, “Mon 22 June 2026”, “10:14”, “in 26 min”, “−0.11”.
 * The names are ours, not the runtime's: two machines with different language data must write the same minutes.
 */
const MONTHS = [
	'January',
	'February',
	'March',
	'April',
	'May',
	'June',
	'July',
	'August',
	'September',
	'October',
	'November',
	'December'
] as const;
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;

const MINUTE_MS = 60_000;
const HOUR_MINUTES = 60;
const DAY_MINUTES = 1440;
/** Up to an hour and a half people count in minutes: “74 min”. */
const MINUTES_AS_MINUTES_MAX = 90;

/** The wall clock at an instant. `zone` is an IANA name; without it, the device's own. */
interface WallClock {
	readonly on: IsoDate;
	readonly hours: string;
	readonly minutes: string;
	readonly seconds: string;
}

/** Making a formatter takes longer than using it a hundred times. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(zone: string | undefined): Intl.DateTimeFormat {
	const known = formatters.get(zone ?? '');
	if (known) return known;
	const made = new Intl.DateTimeFormat('en-GB', {
		...(zone ? { timeZone: zone } : {}),
		year: 'numeric',
		month: '2-digit',
		day: '2-digit',
		hour: '2-digit',
		minute: '2-digit',
		second: '2-digit',
		hourCycle: 'h23'
	});
	formatters.set(zone ?? '', made);
	return made;
}

function wallClock(atMs: number, zone: string | undefined): WallClock {
	const parts = formatterOf(zone).formatToParts(atMs);
	const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((one) => one.type === type)?.value ?? '';
	return {
		on: `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`,
		hours: part('hour'),
		minutes: part('minute'),
		seconds: part('second')
	};
}

/** The day an instant falls on in `zone`. */
export const dayOf = (atMs: number, zone?: string): IsoDate => wallClock(atMs, zone).on;

/** “10:14”, always with 24 hours. */
export function timeOfDay(atMs: number, zone?: string): string {
	const { hours, minutes } = wallClock(atMs, zone);
	return `${hours}:${minutes}`;
}

/** “10:14:22”, where the second is evidence. */
export function timeToTheSecond(atMs: number, zone?: string): string {
	const { hours, minutes, seconds } = wallClock(atMs, zone);
	return `${hours}:${minutes}:${seconds}`;
}

/** `month` from 1. */
export const monthName = (month: number): string => MONTHS[month - 1] ?? '';

const monthOf = (on: IsoDate): string => monthName(Number(on.slice(5, 7)));
const dayNumber = (on: IsoDate): number => Number(on.slice(8, 10));

/** “Mon”. */
export const weekdayWord = (on: IsoDate): string => WEEKDAYS[weekdayOf(on) - 1] ?? '';

/** “8 Jun”. */
export const shortDay = (on: IsoDate): string => `${dayNumber(on)} ${monthOf(on).slice(0, 3)}`;

/** “Mon 8 Jun”. */
export const weekdayAndDay = (on: IsoDate): string => `${weekdayWord(on)} ${shortDay(on)}`;

/** “Mon 22 June 2026”, where the year matters. */
export const longDay = (on: IsoDate): string =>
	`${weekdayWord(on)} ${dayNumber(on)} ${monthOf(on)} ${on.slice(0, 4)}`;

/** “Mon 8 Jun, 10:00”. */
export const dayAndTime = (atMs: number, zone?: string): string =>
	`${weekdayAndDay(dayOf(atMs, zone))}, ${timeOfDay(atMs, zone)}`;

/** “June 2026”. */
export const monthAndYear = (on: IsoDate): string => `${monthOf(on)} ${on.slice(0, 4)}`;

/** “8–12 June”, “29 June – 3 July”, “28 December 2026 – 1 January 2027”. Both ends included. */
export function dayRange(from: IsoDate, to: IsoDate): string {
	if (from === to) return `${dayNumber(from)} ${monthOf(from)}`;
	if (from.slice(0, 7) === to.slice(0, 7)) return `${dayNumber(from)}–${dayNumber(to)} ${monthOf(to)}`;
	const year = from.slice(0, 4) === to.slice(0, 4) ? '' : ` ${from.slice(0, 4)}`;
	const lastYear = year ? ` ${to.slice(0, 4)}` : '';
	return `${dayNumber(from)} ${monthOf(from)}${year} – ${dayNumber(to)} ${monthOf(to)}${lastYear}`;
}

/** “Today”, “Tomorrow”, “Yesterday”, within the coming week “Wed”, otherwise “8 Jun”. */
export function nearDay(on: IsoDate, today: IsoDate): string {
	const days = daysBetween(today, on);
	if (days === 0) return 'Today';
	if (days === 1) return 'Tomorrow';
	if (days === -1) return 'Yesterday';
	return days > 1 && days < 7 ? weekdayWord(on) : shortDay(on);
}

/** A length in minutes: “45 min”, “74 min”, “1 h 50”, “4 h”. Rounds to whole minutes. */
export function minutesWord(minutes: number): string {
	const whole = Math.round(minutes);
	if (whole < MINUTES_AS_MINUTES_MAX) return `${trueMinus(String(whole))} min`;
	const rest = whole % HOUR_MINUTES;
	const hours = Math.floor(whole / HOUR_MINUTES);
	return rest === 0 ? `${hours} h` : `${hours} h ${String(rest).padStart(2, '0')}`;
}

/** How far `atMs` is from `nowMs`: “in 26 min”, “now”, “5 min ago”, “in 3 h 10”, “in 2 days”. */
export function relativeMinutes(atMs: number, nowMs: number): string {
	const minutes = Math.round((atMs - nowMs) / MINUTE_MS);
	if (minutes === 0) return 'now';
	const distance = Math.abs(minutes);
	const length = distance < DAY_MINUTES ? minutesWord(distance) : counted(daysIn(distance), 'day');
	return minutes > 0 ? `in ${length}` : `${length} ago`;
}

const daysIn = (minutes: number): number => Math.round(minutes / DAY_MINUTES);

/** Digits of a timer: “3:12”, “0:07”, “1:02:09”. A negative length loses its sign; the caller says “over”. */
export function timerDigits(lengthMs: number): string {
	const total = Math.floor(Math.abs(lengthMs) / 1000);
	const [hours, minutes, seconds] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
	const tail = `${hours > 0 ? String(minutes).padStart(2, '0') : minutes}:${String(seconds).padStart(2, '0')}`;
	return hours > 0 ? `${hours}:${tail}` : tail;
}

/** A minus sign that is as wide as the plus, instead of a hyphen before a number. */
export const trueMinus = (text: string): string => text.replaceAll(/-(?=[\d.])/g, '−');

/** “1 change”, “7 changes”. `many` only when it is not `one` with an s. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
	`${count} ${count === 1 ? one : many}`;

/** “Ada”, “Ada and Bo”, “Ada, Bo and Cy”. */
export function listed(words: readonly string[]): string {
	const last = words.at(-1) ?? '';
	return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}

/** “31 MB”, “820 kB”, “1.2 GB”; decimal units, as storage is sold and browsers count it. */
export function bytesWord(bytes: number): string {
	if (bytes < 1000) return counted(Math.round(bytes), 'byte');
	const units = ['kB', 'MB', 'GB', 'TB'];
	const step = Math.min(units.length, Math.floor(Math.log10(bytes) / 3));
	const amount = bytes / 1000 ** step;
	return `${amount < 10 && step > 1 ? amount.toFixed(1) : Math.round(amount)} ${units[step - 1]}`;
}
