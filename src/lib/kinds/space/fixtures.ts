import * as z from 'zod/mini';
import { personId, rowId } from '#lib/domain/id.ts';
import type { SpaceIndex } from './schema.ts';

const row = (text: string) => z.parse(rowId, text);

export const empty: SpaceIndex = { fields: {}, documents: [], people: [], series: [] };

/** Sample people and titles. */
export const typical: SpaceIndex = {
	fields: { title: 'Tarn Systems', timeZone: 'Europe/Berlin' },
	documents: [
		{
			id: row('m-ops-2026-06-08'),
			order: 'a0',
			kind: 'meeting',
			title: 'Weekly Ops Review',
			createdAt: '2026-06-01T09:00:00.000Z',
			createdBy: z.parse(personId, 'p-nadia'),
			startsAt: '2026-06-08T08:00:00.000Z',
			minutes: 45,
			series: row('s-ops')
		},
		{ id: row('kpis'), order: 'a1', kind: 'kpis', title: 'KPIs' }
	],
	people: [
		{ id: row('p-nadia'), order: 'a0', name: 'Nadia Okafor', joinedAt: '2026-05-01T08:00:00.000Z' },
		{ id: row('p-priya'), order: 'a1', name: 'Priya Raman' }
	],
	series: [
		{
			id: row('s-ops'),
			order: 'a0',
			title: 'Ops Review',
			rule: 'FREQ=WEEKLY;BYDAY=MO',
			from: '2026-01-05',
			time: '10:00',
			timeZone: 'Europe/Berlin',
			minutes: 45,
			agenda: [
				{ title: 'SLO & reliability signals', minutes: 10, purpose: 'discuss' },
				{ title: 'Actions & owners', minutes: 10, purpose: 'decide', prompt: 'Owner, due date, check.' }
			]
		}
	]
};
