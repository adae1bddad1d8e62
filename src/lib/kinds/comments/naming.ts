import { prepare, rank } from '#lib/ui/palette/match.ts';
import type { Person } from '#lib/domain/person.ts';

/** The name that is being typed after an “@”. */
export interface Naming {
	readonly query: string;
	/** Where the “@” stands. */
	readonly from: number;
}

/** No name is longer while it is typed: after so many letters an “@” was only a sign. */
const QUERY_LENGTH_MAX = 24;

const OPEN = new RegExp(`(?:^|[^\\p{L}\\p{N}])@([\\p{L}\\p{N}.’'\\- ]{0,${QUERY_LENGTH_MAX}})$`, 'u');

/** What is typed right before the caret, if it may become a mention. */
export function namingAt(text: string, caret: number): Naming | undefined {
	const query = OPEN.exec(text.slice(0, caret))?.[1];
	return query === undefined || query.startsWith(' ') ? undefined : { query, from: caret - query.length - 1 };
}

/** Most people shown at once: a list one can read at a glance. */
const SHOWN_MAX = 6;

export const peopleFor = (query: string, people: readonly Person[]): readonly Person[] =>
	rank(prepare(people.map((person) => ({ title: person.name, person }))), query)
		.map(({ entry }) => entry.person)
		.slice(0, SHOWN_MAX);

/** The text with the name put in, and where the caret goes. */
export function named(
	text: string,
	{ from, query }: Naming,
	{ name }: Person
): { readonly text: string; readonly caret: number } {
	const before = `${text.slice(0, from)}@${name} `;
	const after = text.slice(from + 1 + query.length).replace(/^ /, '');
	return { text: before + after, caret: before.length };
}
