import { addDays, mondayOf, type IsoDate } from '#lib/domain/calendar.ts';
import { daysOf } from '#lib/domain/recurrence.ts';
import type { Meeting } from '#lib/kinds/meeting/schema.ts';
import { comingDay, occurrenceOf, type Occurrence } from '#lib/kinds/space/occurrence.ts';
import type { Series } from '#lib/kinds/space/schema.ts';
import { moreStarters, seriesFrom, starters } from '#lib/kinds/space/starter.ts';
import { assert } from '#lib/util/assert.ts';
import { ordered } from './beginning.ts';
import { plays } from './sample-minutes.ts';
import { heldOpsReviews } from './sample-ops-minutes.ts';
import { comingOpsReview, sampleOpsAgenda } from './sample-ops-review.ts';
import { held, prepared, type Script } from './sample-script.ts';
import type { Stage } from './sample-stage.ts';

const OPS_REVIEW = 'ops-review';

/** An even number of weeks: a meeting of every second week then falls on the week of the founding. */
const KEPT_WEEKS = 26;

/** The whole rhythm, kept for half a year. */
export function sampleSeries({ today, timeZone }: Stage): readonly Series[] {
	const from = addDays(mondayOf(today), -7 * KEPT_WEEKS);
	const [standup, sprintReview] = moreStarters;
	const [weekly, heavier] = [
		starters.filter(({ cadence }) => cadence === 'weekly'),
		starters.filter(({ cadence }) => cadence !== 'weekly')
	];
	const kept = [standup, ...weekly, sprintReview, ...heavier].filter((one) => one !== undefined);
	return ordered(kept).map(({ order, ...starter }) => {
		const agenda = starter.id === OPS_REVIEW ? sampleOpsAgenda : starter.agenda;
		return seriesFrom({ ...starter, agenda }, { from, timeZone, order });
	});
}

/** A meeting of the sample, with its place in the rhythm. */
export interface SampleMeeting {
	readonly occurrence: Occurrence;
	readonly meeting: Meeting;
}

/** This week's meetings of each series and the one that comes; of the Ops Review also the two before. */
export function sampleMeetings(series: readonly Series[], stage: Stage): readonly SampleMeeting[] {
	return series.flatMap((one) => (one.id === OPS_REVIEW ? opsReviews(one, stage) : others(one, stage)));
}

function opsReviews(series: Series, stage: Stage): readonly SampleMeeting[] {
	const coming = comingDay(series, stage.nowMs);
	assert(coming, 'the ops review never comes round');
	const last = addDays(coming, -7);
	const [lastScript, earlierScript] = heldOpsReviews(stage, last);
	return [
		played(series, { stage, on: addDays(last, -7), script: earlierScript, isHeld: true }),
		played(series, { stage, on: last, script: lastScript, isHeld: true }),
		played(series, { stage, on: coming, script: comingOpsReview(stage, coming), isHeld: false })
	];
}

function others(series: Series, stage: Stage): readonly SampleMeeting[] {
	const play = plays[series.id];
	assert(play, `nobody wrote what ${series.id} is about`);
	const coming = comingDay(series, stage.nowMs);
	const monday = mondayOf(stage.today);
	const days = new Set([...daysOf(series, monday, addDays(monday, 6)), ...(coming ? [coming] : [])]);
	return [...days].map((on) => {
		const isHeld = coming === undefined || on < coming;
		const { facilitator, owners, ahead = [] } = play;
		const notes = isHeld ? play.minutes(stage, on).map((note) => [note]) : on === coming ? ahead : [];
		return played(series, { stage, on, script: { facilitator, owners, notes }, isHeld });
	});
}

interface Performance {
	readonly stage: Stage;
	readonly on: IsoDate;
	readonly script: Script;
	readonly isHeld: boolean;
}

function played(series: Series, { stage, on, script, isHeld }: Performance): SampleMeeting {
	const occurrence = occurrenceOf(series, on);
	const meeting = prepared(series.agenda, script, stage);
	return { occurrence, meeting: isHeld ? held(meeting, Date.parse(occurrence.entry.startsAt)) : meeting };
}
