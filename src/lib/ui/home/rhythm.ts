import {
	addDays,
	daysBetween,
	daysFrom,
	mondayOf,
	weekdayOf,
	weekOf,
	type IsoDate
} from '#lib/domain/calendar.ts';
import { byWeight, cadences, type Cadence } from '#lib/domain/cadence.ts';
import { counted, dayRange, monthAndYear, shortDay, weekdayAndDay, weekdayWord } from '#lib/domain/words.ts';

/** How much of the rhythm is looked at. */
export type RhythmRange = 'week' | 'month' | 'quarter';

/** `next` is the one to prepare; at most one event has it. */
export type EventState = 'done' | 'now' | 'next' | 'planned' | 'skipped';

/** One meeting, or one day that matters, in the rhythm of a space. */
export interface RhythmEvent {
	readonly id: string;
	readonly title: string;
	readonly cadence: Cadence;
	readonly on: IsoDate;
	/** “10:00”. Absent on a milestone, which has a day and no time. */
	readonly time?: string | undefined;
	readonly state: EventState;
	/** “6 of 9 commentaries”. */
	readonly detail?: string | undefined;
	/** 0 to 1, drawn as a ring before the detail. */
	readonly share?: number | undefined;
	readonly href?: string | undefined;
}

/** A column of the score: a day of the week, or a week of the month or quarter. */
export interface ScoreColumn {
	readonly from: IsoDate;
	readonly to: IsoDate;
	/** “Mon”, “W24”. */
	readonly label: string;
	/** “8”, “8–12 June”. */
	readonly detail: string;
	readonly isNow: boolean;
}

/** One block in a cell: an event, or several of one series that fall into the same week. */
export interface ScoreBlock {
	readonly id: string;
	/** The first of them that is not done, or the last. */
	readonly event: RhythmEvent;
	/** How many events it stands for. */
	readonly count: number;
}

export interface ScoreRow {
	readonly cadence: Cadence;
	/** As many as there are columns. */
	readonly cells: readonly (readonly ScoreBlock[])[];
}

const QUARTER_WEEKS = 13;

/** First and last day of the range around `on`: its week, its calendar month, or 13 weeks from its Monday. */
export function rangeAround(
	on: IsoDate,
	range: RhythmRange
): { readonly from: IsoDate; readonly to: IsoDate } {
	const monday = mondayOf(on);
	if (range === 'week') return { from: monday, to: addDays(monday, 6) };
	if (range === 'quarter') return { from: monday, to: addDays(monday, 7 * QUARTER_WEEKS - 1) };
	const first = `${on.slice(0, 7)}-01`;
	const later = addDays(first, 31);
	return { from: first, to: addDays(`${later.slice(0, 7)}-01`, -1) };
}

/** A day in the range before or after: what the arrows of the page lead to. */
export function stepRange(on: IsoDate, range: RhythmRange, way: 1 | -1): IsoDate {
	if (range === 'week') return addDays(on, 7 * way);
	if (range === 'quarter') return addDays(on, 7 * QUARTER_WEEKS * way);
	const { from, to } = rangeAround(on, 'month');
	return way === 1 ? addDays(to, 1) : addDays(from, -1);
}

/** “8–12 June”, “June 2026”, and beside it “Week 24”, “Weeks 24–36”. */
export function rangeWords(
	on: IsoDate,
	range: RhythmRange
): { readonly title: string; readonly detail: string } {
	const { from, to } = rangeAround(on, range);
	const week = weekOf(from).week;
	if (range === 'week') return { title: dayRange(from, addDays(from, 4)), detail: `Week ${week}` };
	const detail = `Weeks ${week}–${weekOf(to).week}`;
	return { title: range === 'month' ? monthAndYear(on) : dayRange(from, to), detail };
}

/**
 * The columns of a range. A week has its working days, and the weekend when something falls on it; a month
 * and a quarter have weeks.
 */
export function scoreColumns(
	on: IsoDate,
	range: RhythmRange,
	context: { readonly today: IsoDate; readonly events: readonly RhythmEvent[] }
): readonly ScoreColumn[] {
	const { from, to } = rangeAround(on, range);
	const holdsToday = (first: IsoDate, last: IsoDate) => first <= context.today && context.today <= last;
	if (range === 'week') {
		const isUsed = (day: IsoDate) => context.events.some((event) => event.on === day);
		const lastUsed = daysFrom(from, to).findLast((day) => weekdayOf(day) <= 5 || isUsed(day)) ?? to;
		return daysFrom(from, lastUsed).map((day) => ({
			from: day,
			to: day,
			label: weekdayWord(day),
			detail: String(Number(day.slice(8))),
			isNow: day === context.today
		}));
	}
	const mondays = daysFrom(mondayOf(from), to).filter((day) => weekdayOf(day) === 1);
	return mondays.map((monday) => ({
		from: monday,
		to: addDays(monday, 6),
		label: `W${weekOf(monday).week}`,
		detail: range === 'month' ? dayRange(monday, addDays(monday, 4)) : shortDay(monday),
		isNow: holdsToday(monday, addDays(monday, 6))
	}));
}

/** Rows from daily to quarterly, each with one cell per column. Events outside the columns are left out. */
export function scoreRows(
	columns: readonly ScoreColumn[],
	events: readonly RhythmEvent[]
): readonly ScoreRow[] {
	const sorted = events.toSorted((a, b) => (when(a) < when(b) ? -1 : when(a) > when(b) ? 1 : 0));
	return cadences.map((cadence) => ({
		cadence,
		cells: columns.map(({ from, to }) =>
			blocksOf(sorted.filter((event) => event.cadence === cadence && from <= event.on && event.on <= to))
		)
	}));
}

const when = (event: RhythmEvent): string => `${event.on} ${event.time ?? ''}`;

/** Events of one title in one cell are one block. */
function blocksOf(events: readonly RhythmEvent[]): readonly ScoreBlock[] {
	const series = new Map<string, RhythmEvent[]>();
	for (const event of events) series.set(event.title, [...(series.get(event.title) ?? []), event]);
	return [...series.values()].map((same) => {
		const event = same.find(({ state }) => state !== 'done' && state !== 'skipped') ?? same.at(-1);
		return { id: same[0]?.id ?? '', event: event as RhythmEvent, count: same.length };
	});
}

const stateWords: Readonly<Record<EventState, string>> = {
	done: 'done',
	now: 'running now',
	next: 'next',
	planned: 'planned',
	skipped: 'skipped'
};

/** What those who listen need beyond what a block shows: its day, how often, its state. */
export function blockAside({ event, count }: ScoreBlock): string {
	const times = count > 1 ? `, ${counted(count, 'time')} in this week` : '';
	return `, ${weekdayAndDay(event.on)}${times}, ${stateWords[event.state]}`;
}

/** One week of the strip under the score. */
export interface WeekWeights {
	/** ISO week number. */
	readonly week: number;
	readonly monday: IsoDate;
	readonly isNow: boolean;
	/** Which cadences meet in it, lightest first. */
	readonly cadences: readonly Cadence[];
	/** The heaviest meeting of it, when it is monthly or quarterly. */
	readonly named: { readonly title: string; readonly on: IsoDate } | undefined;
}

/** The thirteen weeks from the week of `today`. Milestones carry no weight: nobody meets on them. */
export function thirteenWeeks(events: readonly RhythmEvent[], today: IsoDate): readonly WeekWeights[] {
	const first = mondayOf(today);
	return Array.from({ length: QUARTER_WEEKS }, (_, index) => {
		const monday = addDays(first, 7 * index);
		const isHeld = ({ on, time }: RhythmEvent) =>
			time !== undefined && monday <= on && daysBetween(monday, on) < 7;
		const held = events.filter(isHeld);
		const heaviest = held.toSorted((a, b) => byWeight(b.cadence, a.cadence) || (a.on < b.on ? -1 : 1))[0];
		const isNamed = heaviest?.cadence === 'monthly' || heaviest?.cadence === 'quarterly';
		return {
			week: weekOf(monday).week,
			monday,
			isNow: index === 0,
			cadences: cadences.filter((cadence) => held.some((event) => event.cadence === cadence)),
			named: heaviest && isNamed ? { title: heaviest.title, on: heaviest.on } : undefined
		};
	});
}

/** What a week of the strip says to those who listen. */
export function weekWords({ week, monday, cadences: held, named }: WeekWeights): string {
	const heaviest = named ? `. ${named.title} on ${shortDay(named.on)}` : '';
	return `Week ${week}, from ${shortDay(monday)}: ${held.length > 0 ? held.join(', ') : 'nothing'}${heaviest}`;
}
