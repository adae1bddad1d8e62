import type { Rule } from '#lib/domain/finding.ts';
import type { Meeting } from './schema.ts';

/** An item that nobody owns is nobody's to prepare. */
export const itemsHaveOwners: Rule<Meeting> = {
	id: 'meeting/items-have-owners',
	source: 'House rule',
	check: ({ agenda }) =>
		agenda
			.filter(({ owner, parkedAt }) => !owner && !parkedAt)
			.map(({ id, title }) => ({
				rule: itemsHaveOwners.id,
				severity: 'note',
				row: id,
				message: `${title || 'An untitled item'} has no owner.`
			}))
};

/** An item without a name cannot be prepared, or found again. */
export const itemsHaveTitles: Rule<Meeting> = {
	id: 'meeting/items-have-titles',
	source: 'House rule',
	check: ({ agenda }) =>
		agenda
			.filter(({ title }) => !title.trim())
			.map(({ id }) => ({
				rule: itemsHaveTitles.id,
				severity: 'warn',
				row: id,
				message: 'An item has no title. Name what it is about.'
			}))
};
