import { rowId } from '#lib/domain/id.ts';
import { addDays } from '#lib/domain/calendar.ts';
import type { PersonEntry } from '#lib/kinds/space/schema.ts';
import type { Founding } from '../auth/create-space.ts';
import { ordered, type Beginning } from './beginning.ts';
import { chosenStarters, listed } from './plain-space.ts';
import { sampleKpis } from './sample-kpis.ts';
import { sampleMeetings, sampleSeries } from './sample-meetings.ts';
import { samplePoints } from './sample-points.ts';
import { sampleRecords } from './sample-records.ts';
import { stageOf, type Stage } from './sample-stage.ts';

/**
 * A space to look at and write in: half a year of rhythm, numbers up to this minute, and an Ops Review that is ready
 * to begin, kept by people who do not exist. It is dated around `nowMs` and the same for the same moment and founder.
 * It keeps the whole starter rhythm, whatever was chosen.
 */
export function sampleSpace(founding: Founding, nowMs: number): Beginning {
	chosenStarters(founding.series); // Refuses what there is not, as a space without a sample does.
	const { title, timeZone } = founding;
	const stage = stageOf(founding, nowMs);
	const series = sampleSeries(stage);
	const meetings = sampleMeetings(series, stage);
	const documents = sampleRecords(meetings, stage);
	const created = { at: new Date(nowMs).toISOString(), by: stage.cast.lead.id };
	return {
		index: {
			fields: { title, timeZone },
			documents: listed(
				meetings.map(({ occurrence }) => occurrence),
				{ ...created, documents }
			),
			people: peopleOf(stage),
			series
		},
		meetings: meetings.map(({ occurrence, meeting }) => ({ id: occurrence.id, meeting })),
		kpis: sampleKpis(stage),
		documents,
		points: samplePoints(stage)
	};
}

const JOINED_WEEKS_AGO = 30;

/** The founder is the last to have joined: the colours of the others are those of the order they came in. */
function peopleOf({ cast, today, at, nowMs }: Stage): readonly PersonEntry[] {
	const { lead, ...colleagues } = cast;
	const joined = Object.values(colleagues).map((person, index) => ({
		...person,
		joinedAtMs: at(addDays(today, 7 * (index - JOINED_WEEKS_AGO)), '09:00')
	}));
	return ordered([...joined, { ...lead, joinedAtMs: nowMs }]).map(({ id, name, joinedAtMs, order }) => {
		return { id: rowId.parse(id), order, name, joinedAt: new Date(joinedAtMs).toISOString() };
	});
}
