import { rightOf, type Frame } from './frame.ts';
import { fontOf, paintGround, type Scene } from './paint.ts';
import { clipped, paintOverLine, paintUnderLine, tracePath } from './paint-marks.ts';
import { cut } from '#lib/domain/series.ts';

/** Takes a picture of a chart under a title; undefined while the chart is not drawn. */
export type Camera = (title: string) => Promise<HTMLCanvasElement | undefined>;

/** Twice the size on the page: sharp in a slide and on paper. */
const SCALE = 2;
const TITLE_HEIGHT = 34;
const PAD = 12;
const LINE_PX = 1.9;

/** Draws `scene` anew, with a title above it, on a surface of its own. */
export function pictureOf(scene: Scene, title: string): HTMLCanvasElement {
	const canvas = document.createElement('canvas');
	const { frame, palette } = scene;
	canvas.width = frame.width * SCALE;
	canvas.height = (frame.height + TITLE_HEIGHT) * SCALE;
	const surface = canvas.getContext('2d');
	if (!surface) return canvas;
	surface.scale(SCALE, SCALE);
	surface.fillStyle = palette.surface;
	surface.fillRect(0, 0, frame.width, frame.height + TITLE_HEIGHT);
	surface.fillStyle = palette.ink;
	surface.font = fontOf({ palette, labelPx: 13 }, 610);
	surface.textBaseline = 'middle';
	surface.fillText(
		title,
		PAD,
		TITLE_HEIGHT / 2,
		rightOf({ ...frame.plot, left: 0, width: frame.width }) - 2 * PAD
	);
	surface.translate(0, TITLE_HEIGHT);
	paintGround(surface, scene);
	paintUnderLine(surface, scene);
	paintLine(surface, scene, frame);
	paintOverLine(surface, scene);
	return canvas;
}

/** All points in view and one on either side, so that the line runs out of the frame. */
function paintLine(surface: CanvasRenderingContext2D, { figure, palette }: Scene, frame: Frame): void {
	const { series, gaps } = figure;
	const shown = cut(series, { from: frame.x.min, to: frame.x.max });
	const offset = (shown.seconds.byteOffset - series.seconds.byteOffset) / Float64Array.BYTES_PER_ELEMENT;
	const [first, end] = [Math.max(0, offset - 1), offset + shown.seconds.length + 1];
	clipped(surface, frame, () => {
		surface.strokeStyle = palette.ink;
		surface.lineWidth = LINE_PX;
		surface.lineJoin = 'round';
		surface.lineCap = 'round';
		tracePath(surface, frame, {
			series: { seconds: series.seconds.subarray(first, end), values: series.values.subarray(first, end) },
			gaps: gaps.map((index) => index - first)
		});
		surface.stroke();
	});
}
