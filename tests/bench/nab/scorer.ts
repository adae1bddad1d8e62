import { assert } from '#lib/util/assert.ts';

// The score of the Numenta Anomaly Benchmark, after its description (A. Lavin, S. Ahmad: “Evaluating Real-time
// Anomaly Detection Algorithms”, 2015, and S. Ahmad et al., Neurocomputing 262, 2017). A window round each anomaly:
// the earliest detection in it counts, the more the earlier it is; what is detected elsewhere costs, the less the
// closer it follows a window. One threshold for all series, the best one.

/** One series with what people found in it. All lists of rows are as long as each other. */
export interface LabelledSeries {
	readonly name: string;
	/** Epoch milliseconds, in the order of the file: equal ones and steps back occur. */
	readonly atMs: readonly number[];
	readonly values: readonly number[];
	/** First and last row of each window, both in it, in order, not overlapping. */
	readonly windows: readonly RowWindow[];
}

export interface RowWindow {
	readonly first: number;
	readonly last: number;
}

/** What a detection, a false one and a miss weigh. What is rightly left alone earns nothing. */
export interface Profile {
	readonly hit: number;
	readonly falseAlarm: number;
	readonly miss: number;
}

/** The three profiles that NAB publishes (`config/profiles.json`). */
export const PROFILES = {
	standard: { hit: 1, falseAlarm: 0.11, miss: 1 },
	fewFalseAlarms: { hit: 1, falseAlarm: 0.22, miss: 1 },
	fewMisses: { hit: 1, falseAlarm: 0.11, miss: 2 }
} as const satisfies Record<string, Profile>;

/** The first part of a series is for learning: nothing in it is scored. */
const PROBATION_SHARE = 0.15;
/** No more than this many rows count towards it: 750 rows are the longest probation. */
const PROBATION_OF_ROWS_MAX = 5_000;

/** From here on a false alarm is as bad as one before any window. */
const FAR_PAST = 3;

/** How many rows at the beginning are not scored. */
export const probationRows = (rows: number): number =>
	Math.floor(PROBATION_SHARE * Math.min(rows, PROBATION_OF_ROWS_MAX));

/**
 * What a detection is worth at a place relative to a window: −1 is its left edge, 0 its right one, 1 a window's
 * width past it. From nearly 1 over 0 to nearly −1.
 */
export function worthAt(position: number): number {
	return position >= FAR_PAST ? -1 : 2 / (1 + Math.exp(5 * position)) - 1;
}

/** A series with what a detection in each of its rows would earn under one profile. */
export interface MarkedSeries {
	readonly series: LabelledSeries;
	readonly profile: Profile;
	/** The rows after the probation. */
	readonly rows: readonly MarkedRow[];
	/** How many windows have such a row. */
	readonly windows: number;
}

/** `window` is an index of the series' windows, −1 outside of all. */
interface MarkedRow {
	readonly row: number;
	readonly window: number;
	readonly worth: number;
}

/** A hit at the left edge of a window is worth exactly `profile.hit`. */
export function markSeries(series: LabelledSeries, profile: Profile): MarkedSeries {
	const { windows, values } = series;
	const rows: MarkedRow[] = [];
	let next = 0;
	for (let row = 0; row < values.length; row++) {
		while (next < windows.length && row > (windows[next]?.last ?? 0)) next++;
		if (row < probationRows(values.length)) continue;
		const [window, before] = [windows[next], windows[next - 1]];
		if (window && row >= window.first) {
			const worth = (worthAt(-(window.last - row + 1) / widthOf(window)) / worthAt(-1)) * profile.hit;
			rows.push({ row, window: next, worth });
		} else {
			const past = before ? (row - before.last) / (widthOf(before) - 1) : FAR_PAST;
			rows.push({ row, window: -1, worth: worthAt(past) * profile.falseAlarm });
		}
	}
	const found = new Set(rows.map(({ window }) => window).filter((window) => window >= 0));
	return { series, profile, rows, windows: found.size };
}

const widthOf = ({ first, last }: RowWindow): number => last - first + 1;

/** What a detector said of a series: one number a row, the higher the stranger. */
export interface Detection {
	readonly marked: MarkedSeries;
	readonly scores: Float64Array;
}

/** What came out at one threshold. */
export interface Outcome {
	/** 0 is what silence gets, 100 what a detection at the left edge of each window and no other gets. */
	readonly points: number;
	readonly hits: number;
	readonly windows: number;
	readonly falseAlarms: number;
}

/** The score of all `detections` together, when everything at or above `threshold` is a detection. */
export function outcomeAt(detections: readonly Detection[], threshold: number): Outcome {
	const sum = new RunningScore(detections);
	for (const scored of scoredRows(detections)) if (scored.score >= threshold) sum.detect(scored);
	return sum.outcome;
}

/**
 * The threshold with the best score over all `detections`, and that score. Infinity when silence is best. Of equals
 * the highest.
 */
export function bestThreshold(detections: readonly Detection[]): {
	readonly threshold: number;
	readonly outcome: Outcome;
} {
	const sum = new RunningScore(detections);
	const rows = scoredRows(detections).toSorted((a, b) => b.score - a.score);
	let best = { threshold: Infinity, outcome: sum.outcome };
	for (const [index, scored] of rows.entries()) {
		sum.detect(scored);
		const isLastOfEquals = rows[index + 1]?.score !== scored.score;
		if (isLastOfEquals && sum.points > best.outcome.points)
			best = { threshold: scored.score, outcome: sum.outcome };
	}
	return best;
}

interface ScoredRow {
	/** Which of the detections it is of. */
	readonly of: number;
	readonly marked: MarkedRow;
	readonly score: number;
}

function scoredRows(detections: readonly Detection[]): readonly ScoredRow[] {
	return detections.flatMap(({ marked: { series, rows }, scores }, of) => {
		assert(scores.length === series.values.length, `${series.name}: ${scores.length} scores`);
		return rows.map((marked) => ({ of, marked, score: scores[marked.row] ?? NaN }));
	});
}

/** The score while row after row becomes a detection. */
class RunningScore {
	readonly #profile: Profile;
	readonly #windows: number;
	/** What the windows found so far have earned, by detection and window. */
	readonly #earned = new Map<string, number>();
	#raw: number;
	#falseAlarms = 0;

	constructor(detections: readonly Detection[]) {
		const [first] = detections;
		assert(first, 'nothing to score');
		this.#profile = first.marked.profile;
		this.#windows = detections.reduce((sum, { marked }) => sum + marked.windows, 0);
		this.#raw = -this.#profile.miss * this.#windows;
	}

	detect({ of, marked: { window, worth } }: ScoredRow): void {
		if (window < 0) {
			this.#falseAlarms++;
			this.#raw += worth;
			return;
		}
		const key = `${of}|${window}`;
		const earned = this.#earned.get(key) ?? -this.#profile.miss;
		if (worth <= earned) return;
		this.#raw += worth - earned;
		this.#earned.set(key, worth);
	}

	get points(): number {
		const { hit, miss } = this.#profile;
		return (100 * (this.#raw + this.#windows * miss)) / (this.#windows * (hit + miss));
	}

	get outcome(): Outcome {
		return {
			points: this.points,
			hits: this.#earned.size,
			windows: this.#windows,
			falseAlarms: this.#falseAlarms
		};
	}
}
