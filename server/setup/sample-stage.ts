import { addDays, mondayOf, weekdayOf, weekOf, type IsoDate } from '#lib/domain/calendar.ts';
import { personId, type PersonId } from '#lib/domain/id.ts';
import { startOn } from '#lib/domain/recurrence.ts';
import { dayOf } from '#lib/domain/words.ts';
import type { Founder, Founding } from '../auth/create-space.ts';

// What the whole sample is played on: who is in it, what happened, and when, seen from the moment of the founding.

export interface Stage {
	readonly nowMs: number;
	readonly timeZone: string;
	readonly today: IsoDate;
	readonly cast: Cast;
	readonly story: Story;
	/** Epoch milliseconds of a wall time, `HH:MM`, in the space's zone. */
	readonly at: (day: IsoDate, time: string) => number;
}

/** `lead` runs operations: the person who founds the space. */
export type Role = 'lead' | keyof typeof COLLEAGUES;
export type Cast = Readonly<Record<Role, { readonly id: PersonId; readonly name: string }>>;

/** Invented. In the order they joined, which is that of their colours. */
const COLLEAGUES = {
	priya: 'Priya Raman',
	tomas: 'Tomás Herrera',
	mei: 'Mei Lin',
	jonas: 'Jonas Weber',
	samuel: 'Samuel Adeyemi',
	ingrid: 'Ingrid Solberg',
	rafael: 'Rafael Costa',
	claire: 'Claire Dubois',
	ruth: 'Ruth Abrams'
} as const;

/** Plays the lead where a tool founded the space. */
const STAND_IN: Founder = { id: personId.parse('p-nadia'), name: 'Nadia Okafor' };

/**
 * A release of search-api on a Tuesday made it slow, on Wednesday it became an incident, on Thursday the release was
 * rolled back.
 */
export interface Story {
	/** “2026.22”: the year and the week. */
	readonly version: string;
	readonly week: number;
	readonly releaseOn: IsoDate;
	readonly releaseMs: number;
	readonly incidentOn: IsoDate;
	readonly incidentMs: number;
	readonly rollbackOn: IsoDate;
	readonly rollbackMs: number;
	/** A smaller one, in the week before: alarms at night, and no customer who noticed. */
	readonly earlierIncidentOn: IsoDate;
	readonly earlierIncidentMs: number;
}

/** The numbers of the week are in, and the curve has turned, two days after the rollback. */
const AFTERMATH_DAYS = 2;
const THURSDAY = 4;

export function stageOf({ person, timeZone }: Founding, nowMs: number): Stage {
	const today = dayOf(nowMs, timeZone);
	const at = (day: IsoDate, time: string) => startOn({ time, timeZone }, day);
	return { nowMs, timeZone, today, cast: castOf(person ?? STAND_IN), story: storyOf(today, at), at };
}

function castOf(lead: Founder): Cast {
	const colleagues = Object.entries(COLLEAGUES).map(([role, name]) => [
		role,
		{ id: personId.parse(`p-${role}`), name }
	]);
	return { ...(Object.fromEntries(colleagues) as Omit<Cast, 'lead'>), lead };
}

function storyOf(today: IsoDate, at: Stage['at']): Story {
	const seen = addDays(today, -AFTERMATH_DAYS);
	const thisWeeks = addDays(mondayOf(seen), THURSDAY - 1);
	const rollbackOn = weekdayOf(seen) >= THURSDAY ? thisWeeks : addDays(thisWeeks, -7);
	const [incidentOn, releaseOn] = [addDays(rollbackOn, -1), addDays(rollbackOn, -2)];
	const earlierIncidentOn = addDays(releaseOn, -5);
	const { year, week } = weekOf(releaseOn);
	return {
		version: `${year}.${String(week).padStart(2, '0')}`,
		week,
		releaseOn,
		releaseMs: at(releaseOn, '10:20'),
		incidentOn,
		incidentMs: at(incidentOn, '11:05'),
		rollbackOn,
		rollbackMs: at(rollbackOn, '09:40'),
		earlierIncidentOn,
		earlierIncidentMs: at(earlierIncidentOn, '02:15')
	};
}
