import ChartLine from '@lucide/svelte/icons/chart-line';
import type { BlockKind } from '#lib/editor/blocks.ts';
import { CHART_QUESTION, type KpiAsk } from '../room/ask.svelte.ts';
import { CHART } from './chart-data.ts';
import ChartBlock from './ChartBlock.svelte';

/** KPI charts in the notes. A new one asks which KPI. */
export const chartKind = (charts: KpiAsk): BlockKind => ({
	type: CHART,
	title: 'Chart',
	slash: { title: 'KPI chart', keywords: ['graph', 'metric', 'number', 'trend', 'kpi'], icon: ChartLine },
	async create() {
		const kpi = await charts.ask(CHART_QUESTION);
		return kpi && { kpi };
	},
	component: ChartBlock
});
