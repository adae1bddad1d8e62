import CircleParking from '@lucide/svelte/icons/circle-parking';
import ListChecks from '@lucide/svelte/icons/list-checks';
import type { SpaceSession } from '#lib/app/space-session.svelte.ts';
import type { DocumentId } from '#lib/domain/id.ts';
import { WHOLE } from '#lib/domain/points.ts';
import { quantityText } from '#lib/domain/quantity.ts';
import { lastPoint } from '#lib/domain/series.ts';
import { statusOf, statusWord } from '#lib/domain/status.ts';
import { nearDay, dayOf } from '#lib/domain/words.ts';
import type { OpenEntry } from '#lib/kinds/contract.ts';
import type { ListRow } from '#lib/ui/home/list.ts';
import { hrefOf } from './places.ts';

/** The KPIs that are off target or at risk, the worst first, as lines of a card. */
export function kpiRows(space: SpaceSession): readonly ListRow[] {
	const judged = space.kpis.reading.value.kpis.map((kpi) => {
		const view = space.points.seriesOf(kpi.id);
		const last = lastPoint(view.series(view.segments.includes(WHOLE) ? WHOLE : (view.segments[0] ?? WHOLE)));
		return { kpi, last, status: statusOf(last?.value, kpi) };
	});
	const outside = judged.filter(({ status }) => status === 'red' || status === 'amber');
	return outside
		.toSorted((a, b) => Number(b.status === 'red') - Number(a.status === 'red'))
		.map(({ kpi, last, status }) => {
			const owner = space.people.find(({ id }) => id === kpi.owner);
			return {
				id: kpi.id,
				title: kpi.name,
				details: [[statusWord(status, last?.value), owner?.name ?? 'No owner'].join('. ')],
				glyph: status,
				trailing: last ? quantityText(last.value, kpi) : '',
				isValue: true,
				href: hrefOf(space.id, { kind: 'kpis', document: kpi.id })
			};
		});
}

/** What is still open in the meetings on this device, the latest meeting first. */
export function openRows(space: SpaceSession, group: OpenEntry['group']): readonly ListRow[] {
	const meetings = space.index.reading.value.documents
		.filter(({ kind, archivedAt }) => kind === 'meeting' && !archivedAt)
		.toSorted((a, b) => ((a.startsAt ?? '') < (b.startsAt ?? '') ? 1 : -1));
	return meetings.flatMap((entry) => {
		const said = space.summaries.of(entry.id as string as DocumentId);
		const when = entry.startsAt && nearDay(dayOf(Date.parse(entry.startsAt), space.timeZone), space.today);
		return (said?.open ?? [])
			.filter((open) => open.group === group)
			.map((open, number) => ({
				id: `${entry.id} ${group} ${number}`,
				title: open.what,
				details: [open.detail, entry.title].filter(Boolean),
				glyph: group === 'task' ? ListChecks : CircleParking,
				trailing: when ?? '',
				href: `${hrefOf(space.id, { kind: 'meeting', document: entry.id })}${group === 'task' && open.ref.row ? `?item=${open.ref.row}` : ''}`
			}));
	});
}
