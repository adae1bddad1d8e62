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
import { cadenceOf, cut, gapsOf, lastPoint, usualStep, type PointSeries } from '#lib/domain/series.ts';
import { bandsOf, judgeOf, statusOf, type Band, type Status } from '#lib/domain/status.ts';
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
	readonly bands: readonly Band[];
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
	return {
		series,
		gaps,
		lone: loneOf(series, gaps),
		redEntries: redEntriesOf(series, contract),
		span,
		measure: contract ?? UNMEASURED,
		contract,
		bands: bandsOf(contract),
		status: statusOf(lastPoint(series)?.value, contract),
		markers: markers.map((marker) => placed(marker, clock)).sort((a, b) => a.at - b.at),
		clock,
		cadence: namedCadence(series, contract?.cadence),
		previous: source.showsPrevious ? previousOf(series, span, range) : undefined,
		nowSeconds,
		shortestZoom: ZOOM_STEPS_MIN * (usualStep(series) ?? CADENCE_SECONDS.hourly)
	};
}

const ZOOM_STEPS_MIN = 4;

function loneOf({ seconds }: PointSeries, gaps: readonly number[]): readonly number[] {
	if (seconds.length === 1) return [0];
	const before = new Set(gaps);
	const isEdge = (index: number) => index === -1 || index === seconds.length - 1 || before.has(index);
	return [...new Set(gaps.flatMap((index) => [index, index + 1]))].filter(
		(index) => isEdge(index) && isEdge(index - 1)
	);
}

function redEntriesOf({ values }: PointSeries, contract: KpiContract | undefined): readonly number[] {
	const judge = judgeOf(contract);
	const entries: number[] = [];
	let wasRed = true; // A series that begins off target did not go there.
	for (let index = 0; index < values.length; index++) {
		const isRed = judge(values[index] ?? NaN) === 'red';
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
	const wall = clock.wallTime(seconds);
	return { at: seconds, kind, label, day: `${dayShort(wall)} ${wall.year}` };
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
