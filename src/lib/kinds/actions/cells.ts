import { NUMBER_PENDING, recordNumber } from '#lib/domain/record.ts';
import { NUMBER_PREFIX, PRIORITY_WORDS, STATUS_WORDS, type Evidence } from './schema.ts';
import type { Standing } from './standing.ts';

// An action as a line of a table: what a file says of it, and what a file is compared with.

export const COLUMNS = [
	'number',
	'title',
	'owner',
	'due',
	'startOn',
	'status',
	'priority',
	'closedWhen',
	'evidence',
	'blockedWhy',
	'createdAt',
	'closedAt',
	'id'
] as const;
export type Column = (typeof COLUMNS)[number];

export const COLUMN_WORDS: Record<Column, string> = {
	number: 'Number',
	title: 'Title',
	owner: 'Owner',
	due: 'Due',
	startOn: 'Starts',
	status: 'Status',
	priority: 'Priority',
	closedWhen: 'Closed when',
	evidence: 'Evidence',
	blockedWhy: 'Blocked by',
	createdAt: 'Created',
	closedAt: 'Closed',
	id: 'Id'
};

/** What a person is called; undefined for somebody unknown, who then stands there by id. */
export type NameOf = (person: string) => string | undefined;

/** The text of every cell, as it is before any quoting. Days are ISO dates. */
export function cellsOf(
	{ action, due, evidence }: Pick<Standing, 'action' | 'due' | 'evidence'>,
	nameOf: NameOf
): Record<Column, string> {
	return {
		number: action.number === undefined ? '' : recordNumber(NUMBER_PREFIX, action.number),
		title: action.title,
		owner: action.owner ? (nameOf(action.owner) ?? action.owner) : '',
		due: action.dueTyped ?? due ?? '',
		startOn: action.startOn ?? '',
		status: STATUS_WORDS[action.status],
		priority: action.priority ? PRIORITY_WORDS[action.priority] : '',
		closedWhen: action.closedWhen ?? '',
		evidence: evidence.map(evidenceText).join('\n'),
		blockedWhy: action.blockedWhy ?? '',
		createdAt: action.createdAt ?? '',
		closedAt: action.closedAt ?? '',
		id: action.id
	};
}

/** “Drill of 3 June <https://…>”; an address alone stands as it is. */
export function evidenceText({ text, href }: Pick<Evidence, 'text' | 'href'>): string {
	const plain = text.replaceAll(/\s+/g, ' ').trim();
	if (href === undefined) return plain;
	return plain === '' || plain === href ? href : `${plain} <${href}>`;
}

/** What an action is called where there is room for a word. */
export const numberWord = ({ number }: { readonly number?: number | undefined }): string =>
	number === undefined ? NUMBER_PENDING : recordNumber(NUMBER_PREFIX, number);
