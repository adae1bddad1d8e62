import * as z from 'zod/mini';
import { ok, refuse, type Result } from '../../util/result.ts';
import { Calm, type CalmState } from './calm.ts';
import { Rarity } from './rarity.ts';
import type { Formatter } from './xmr.ts';
import { DAY_HOURS, DAYS_MAX, WEEK_HOURS, WEEKS_MAX, WeekProfile, type Expectation } from './week-profile.ts';

// Finds what is strange in a series of many values, one value at a time and without looking ahead. Three rarities
// add up: of what is off the same hour in past weeks, off the same hour on past days, and of how unsteady the last
// values are. Strange by all three beats very strange by one. One set of numbers for all series; they were chosen
// on the Numenta Anomaly Benchmark (`tests/bench/nab`), where most others near them do as well.

/** What one value turned out to be. */
export interface Verdict {
	/** 0 to 1, from 0.5 on strange enough to say so. 0 while it still learns, for a hundred values. */
	readonly score: number;
	/** As strange a value came within the last hundred: the incident is known. */
	readonly isRepeat: boolean;
	/** To be told: strange enough, and no repeat. */
	readonly isAnomaly: boolean;
	/** What is most unusual about it; absent when nothing is. */
	readonly reason?: Reason;
}

/** In the unit of the values. Nine of ten lie within the bounds of `usual`. */
export type Reason =
	| {
			readonly what: 'value';
			readonly seen: number;
			readonly expected: number;
			readonly basis: Expectation['basis'];
			readonly usual: Bounds;
	  }
	/** `seen` is the standard deviation of the last `values` values. */
	| { readonly what: 'unrest'; readonly seen: number; readonly values: number; readonly usual: Bounds };

interface Bounds {
	readonly lower: number;
	readonly upper: number;
}

export type ObserveRefused =
	/** The value or the instant is NaN or infinite. */
	| 'signal.not-finite'
	/** The value is so large that its square has no room in a number, or the instant is none that a Date can hold. */
	| 'signal.too-large';

/** A value may be this far from zero. */
const VALUE_MAX = 1e100;
/** ECMAScript's time values end here. */
const INSTANT_MS_MAX = 8.64e15;
/** The sum of rarities, in decimal orders, from which on a value is told. */
const TOLD_FROM = 6;

/** The numbers by which a detector judges. Only the bench has others than `SETTINGS`. */
export interface Settings {
	/** So many values decide what is usual: two weeks of one every five minutes. */
	readonly remembered: number;
	/** The share of them on each side that is a tail. */
	readonly tailShare: number;
	/** Unrest is the deviation of so many values. */
	readonly unrestValues: number;
	/** After a report, only what is stranger is reported for so many values. */
	readonly calmValues: number;
}

export const SETTINGS: Settings = { remembered: 4_096, tailShare: 0.05, unrestValues: 12, calmValues: 100 };

/** What a detector knows, as JSON holds it: it goes on from there as if it had never stopped. At most 350 kB. */
export interface DetectorState {
	readonly version: 1;
	readonly profile: WeekProfile['state'];
	readonly offWeek: readonly number[];
	readonly offDay: readonly number[];
	readonly unrest: readonly number[];
	readonly recent: readonly number[];
	readonly calm: CalmState;
}

const numbers = (max: number) => z.readonly(z.array(z.number()).check(z.maxLength(max)));
const hours = ({ count, max }: { count: number; max: number }) =>
	z.readonly(z.array(numbers(max)).check(z.length(count)));

/** What may come from a file. */
const detectorState: z.ZodMiniType<DetectorState> = z.object({
	version: z.literal(1),
	profile: z.object({
		days: hours({ count: DAY_HOURS, max: DAYS_MAX }),
		weeks: hours({ count: WEEK_HOURS, max: WEEKS_MAX }),
		level: z.readonly(z.object({ value: z.number(), count: z.int().check(z.gte(0)) })),
		hour: z.int(),
		hourSum: z.number(),
		hourCount: z.int().check(z.gte(0))
	}),
	offWeek: numbers(SETTINGS.remembered),
	offDay: numbers(SETTINGS.remembered),
	unrest: numbers(SETTINGS.remembered),
	recent: numbers(SETTINGS.unrestValues),
	calm: z.object({ reported: z.number(), left: z.int().check(z.gte(0)) })
});

/** Values may come late, twice or after a gap: their instant only tells their hour of the week. */
export class Detector {
	readonly #settings: Settings;
	readonly #profile: WeekProfile;
	readonly #offWeek: Rarity;
	readonly #offDay: Rarity;
	readonly #unrest: Rarity;
	readonly #recent: number[];
	readonly #calm: Calm;

	constructor(state?: DetectorState, settings = SETTINGS) {
		const memory = { max: settings.remembered, tailShare: settings.tailShare };
		this.#settings = settings;
		this.#profile = new WeekProfile(state?.profile);
		this.#offWeek = new Rarity(memory, state?.offWeek);
		this.#offDay = new Rarity(memory, state?.offDay);
		this.#unrest = new Rarity(memory, state?.unrest);
		this.#recent = [...(state?.recent ?? [])];
		this.#calm = new Calm(settings.calmValues, state?.calm);
	}

	/** From what `state` gave, by way of JSON. Refuses what is no such thing. */
	static resume(state: unknown): Result<Detector, 'signal.bad-state'> {
		const parsed = detectorState.safeParse(state);
		return parsed.success ? ok(new Detector(parsed.data)) : refuse('signal.bad-state');
	}

	/** Judges a value by those before it, then learns it. A refused value leaves no trace. */
	observe(atMs: number, value: number): Result<Verdict, ObserveRefused> {
		if (!Number.isFinite(value) || !Number.isFinite(atMs)) return refuse('signal.not-finite');
		if (Math.abs(value) > VALUE_MAX || Math.abs(atMs) > INSTANT_MS_MAX) return refuse('signal.too-large');
		const level: Expectation = { value, basis: 'level' };
		const { byWeek, byDay } = this.#profile.expected(atMs) ?? { byWeek: level, byDay: level };
		this.#recent.push(value);
		if (this.#recent.length > this.#settings.unrestValues) this.#recent.shift();
		const facts: Facts = {
			value,
			byWeek,
			byDay,
			offWeek: apart(value, byWeek.value),
			offDay: apart(value, byDay.value),
			unrest: deviation(this.#recent)
		};
		const verdict = this.#judge(facts);
		if (byWeek.basis === 'week') this.#offWeek.add(facts.offWeek);
		this.#offDay.add(facts.offDay);
		this.#unrest.add(facts.unrest);
		this.#profile.add(atMs, value);
		return ok(verdict);
	}

	get state(): DetectorState {
		return {
			version: 1,
			profile: this.#profile.state,
			offWeek: this.#offWeek.remembered,
			offDay: this.#offDay.remembered,
			unrest: this.#unrest.remembered,
			recent: [...this.#recent],
			calm: this.#calm.state
		};
	}

	#judge(facts: Facts): Verdict {
		const day = this.#offDay.of(facts.offDay);
		const week =
			facts.byWeek.basis === 'week' && this.#offWeek.isLearned ? this.#offWeek.of(facts.offWeek) : day;
		const unrest = this.#unrest.of(facts.unrest);
		const strangeness = week + day + unrest;
		const score = strangeness / (strangeness + TOLD_FROM);
		const isRepeat = this.#calm.isRepeat(score);
		const verdict = { score, isRepeat, isAnomaly: score >= 0.5 && !isRepeat };
		if (strangeness === 0) return verdict;
		const main = unrest > Math.max(week, day) ? 'unrest' : week >= day ? 'week' : 'day';
		return { ...verdict, reason: this.#reason(facts, main) };
	}

	#reason({ value, byWeek, byDay, unrest }: Facts, main: 'week' | 'day' | 'unrest'): Reason {
		if (main === 'unrest')
			return { what: 'unrest', seen: unrest, values: this.#recent.length, usual: this.#unrest.usual };
		const [{ value: expected, basis }, { usual }] =
			main === 'week' ? [byWeek, this.#offWeek] : [byDay, this.#offDay];
		const bounds = { lower: expected + usual.lower, upper: expected + usual.upper };
		return { what: 'value', seen: value, expected, basis, usual: bounds };
	}
}

const BASIS_WORDS: Record<Expectation['basis'], string> = {
	week: 'at this hour of the week',
	day: 'at this hour of the day',
	level: 'lately'
};

/**
 * A reason as a sentence without a full stop: “4,000 seen, 15,200 expected at this hour of the week (usually 14,100
 * to 16,400)”.
 */
export function reasonWords(reason: Reason, format: Formatter): string {
	const { lower, upper } = reason.usual;
	if (reason.what === 'unrest') {
		const usual = `usually ${format.difference(lower)} to ${format.difference(upper)}`;
		return `The last ${reason.values} values deviate by ${format.difference(reason.seen)}, ${usual}`;
	}
	const usual = `usually ${format.value(lower)} to ${format.value(upper)}`;
	const { seen, expected, basis } = reason;
	return `${format.value(seen)} seen, ${format.value(expected)} expected ${BASIS_WORDS[basis]} (${usual})`;
}

/** One value beside what was expected of it. */
interface Facts {
	readonly value: number;
	readonly byWeek: Expectation;
	readonly byDay: Expectation;
	readonly offWeek: number;
	readonly offDay: number;
	/** The standard deviation of the last values, this one among them. */
	readonly unrest: number;
}

/** Values whose distance is this share of themselves differ by rounding alone. */
const ROUNDING = 1e-9;

function apart(a: number, b: number): number {
	return Math.abs(a - b) <= ROUNDING * Math.max(Math.abs(a), Math.abs(b)) ? 0 : a - b;
}

/** Standard deviation of all of `values`. */
function deviation(values: readonly number[]): number {
	let sum = 0;
	for (const value of values) sum += value;
	const middle = sum / values.length;
	let squares = 0;
	for (const value of values) squares += (value - middle) ** 2;
	const found = Math.sqrt(squares / values.length);
	return found <= ROUNDING * Math.abs(middle) ? 0 : found;
}
