import { RANGES, RANGE_WORDS, type Range } from '#lib/domain/series-range.ts';
import { WHOLE } from '#lib/domain/points.ts';
import type { MenuEntry } from '#lib/ui/menu.ts';
import { carryOffCsv, carryOffPicture } from './carry-chart.ts';
import type { ChartLook } from './chart-look.svelte.ts';

/** Shows what came of something that takes a moment. */
export type Tell = (doing: Promise<string>) => void;

/** Everything about one chart that has no button of its own. */
export function chartMenu(
	look: ChartLook,
	{ name, chooseRange, tell }: { name: string; chooseRange: (range: Range) => void; tell: Tell }
): readonly MenuEntry[] {
	return [
		{ is: 'heading', label: 'Range' },
		...RANGES.map((range) => ({
			label: RANGE_WORDS[range],
			isChecked: range === look.range,
			run: () => chooseRange(range)
		})),
		{ is: 'separator' },
		{
			label: 'Compare with the period before',
			isChecked: look.showsPrevious,
			blockedBecause: look.hasPrevious ? undefined : 'There are no values in the period before.',
			run: () => (look.showsPrevious = !look.showsPrevious)
		},
		{
			label: 'Show as a table',
			isChecked: look.showsTable,
			shortcut: 'v',
			run: () => (look.showsTable = !look.showsTable)
		},
		{ is: 'separator' },
		{ label: 'Copy picture', run: () => tell(carryOffPicture(look, { name, way: 'copy' })) },
		{ label: 'Copy CSV', run: () => tell(carryOffCsv(look, { name, way: 'copy' })) },
		{ label: 'Download picture', run: () => tell(carryOffPicture(look, { name, way: 'keep' })) },
		{ label: 'Download CSV', run: () => tell(carryOffCsv(look, { name, way: 'keep' })) }
	];
}

/** One entry per part of the KPI. */
export function segmentMenu(look: ChartLook, choose: (segment: string) => void): readonly MenuEntry[] {
	return look.segments.map((segment) => ({
		label: segmentWord(segment),
		isChecked: segment === look.segment,
		run: () => choose(segment)
	}));
}

export const segmentWord = (segment: string): string => (segment === WHOLE ? 'All together' : segment);
