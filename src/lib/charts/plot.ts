import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { axisText } from '#lib/domain/quantity.ts';
import { stepsIn, wholeView, type Figure } from './figure.ts';
import type { Frame, Scale } from './frame.ts';
import { fontOf, paintGround, rightLabels, type Scene } from './paint.ts';
import { paintOverLine, paintUnderLine } from './paint-marks.ts';
import { readPalette, type Palette } from './palette.ts';
import { extremes, roundTicks, valueReach, type Ticks } from './ticks.ts';

// The one door to uPlot. It keeps the scales, the size and the line, which it thins out to what the pixels can
// show; everything else on the canvas is painted by us from one scene, before and after the line.

/** Below this width the phone's shorter labels are used. */
const NARROW_BELOW_PX = 480;

const LINE_PX = 1.9;

/** A chart on the page: lives as long as its element. */
export class Plot {
	readonly #chart: uPlot;
	readonly #element: HTMLElement;
	readonly #onframe: (frame: Frame) => void;
	#figure: Figure;
	#palette: Palette;
	#ticks: Ticks = { values: [0, 1], step: 1 };
	#width = 0;
	#wanted: Scale | undefined;

	/** `onframe` is called after each drawing with where things now are. */
	constructor(element: HTMLElement, figure: Figure, onframe: (frame: Frame) => void) {
		this.#element = element;
		this.#figure = figure;
		this.#onframe = onframe;
		this.#palette = readPalette(element);
		this.#width = element.clientWidth;
		this.#chart = new uPlot(this.#options(), dataOf(figure), element);
		this.#chart.setScale('x', wholeView(figure));
	}

	get frame(): Frame {
		return frameOf(this.#chart);
	}

	/** The scene as it is drawn now, for drawing it elsewhere too. */
	get scene(): Scene {
		const isNarrow = this.#isNarrow;
		const isPaper = matchMedia('print').matches;
		return {
			figure: this.#figure,
			frame: this.frame,
			palette: this.#palette,
			ticks: this.#ticks,
			isNarrow,
			hasGlyphsOnly: isNarrow || isPaper,
			labelPx: isPaper ? 9 : isNarrow ? 12 : 11
		};
	}

	/** Shows another figure through the same window. */
	show(figure: Figure, view: Scale): void {
		this.#figure = figure;
		this.#chart.setData(dataOf(figure), false);
		this.#chart.setScale('x', view);
	}

	/** Moves the window, at most once a frame: two fingers report apart from each other. */
	look(view: Scale): void {
		const isWaiting = this.#wanted !== undefined;
		this.#wanted = view;
		if (!isWaiting) requestAnimationFrame(() => this.#move());
	}

	resize(): void {
		const { clientWidth: width, clientHeight: height } = this.#element;
		if (width === 0 || height === 0) return;
		this.#width = width;
		this.#chart.setSize({ width, height });
	}

	/** Reads the colours again and redraws. */
	restyle(): void {
		this.#palette = readPalette(this.#element);
		this.#chart.redraw(true, true);
	}

	destroy(): void {
		this.#wanted = undefined;
		this.#chart.destroy();
	}

	#move(): void {
		if (this.#wanted) this.#chart.setScale('x', this.#wanted);
		this.#wanted = undefined;
	}

	get #isNarrow(): boolean {
		return this.#width < NARROW_BELOW_PX;
	}

	#options(): uPlot.Options {
		const { clientWidth, clientHeight } = this.#element;
		return {
			width: Math.max(clientWidth, 1),
			height: Math.max(clientHeight, 1),
			pxAlign: false,
			legend: { show: false },
			cursor: { show: false },
			select: { show: false, left: 0, top: 0, width: 0, height: 0 },
			axes: [{ show: false }, { show: false }],
			padding: [
				() => this.#marginTop(),
				() => this.#marginRight(),
				() => MARGIN_BOTTOM,
				() => this.#marginLeft()
			],
			scales: {
				x: { time: false },
				y: { range: (_chart, min, max) => this.#valueRange(min, max) }
			},
			series: [{}, this.#line()],
			hooks: {
				drawAxes: [() => this.#paint(paintGround, paintUnderLine)],
				draw: [() => this.#paint(paintOverLine), () => this.#onframe(this.frame)]
			}
		};
	}

	#line(): uPlot.Series {
		return {
			stroke: () => this.#palette.ink,
			width: LINE_PX,
			points: { show: false },
			gaps: (chart, _series, first, last) => gapPixels(chart, this.#figure, { first, last })
		};
	}

	/** uPlot's canvas is in device pixels and remembers its own styles; ours come and go between save and restore. */
	#paint(...painters: ((surface: CanvasRenderingContext2D, scene: Scene) => void)[]): void {
		const { ctx } = this.#chart;
		const { scene } = this;
		ctx.save();
		ctx.scale(uPlot.pxRatio, uPlot.pxRatio);
		for (const paint of painters) paint(ctx, scene);
		ctx.restore();
	}

	#valueRange(min: number | null, max: number | null): [number, number] {
		const { measure, previous } = this.#figure;
		const also = previous && extremes(previous.values);
		const shown = {
			min: Math.min(min ?? Infinity, also?.min ?? Infinity),
			max: Math.max(max ?? -Infinity, also?.max ?? -Infinity)
		};
		const known = shown.min <= shown.max ? shown : { min: 0, max: 1 };
		const steps = stepsIn(this.#figure, this.#shownScale);
		const targets = steps.flatMap(({ target }) => target ?? []);
		const bounds = steps.flatMap((step) => step.bounds);
		const reach = valueReach(known, { unit: measure.unit, targets, bounds });
		const TALL_PX = 220;
		this.#ticks = roundTicks(reach, this.#chart.height >= TALL_PX ? 4 : 3);
		const { values } = this.#ticks;
		return [values[0] ?? 0, values.at(-1) ?? 1];
	}

	/** Before the first drawing there is no scale yet: the whole is what will be shown. */
	get #shownScale(): Scale {
		const { min, max } = this.#chart.scales['x'] ?? {};
		return min === undefined || max === undefined ? wholeView(this.#figure) : { min, max };
	}

	#marginTop(): number {
		const hasLane = this.#figure.markers.length > 0;
		if (!hasLane) return 12;
		return this.#isNarrow ? 26 : 30;
	}

	#marginLeft(): number {
		const texts = this.#ticks.values.map((value) =>
			axisText(value, { unit: this.#figure.measure.unit, step: this.#ticks.step, isNarrow: this.#isNarrow })
		);
		// In steps, so that the plot does not tremble while its labels change under a moving window.
		const STEP_PX = 6;
		return Math.ceil((this.#widest(texts) + (this.#isNarrow ? 11 : 12)) / STEP_PX) * STEP_PX;
	}

	#marginRight(): number {
		const texts = rightLabels({ figure: this.#figure, isNarrow: this.#isNarrow });
		const EDGE_PX = 16;
		return texts.length > 0 ? Math.ceil(this.#widest(texts)) + EDGE_PX : EDGE_PX + 8;
	}

	#widest(texts: readonly string[]): number {
		measuring.font = fontOf({ palette: this.#palette, labelPx: this.#isNarrow ? 12 : 11 }, 530);
		return Math.max(0, ...texts.map((text) => measuring.measureText(text).width));
	}
}

const MARGIN_BOTTOM = 24;

/** Only for measuring text: nothing is ever drawn on it. */
const measuring = new OffscreenCanvas(1, 1).getContext('2d') as OffscreenCanvasRenderingContext2D;

const dataOf = ({ series }: Figure): uPlot.AlignedData => [series.seconds, series.values];

function frameOf(chart: uPlot): Frame {
	const { left, top, width, height } = chart.bbox;
	const ratio = uPlot.pxRatio;
	const { x, y } = chart.scales;
	return {
		width: chart.width,
		height: chart.height,
		plot: { left: left / ratio, top: top / ratio, width: width / ratio, height: height / ratio },
		x: { min: x?.min ?? 0, max: x?.max ?? 1 },
		y: { min: y?.min ?? 0, max: y?.max ?? 1 }
	};
}

/** The gaps in view as stretches of canvas pixels, which uPlot cuts out of the line. */
function gapPixels(
	chart: uPlot,
	{ gaps, series }: Figure,
	shown: { first: number; last: number }
): [number, number][] {
	const px = (index: number) => chart.valToPos(series.seconds[index] ?? 0, 'x', true);
	return gaps
		.filter((index) => index >= shown.first && index < shown.last)
		.map((index) => [px(index), px(index + 1)]);
}
