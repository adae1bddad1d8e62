import type { PersonId, RowId } from '#lib/domain/id.ts';
import type { Comments } from './schema.ts';

export const empty: Comments = { threads: [], replies: [] };

const row = (text: string) => text as RowId;
const person = (text: string) => text as PersonId;

/** What people said about an operations review: about words of its notes, about an item, and what is settled. */
export const typical: Comments = {
	threads: [
		{
			id: row('t-canary'),
			order: 'a0',
			anchor: { root: 'notes.i-slo', from: 'AQIDAA==', to: 'AQIJfw==' },
			quote: 'the canary window is 15 minutes',
			by: person('p-priya'),
			at: '2026-06-08T10:12:00.000Z'
		},
		{
			id: row('t-item'),
			order: 'a1',
			anchor: { root: 'agenda', row: 'i-cost' },
			quote: '',
			by: person('p-mei'),
			at: '2026-06-08T10:14:00.000Z'
		},
		{
			id: row('t-feed'),
			order: 'a2',
			anchor: { root: 'agenda', row: 'i-slo', field: 'minutes' },
			quote: '',
			by: person('p-nadia'),
			at: '2026-06-08T09:50:00.000Z',
			resolvedAt: '2026-06-08T10:02:00.000Z',
			resolvedBy: person('p-tomas')
		}
	],
	replies: [
		{
			id: row('c-1'),
			order: 'a0',
			thread: row('t-canary'),
			by: person('p-priya'),
			at: '2026-06-08T10:12:00.000Z',
			text: 'Is that still so? @[Rafael Costa](p-rafael) moved it to 60 last week.'
		},
		{
			id: row('c-2'),
			order: 'a1',
			thread: row('t-canary'),
			by: person('p-rafael'),
			at: '2026-06-08T10:13:00.000Z',
			text: 'Only for search-api.\nThe others follow with ACT-0211.',
			editedAt: '2026-06-08T10:13:40.000Z'
		},
		{
			id: row('c-3'),
			order: 'a2',
			thread: row('t-item'),
			by: person('p-mei'),
			at: '2026-06-08T10:14:00.000Z',
			text: 'The billing feed is late. Can this wait until Thursday?'
		},
		{
			id: row('c-4'),
			order: 'a3',
			thread: row('t-feed'),
			by: person('p-nadia'),
			at: '2026-06-08T09:50:00.000Z',
			text: 'Ten minutes are enough.'
		},
		{
			id: row('c-5'),
			order: 'a4',
			thread: row('t-feed'),
			by: person('p-tomas'),
			at: '2026-06-08T10:03:00.000Z',
			text: 'Set to ten.'
		}
	]
};
