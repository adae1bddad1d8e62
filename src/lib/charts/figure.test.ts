import { expect, test } from 'vitest';
import type { RowId } from '#lib/domain/id.ts';
import type { KpiContract } from '#lib/domain/kpi.ts';
import { zoneClock } from '#lib/domain/series-calendar.ts';
import { EMPTY_SERIES, mergePoints, type PointSeries } from '#lib/domain/series.ts';
import { asOfText } from './as-of.ts';
import { figureOf, shownSeries, stepsIn, wholeView, type Figure } from './figure.ts';
import type { Frame } from './frame.ts';
import { momentText } from './moment.ts';
import { sparkShape, sparkValues } from './spark.ts';
import { figureCsv, rowCount, tableRows } from './table-text.ts';
import { tipOf, tipSentence } from './tip.ts';
import { isAlike, outerWindow, panned, within, zoomed } from './window.ts';

const DAY = 86_400;
const FROM = Date.parse('2026-05-11T10:00:00Z') / 1000;
const contract = {
	id: 'slo',
	order: 'a0',
	name: 'SLO',
	unit: '%',
	decimals: 2,
	direction: 'up',
	target: 99.9,
	redBelow: 99.8,
	cadence: 'daily'
} as KpiContract;

const daily = (values: readonly (number | undefined)[]): PointSeries =>
	mergePoints(
		EMPTY_SERIES,
		values.flatMap((value, index) => (value === undefined ? [] : [{ at: FROM + index * DAY, value }]))
	);

function figure(series: PointSeries, rest: Partial<Parameters<typeof figureOf>[0]> = {}): Figure {
	const nowMs = ((series.seconds.at(-1) ?? FROM) + DAY) * 1000;
	const clock = zoneClock('UTC');
	return figureOf({
		series,
		contract,
		markers: [],
		range: '28d',
		clock,
		nowMs,
		showsPrevious: false,
		...rest
	});
}

const frameOf = (shown: Figure): Frame => ({
	width: 704,
	height: 172,
	plot: { left: 46, top: 30, width: 576, height: 118 },
	x: wholeView(shown),
	y: { min: 99, max: 100 }
});

const months = Array.from({ length: 60 }, (_, index) => 99.9 + (index % 5) / 100);

test('a figure looks at its range and holds all of the series', () => {
	const shown = figure(daily(months));
	expect(shownSeries(shown).seconds.length).toBe(28);
	expect(shown.series.seconds.length).toBe(60);
});

test('the period before is moved onto the range, or absent when it is too short', () => {
	const shown = figure(daily(months), { showsPrevious: true });
	expect(shown.previous?.seconds.length).toBe(28);
	expect(shown.previous?.seconds.at(-1)).toBe(shown.span.to);
	expect(figure(daily(months), { showsPrevious: true, range: 'all' }).previous).toBeUndefined();
	expect(figure(daily(months.slice(0, 28)), { showsPrevious: true }).previous).toBeUndefined();
});

test('points alone between two gaps and moments of going red are found', () => {
	const shown = figure(daily([99.9, 99.9, undefined, 99.9, undefined, 99.7, 99.7, 99.9, 99.7]));
	expect(shown.gaps).toEqual([1, 2]);
	expect(shown.lone).toEqual([2]);
	expect(shown.redEntries).toEqual([3, 6]);
	expect(figure(daily([99.9])).lone).toEqual([0]);
});

test('a window never leaves the series', () => {
	const shown = figure(daily(months));
	const outer = outerWindow(shown);
	const far = panned(shown, frameOf(shown), { view: wholeView(shown), pixels: 1e6 });
	expect(far.min).toBe(outer.min);
	expect(far.max - far.min).toBeCloseTo(27 * DAY);
	expect(within(shown, { min: 0, max: 9e9 })).toEqual(outer);
});

test('zooming keeps the place under the fingers and stops at a few steps', () => {
	const shown = figure(daily(months));
	const frame = frameOf(shown);
	const closer = zoomed(shown, frame, { view: wholeView(shown), x: 46 + 288, factor: 2 });
	expect(closer.max - closer.min).toBeCloseTo(13.5 * DAY);
	expect((closer.max + closer.min) / 2).toBeCloseTo((shown.span.from + shown.span.to) / 2);
	const closest = zoomed(shown, frame, { view: closer, x: 300, factor: 1e9 });
	expect(closest.max - closest.min).toBeCloseTo(4 * DAY);
});

test('zooming in and out again ends where it began', () => {
	const shown = figure(daily(months));
	const frame = frameOf(shown);
	const closer = zoomed(shown, frame, { view: wholeView(shown), x: 200, factor: 3 });
	expect(isAlike(closer, wholeView(shown))).toBe(false);
	expect(isAlike(zoomed(shown, frame, { view: closer, x: 200, factor: 1 / 3 }), wholeView(shown))).toBe(true);
});

test('a tip names moment, value, status and what stands beside it', () => {
	const at = new Date((FROM + 27 * DAY) * 1000).toISOString();
	const markers = [{ id: 'm1', order: 'a0', at, kind: 'incident', label: 'INC-2291' }] as never;
	const shown = figure(daily([...months.slice(0, 27), 99.82]), { markers });
	const tip = tipOf(shown, frameOf(shown), 27);
	expect(tip).toEqual({
		moment: 'Sun 7 Jun',
		value: '99.82%',
		status: 'At risk',
		context: ['Incident INC-2291']
	});
	expect(tip && tipSentence(tip)).toBe('Sun 7 Jun: At risk, 99.82%. Incident INC-2291');
	expect(tipOf(shown, frameOf(shown), 99)).toBeUndefined();
});

test('moments are named by how often values come', () => {
	const at = Date.parse('2026-05-04T09:05:00Z') / 1000;
	const name = (cadence: KpiContract['cadence']) =>
		momentText(at, { cadence, clock: zoneClock('UTC'), nowSeconds: at });
	expect((['hourly', 'daily', 'weekly', 'monthly', 'quarterly'] as const).map(name)).toEqual([
		'4 May, 09:05',
		'Mon 4 May',
		'W19, 4–10 May',
		'May 2026',
		'Q2 2026'
	]);
	expect(momentText(at, { cadence: 'daily', clock: zoneClock('UTC'), nowSeconds: at + 400 * DAY })).toBe(
		'Mon 4 May 2026'
	);
});

test('what is shown says how old it is', () => {
	const shown = figure(daily(months));
	const nowMs = shown.nowSeconds * 1000;
	expect(asOfText(shown, { asOfMs: nowMs - 60_000, isPaused: false })).toBe('as of 09:59');
	expect(asOfText(shown, { asOfMs: nowMs - 60_000, isPaused: true })).toBe('as of 09:59, paused');
	expect(asOfText(shown, { asOfMs: nowMs - 40 * 3_600_000, isPaused: false })).toBe('as of 8 Jul, 18:00');
	expect(asOfText(shown, { asOfMs: undefined, isPaused: false })).toBe('');
	const stopped = figure(daily(months), { nowMs: nowMs + 9 * DAY * 1000 });
	expect(asOfText(stopped, { asOfMs: nowMs + 9 * DAY * 1000, isPaused: false })).toBe('as of Thu 9 Jul');
});

test('the table holds what the chart shows, newest first, and says where values are missing', () => {
	const shown = figure(daily([99.95, 99.82, undefined, 99.7]));
	expect(rowCount(shown)).toBe(3);
	expect(tableRows(shown, { first: 0, count: 2 })).toMatchObject([
		{ moment: 'Thu 14 May', value: '99.70%', word: 'Off target', isAfterGap: true },
		{ moment: 'Tue 12 May', value: '99.82%', word: 'At risk', isAfterGap: false }
	]);
	expect(tableRows(shown, { first: 2, count: 9 }).length).toBe(1);
});

test('the CSV has every digit of what is shown', () => {
	expect(figureCsv(figure(daily([0.1 + 0.2])), '')).toBe(
		'at,value\r\n2026-05-11T10:00:00.000Z,0.30000000000000004\r\n'
	);
	expect(figureCsv(figure(daily([1])), 'EU, north')).toContain(',1,"EU, north"\r\n');
});

test('a sparkline has one value per period, a hole where one is missing, and ends at the last', () => {
	expect(sparkValues(daily(months), 'daily').length).toBe(12);
	expect(sparkValues(daily([1, undefined, 3]), 'daily')).toEqual([1, undefined, 3]);
	expect(sparkValues(daily(months), 'weekly')).toEqual(
		[3, 10, 17, 24, 31, 38, 45, 52, 59].map((index) => months[index])
	);
	expect(sparkValues(EMPTY_SERIES, 'daily')).toEqual([]);
	const shape = sparkShape([1, undefined, 3], { width: 62, height: 30, target: 2 });
	expect(shape?.path.match(/M/g)?.length).toBe(2);
	expect(shape?.targetY).toBe(15);
	expect(sparkShape([], { width: 62, height: 30, target: 2 })).toBeUndefined();
});

test('terms by date: bands and the target step, points keep their colours, and the change is told on the chart', () => {
	const from = '2026-05-21';
	const dated: KpiContract = {
		...contract,
		terms: [{ id: 't' as RowId, order: 'a0', kpi: contract.id, from, target: 99.95, redBelow: 99.9 }]
	};
	const shown = figure(daily(Array.from({ length: 20 }, () => 99.85)), { contract: dated });
	expect(shown.steps.map(({ target }) => target)).toEqual([99.9, 99.95]);
	expect(shown.steps[0]?.to).toBe(Date.parse(`${from}T00:00:00Z`) / 1000);
	expect(stepsIn(shown, { min: FROM, max: FROM + DAY }).length).toBe(1);
	expect(shown.redEntries).toEqual([10]);
	expect(shown.status).toBe('red');
	const words = tableRows(shown, { first: 0, count: 20 }).map(({ word }) => word);
	expect([words[0], words.at(-1)]).toEqual(['Off target', 'At risk']);
	expect(shown.markers).toMatchObject([{ kind: 'note', label: 'Target ≥ 99.95%' }]);
	expect(tipOf(shown, frameOf(shown), 9)?.status).toBe('At risk');
	expect(tipOf(shown, frameOf(shown), 10)?.status).toBe('Off target');
});

test('judging 100,000 points by date takes no longer than a frame or two', () => {
	const series = mergePoints(
		EMPTY_SERIES,
		Array.from({ length: 100_000 }, (_, index) => ({ at: FROM + index * 3600, value: 99.85 }))
	);
	const terms = Array.from({ length: 12 }, (_, index) => ({
		id: `t${index}` as RowId,
		order: 'a0',
		kpi: contract.id,
		from: `2027-${String(index + 1).padStart(2, '0')}-01`,
		redBelow: 99.8 + index / 100
	}));
	figure(series, { contract: { ...contract, terms } });
	const start = performance.now();
	figure(series, { contract: { ...contract, terms } });
	const plain = performance.now();
	figure(series);
	const end = performance.now();
	expect(plain - start).toBeLessThan(60 + 4 * (end - plain));
});
