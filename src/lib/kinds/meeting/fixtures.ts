import * as z from 'zod/mini';
import { personId, rowId } from '#lib/domain/id.ts';
import type { Meeting } from './schema.ts';

const row = (text: string) => z.parse(rowId, text);
const person = (text: string) => z.parse(personId, text);

export const empty: Meeting = { fields: {}, agenda: [], parking: [], clock: [], notes: {} };

const NINE = Date.parse('2026-06-08T08:00:00.000Z');

/** Sample people and figures: a review in the middle of its second item. */
export const typical: Meeting = {
	fields: { facilitator: person('p-nadia') },
	agenda: [
		{ id: row('actions'), order: 'a0', title: 'Last week’s actions', owner: person('p-nadia'), minutes: 5 },
		{
			id: row('slo'),
			order: 'a1',
			title: 'SLO & reliability signals',
			owner: person('p-priya'),
			minutes: 10,
			purpose: 'discuss'
		},
		{ id: row('cost'), order: 'a2', title: 'Cost deltas', minutes: 10, purpose: 'inform' }
	],
	parking: [
		{
			id: row('free-tier'),
			order: 'a0',
			text: 'Should free-tier traffic count towards the Tier-0 SLO?',
			by: person('p-jonas'),
			at: '2026-06-08T08:04:00.000Z',
			item: row('actions'),
			state: 'open'
		}
	],
	clock: [
		{ id: row('f1'), atMs: NINE, by: person('p-nadia'), is: 'start', item: row('actions') },
		{
			id: row('f2'),
			atMs: NINE + 250_000,
			by: person('p-nadia'),
			is: 'step',
			from: row('actions'),
			item: row('slo')
		}
	],
	notes: {
		slo: [
			{
				is: 'paragraph',
				text: [{ is: 'text', text: 'Attainment held near 99.93% until Tuesday.', marks: {} }]
			},
			{
				is: 'tasks',
				items: [
					{
						isDone: false,
						blocks: [
							{ is: 'paragraph', text: [{ is: 'text', text: 'Extend the canary to 60 min', marks: {} }] }
						]
					}
				]
			}
		]
	}
};
