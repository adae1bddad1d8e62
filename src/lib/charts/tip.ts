import { MARKER_WORDS } from '#lib/domain/kpi.ts';
import { quantityText } from '#lib/domain/quantity.ts';
import { indexNear, pointAt } from '#lib/domain/series.ts';
import { statusWord } from '#lib/domain/status.ts';
import type { Figure } from './figure.ts';
import { xOf, type Frame } from './frame.ts';
import { momentText } from './moment.ts';

/** What a chart says about one of its points. */
export interface Tip {
	/** The point's moment: “Thu 4 Jun”. */
	readonly moment: string;
	readonly value: string;
	readonly status: string;
	/** Markers beside it, and the value of the previous period when that is drawn. */
	readonly context: readonly string[];
}

/** How close a marker must stand to be told with a point. */
const MARKER_PX = 12;

export function tipOf(figure: Figure, frame: Frame, index: number): Tip | undefined {
	const point = pointAt(figure.series, index);
	if (!point) return undefined;
	const { contract, measure, markers, previous } = figure;
	const x = xOf(frame, point.at);
	const near = markers.filter(({ at }) => Math.abs(xOf(frame, at) - x) <= MARKER_PX);
	const before = previous && pointAt(previous, indexNear(previous, point.at));
	return {
		moment: momentText(point.at, figure),
		value: quantityText(point.value, measure),
		status: contract ? statusWord(figure.judge(point), point.value) : '',
		context: [
			...near.map(({ kind, label }) => `${MARKER_WORDS[kind]} ${label}`),
			...(before ? [`${quantityText(before.value, measure)} in the period before`] : [])
		]
	};
}

/** The same in one line, for assistive technology. */
export const tipSentence = ({ moment, value, status, context }: Tip): string =>
	[`${moment}: ${[status, value].filter(Boolean).join(', ')}`, ...context].join('. ');
