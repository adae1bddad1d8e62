import type { IsoDate } from '#lib/domain/calendar.ts';
import {
	CADENCE_SECONDS,
	type Cadence,
	type KpiContract,
	type Marker,
	type MarkerKind
} from '#lib/domain/kpi.ts';
import { UNMEASURED, type Measure } from '#lib/domain/quantity.ts';
import { dayShort, type ZoneClock } from '#lib/domain/series-calendar.ts';
import { rangeSeconds, spanOf, type Range, type Span } from '#lib/domain/series-range.ts';
import {
	cadenceOf,
	cut,
	gapsOf,
	lastPoint,
	usualStep,
	type Point,
	type PointSeries
} from '#lib/domain/series.ts';
import { contractAt, judgeAt, startOf, termsAt, termSteps } from '#lib/domain/kpi-terms.ts';
import { bandsOf, boundsOf, targetText, type Band, type Status } from '#lib/domain/status.ts';
import type { Scale } from './frame.ts';

/** A marker with its place in time. */
export interface PlacedMarker {
	/** Epoch seconds. */
	readonly at: number;
	readonly kind: MarkerKind;
	readonly label: string;
	/** Its calendar day, by which markers of one day are told. */
	readonly day: string;
}

/** Everything one chart shows, whatever it is drawn on. All of the series is in it: `span` says where to look. */
export interface Figure {
	readonly series: PointSeries;
	/** Indexes of the points right before a gap. */
	readonly gaps: readonly number[];
	/** Indexes of points with a gap on both sides: no line passes through them. */
	readonly lone: readonly number[];
	/** Indexes of the points at which the value went off target. */
	readonly redEntries: readonly number[];
	readonly span: Span;
	readonly measure: Measure;
	readonly contract: KpiContract | undefined;
	/** What was asked for, one step after the other from the beginning of time on. */
	readonly steps: readonly FigureStep[];
	/** The status of one of its points, by what was in force at its time. */
	readonly judge: (point: Point) => Status;
	readonly status: Status;
	readonly markers: readonly PlacedMarker[];
	readonly clock: ZoneClock;
	/** The contract's, or what the series itself keeps. Decides how moments are named. */
	readonly cadence: Cadence;
	/** The stretch before `span`, moved onto it. */
	readonly previous: PointSeries | undefined;
	readonly nowSeconds: number;
	/** Seconds: the shortest stretch worth looking at, a few steps. */
	readonly shortestZoom: number;
}

/** A stretch of time in which the same was asked for. */
export interface FigureStep {
	/** Epoch seconds; the first begins at `-Infinity`, the last ends at `Infinity`. */
	readonly from: number;
	readonly to: number;
	readonly bands: readonly Band[];
	readonly target: number | undefined;
	/** The edges of its bands. */
	readonly bounds: readonly number[];
}

export interface FigureSource {
	readonly series: PointSeries;
	readonly contract: KpiContract | undefined;
	readonly markers: readonly Marker[];
	readonly range: Range;
	readonly clock: ZoneClock;
	readonly nowMs: number;
	readonly showsPrevious: boolean;
}

export function figureOf(source: FigureSource): Figure {
	const { series, contract, markers, range, clock, nowMs } = source;
	const nowSeconds = nowMs / 1000;
	const span = spanOf(series, { range, cadence: contract?.cadence, nowSeconds });
	const gaps = gapsOf(series, contract?.cadence);
	const judge = judgeAt(contract, clock.zone);
	const last = lastPoint(series);
	return {
		series,
		gaps,
		lone: loneOf(series, gaps),
		redEntries: redEntriesOf(series, judge),
		span,
		measure: contract ?? UNMEASURED,
		contract,
		steps: stepsOf(contract, clock),
		judge,
		status: last ? judge(last) : 'none',
		markers: [...markers.map((marker) => placed(marker, clock)), ...turnMarkers(contract, clock)].sort(
			(a, b) => a.at - b.at
		),
		clock,
		cadence: namedCadence(series, contract?.cadence),
		previous: source.showsPrevious ? previousOf(series, span, range) : undefined,
		nowSeconds,
		shortestZoom: ZOOM_STEPS_MIN * (usualStep(series) ?? CADENCE_SECONDS.hourly)
	};
}

const ZOOM_STEPS_MIN = 4;

function stepsOf(contract: KpiContract | undefined, { zone }: ZoneClock): readonly FigureStep[] {
	if (!contract) return [];
	const steps = termSteps(contract, zone);
	return steps.map((step, index) => ({
		from: step.from,
		to: steps[index + 1]?.from ?? Infinity,
		bands: bandsOf(step.contract),
		target: step.contract.target,
		bounds: Object.values(boundsOf(step.contract) ?? {}).filter((bound) => bound !== undefined)
	}));
}

/** The steps that a window shows a part of. */
export const stepsIn = ({ steps }: Pick<Figure, 'steps'>, { min, max }: Scale): readonly FigureStep[] =>
	steps.filter(({ from, to }) => from <= max && to > min);

/** A change of the contract is told where it took effect: “Target ≥ 99.9%”, “Formula changed”. */
function turnMarkers(contract: KpiContract | undefined, clock: ZoneClock): readonly PlacedMarker[] {
	if (!contract) return [];
	const { terms = [], turns = [] } = contract;
	const at = (day: IsoDate, label: string): PlacedMarker => ({
		at: startOf(day, clock),
		kind: 'note',
		label,
		day: dayAndYear(startOf(day, clock), clock)
	});
	return [
		...terms.map(({ from }) => at(from, boundsWords(contract, from, clock))),
		...turns.map(({ from, words }) => at(from, words))
	];
}

function boundsWords(contract: KpiContract, day: IsoDate, clock: ZoneClock): string {
	const before = contractAt(contract, startOf(day, clock) - 1, clock.zone);
	const now = termsAt(contract, day);
	if (before.target === now.target && before.direction === now.direction) return 'Bands changed';
	const target = targetText(now);
	return target === undefined ? 'No target any more' : `Target ${target}`;
}

function loneOf({ seconds }: PointSeries, gaps: readonly number[]): readonly number[] {
	if (seconds.length === 1) return [0];
	const before = new Set(gaps);
	const isEdge = (index: number) => index === -1 || index === seconds.length - 1 || before.has(index);
	return [...new Set(gaps.flatMap((index) => [index, index + 1]))].filter(
		(index) => isEdge(index) && isEdge(index - 1)
	);
}

function redEntriesOf({ seconds, values }: PointSeries, judge: Figure['judge']): readonly number[] {
	const entries: number[] = [];
	let wasRed = true; // A series that begins off target did not go there.
	for (let index = 0; index < values.length; index++) {
		const isRed = judge({ at: seconds[index] ?? NaN, value: values[index] ?? NaN }) === 'red';
		if (isRed && !wasRed) entries.push(index);
		wasRed = isRed;
	}
	return entries;
}

/** Daily points under a weekly contract are named by their day. */
function namedCadence(series: PointSeries, promised: Cadence | undefined): Cadence {
	const own = cadenceOf(series);
	if (!promised || series.seconds.length < 2) return promised ?? own;
	return CADENCE_SECONDS[own] < CADENCE_SECONDS[promised] ? own : promised;
}

function placed({ at, kind, label }: Marker, clock: ZoneClock): PlacedMarker {
	const seconds = Date.parse(at) / 1000;
	return { at: seconds, kind, label, day: dayAndYear(seconds, clock) };
}

function dayAndYear(seconds: number, clock: ZoneClock): string {
	const wall = clock.wallTime(seconds);
	return `${dayShort(wall)} ${wall.year}`;
}

/** Undefined when the range has no length, or when the stretch before it holds fewer than two points. */
export function previousOf(series: PointSeries, span: Span, range: Range): PointSeries | undefined {
	const length = rangeSeconds(range);
	if (length === undefined) return undefined;
	const before = cut(series, { from: span.from - length, to: span.to - length });
	if (before.seconds.length < 2) return undefined;
	return { seconds: before.seconds.map((at) => at + length), values: before.values };
}

/** The window that shows the figure's span, no more and no less. */
export const wholeView = ({ span }: Figure): Scale => ({ min: span.from, max: span.to });

/** The part of the series that `span` covers. */
export const shownSeries = ({ series, span }: Figure): PointSeries => cut(series, span);
