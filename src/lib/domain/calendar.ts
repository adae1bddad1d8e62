/**
 * Days without times, as ISO dates (“2026-06-08”), and weeks as ISO 8601 counts them. All arithmetic is in
 * UTC, where every day has 24 hours; a time zone comes in only once, where an instant becomes a day.
 */
export type IsoDate = string;

const DAY_MS = 86_400_000;

/** An ISO week and the year it belongs to: 1 January may be in week 53 of the year before. */
export interface IsoWeek {
	readonly year: number;
	readonly week: number;
}

/** Epoch milliseconds of `on` at midnight UTC. */
const utcOf = (on: IsoDate): number => Date.parse(`${on.slice(0, 10)}T00:00:00Z`);
const isoOf = (utcMs: number): IsoDate => new Date(utcMs).toISOString().slice(0, 10);

/** Whether `text` is a day that exists, written as an ISO date. */
export const isIsoDate = (text: string): boolean =>
	/^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(utcOf(text)) && isoOf(utcOf(text)) === text;

/** The day `days` later; negative goes back. */
export const addDays = (on: IsoDate, days: number): IsoDate => isoOf(utcOf(on) + days * DAY_MS);

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export const daysBetween = (from: IsoDate, to: IsoDate): number =>
	Math.round((utcOf(to) - utcOf(from)) / DAY_MS);

/** 1 is Monday, 7 is Sunday. */
export const weekdayOf = (on: IsoDate): number => ((new Date(utcOf(on)).getUTCDay() + 6) % 7) + 1;

/** The Monday of the week that holds `on`. */
export const mondayOf = (on: IsoDate): IsoDate => addDays(on, 1 - weekdayOf(on));

/** The ISO week that holds `on`: the week of its Thursday. */
export function weekOf(on: IsoDate): IsoWeek {
	const thursday = addDays(mondayOf(on), 3);
	const year = Number(thursday.slice(0, 4));
	return { year, week: Math.floor(daysBetween(`${thursday.slice(0, 4)}-01-01`, thursday) / 7) + 1 };
}

/** Every day from `from` to `to`, both included. Empty when `to` is earlier. */
export function daysFrom(from: IsoDate, to: IsoDate): readonly IsoDate[] {
	const count = Math.max(0, daysBetween(from, to) + 1);
	return Array.from({ length: count }, (_, index) => addDays(from, index));
}
