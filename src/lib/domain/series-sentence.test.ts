import { expect, test } from 'vitest';
import type { Marker } from './kpi.ts';
import { chartSentence, type Told } from './series-sentence.ts';
import { zoneClock } from './series-calendar.ts';
import { EMPTY_SERIES, mergePoints } from './series.ts';

const DAY = 86_400;
const FROM = Date.parse('2026-05-11T00:00:00Z') / 1000;
const SLO = [
	94, 93, 94, 95, 93, 92, 93, 94, 95, 94, 92, 91, 93, 94, 94, 93, 92, 93, 94, 95, 94, 93, 91, 82, 77, 78, 80,
	82
].map((cents) => 99 + cents / 100);

function told(values: readonly number[], rest: Partial<Told> = {}): Told {
	return {
		series: mergePoints(
			EMPTY_SERIES,
			values.map((value, index) => ({ at: FROM + index * DAY, value }))
		),
		measure: { unit: '%', decimals: 2, target: 99.9 },
		status: 'amber',
		markers: [],
		clock: zoneClock('UTC'),
		nowSeconds: FROM + 30 * DAY,
		...rest
	};
}

const pinned = (at: string, kind: Marker['kind'], label: string) =>
	({ id: label, order: 'a0', at, kind, label }) as Marker;

test('a fall is told with when it began, how far it went and where it is now', () => {
	expect(chartSentence(told(SLO))).toBe(
		'At risk. Held near 99.93% until 2 June, fell to 99.77% on 4 June, now 99.82%. Target 99.90%.'
	);
});

test('what is pinned to the fall is named, and what lies elsewhere is not', () => {
	const markers = [
		pinned('2026-05-20T09:00:00Z', 'release', 'billing-sync 3.2'),
		pinned('2026-06-02T09:00:00Z', 'release', 'search-api 2026.22'),
		pinned('2026-06-03T09:00:00Z', 'incident', 'INC-2291')
	];
	expect(chartSentence(told(SLO, { markers }))).toContain(
		'on 4 June after release search-api 2026.22 and incident INC-2291, now'
	);
});

test('an extreme that is the last value is not said twice', () => {
	const sentence = chartSentence(
		told([40, 42, 41, 43, 42, 41, 40, 42, 74], { measure: { unit: 'min', target: 45 }, status: 'red' })
	);
	expect(sentence).toBe(
		'Off target. Held near 42\u00a0min until 18 May, rose to 74\u00a0min on 19 May. Target 45\u00a0min.'
	);
});

test('calm, level and drifting series are told as such', () => {
	expect(chartSentence(told([5, 5, 5, 5]))).toContain('Held at 5.00%');
	expect(chartSentence(told([5, 6, 5, 6, 5, 6]))).toContain('Held between 5.00% and 6.00%, now 6.00%');
	expect(chartSentence(told([1, 2, 3, 4, 5, 6, 7, 8, 9]))).toContain('Rose from 1.00% to 9.00%');
});

test('no point, one and two points are told without a story', () => {
	expect(chartSentence(told([]))).toBe('No points in this range.');
	expect(chartSentence(told([99.8], { measure: { unit: '%' } }))).toBe('At risk. 99.8% at 00:00 on 11 May.');
	expect(chartSentence(told([99.8, 99.7], { measure: { unit: '%' } }))).toContain(
		'99.8% at 00:00 on 11 May, now 99.7%'
	);
});

test('another year is named', () => {
	expect(chartSentence(told(SLO, { nowSeconds: FROM + 400 * DAY }))).toContain('on 4 June 2026');
});
