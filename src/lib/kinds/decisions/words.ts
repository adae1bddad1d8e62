import { daysBetween, type IsoDate } from '#lib/domain/calendar.ts';
import type { PersonId } from '#lib/domain/id.ts';
import type { Person } from '#lib/domain/person.ts';
import { NUMBER_PENDING, recordNumber } from '#lib/domain/record.ts';
import { counted, dayOf, nearDay, shortDay, timeOfDay } from '#lib/domain/words.ts';
import type { Dossier } from './dossier.ts';
import { deciderOf, letterOf, nameOfMember } from './dossier.ts';
import { PREFIX, type Decision } from './schema.ts';
import { STANDING_WORDS, type Standing } from './standing.ts';

export const UNTITLED = 'New decision';
export const titleOf = ({ title }: Pick<Decision, 'title'>): string => title.trim() || UNTITLED;

/** “DEC-0148”, or that it will be numbered. */
export const numberOf = ({ number }: Pick<Decision, 'number'>): string =>
	number === undefined ? NUMBER_PENDING : recordNumber(PREFIX, number);

/** The shape before the word (DESIGN: ring not begun, half under way, full settled, line superseded). */
export const SHAPES: Record<Standing, 'ring' | 'half' | 'full' | 'line'> = {
	proposed: 'ring',
	'in-review': 'half',
	waiting: 'half',
	decided: 'full',
	'review-due': 'ring',
	superseded: 'line',
	rejected: 'line'
};

/** Above the title: “Waiting for input”. */
export const standingLong = (standing: Standing): string =>
	standing === 'waiting' ? 'Waiting for input' : STANDING_WORDS[standing];

export interface When {
	readonly today: IsoDate;
	readonly timeZone: string;
}

/** At the end of a line of the list: “by Wed 17:00”, “8 Jun”, “was due 7 Jun”, “By DEC-0148”. */
export function whenOf(dossier: Dossier, standing: Standing, { today, timeZone }: When): string {
	const { decideBy, reviewOn, madeOn, proposedAt } = dossier.decision;
	if (standing === 'waiting' && decideBy) {
		const atMs = Date.parse(decideBy);
		return `by ${nearDay(dayOf(atMs, timeZone), today)} ${timeOfDay(atMs, timeZone)}`;
	}
	if (standing === 'review-due' && reviewOn)
		return daysBetween(reviewOn, today) === 0 ? 'due today' : `was due ${shortDay(reviewOn)}`;
	if (standing === 'superseded') {
		const [successor] = dossier.successors;
		return successor ? `By ${successor.number === undefined ? titleOf(successor) : numberOf(successor)}` : '';
	}
	if (madeOn) return shortDay(madeOn);
	return proposedAt ? shortDay(dayOf(Date.parse(proposedAt), timeZone)) : '';
}

/** Who decides, by name; both of them when a merge brought two. */
export function decidersText(dossier: Dossier, nameOf: (person: PersonId) => string | undefined): string {
	const one = deciderOf(dossier);
	if (one) return nameOfMember(one, nameOf);
	const count = dossier.members.filter(({ role }) => role === 'decide').length;
	return count > 1 ? `${count} deciders` : '';
}

export const nameFrom =
	(people: readonly Person[]) =>
	(person: string): string | undefined =>
		people.find(({ id }) => id === person)?.name;

/** A finding's sentence with the people in it by name. */
export const named = (message: string, people: readonly Person[]): string =>
	message.replaceAll(/\{([^{}]+)\}/g, (_, id: string) => nameFrom(people)(id) ?? 'somebody');

const HOUR_MINUTES = 60;
const MINUTE_MS = 60_000;

/** “50 h 40 min left”, “3 days left”; after the deadline that it is over. */
export function leftText(atMs: number, nowMs: number): string {
	const minutes = Math.floor((atMs - nowMs) / MINUTE_MS);
	if (minutes < 0) return 'The time is up';
	if (minutes >= 4 * 24 * HOUR_MINUTES)
		return `${counted(Math.floor(minutes / (24 * HOUR_MINUTES)), 'day')} left`;
	const hours = Math.floor(minutes / HOUR_MINUTES);
	const rest = minutes % HOUR_MINUTES;
	return `${[hours > 0 ? `${hours} h` : '', rest > 0 || hours === 0 ? `${rest} min` : ''].filter(Boolean).join(' ')} left`;
}

/** How long a decision took: “2 h 38 min”, “3 days”. */
export function tookText(lengthMs: number): string {
	const minutes = Math.round(lengthMs / MINUTE_MS);
	if (minutes >= 2 * 24 * HOUR_MINUTES) return counted(Math.round(minutes / (24 * HOUR_MINUTES)), 'day');
	const hours = Math.floor(minutes / HOUR_MINUTES);
	return hours === 0 ? `${minutes} min` : `${hours} h ${String(minutes % HOUR_MINUTES).padStart(2, '0')} min`;
}

/** “In 2 weeks”, “Today”, “9 days ago”. */
export function distanceText(on: IsoDate, today: IsoDate): string {
	const days = daysBetween(today, on);
	if (days === 0) return 'Today';
	const length = Math.abs(days);
	const words = length >= 14 && length % 7 === 0 ? counted(length / 7, 'week') : counted(length, 'day');
	return days > 0 ? `In ${words}` : `${words} ago`;
}

/** The letter of an option of this decision; empty when it is not among them. */
export function letterIn({ options }: Pick<Dossier, 'options'>, option: string | undefined): string {
	const at = options.findIndex(({ id }) => id === option);
	return at === -1 ? '' : letterOf(at);
}
