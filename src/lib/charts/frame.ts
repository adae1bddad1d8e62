/** A rectangle in CSS pixels, from the chart's top left corner. */
export interface Box {
	readonly left: number;
	readonly top: number;
	readonly width: number;
	readonly height: number;
}

export interface Scale {
	readonly min: number;
	readonly max: number;
}

/**
 * Where a chart's values fall on its surface. x is epoch seconds, y is the KPI's unit, both linear; positions are
 * CSS pixels. The same painting code draws on the screen, into a picture and on paper: only the frame differs.
 */
export interface Frame {
	readonly width: number;
	readonly height: number;
	readonly plot: Box;
	readonly x: Scale;
	readonly y: Scale;
}

export const xOf = ({ plot, x }: Frame, seconds: number): number =>
	plot.left + ((seconds - x.min) / (x.max - x.min)) * plot.width;

export const yOf = ({ plot, y }: Frame, value: number): number =>
	plot.top + ((y.max - value) / (y.max - y.min)) * plot.height;

export const secondsAt = ({ plot, x }: Frame, left: number): number =>
	x.min + ((left - plot.left) / plot.width) * (x.max - x.min);

export const rightOf = ({ left, width }: Box): number => left + width;
export const bottomOf = ({ top, height }: Box): number => top + height;
