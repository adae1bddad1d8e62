import * as z from 'zod/mini';
import type { Cadence } from '#lib/domain/cadence.ts';
import { rowId } from '#lib/domain/id.ts';
import { counted, minutesWord } from '#lib/domain/words.ts';
import {
	financeReview,
	opsReview,
	productMetrics,
	quarterReview,
	reviewByExecs,
	securityStandup,
	sprintReview,
	standup
} from './starter-agendas.ts';
import type { Series, TemplateItem } from './schema.ts';

/** A meeting to begin a rhythm with. Plain values: the setup page shows them, the server makes series of them. */
export interface Starter {
	/** Also the id of the series made from it. */
	readonly id: string;
	readonly title: string;
	/** Where there is little room: “Exec”. */
	readonly shortTitle: string;
	readonly cadence: Cadence;
	/** RFC 5545, without DTSTART. */
	readonly rule: string;
	/** Wall time, `HH:MM`. */
	readonly time: string;
	readonly minutes: number;
	readonly agenda: readonly TemplateItem[];
	/** “5 items, 45 min. SLOs, cost, security, autonomy, actions”. */
	readonly summary: string;
	/** “Mon 10:00”, “First Mon”. */
	readonly when: string;
	/** Ticked before anybody chose. */
	readonly isChosen: boolean;
}

/** What the first run offers, lightest first. */
export const starters: readonly Starter[] = [
	starter({
		id: 'ops-review',
		title: 'Ops Review',
		cadence: 'weekly',
		rule: 'FREQ=WEEKLY;BYDAY=MO',
		time: '10:00',
		when: 'Mon 10:00',
		agenda: opsReview,
		topics: 'SLOs, cost, security, autonomy, actions',
		isChosen: true
	}),
	starter({
		id: 'security-standup',
		title: 'Security Standup',
		cadence: 'weekly',
		rule: 'FREQ=WEEKLY;BYDAY=TU',
		time: '10:00',
		when: 'Tue 10:00',
		agenda: securityStandup,
		isChosen: true
	}),
	starter({
		id: 'product-metrics',
		title: 'Product Metrics',
		cadence: 'weekly',
		rule: 'FREQ=WEEKLY;BYDAY=WE',
		time: '14:00',
		when: 'Wed 14:00',
		agenda: productMetrics
	}),
	starter({
		id: 'exec-review',
		title: 'Exec Review',
		shortTitle: 'Exec',
		cadence: 'monthly',
		rule: 'FREQ=MONTHLY;BYDAY=1MO',
		time: '14:00',
		when: 'First Mon',
		agenda: reviewByExecs,
		isChosen: true
	}),
	starter({
		id: 'finops-review',
		title: 'FinOps Review',
		shortTitle: 'FinOps',
		cadence: 'monthly',
		rule: 'FREQ=MONTHLY;BYDAY=2TH',
		time: '11:00',
		when: 'Second week',
		agenda: financeReview
	}),
	starter({
		id: 'qbr',
		title: 'QBR',
		cadence: 'quarterly',
		// By months instead of every third: the rule then means quarters whenever counting begins.
		rule: 'FREQ=YEARLY;BYMONTH=3,6,9,12;BYDAY=-1TU',
		time: '13:00',
		when: 'Last Tue',
		agenda: quarterReview,
		isChosen: true
	})
];

/** Kept by the sample space besides those. Nobody is offered a daily meeting before they ask for one. */
export const moreStarters: readonly Starter[] = [
	starter({
		id: 'standup',
		title: 'Standup',
		cadence: 'daily',
		rule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR',
		time: '09:00',
		when: 'Every day 09:00',
		agenda: standup
	}),
	starter({
		id: 'sprint-review',
		title: 'Sprint Review',
		shortTitle: 'Sprint',
		cadence: 'bi-weekly',
		rule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=FR',
		time: '15:00',
		when: 'Every second Fri',
		agenda: sprintReview
	})
];

/** The starter called `id`, offered or not; undefined when there is none. */
export const starterById = (id: string): Starter | undefined =>
	[...starters, ...moreStarters].find((one) => one.id === id);

/** The series that a starter begins. `from`: the day counting begins, where every second week is counted from. */
export function seriesFrom(
	{ id, title, rule, time, minutes, agenda }: Starter,
	place: Pick<Series, 'from' | 'timeZone' | 'order'>
): Series {
	return { id: z.parse(rowId, id), title, rule, time, minutes, agenda: [...agenda], ...place };
}

type Wish = Omit<Starter, 'shortTitle' | 'minutes' | 'summary' | 'isChosen'> &
	Partial<Pick<Starter, 'shortTitle' | 'isChosen'>> & {
		/** Ends the summary. */
		readonly topics?: string;
	};

/** The slot is as long as its agenda. */
function starter({ topics, ...wish }: Wish): Starter {
	const minutes = wish.agenda.reduce((sum, item) => sum + item.minutes, 0);
	const size = `${counted(wish.agenda.length, 'item')}, ${minutesWord(minutes)}`;
	const summary = topics ? `${size}. ${topics}` : size;
	return { shortTitle: wish.title, isChosen: false, ...wish, minutes, summary };
}
