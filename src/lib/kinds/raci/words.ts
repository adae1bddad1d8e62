import type { Finding } from '#lib/domain/finding.ts';
import type { PersonId } from '#lib/domain/id.ts';
import type { Person } from '#lib/domain/person.ts';
import { dayOf, shortDay, timeOfDay } from '#lib/domain/words.ts';
import { lettersWords, type Letters } from './letters.ts';
import { UNTITLED_ROLE } from './rules.ts';
import type { Activity, Publication, Role } from './schema.ts';
import { titleOf } from './tally.ts';

/** Stands where a title is missing. */
export const UNTITLED = 'Untitled activity';

export const activityTitle = (activity: Pick<Activity, 'title'>): string => titleOf(activity, UNTITLED);
export const roleTitle = (role: Pick<Role, 'title'>): string => titleOf(role, UNTITLED_ROLE);

/** Who holds a role; empty when nobody does, or when they are not known here. */
export const holderName = ({ person, name = '' }: Role, people: readonly Person[]): string =>
	person ? nameIn(people, person) : name;

export const nameIn = (people: readonly Person[], id: PersonId): string =>
	people.find((one) => one.id === id)?.name ?? '';

export interface CellWords {
	readonly activity: string;
	readonly role: string;
	readonly letters: Letters;
	readonly note: string | undefined;
	/** Who else is at it. */
	readonly people: readonly string[];
	readonly isPending: boolean;
}

/** “Weekly Ops Review, CTO: Accountable”, and whatever else is to be known of the cell. */
export function cellLabel({ activity, role, letters, note, people, isPending }: CellWords): string {
	const parts = [
		`${activity}, ${role}: ${lettersWords(letters) || 'empty'}`,
		note,
		people.length > 0 ? `${people.join(', ')} here` : '',
		isPending ? 'not yet synced' : ''
	];
	return parts.filter(Boolean).join(', ');
}

/** “Published 8 Jun, 10:14 by Nadia Okafor”. */
export function publishedWords({ at, by }: Publication, people: readonly Person[], zone: string): string {
	const atMs = Date.parse(at);
	const name = nameIn(people, by);
	return `Published ${shortDay(dayOf(atMs, zone))}, ${timeOfDay(atMs, zone)}${name ? ` by ${name}` : ''}`;
}

/** What stands in the check column: everything that stops publishing, otherwise the gravest advice. */
export function shownFindings(findings: readonly Finding[]): readonly Finding[] {
	const errors = findings.filter(({ severity }) => severity === 'error');
	if (errors.length > 0) return errors;
	const gravest = findings.find(({ severity }) => severity === 'warn') ?? findings[0];
	return gravest ? [gravest] : [];
}
