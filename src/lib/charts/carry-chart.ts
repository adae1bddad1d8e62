import { quantityText } from '#lib/domain/quantity.ts';
import { RANGE_WORDS } from '#lib/domain/series-range.ts';
import { carryPicture, carryText, fileNameOf, keepFile, pngOf } from './carry-off.ts';
import type { ChartLook } from './chart-look.svelte.ts';
import { figureCsv } from './table-text.ts';

/** To the clipboard, or straight to a file. */
export type Way = 'copy' | 'keep';

/** Hands over the points shown. Resolves to what happened, in words. */
export async function carryOffCsv(
	look: ChartLook,
	{ name, way }: { name: string; way: Way }
): Promise<string> {
	const text = figureCsv(look.figure, look.segment);
	const file = fileNameOf(name, 'csv');
	if (way === 'copy' && (await carryText(text, file)) === 'copied') return 'CSV copied';
	if (way === 'keep') keepFile(new Blob([text], { type: 'text/csv' }), file);
	return `${file} is in your downloads`;
}

/** Hands over the chart as it looks now. Resolves to what happened, in words. */
export async function carryOffPicture(
	look: ChartLook,
	{ name, way }: { name: string; way: Way }
): Promise<string> {
	const canvas = await look.camera?.(titleOf(look, name));
	if (!canvas) return 'Show the chart to copy its picture';
	const file = fileNameOf(name, 'png');
	if (way === 'copy' && (await carryPicture(canvas, file)) === 'copied') return 'Picture copied';
	if (way === 'keep') keepFile(await pngOf(canvas), file);
	return `${file} is in your downloads`;
}

function titleOf(look: ChartLook, name: string): string {
	const value = look.last ? quantityText(look.last.value, look.figure.measure) : '';
	return [look.segment ? `${name}, ${look.segment}` : name, value, RANGE_WORDS[look.range]]
		.filter(Boolean)
		.join(' · ');
}
