import { ok, refuse, type Result } from '../util/result.ts';
import { addDays, isIsoDate, mondayOf, weekdayOf, type IsoDate } from './calendar.ts';
import { longDay, monthName, shortDay, weekdayAndDay } from './words.ts';

// Days as people type them into a due date: “fri”, “in 2 weeks”, “12 jun”. Nothing is guessed: where a text may mean
// two days, both are named. The caller passes the day it is; the same words mean the same on every device.

/** Why a text is no day, in a sentence that says how to write one. */
export interface DayUnclear {
	/** `ambiguous`: it may be two days. `missing`: there is no such day. `unknown`: it is none we know. */
	readonly code: 'day.ambiguous' | 'day.missing' | 'day.unknown';
	readonly sentence: string;
}

/** Longest text that may stand where a day belongs. */
export const DAY_TEXT_LENGTH_MAX = 60;

export const DAY_EXAMPLE = 'Write fri, 12 jun or in 2 weeks.';

/**
 * The day that `typed` means on the day `today`. A weekday is the coming one, never today itself; “next” is in the
 * week after this one, which begins on Monday; weeks end on Friday. A day without a year is the next of its name.
 */
export function readDay(typed: string, today: IsoDate): Result<IsoDate, DayUnclear> {
	const text = typed
		.trim()
		.toLowerCase()
		.replaceAll(/[,\s]+/g, ' ')
		.replace(/^(?:by|on|due|until|before) /, '')
		.replace(/^the /, '');
	for (const read of READERS) {
		const found = read(text, today);
		if (found !== undefined) return typeof found === 'string' ? inReach(found, typed) : found;
	}
	return unknown(typed);
}

/** How an understood day is said back: “Fri 27 Nov”, and with its year when that is not this one. */
export const understoodDay = (on: IsoDate, today: IsoDate): string =>
	on.slice(0, 4) === today.slice(0, 4) ? weekdayAndDay(on) : longDay(on);

type Read = IsoDate | Result<IsoDate, DayUnclear> | undefined;
type Reader = (text: string, today: IsoDate) => Read;

const READERS: readonly Reader[] = [
	namedDay,
	isoDay,
	weekday,
	distance,
	endOf,
	dayAndMonth,
	dottedDay,
	slashedDay,
	dayOfMonth
];

const unknown = (typed: string): Result<IsoDate, DayUnclear> =>
	refuse({ code: 'day.unknown', sentence: `“${typed.trim()}” isn’t a day. ${DAY_EXAMPLE}` });

/** “in 999 years” is a slip of the finger. */
const inReach = (on: IsoDate, typed: string): Result<IsoDate, DayUnclear> =>
	isIsoDate(on) && on < '2200' ? ok(on) : unknown(typed);

function namedDay(text: string, today: IsoDate): Read {
	if (/^(?:today|tod|tonight|eod|end of day|now)$/.test(text)) return today;
	if (/^(?:tomorrow|tom|tmr|tmrw)$/.test(text)) return addDays(today, 1);
	if (text === 'day after tomorrow') return addDays(today, 2);
	return text === 'yesterday' ? addDays(today, -1) : undefined;
}

function isoDay(text: string): Read {
	const [, year = '', month = '', day = ''] = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text) ?? [];
	return year ? dayOf(Number(year), Number(month), Number(day)) : undefined;
}

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const WEEKDAY = /^(?:(next|this|coming) )?(mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?$/;

function weekday(text: string, today: IsoDate): Read {
	const [, which, name = ''] = WEEKDAY.exec(text) ?? [];
	const day = WEEKDAYS.indexOf(name.slice(0, 3)) + 1;
	if (day === 0) return undefined;
	const inThisWeek = addDays(mondayOf(today), day - 1);
	if (which === 'this') return inThisWeek;
	if (which === 'next') return addDays(inThisWeek, 7);
	return day > weekdayOf(today) ? inThisWeek : addDays(inThisWeek, 7);
}

const DISTANCE =
	/^(?:in )?\+?(\d{1,3}|an?|one|two|three|four|six) ?(d|days?|w|wks?|weeks?|m|mo|months?|y|years?)(?: from now)?$/;
const COUNTS: Readonly<Record<string, number>> = { a: 1, an: 1, one: 1, two: 2, three: 3, four: 4, six: 6 };

function distance(text: string, today: IsoDate): Read {
	const [, amount = '', unit = ''] = DISTANCE.exec(text) ?? [];
	if (!unit) return undefined;
	const count = COUNTS[amount] ?? Number(amount);
	if (unit.startsWith('d')) return addDays(today, count);
	if (unit.startsWith('w')) return addDays(today, count * 7);
	return addMonths(today, unit.startsWith('y') ? count * 12 : count);
}

const PERIODS: Readonly<Record<string, string>> = {
	eow: 'week',
	eom: 'month',
	eoq: 'quarter',
	eoy: 'year'
};

function endOf(text: string, today: IsoDate): Read {
	const short = PERIODS[text];
	const [, next, period = short] =
		/^(?:end of |end )?(?:(next|this) )?(week|month|quarter|year)(?: end)?$/.exec(text) ?? [];
	const isBare = text === period;
	if (!period || isBare) return monthEnd(text, today);
	const ahead = next === 'next' ? 1 : 0;
	if (period === 'week') return addDays(fridayOf(today), ahead * 7);
	const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))];
	if (period === 'year') return dayOf(year + ahead, 12, 31);
	const last = period === 'month' ? month + ahead : (Math.ceil(month / 3) + ahead) * 3;
	return lastOfMonth(year, last);
}

/** The end of a working week; on a weekend, of the one to come. */
const fridayOf = (today: IsoDate): IsoDate => addDays(mondayOf(today), weekdayOf(today) > 5 ? 7 + 4 : 4);

/** “end of june”. */
function monthEnd(text: string, today: IsoDate): Read {
	const [, name = ''] = /^end of ([a-z]{3,9})$/.exec(text) ?? [];
	const month = monthOf(name);
	if (!month) return undefined;
	const year = Number(today.slice(0, 4));
	const here = lastOfMonth(year, month);
	return here < today ? lastOfMonth(year + 1, month) : here;
}

const MONTHS = Array.from({ length: 12 }, (_, index) => monthName(index + 1).toLowerCase());

/** From 1; 0 when `name` is no month. Three letters are enough, and “sept” is one of the habits. */
const monthOf = (name: string): number =>
	name.length < 3 ? 0 : MONTHS.findIndex((month) => month.startsWith(name.replace(/\.$/, ''))) + 1;

function dayAndMonth(text: string, today: IsoDate): Read {
	const dayFirst = /^(\d{1,2})(?:st|nd|rd|th|\.)? ?(?:of )?([a-z]{3,9})\.?(?: '?(\d{2}|\d{4}))?$/.exec(text);
	const monthFirst = /^([a-z]{3,9})\.? ?(\d{1,2})(?:st|nd|rd|th)?(?: '?(\d{2}|\d{4}))?$/.exec(text);
	const [day, name, year] = dayFirst
		? [dayFirst[1], dayFirst[2], dayFirst[3]]
		: [monthFirst?.[2], monthFirst?.[1], monthFirst?.[3]];
	const month = monthOf(name ?? '');
	return month ? inYear(year, { month, day: Number(day), today }) : undefined;
}

/** With dots the day comes first: “12.6.” */
function dottedDay(text: string, today: IsoDate): Read {
	const [, day = '', month = '', year] = /^(\d{1,2})\. ?(\d{1,2})\.? ?(\d{2}|\d{4})?$/.exec(text) ?? [];
	return day ? inYear(year, { month: Number(month), day: Number(day), today }) : undefined;
}

/** With a slash the order is a matter of country: only where one part can be no month is it read. */
function slashedDay(text: string, today: IsoDate): Read {
	const parts = /^(\d{1,2})\/(\d{1,2})(?:\/(\d{2}|\d{4}))?$/.exec(text);
	if (!parts) return undefined;
	const [left, right, year] = [Number(parts[1]), Number(parts[2]), parts[3]];
	const read = (day: number, month: number) => inYear(year, { month, day, today });
	if (left > 12 || left === right) return read(left, right);
	if (right > 12) return read(right, left);
	const both = [`${left} ${monthName(right).slice(0, 3)}`, `${right} ${monthName(left).slice(0, 3)}`];
	return refuse({
		code: 'day.ambiguous',
		sentence: `${text} may be ${both.join(' or ')}. Write the month as a word.`
	});
}

/** “15th”: the next one. */
function dayOfMonth(text: string, today: IsoDate): Read {
	const [, day = ''] = /^(\d{1,2})(?:st|nd|rd|th)$/.exec(text) ?? [];
	if (!day || Number(day) > 31 || Number(day) < 1) return undefined;
	const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))];
	for (let ahead = 0; ahead < 12; ahead++) {
		const at = new Date(Date.UTC(year, month - 1 + ahead, Number(day))).toISOString().slice(0, 10);
		if (Number(at.slice(8)) === Number(day) && at >= today) return at;
	}
	return undefined;
}

/** In the year that was typed, else in the first that has it ahead. */
function inYear(
	year: string | undefined,
	{ month, day, today }: { month: number; day: number; today: IsoDate }
): Read {
	if (month < 1 || month > 12) return undefined;
	if (year !== undefined) return dayOf(year.length === 2 ? 2000 + Number(year) : Number(year), month, day);
	const thisYear = Number(today.slice(0, 4));
	const here = dayOf(thisYear, month, day);
	// 29 February is ahead, in a leap year.
	const ahead = [0, 1, 2, 3, 4].map((years) => dayOf(thisYear + years, month, day));
	return ahead.find((one) => typeof one === 'string' && one >= today) ?? here;
}

function dayOf(year: number, month: number, day: number): IsoDate | Result<IsoDate, DayUnclear> {
	const on = `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
	if (isIsoDate(on)) return on;
	if (month < 1 || month > 12)
		return refuse({ code: 'day.missing', sentence: `There is no month ${month}.` });
	const last = shortDay(lastOfMonth(year, month));
	return refuse({
		code: 'day.missing',
		sentence: `There is no ${day} ${monthName(month)} in ${year}. Its last day is ${last}.`
	});
}

const pad = (number: number, digits: number): string => String(number).padStart(digits, '0');

/** `month` from 1; beyond 12 it is in a later year. */
const lastOfMonth = (year: number, month: number): IsoDate =>
	new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);

/** The same day of a later month, or that month's last. */
function addMonths(on: IsoDate, months: number): IsoDate {
	const [year, month, day] = on.split('-').map(Number) as [number, number, number];
	const last = lastOfMonth(year, month + months);
	const same = `${last.slice(0, 8)}${pad(day, 2)}`;
	return same < last ? same : last;
}
