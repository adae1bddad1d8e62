import { addDays, mondayOf, weekOf, type IsoDate } from '#lib/domain/calendar.ts';
import { byWeight, type Cadence } from '#lib/domain/cadence.ts';
import { minutesWord } from '#lib/domain/words.ts';

/** A meeting one may keep, in the choice of the first run. */
export interface TemplateOption {
	readonly id: string;
	readonly title: string;
	/** Under a bar of the preview, where there is little room: “Exec”. */
	readonly shortTitle: string;
	/** “5 items, 45 min. SLOs, cost, security, autonomy, actions”. */
	readonly detail: string;
	/** “Mon 10:00”, “First Mon”. */
	readonly when: string;
	readonly cadence: Cadence;
	readonly minutes: number;
	/** Days it falls on, when they are known. Otherwise the preview draws a typical week of its cadence. */
	readonly falls?: readonly IsoDate[] | undefined;
}

/** One week of the preview. */
export interface PlannedWeek {
	readonly monday: IsoDate;
	/** ISO week number. */
	readonly week: number;
	/** One bar per meeting, lightest first. Daily meetings are one bar. */
	readonly bars: readonly { readonly id: string; readonly cadence: Cadence }[];
	/** Short title of the heaviest, when it is monthly or quarterly. */
	readonly label: string;
}

export interface Plan {
	readonly weeks: readonly PlannedWeek[];
	readonly facts: readonly { readonly term: string; readonly value: string }[];
}

const WEEKS = 13;
/** How often a cadence comes round in a working week. */
const PER_WEEK: Readonly<Record<Cadence, number>> = {
	daily: 5,
	weekly: 1,
	'bi-weekly': 1 / 2,
	monthly: 12 / 52,
	quarterly: 4 / 52
};

/**
 * What keeping `chosen` means: the thirteen weeks from `today`, and three numbers. Where the days are not known, a
 * monthly meeting is drawn in the week of the month's first Monday and a quarterly one in the week that holds
 * the last day of its quarter.
 */
export function planOf(chosen: readonly TemplateOption[], today: IsoDate): Plan {
	const sorted = chosen.toSorted((a, b) => byWeight(a.cadence, b.cadence));
	const weeks = Array.from({ length: WEEKS }, (_, index) => plannedWeek(sorted, index, today));
	const perWeek = sorted.reduce((sum, { minutes, cadence }) => sum + minutes * PER_WEEK[cadence], 0);
	const held = weeks
		.flatMap(({ bars }) => bars)
		.reduce((sum, { cadence }) => sum + (cadence === 'daily' ? 5 : 1), 0);
	return {
		weeks,
		facts: [
			{ term: 'Kept', value: String(chosen.length) },
			{ term: 'A week', value: minutesWord(perWeek) },
			{ term: 'Meetings in 13 weeks', value: String(held) }
		]
	};
}

function plannedWeek(sorted: readonly TemplateOption[], index: number, today: IsoDate): PlannedWeek {
	const monday = addDays(mondayOf(today), 7 * index);
	const held = sorted.filter(({ cadence, falls }) =>
		falls ? falls.some((on) => mondayOf(on) === monday) : isHeldIn(cadence, monday, index)
	);
	const heaviest = held.at(-1);
	const isNamed = heaviest?.cadence === 'monthly' || heaviest?.cadence === 'quarterly';
	return {
		monday,
		week: weekOf(monday).week,
		bars: held.map(({ id, cadence }) => ({ id, cadence })),
		label: isNamed ? heaviest.shortTitle : ''
	};
}

function isHeldIn(cadence: Cadence, monday: IsoDate, index: number): boolean {
	if (cadence === 'daily' || cadence === 'weekly') return true;
	if (cadence === 'bi-weekly') return index % 2 === 1;
	if (cadence === 'monthly') return Number(monday.slice(8)) <= 7;
	const nextMonday = addDays(monday, 7);
	const isTurn = monday.slice(0, 7) !== nextMonday.slice(0, 7);
	return isTurn && Number(monday.slice(5, 7)) % 3 === 0;
}
