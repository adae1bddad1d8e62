import type { Cadence } from '#lib/domain/kpi.ts';
import { expectedStep, indexNear, lastPoint, pointAt, type PointSeries } from '#lib/domain/series.ts';
import { extremes } from './ticks.ts';

/** How many points a sparkline has. */
export const SPARK_POINTS = 12;

/**
 * The latest values, one per period of the cadence, oldest first. A period without a value is undefined and leaves
 * a hole. Fewer than twelve when the series is younger.
 */
export function sparkValues(series: PointSeries, cadence: Cadence): readonly (number | undefined)[] {
	const last = lastPoint(series);
	if (!last) return [];
	const step = expectedStep(series, cadence);
	const values = Array.from({ length: SPARK_POINTS }, (_, back) => {
		const wanted = last.at - back * step;
		const point = pointAt(series, indexNear(series, wanted));
		return point && Math.abs(point.at - wanted) < step / 2 ? point.value : undefined;
	}).reverse();
	return values.slice(values.findIndex((value) => value !== undefined));
}

export interface SparkShape {
	/** An SVG path with a move wherever a value is missing. */
	readonly path: string;
	readonly end: { readonly x: number; readonly y: number };
	/** Where the target lies; absent without one. */
	readonly targetY: number | undefined;
}

/** Places values in a box, with room at its edges for the end's shape. */
export function sparkShape(
	values: readonly (number | undefined)[],
	{ width, height, target }: { width: number; height: number; target: number | undefined }
): SparkShape | undefined {
	const known = values.filter((value): value is number => value !== undefined);
	const reach = extremes(Float64Array.from(target === undefined ? known : [...known, target]));
	if (!reach || known.length === 0) return undefined;
	const PAD_X = 5;
	const [left, right, top, bottom] = [PAD_X, width - PAD_X - 2, 5, height - 5];
	const xOf = (index: number) =>
		values.length > 1 ? left + ((right - left) * index) / (values.length - 1) : right;
	const yOf = (value: number) =>
		reach.max > reach.min
			? bottom - ((value - reach.min) / (reach.max - reach.min)) * (bottom - top)
			: (top + bottom) / 2;
	let path = '';
	values.forEach((value, index) => {
		if (value === undefined) return;
		const isStart = index === 0 || values[index - 1] === undefined;
		path += `${isStart ? 'M' : 'L'}${xOf(index).toFixed(1)} ${yOf(value).toFixed(1)}`;
	});
	const last = known.at(-1) ?? 0;
	return {
		path,
		end: { x: xOf(values.length - 1), y: yOf(last) },
		targetY: target === undefined ? undefined : yOf(target)
	};
}
