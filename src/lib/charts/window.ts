import type { Figure } from './figure.ts';
import { secondsAt, type Frame, type Scale } from './frame.ts';

// The part of a figure that is looked at. It never leaves the series: a chart of nothing helps nobody.

/** The furthest that a window may reach: all of the series, and the figure's own span. */
export function outerWindow({ series, span }: Figure): Scale {
	const first = series.seconds[0] ?? span.from;
	const last = series.seconds.at(-1) ?? span.to;
	return { min: Math.min(first, span.from), max: Math.max(last, span.to) };
}

/** `view` pushed by `pixels` to the right. */
export function panned(
	figure: Figure,
	frame: Frame,
	{ view, pixels }: { view: Scale; pixels: number }
): Scale {
	const by = (pixels / frame.plot.width) * (view.max - view.min);
	return within(figure, { min: view.min - by, max: view.max - by });
}

/** `view` with everything around pixel `x` grown by `factor`. */
export function zoomed(
	figure: Figure,
	frame: Frame,
	{ view, x, factor }: { view: Scale; x: number; factor: number }
): Scale {
	const still = secondsAt({ ...frame, x: view }, x);
	const outer = outerWindow(figure);
	const wanted = (view.max - view.min) / factor;
	const length = Math.min(outer.max - outer.min, Math.max(figure.shortestZoom, wanted));
	const share = (still - view.min) / (view.max - view.min);
	return within(figure, { min: still - share * length, max: still + (1 - share) * length });
}

/** Whether two windows show the same to the eye: they differ by less than a thousandth of their length. */
export function isAlike(a: Scale, b: Scale): boolean {
	const slack = (b.max - b.min) / 1000;
	return Math.abs(a.min - b.min) <= slack && Math.abs(a.max - b.max) <= slack;
}

/** `view` moved, not shrunk, to lie within what there is; all there is when it is longer. */
export function within(figure: Figure, { min, max }: Scale): Scale {
	const outer = outerWindow(figure);
	const length = Math.min(max - min, outer.max - outer.min);
	const start = Math.min(Math.max(min, outer.min), outer.max - length);
	return { min: start, max: start + length };
}
