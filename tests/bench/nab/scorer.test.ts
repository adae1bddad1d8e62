import { expect, test } from 'vitest';
import {
	bestThreshold,
	markSeries,
	outcomeAt,
	probationRows,
	PROFILES,
	worthAt,
	type Detection,
	type LabelledSeries,
	type Profile
} from './scorer.ts';

/** 200 rows of which 30 are for learning; windows 50-60 and 100-110, eleven rows each. */
const series: LabelledSeries = {
	name: 'two windows',
	atMs: Array.from({ length: 200 }, (_, row) => row * 1000),
	values: Array<number>(200).fill(0),
	windows: [
		{ first: 50, last: 60 },
		{ first: 100, last: 110 }
	]
};

/** A score at each row that is named, 0 elsewhere. */
function detected(scores: Record<number, number>, profile: Profile = PROFILES.standard): Detection {
	const rows = new Float64Array(200);
	for (const [row, score] of Object.entries(scores)) rows[Number(row)] = score;
	return { marked: markSeries(series, profile), scores: rows };
}

const pointsOf = (...rows: readonly number[]) =>
	outcomeAt([detected(Object.fromEntries(rows.map((row) => [row, 1])))], 0.5).points;

/** Two windows: silence is −2 raw, all is 2 raw, so a raw unit is 25 points. */
const POINTS = 25;

test('the sigmoid as published: 0.98661 at the left edge, 0.84828 half way, 0 at the right edge, then below', () => {
	expect(worthAt(-1)).toBeCloseTo(0.98661, 5);
	expect(worthAt(-0.5)).toBeCloseTo(0.84828, 5);
	expect(worthAt(0)).toBe(0);
	expect(worthAt(1)).toBeCloseTo(-0.98661, 5);
	expect(worthAt(2.99)).toBeGreaterThan(-1);
	expect(worthAt(3)).toBe(-1);
});

test('the probation is 15 per cent of the rows, 750 at most', () => {
	expect([0, 6, 7, 1127, 4032, 5000, 22_695].map(probationRows)).toEqual([0, 0, 1, 169, 604, 750, 750]);
});

test('silence is 0, a detection at the left edge of each window is 100', () => {
	expect(pointsOf()).toBe(0);
	expect(pointsOf(50, 100)).toBeCloseTo(100, 12);
	expect(outcomeAt([detected({ 50: 1, 100: 1 })], 0.5)).toMatchObject({
		hits: 2,
		windows: 2,
		falseAlarms: 0
	});
});

test('one window found in its middle and one missed', () => {
	// Row 55 is the sixth of eleven: six of them are left, so it lies at −6/11.
	const worth = (2 / (1 + Math.exp(-30 / 11)) - 1) / (2 / (1 + Math.exp(-5)) - 1);
	expect(worth).toBeCloseTo(0.889135, 5);
	expect(pointsOf(55)).toBeCloseTo(POINTS * (worth + 1), 10);
});

test('only the earliest detection of a window counts', () => {
	expect(pointsOf(52, 53, 57, 60)).toBe(pointsOf(52));
	expect(pointsOf(57)).toBeLessThan(pointsOf(52));
});

test('the last row of a window is still a hit, the next one a false alarm that costs little', () => {
	const last = (2 / (1 + Math.exp(-5 / 11)) - 1) / (2 / (1 + Math.exp(-5)) - 1);
	expect(pointsOf(60)).toBeCloseTo(POINTS * (last + 1), 10);
	// One row past a window of eleven: 1/10 of its width.
	expect(pointsOf(61)).toBeCloseTo(POINTS * 0.11 * (2 / (1 + Math.exp(0.5)) - 1), 10);
});

test('a false alarm before any window, and one far past, costs all of its weight', () => {
	expect(pointsOf(40)).toBeCloseTo(-POINTS * 0.11, 12);
	expect(pointsOf(99)).toBeCloseTo(-POINTS * 0.11, 12);
	expect(pointsOf(89)).toBeGreaterThan(-POINTS * 0.11);
	expect(pointsOf(40, 41, 42)).toBeCloseTo(-3 * POINTS * 0.11, 12);
});

test('what is found during the probation neither earns nor costs', () => {
	expect(pointsOf(0, 12, 29)).toBe(0);
	expect(pointsOf(30)).toBeLessThan(0);
});

test('a window that ends within the probation is not missed, and alarms after it are near it', () => {
	const early = { ...series, windows: [{ first: 10, last: 20 }, ...series.windows] };
	const marked = markSeries(early, PROFILES.standard);
	expect(marked.windows).toBe(2);
	expect(marked.rows[0]).toMatchObject({ row: 30, window: -1, worth: 0.11 * worthAt(1) });
});

test('the best threshold takes all at or above it, and of several series together', () => {
	const first = detected({ 50: 0.9, 70: 0.7, 100: 0.6, 40: 0.3 });
	// A false alarm at 0.7 is the price of the second window at 0.6, which is worth it.
	const { threshold, outcome } = bestThreshold([first]);
	expect(threshold).toBe(0.6);
	expect(outcome).toEqual(outcomeAt([first], 0.6));
	expect(outcome.falseAlarms).toBe(1);

	const noisy = detected(Object.fromEntries(Array.from({ length: 40 }, (_, at) => [120 + at, 0.6])));
	expect(bestThreshold([first, noisy])).toMatchObject({ threshold: 0.9, outcome: { windows: 4, hits: 1 } });
});

test('rows of one score become detections together', () => {
	const { threshold, outcome } = bestThreshold([detected({ 31: 0.5, 32: 0.5, 50: 0.5 })]);
	expect(threshold).toBe(0.5);
	expect(outcome.falseAlarms).toBe(2);
});

test('a detector that is only wrong is best silent', () => {
	const { threshold, outcome } = bestThreshold([detected({ 40: 0.9, 150: 0.8 })]);
	expect(threshold).toBe(Infinity);
	expect(outcome.points).toBe(0);
});

test('the other profiles weigh false alarms or misses twice', () => {
	const both = (profile: Profile) => outcomeAt([detected({ 50: 1, 40: 1 }, profile)], 0.5).points;
	expect(both(PROFILES.standard)).toBeCloseTo((100 * (2 - 0.11)) / 4, 10);
	expect(both(PROFILES.fewFalseAlarms)).toBeCloseTo((100 * (2 - 0.22)) / 4, 10);
	expect(both(PROFILES.fewMisses)).toBeCloseTo((100 * (3 - 0.11)) / 6, 10);
});

test('as many scores as rows are needed', () => {
	const marked = markSeries(series, PROFILES.standard);
	expect(() => outcomeAt([{ marked, scores: new Float64Array(3) }], 0.5)).toThrow('3 scores');
});
