import type { IsoDate } from '#lib/domain/calendar.ts';
import type { RowId } from '#lib/domain/id.ts';
import { termsAt } from '#lib/domain/kpi-terms.ts';
import { counted, listed } from '#lib/domain/words.ts';
import { defineKind, type Summary } from '../contract.ts';
import { describePlace } from './describe.ts';
import { kpisDoc } from './doc.ts';
import { csvExport, markdownExport } from './exports.ts';
import { empty, typical } from './fixtures.ts';
import { boundsInOrder, hasOwner, hasTarget, noCircle, oneBeginning, oneName } from './rules.ts';
import { KPIS_DOCUMENT, type Kpis } from './schema.ts';

export const kpisKind = defineKind({
	id: 'kpis',
	label: { one: 'KPIs', many: 'KPIs' },
	only: KPIS_DOCUMENT,
	doc: kpisDoc,
	rules: [hasOwner, hasTarget, boundsInOrder, oneName, noCircle, oneBeginning],
	exports: [csvExport, markdownExport],
	summarise: (snapshot, { today }) => summarise(snapshot, today),
	describe: describePlace,
	nameOf: ({ kpis }, row) => kpis.find(({ id }) => String(id) === row)?.name,
	fixtures: { empty, typical }
});

/** Whether a value is red is known where the points are. Here only what the contracts lack is. */
function summarise({ kpis: all }: Kpis, today: IsoDate): Summary {
	const kpis = all.map((kpi) => termsAt(kpi, today));
	const unfinished = kpis.filter((kpi) => !kpi.owner || kpi.target === undefined);
	const lacking = unfinished.length > 0 ? `, ${unfinished.length} without an owner or a target` : '';
	return {
		headline: `${counted(kpis.length, 'KPI')}${lacking}.`,
		tone: unfinished.length > 0 ? 'watch' : 'none',
		open: unfinished.map((kpi) => ({
			group: 'kpi',
			what: kpi.name,
			detail: `Needs ${listed([...(kpi.owner ? [] : ['an owner']), ...(kpi.target === undefined ? ['a target'] : [])])}`,
			ref: { row: kpi.id as string as RowId }
		}))
	};
}
