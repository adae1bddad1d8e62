// What a series usually is at an hour of the week and at an hour of the day, learned as it goes. Hours are of UTC: a
// change to summer time is a week of being an hour off.

/** A mean that forgets: early on of all, then with a constant weight for the newest. */
interface Level {
	readonly value: number;
	/** How many values count for it; 0 has none yet. */
	readonly count: number;
}

/** The means of an hour when it last came round, oldest first. */
type Hour = readonly number[];

/** As it is kept between two runs of a process. */
export interface WeekProfileState {
	/** By hour, from midnight. */
	readonly days: readonly Hour[];
	/** By hour, from Thursday midnight, with which the epoch began. */
	readonly weeks: readonly Hour[];
	readonly level: Level;
	/** The hour that is under way, counted from the epoch, and what came in it. */
	readonly hour: number;
	readonly hourSum: number;
	readonly hourCount: number;
}

/** What is expected, and what that rests on: the hours of past weeks, of past days, or the last hundred values. */
export interface Expectation {
	readonly value: number;
	readonly basis: 'week' | 'day' | 'level';
}

const HOUR_MS = 3_600_000;
export const DAY_HOURS = 24;
export const WEEK_HOURS = 168;

/** So many weeks and days are remembered of an hour. Odd: the one in the middle is never drawn by an outlier. */
export const WEEKS_MAX = 3;
export const DAYS_MAX = 7;
/** The level is mostly of so many values. */
const LEVEL_VALUES = 100;

export const EMPTY_PROFILE: WeekProfileState = {
	days: Array<Hour>(DAY_HOURS).fill([]),
	weeks: Array<Hour>(WEEK_HOURS).fill([]),
	level: { value: 0, count: 0 },
	hour: 0,
	hourSum: 0,
	hourCount: 0
};

export class WeekProfile {
	readonly #days: Hour[];
	readonly #weeks: Hour[];
	#level: Level;
	#hour: number;
	#hourSum: number;
	#hourCount: number;

	constructor(state: WeekProfileState = EMPTY_PROFILE) {
		this.#days = [...state.days];
		this.#weeks = [...state.weeks];
		this.#level = state.level;
		this.#hour = state.hour;
		this.#hourSum = state.hourSum;
		this.#hourCount = state.hourCount;
	}

	/** By what was seen so far; `undefined` before the first value. */
	expected(atMs: number): { readonly byWeek: Expectation; readonly byDay: Expectation } | undefined {
		if (this.#level.count === 0) return undefined;
		const hour = Math.floor(atMs / HOUR_MS);
		const level: Expectation = { value: this.#level.value, basis: 'level' };
		const byDay = learned(this.#days[within(hour, DAY_HOURS)], 'day') ?? level;
		return { byWeek: learned(this.#weeks[within(hour, WEEK_HOURS)], 'week') ?? byDay, byDay };
	}

	add(atMs: number, value: number): void {
		const hour = Math.floor(atMs / HOUR_MS);
		if (hour !== this.#hour) this.#closeHour(hour);
		this.#hourSum += value;
		this.#hourCount++;
		this.#level = moved(this.#level, value);
	}

	get state(): WeekProfileState {
		return {
			days: [...this.#days],
			weeks: [...this.#weeks],
			level: this.#level,
			hour: this.#hour,
			hourSum: this.#hourSum,
			hourCount: this.#hourCount
		};
	}

	#closeHour(next: number): void {
		if (this.#hourCount > 0) {
			const mean = this.#hourSum / this.#hourCount;
			const [day, week] = [within(this.#hour, DAY_HOURS), within(this.#hour, WEEK_HOURS)];
			this.#days[day] = [...(this.#days[day] ?? []), mean].slice(-DAYS_MAX);
			this.#weeks[week] = [...(this.#weeks[week] ?? []), mean].slice(-WEEKS_MAX);
		}
		this.#hour = next;
		this.#hourSum = 0;
		this.#hourCount = 0;
	}
}

const learned = (hour: Hour | undefined, basis: Expectation['basis']): Expectation | undefined =>
	hour && hour.length > 0 ? { value: median(hour), basis } : undefined;

/** Of one or more. */
function median(values: readonly number[]): number {
	const sorted = values.toSorted((a, b) => a - b);
	const [lower = 0, upper = 0] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
	return lower + (upper - lower) / 2;
}

function moved({ value, count }: Level, to: number): Level {
	const seen = Math.min(count + 1, LEVEL_VALUES);
	return { value: value + (to - value) / seen, count: seen };
}

/** Hours before the epoch have their place in the week too. */
const within = (hour: number, cycle: number): number => ((hour % cycle) + cycle) % cycle;
