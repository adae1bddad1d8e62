import type { Status } from '#lib/domain/status.ts';
import { indexFrom, lastPoint, pointAt, type PointSeries } from '#lib/domain/series.ts';
import { rightOf, xOf, yOf, type Frame } from './frame.ts';
import { GLYPHS } from './glyphs.ts';
import { placePills, type Pill } from './lane.ts';
import { fontOf, line, paintDropLines, type Scene } from './paint.ts';
import type { Palette } from './palette.ts';

// Paints what lies on a chart's line and above its plot: status shapes, the level last known, pills.

type Surface = CanvasRenderingContext2D;

/** The middle of the markers' lane, from the chart's top. */
export const laneMiddle = ({ isNarrow }: Pick<Scene, 'isNarrow'>): number => (isNarrow ? 14 : 15);

const PILL_HEIGHT = 18;
const PILL_LABEL_PX = 11;

const pillFont = (scene: Scene, weight: number) => fontOf({ ...scene, labelPx: PILL_LABEL_PX }, weight);

export function paintUnderLine(surface: Surface, scene: Scene): void {
	paintDropLines(surface, scene, laneMiddle(scene));
	if (scene.figure.previous) paintPrevious(surface, scene, scene.figure.previous);
}

export function paintOverLine(surface: Surface, scene: Scene): void {
	paintLastLevel(surface, scene);
	for (const index of scene.figure.lone) dot(surface, scene, index);
	for (const index of shownEntries(scene)) shapeAt(surface, scene, { index, size: 0.84 });
	shapeAt(surface, scene, { index: scene.figure.series.seconds.length - 1, size: 1 });
	for (const pill of pillsOf(scene, surface)) paintPill(surface, scene, pill);
}

/** The previous period, dotted, with its own gaps left open by drawing only what is there. */
function paintPrevious(surface: Surface, { frame, palette }: Scene, previous: PointSeries): void {
	clipped(surface, frame, () => {
		surface.strokeStyle = palette.ink3;
		surface.lineWidth = 1.3;
		surface.setLineDash([2, 3]);
		tracePath(surface, frame, { series: previous, gaps: [] });
		surface.stroke();
	});
}

/** Traces straight segments through `series`, lifted at each gap. */
export function tracePath(
	surface: Surface,
	frame: Frame,
	{ series, gaps }: { series: PointSeries; gaps: readonly number[] }
): void {
	const lifted = new Set(gaps);
	surface.beginPath();
	series.seconds.forEach((at, index) => {
		const [x, y] = [xOf(frame, at), yOf(frame, series.values[index] ?? 0)];
		if (index === 0 || lifted.has(index - 1)) surface.moveTo(x, y);
		else surface.lineTo(x, y);
	});
}

export function clipped(surface: Surface, { plot }: Frame, paint: () => void): void {
	surface.save();
	surface.beginPath();
	// The line may be as thick as it is at the very edge.
	surface.rect(plot.left - 1, plot.top - 4, plot.width + 2, plot.height + 8);
	surface.clip();
	paint();
	surface.restore();
}

/** Values stopped coming: the last one known goes on as a dashed level, which is not a measurement. */
function paintLastLevel(surface: Surface, { figure, frame, palette }: Scene): void {
	const last = lastPoint(figure.series);
	if (!figure.span.isStale || !last) return;
	const [from, to] = [Math.max(frame.x.min, last.at), Math.min(frame.x.max, figure.nowSeconds)];
	if (to <= from) return;
	const y = yOf(frame, last.value);
	line(surface, {
		from: [xOf(frame, from), y],
		to: [xOf(frame, to), y],
		stroke: palette.ink3,
		width: 1.3,
		dash: [5, 4]
	});
}

function dot(surface: Surface, { figure, frame, palette }: Scene, index: number): void {
	const point = pointAt(figure.series, index);
	if (!point || !isInView(frame, point.at)) return;
	surface.fillStyle = palette.ink;
	surface.beginPath();
	surface.arc(xOf(frame, point.at), yOf(frame, point.value), 1.9, 0, 2 * Math.PI);
	surface.fill();
}

/** With more, the line itself is noise and shapes would hide it. */
const ENTRIES_MAX = 12;

/** Where the value went off target within view, but for the last point, which has its shape anyway. */
function shownEntries({ figure, frame }: Scene): readonly number[] {
	const { series, redEntries } = figure;
	const [first, end] = [indexFrom(series, frame.x.min), indexFrom(series, frame.x.max)];
	const shown = redEntries.filter((index) => index >= first && index < end);
	return shown.length <= ENTRIES_MAX ? shown.filter((index) => index < series.seconds.length - 1) : [];
}

function shapeAt(surface: Surface, scene: Scene, { index, size }: { index: number; size: number }): void {
	const { figure, frame, palette } = scene;
	const point = pointAt(figure.series, index);
	if (!point || !isInView(frame, point.at)) return;
	const status = figure.judge(point);
	statusShape(surface, palette, { status, x: xOf(frame, point.at), y: yOf(frame, point.value), size });
}

/** A window moved by hand ends a rounding error before its last point. */
function isInView(frame: Frame, at: number): boolean {
	const x = xOf(frame, at);
	return x >= frame.plot.left - 0.5 && x <= rightOf(frame.plot) + 0.5;
}

/** Square, diamond or circle with a rim of paper round it, so that it stands off the line. */
export function statusShape(
	surface: Surface,
	palette: Palette,
	at: { status: Status; x: number; y: number; size: number }
): void {
	const { status, x, y, size } = at;
	surface.save();
	surface.translate(x, y);
	surface.scale(size, size);
	surface.beginPath();
	if (status === 'red') surface.roundRect(-4.5, -4.5, 9, 9, 1);
	else if (status === 'amber') {
		surface.rotate(Math.PI / 4);
		surface.roundRect(-4.25, -4.25, 8.5, 8.5, 1);
	} else surface.arc(0, 0, 4, 0, 2 * Math.PI);
	surface.lineWidth = status === 'amber' ? 1.2 : 3.2;
	surface.strokeStyle = status === 'amber' ? palette.amberEdge : palette.surface;
	if (status !== 'amber') surface.stroke();
	const { red, amber, green, ink3 } = palette;
	surface.fillStyle = { red, amber, green, none: ink3 }[status];
	surface.fill();
	if (status === 'amber') surface.stroke();
	surface.restore();
}

function pillsOf(scene: Scene, surface: Surface): readonly Pill[] {
	const { figure, frame, hasGlyphsOnly } = scene;
	const shown = figure.markers.filter(({ at }) => at >= frame.x.min && at <= frame.x.max);
	if (shown.length === 0) return [];
	surface.font = pillFont(scene, 530);
	return placePills(shown, {
		xOf: ({ at }) => xOf(frame, at),
		widthOf: (text) => surface.measureText(text).width,
		left: 2,
		right: Math.max(rightOf(frame.plot) + 9, frame.width - 6),
		hasGlyphsOnly
	});
}

function paintPill(surface: Surface, scene: Scene, pill: Pill): void {
	const { palette } = scene;
	const middle = laneMiddle(scene);
	const isInverse = pill.kind === 'incident';
	surface.save();
	surface.beginPath();
	const inset = isInverse ? 0 : 0.5;
	surface.roundRect(
		pill.left + inset,
		middle - PILL_HEIGHT / 2 + inset,
		pill.width - 2 * inset,
		PILL_HEIGHT - 2 * inset,
		PILL_HEIGHT / 2
	);
	surface.fillStyle = isInverse ? palette.inverse : palette.surface;
	surface.fill();
	if (!isInverse) {
		surface.lineWidth = 1;
		surface.strokeStyle = palette.line2;
		surface.stroke();
	}
	const ink = isInverse ? palette.onInverse : palette.ink2;
	paintGlyph(surface, scene, { pill, ink, middle });
	surface.fillStyle = ink;
	surface.font = pillFont(scene, 530);
	surface.textBaseline = 'middle';
	surface.textAlign = pill.isTextLeft ? 'right' : 'left';
	surface.fillText(pill.label, pill.glyphX + (pill.isTextLeft ? -11 : 11), middle + 0.5);
	surface.restore();
}

function paintGlyph(
	surface: Surface,
	scene: Scene,
	{ pill, ink, middle }: { pill: Pill; ink: string; middle: number }
): void {
	surface.save();
	surface.translate(pill.glyphX, middle);
	if (pill.kind === 'events') {
		surface.fillStyle = ink;
		surface.font = pillFont(scene, 650);
		surface.textAlign = 'center';
		surface.textBaseline = 'middle';
		surface.fillText(pill.label ? '•' : String(pill.members.length), 0, 0.5);
		surface.restore();
		return;
	}
	const { path, isFilled } = GLYPHS[pill.kind];
	surface.lineWidth = 1.4;
	surface.lineJoin = 'round';
	surface.lineCap = 'round';
	surface.fillStyle = ink;
	surface.strokeStyle = ink;
	if (isFilled) surface.fill(new Path2D(path));
	else surface.stroke(new Path2D(path));
	surface.restore();
}
