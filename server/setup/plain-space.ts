import { mondayOf } from '#lib/domain/calendar.ts';
import { rowId, type PersonId } from '#lib/domain/id.ts';
import { dayOf } from '#lib/domain/words.ts';
import { kpisKind } from '#lib/kinds/kpis/kind.ts';
import { KPIS_DOCUMENT } from '#lib/kinds/kpis/schema.ts';
import { meetingFromTemplate } from '#lib/kinds/meeting/template.ts';
import { comingDay, occurrenceOf, type Occurrence } from '#lib/kinds/space/occurrence.ts';
import type { DocumentEntry } from '#lib/kinds/space/schema.ts';
import { moreStarters, seriesFrom, starterById, starters, type Starter } from '#lib/kinds/space/starter.ts';
import { FoundingRefused, type Founding } from '../auth/create-space.ts';
import type { FirstDocument } from './sample-records.ts';
import { ordered, type Beginning } from './beginning.ts';

/** A space with the chosen meetings, each ready for the next time, and nothing else. */
export function plainSpace(founding: Founding, nowMs: number): Beginning {
	const { title, timeZone, person } = founding;
	const from = mondayOf(dayOf(nowMs, timeZone));
	const series = ordered(chosenStarters(founding.series)).map(({ order, ...starter }) =>
		seriesFrom(starter, { from, timeZone, order })
	);
	const coming = series.flatMap((one) => {
		const day = comingDay(one, nowMs);
		return day ? [{ occurrence: occurrenceOf(one, day), meeting: meetingFromTemplate(one.agenda) }] : [];
	});
	const at = new Date(nowMs).toISOString();
	return {
		index: {
			fields: { title, timeZone },
			documents: listed(
				coming.map(({ occurrence }) => occurrence),
				{ at, by: person?.id }
			),
			people: person ? ordered([{ id: rowId.parse(person.id), name: person.name, joinedAt: at }]) : [],
			series
		},
		meetings: coming.map(({ occurrence, meeting }) => ({ id: occurrence.id, meeting })),
		points: []
	};
}

/** The starters behind `ids`, each once, in their order. Throws `FoundingRefused` for one there is not. */
export function chosenStarters(ids: readonly string[]): readonly Starter[] {
	return [...new Set(ids)].map((id) => {
		const starter = starterById(id);
		if (starter) return starter;
		const known = [...starters, ...moreStarters].map((one) => one.id).join(', ');
		throw new FoundingRefused(`There is no meeting called ${id} to begin with. There are: ${known}.`);
	});
}

/** The index's entries: meetings by their start, then the KPIs. */
export function listed(
	meetings: readonly Occurrence[],
	{ at, by, documents = [] }: { at: string; by: PersonId | undefined; documents?: readonly FirstDocument[] }
): readonly DocumentEntry[] {
	const created = { createdAt: at, ...(by ? { createdBy: by } : {}) };
	const sorted = meetings.toSorted((a, b) => Date.parse(a.entry.startsAt) - Date.parse(b.entry.startsAt));
	return ordered([
		...sorted.map(({ id, entry }) => ({ ...entry, id: rowId.parse(id), ...created })),
		...documents.map(({ id, kind, title }) => ({ id: rowId.parse(id), kind, title, ...created })),
		{ id: rowId.parse(KPIS_DOCUMENT), kind: 'kpis', title: kpisKind.label.many, ...created }
	]);
}
