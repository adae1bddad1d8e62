import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Random } from '../../util/random.ts';
import { differenceText, quantityText, type Measure } from '../quantity.ts';
import { Detector, reasonWords, type Verdict } from './detector.ts';
import type { Formatter } from './xmr.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MONDAY = Date.parse('2026-06-01T00:00:00Z');

function observe(detector: Detector, atMs: number, value: number): Verdict {
	const found = detector.observe(atMs, value);
	if (!found.ok) throw new Error(found.error);
	return found.value;
}

/** A value an hour from a Monday on. */
const hourly = (detector: Detector, values: readonly number[], from = 0): readonly Verdict[] =>
	values.map((value, index) => observe(detector, MONDAY + (from + index) * HOUR_MS, value));

const formatOf = (measure: Measure): Formatter => ({
	value: (value) => quantityText(value, measure),
	difference: (difference) => differenceText(difference, measure)
});

/** Busy from nine to five on weekdays, with a little chance in it. */
function office(hours: number, seed = 1): readonly number[] {
	const random = new Random(seed);
	return Array.from({ length: hours }, (_, hour) => {
		const [day, time] = [Math.floor(hour / 24) % 7, hour % 24];
		const isBusy = day < 5 && time >= 9 && time < 17;
		return (isBusy ? 1000 : 100) + random.next() * 20;
	});
}

test('a value as on any workday is strange on a Sunday, and the reason says what was expected', () => {
	const detector = new Detector();
	const weeks = hourly(detector, office(4 * 168 + 6 * 24 + 12));
	expect(weeks.slice(168 * 3).filter(({ isAnomaly }) => isAnomaly)).toEqual([]);
	const [sunday] = hourly(detector, [1000], 4 * 168 + 6 * 24 + 12);
	expect(sunday?.isAnomaly).toBe(true);
	expect(sunday?.reason).toMatchObject({ what: 'value', seen: 1000, basis: 'week' });
	expect(reasonWords(sunday?.reason as never, formatOf({ unit: 'count', decimals: 0 }))).toMatch(
		/^1,000 seen, 1\d\d expected at this hour of the week \(usually \d+ to \d+\)$/
	);
});

test('silence at noon of a workday is strange too', () => {
	const detector = new Detector();
	hourly(detector, office(4 * 168 + 12));
	const [noon] = hourly(detector, [105], 4 * 168 + 12);
	expect(noon?.isAnomaly).toBe(true);
});

test('values that begin to swing round the same mean are strange, and the reason says how they deviate', () => {
	const random = new Random(3);
	const detector = new Detector();
	hourly(
		detector,
		Array.from({ length: 600 }, () => 50 + 10 * random.next())
	);
	const swings = hourly(
		detector,
		Array.from({ length: 12 }, (_, index) => (index % 2 === 0 ? 50 : 60)),
		600
	);
	const reason = swings.at(-1)?.reason;
	expect(reason).toMatchObject({ what: 'unrest', seen: 5, values: 12 });
	expect(reasonWords(reason as never, formatOf({ unit: 'ms', decimals: 1 }))).toMatch(
		/^The last 12 values deviate by 5\.0\u00a0ms, usually \d\.\d\u00a0ms to \d\.\d\u00a0ms$/
	);
});

test('a series that falls still is strange', () => {
	const random = new Random(4);
	const detector = new Detector();
	hourly(
		detector,
		Array.from({ length: 600 }, () => 50 + 10 * random.next())
	);
	const still = hourly(detector, Array<number>(12).fill(55), 600);
	expect(still.at(-1)).toMatchObject({ reason: { what: 'unrest', seen: 0 } });
});

test('an incident is told once, and again when it gets worse, and the next one after a calm', () => {
	const random = new Random(5);
	const calm = (count: number) => Array.from({ length: count }, () => 50 + random.next());
	const detector = new Detector();
	const verdicts = hourly(detector, [...calm(500), 53, 53, 53, ...calm(20), 400, ...calm(500), 800]);
	const told = [...verdicts.keys()].filter((at) => verdicts[at]?.isAnomaly);
	expect(told).toEqual([500, 523, 1024]);
	expect(verdicts[501]).toMatchObject({ isRepeat: true, isAnomaly: false });
	expect(verdicts[501]?.score).toBeGreaterThan(0);
});

test('a hundred values are learned before anything is said', () => {
	const detector = new Detector();
	const learning = hourly(
		detector,
		Array.from({ length: 100 }, (_, at) => (at % 7) + (at === 60 ? 1e6 : 0))
	);
	expect(learning.every(({ score, isAnomaly }) => score === 0 && !isAnomaly)).toBe(true);
	expect(learning.every(({ isRepeat, reason }) => !isRepeat && reason === undefined)).toBe(true);
	expect(hourly(detector, [1e9], 100)[0]?.score).toBeGreaterThan(0.5);
});

test('a constant series is quiet whatever its value, and one with errors of rounding as well', () => {
	for (const value of [0, 0.1, -7, 1e12]) {
		const verdicts = hourly(new Detector(), Array<number>(1000).fill(value));
		expect(verdicts.every(({ score }) => score === 0)).toBe(true);
	}
	const rounded = hourly(
		new Detector(),
		Array.from({ length: 1000 }, (_, at) => (at % 97 === 0 ? 0.1 + 0.2 : 0.3))
	);
	expect(rounded.filter(({ isAnomaly }) => isAnomaly)).toEqual([]);
});

test('a gap alone is not strange, nor are values that come twice or late', () => {
	const values = office(5 * 168);
	const detector = new Detector();
	hourly(detector, values.slice(0, 4 * 168));
	const after = values.slice(4 * 168).flatMap((value, index) => {
		const atMs = MONDAY + (8 * 168 + index) * HOUR_MS;
		return [
			observe(detector, atMs, value),
			observe(detector, atMs, value),
			observe(detector, atMs - 7 * DAY_MS, value)
		];
	});
	expect(after.filter(({ isAnomaly }) => isAnomaly)).toEqual([]);
});

test.each([
	[MONDAY, NaN, 'signal.not-finite'],
	[MONDAY, -Infinity, 'signal.not-finite'],
	[NaN, 1, 'signal.not-finite'],
	[MONDAY, 1.1e100, 'signal.too-large'],
	[MONDAY, -1.1e100, 'signal.too-large'],
	[8.64e15 + 1, 1, 'signal.too-large']
])('at %d the value %d is refused as %s and leaves no trace', (atMs, value, code) => {
	const detector = new Detector();
	hourly(detector, office(200));
	const before = JSON.stringify(detector.state);
	expect(detector.observe(atMs, value)).toEqual({ ok: false, error: code });
	expect(JSON.stringify(detector.state)).toBe(before);
});

test('the largest values there may be give scores, not NaN', () => {
	const extremes = Array.from({ length: 300 }, (_, at) => (at % 3 === 0 ? 1e100 : at % 3 === 1 ? -1e100 : 0));
	for (const { score } of hourly(new Detector(), extremes)) expect(score).toBeLessThanOrEqual(1);
	const late = observe(new Detector(), 8.64e15, 1);
	expect(late.score).toBe(0);
});

test('stopped and resumed from JSON at any point, it says the same and ends in the same state', () => {
	const random = new Random(6);
	const values = Array.from({ length: 6000 }, (_, at) => Math.sin(at / 24) + (random.chance(0.01) ? 5 : 0));
	const whole = new Detector();
	const said = hourly(whole, values);
	for (const at of [0, 1, 11, 99, 777, 4096, 4100, 5999]) {
		const first = new Detector();
		hourly(first, values.slice(0, at));
		const resumed = Detector.resume(JSON.parse(JSON.stringify(first.state)));
		if (!resumed.ok) throw new Error(resumed.error);
		expect(hourly(resumed.value, values.slice(at), at)).toEqual(said.slice(at));
		expect(resumed.value.state).toEqual(whole.state);
	}
});

test('what is no state is refused', () => {
	const { state } = new Detector();
	expect(Detector.resume(state).ok).toBe(true);
	for (const wrong of [
		undefined,
		{},
		{ ...state, version: 2 },
		{ ...state, recent: Array<number>(13).fill(1) },
		{ ...state, offDay: Array<number>(4097).fill(1) },
		{ ...state, unrest: [NaN] },
		{ ...state, profile: { ...state.profile, days: [] } }
	])
		expect(Detector.resume(wrong)).toEqual({ ok: false, error: 'signal.bad-state' });
});

test('its state stays bounded', () => {
	const random = new Random(7);
	const detector = new Detector();
	for (let at = 0; at < 20_000; at++) observe(detector, MONDAY + at * 60_000, -1e-50 * random.next());
	expect(JSON.stringify(detector.state).length).toBeLessThan(350_000);
});

test('property: whatever comes in whatever order, scores are between 0 and 1 and an anomaly has a reason', () => {
	const point = fc.tuple(
		fc.integer({ min: -1e12, max: 1e13 }),
		fc.oneof(fc.double({ noNaN: true, min: -1e100, max: 1e100 }), fc.integer({ min: -5, max: 5 }))
	);
	fc.assert(
		fc.property(fc.array(point, { minLength: 90, maxLength: 400 }), (points) => {
			const detector = new Detector();
			for (const [atMs, value] of points) {
				const { score, isAnomaly, reason } = observe(detector, atMs, value);
				expect(score).toBeGreaterThanOrEqual(0);
				expect(score).toBeLessThanOrEqual(1);
				if (isAnomaly) expect(reason).toBeDefined();
			}
		})
	);
});

test('property: what comes later changes nothing that was said', () => {
	const values = fc.array(fc.integer({ min: -100, max: 100 }), { minLength: 110, maxLength: 250 });
	fc.assert(
		fc.property(values, values, (past, future) => {
			const alone = hourly(new Detector(), past);
			expect(hourly(new Detector(), [...past, ...future]).slice(0, past.length)).toEqual(alone);
		}),
		{ numRuns: 30 }
	);
});

test('property: another unit, twice as small, gives the same scores', () => {
	const values = fc.array(fc.integer({ min: -100, max: 100 }), { minLength: 110, maxLength: 250 });
	fc.assert(
		fc.property(values, (some) => {
			const scores = (factor: number) =>
				hourly(
					new Detector(),
					some.map((value) => value * factor)
				).map(({ score }) => score);
			for (const [at, score] of scores(2).entries()) expect(score).toBeCloseTo(scores(1)[at] ?? NaN, 9);
		}),
		{ numRuns: 10 }
	);
});
