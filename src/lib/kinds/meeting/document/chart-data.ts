import * as z from 'zod/mini';
import { kpiId, type KpiId } from '#lib/domain/id.ts';
import { RANGES, type Range } from '#lib/domain/series-range.ts';

/** The type of a chart block, as it stands in documents. Never changes. */
export const CHART = 'chart';

/** What a chart block of the notes holds: which KPI, and what of it everybody looks at. */
export interface ChartData {
	readonly kpi: KpiId;
	readonly range: Range | undefined;
	readonly segment: string | undefined;
}

const shape = z.object({
	kpi: kpiId,
	// A range or segment of a newer app is left alone: the chart then shows what suits it.
	range: z.catch(z.optional(z.enum(RANGES)), undefined),
	segment: z.catch(z.optional(z.string()), undefined)
});

/** Undefined when the data name no KPI: a merge, or another app, may have written anything. */
export function chartData(data: unknown): ChartData | undefined {
	const parsed = z.safeParse(shape, data);
	if (!parsed.success) return undefined;
	const { kpi, range, segment } = parsed.data;
	return { kpi, range, segment };
}
