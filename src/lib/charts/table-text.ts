import { quantityText } from '#lib/domain/quantity.ts';
import { csvCell, csvLines } from '#lib/domain/series-csv.ts';
import { pointAt } from '#lib/domain/series.ts';
import { statusWord, type Status } from '#lib/domain/status.ts';
import { shownSeries, type Figure } from './figure.ts';
import { momentText } from './moment.ts';

/** One row of a chart's table. */
export interface TableRow {
	/** Epoch seconds; tells rows apart. */
	readonly at: number;
	readonly moment: string;
	readonly value: string;
	readonly status: Status;
	readonly word: string;
	/** Why it cannot be trusted to follow the one before: values are missing between them. */
	readonly isAfterGap: boolean;
}

/** The points a figure shows, newest first, from row `first` on, at most `count`. */
export function tableRows(
	figure: Figure,
	{ first, count }: { first: number; count: number }
): readonly TableRow[] {
	const shown = shownSeries(figure);
	const offset = figure.series.seconds.indexOf(shown.seconds[0] ?? NaN);
	const gaps = new Set(figure.gaps);
	const rows: TableRow[] = [];
	const newest = shown.seconds.length - 1 - first;
	for (let index = newest; index >= 0 && rows.length < count; index--) {
		const point = pointAt(shown, index);
		if (!point) continue;
		const status = figure.judge(point);
		rows.push({
			at: point.at,
			moment: momentText(point.at, figure),
			value: quantityText(point.value, figure.measure),
			status,
			word: figure.contract ? statusWord(status, point.value) : '',
			isAfterGap: gaps.has(offset + index - 1)
		});
	}
	return rows;
}

export const rowCount = (figure: Figure): number => shownSeries(figure).seconds.length;

/** The points a figure shows as CSV, oldest first: what an import of ours reads back as it is. */
export function figureCsv(figure: Figure, segment: string): string {
	const shown = shownSeries(figure);
	const points = Array.from(shown.seconds, (at, index) => [
		new Date(at * 1000).toISOString(),
		String(shown.values[index]),
		...(segment ? [csvCell(segment)] : [])
	]);
	return csvLines([['at', 'value', ...(segment ? ['segment'] : [])], ...points]);
}
