import { axisText, numberText } from '#lib/domain/quantity.ts';
import type { Band } from '#lib/domain/status.ts';
import { stepsIn, type Figure, type FigureStep } from './figure.ts';
import { bottomOf, rightOf, xOf, yOf, type Box, type Frame } from './frame.ts';
import type { Palette } from './palette.ts';
import type { Ticks } from './ticks.ts';
import { timeTicks } from './time-ticks.ts';

// Paints everything that lies under a chart's line: bands, grid, labels, target, drop lines. All in CSS pixels;
// the caller has scaled the surface. Each function leaves the surface's state as it found it.

export interface Scene {
	readonly figure: Figure;
	readonly frame: Frame;
	readonly palette: Palette;
	readonly ticks: Ticks;
	/** Phone width: short labels, no words at the right edge. */
	readonly isNarrow: boolean;
	/** Markers are drawn as glyphs without their words: on a phone, and on paper, which has a key below. */
	readonly hasGlyphsOnly: boolean;
	/** Size of the text on the axes, in pixels. */
	readonly labelPx: number;
}

type Surface = CanvasRenderingContext2D;

const LABEL_GAP = 8;

/** Text on the canvas. Weights: 420 text, 530 label, 650 a letter in a shape. */
export const fontOf = ({ palette, labelPx }: Pick<Scene, 'palette' | 'labelPx'>, weight = 420): string =>
	`${weight} ${labelPx}px ${palette.fontFamily}`;

export function paintGround(surface: Surface, scene: Scene): void {
	surface.save();
	surface.lineWidth = 1;
	for (const step of stepsIn(scene.figure, scene.frame.x)) {
		for (const band of step.bands) paintBand(surface, scene, { band, step });
	}
	paintGrid(surface, scene);
	paintTimeLabels(surface, scene);
	paintTarget(surface, scene);
	paintRightLabels(surface, scene);
	surface.restore();
}

/** Text at the right edge: the target, and what the bands mean. */
export function rightLabels(scene: Pick<Scene, 'figure' | 'isNarrow'>): readonly string[] {
	const { figure, isNarrow } = scene;
	return figure.steps.flatMap((step) => [
		...(step.target === undefined ? [] : [targetLabel(step.target, scene)]),
		...(isNarrow ? [] : step.bands.map(bandWord))
	]);
}

/** What is in force at the right edge, where the labels stand. */
const stepAtEdge = ({ figure, frame }: Scene): FigureStep | undefined => stepsIn(figure, frame.x).at(-1);

const bandWord = ({ status }: Band) => (status === 'red' ? 'Off target' : 'At risk');

function targetLabel(target: number, { figure, isNarrow }: Pick<Scene, 'figure' | 'isNarrow'>): string {
	const number = numberText(target, figure.measure.decimals);
	return isNarrow ? number : `Target ${number}`;
}

const AMBER_SHARE = 0.75;
const RED_SHARE = 0.8;
const HATCH_SHARE = 0.55;
const HATCH_LINE_PX = 0.7;
/** Distance between hatch lines: wide for amber, tight for red, so that mono print tells them apart. */
const AMBER_HATCH_PX = 7;
const RED_HATCH_PX = 4.5;

/** A band in one step of time. */
interface BandInStep {
	readonly band: Band;
	readonly step: FigureStep;
}

function bandBox({ frame }: Scene, { band: { lower, upper }, step }: BandInStep): Box | undefined {
	const { y } = frame;
	const { left, width } = stretchOf(frame, step);
	const top = yOf(frame, Math.min(y.max, upper ?? Infinity));
	const bottom = yOf(frame, Math.max(y.min, lower ?? -Infinity));
	return bottom - top > 0.5 && width > 0 ? { left, width, top, height: bottom - top } : undefined;
}

/** The part of the plot that a step covers. */
function stretchOf(frame: Frame, { from, to }: FigureStep): Pick<Box, 'left' | 'width'> {
	const left = xOf(frame, Math.max(from, frame.x.min));
	return { left, width: xOf(frame, Math.min(to, frame.x.max)) - left };
}

function paintBand(surface: Surface, scene: Scene, part: BandInStep): void {
	const box = bandBox(scene, part);
	if (!box) return;
	const { palette } = scene;
	const isRed = part.band.status === 'red';
	surface.save();
	surface.beginPath();
	surface.rect(box.left, box.top, box.width, box.height);
	surface.clip();
	surface.globalAlpha = isRed ? RED_SHARE : AMBER_SHARE;
	surface.fillStyle = isRed ? palette.redSoft : palette.amberSoft;
	surface.fill();
	surface.globalAlpha = HATCH_SHARE;
	surface.strokeStyle = isRed ? palette.redHatch : palette.amberHatch;
	surface.lineWidth = HATCH_LINE_PX;
	hatch(surface, scene.frame.plot, { box, gap: isRed ? RED_HATCH_PX : AMBER_HATCH_PX, isFalling: isRed });
	surface.restore();
}

/** Lines at 45°, `gap` apart, rising or falling to the right. They hang on the plot, so bands share one pattern. */
function hatch(
	surface: Surface,
	plot: Box,
	{ box, gap, isFalling }: { box: Box; gap: number; isFalling: boolean }
): void {
	const across = gap * Math.SQRT2;
	const reach = box.height;
	const offset = isFalling ? box.top - plot.top : plot.top - box.top;
	surface.beginPath();
	const first = Math.floor(-(reach + Math.abs(offset)) / across) * across;
	for (let x = first; x < box.width + reach + Math.abs(offset); x += across) {
		const start = box.left + x + (isFalling ? offset : -offset);
		surface.moveTo(start, isFalling ? box.top : box.top + reach);
		surface.lineTo(start + reach, isFalling ? box.top + reach : box.top);
	}
	surface.stroke();
}

/** Hairlines are drawn between device pixels' edges, so that they are one pixel and not two grey ones. */
const crisp = (position: number) => Math.round(position - 0.5) + 0.5;

function paintGrid(surface: Surface, scene: Scene): void {
	const { frame, palette, ticks, figure, isNarrow } = scene;
	const { plot } = frame;
	surface.font = fontOf(scene);
	surface.textAlign = 'right';
	surface.textBaseline = 'middle';
	for (const value of ticks.values) {
		const y = yOf(frame, value);
		line(surface, { from: [plot.left, crisp(y)], to: [rightOf(plot), crisp(y)], stroke: palette.line });
		surface.fillStyle = palette.ink3;
		const text = axisText(value, { unit: figure.measure.unit, step: ticks.step, isNarrow });
		surface.fillText(text, plot.left - LABEL_GAP, y + 0.5);
	}
	const base = crisp(bottomOf(plot));
	line(surface, { from: [plot.left, base], to: [rightOf(plot), base], stroke: palette.line2 });
}

/** From the baseline to the middle of the labels below it. */
const TIME_LABEL_DROP = 14;

function paintTimeLabels(surface: Surface, scene: Scene): void {
	const { figure, frame, palette } = scene;
	const lastAt = figure.series.seconds.at(-1);
	surface.font = fontOf(scene);
	surface.textBaseline = 'middle';
	surface.fillStyle = palette.ink3;
	for (const { x, label, align } of timeTicks(frame, {
		cadence: figure.cadence,
		clock: figure.clock,
		lastAt
	})) {
		surface.textAlign = align;
		surface.fillText(label, x, bottomOf(frame.plot) + TIME_LABEL_DROP);
	}
}

function paintTarget(surface: Surface, scene: Scene): void {
	const { figure, frame, palette } = scene;
	const stroke = { stroke: palette.ink2, width: 1.3, dash: [4, 3] };
	let before: number | undefined;
	for (const step of stepsIn(figure, frame.x)) {
		const y = targetY(frame, step.target);
		const { left, width } = stretchOf(frame, step);
		if (y !== undefined) line(surface, { from: [left, y], to: [left + width, y], ...stroke });
		if (y !== undefined && before !== undefined)
			line(surface, { from: [left, before], to: [left, y], ...stroke });
		before = y;
	}
}

const targetY = (frame: Frame, target: number | undefined): number | undefined =>
	target === undefined || target < frame.y.min || target > frame.y.max ? undefined : yOf(frame, target);

const LABEL_LINE_PX = 14;

interface EdgeLabel {
	readonly text: string;
	readonly y: number;
	readonly fill: string;
	readonly weight: number;
}

function paintRightLabels(surface: Surface, scene: Scene): void {
	const x = rightOf(scene.frame.plot) + LABEL_GAP;
	surface.textAlign = 'left';
	surface.textBaseline = 'middle';
	for (const { text, y, fill, weight } of spreadApart(edgeLabels(scene))) {
		surface.font = fontOf(scene, weight);
		surface.fillStyle = fill;
		surface.fillText(text, x, y + 0.5);
	}
}

/** The target first: where there is no room for all, it stays. */
function edgeLabels(scene: Scene): readonly EdgeLabel[] {
	const { frame, palette, isNarrow } = scene;
	const labels: EdgeLabel[] = [];
	const step = stepAtEdge(scene);
	const y = targetY(frame, step?.target);
	if (step?.target !== undefined && y !== undefined) {
		labels.push({ text: targetLabel(step.target, scene), y, fill: palette.ink2, weight: 530 });
	}
	if (isNarrow || !step) return labels;
	for (const band of step.bands) {
		const box = bandBox(scene, { band, step });
		if (!box || box.height < LABEL_LINE_PX / 2) continue;
		const fill = band.status === 'red' ? palette.redInk : palette.amberInk;
		labels.push({ text: bandWord(band), y: box.top + box.height / 2, fill, weight: 420 });
	}
	return labels;
}

/** Moves later labels off earlier ones; one that would have to move far is left out. */
function spreadApart(labels: readonly EdgeLabel[]): readonly EdgeLabel[] {
	const MOVE_MAX = 10;
	const placed: EdgeLabel[] = [];
	for (const label of labels) {
		const clash = placed.find(({ y }) => Math.abs(y - label.y) < LABEL_LINE_PX);
		const y = clash ? clash.y + (label.y >= clash.y ? LABEL_LINE_PX : -LABEL_LINE_PX) : label.y;
		const isFree = placed.every((other) => Math.abs(other.y - y) >= LABEL_LINE_PX);
		if (isFree && Math.abs(y - label.y) <= MOVE_MAX) placed.push({ ...label, y });
	}
	return placed;
}

type XY = readonly [x: number, y: number];

export function line(
	surface: Surface,
	stroke: { from: XY; to: XY; stroke: string; width?: number; dash?: readonly number[] }
): void {
	surface.save();
	surface.strokeStyle = stroke.stroke;
	surface.lineWidth = stroke.width ?? 1;
	surface.setLineDash([...(stroke.dash ?? [])]);
	surface.beginPath();
	surface.moveTo(...stroke.from);
	surface.lineTo(...stroke.to);
	surface.stroke();
	surface.restore();
}

/** Drop lines of the markers in view: solid for incidents, dotted for all else. */
export function paintDropLines(surface: Surface, scene: Scene, laneMiddle: number): void {
	const { figure, frame, palette } = scene;
	for (const { at, kind } of figure.markers) {
		if (at < frame.x.min || at > frame.x.max) continue;
		const x = crisp(xOf(frame, at));
		const isIncident = kind === 'incident';
		line(surface, {
			from: [x, laneMiddle],
			to: [x, bottomOf(frame.plot)],
			stroke: isIncident ? palette.ink : palette.ink3,
			dash: isIncident ? [] : [1, 2.5]
		});
	}
}
