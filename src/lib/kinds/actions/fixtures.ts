import type { DocumentId, KpiId, PersonId, RowId } from '#lib/domain/id.ts';
import type { Actions } from './schema.ts';

export const empty: Actions = { actions: [], evidence: [], reschedules: [], carried: [], notes: {} };

const row = (text: string) => text as RowId;
const person = (text: string) => text as PersonId;
const meeting = (text: string) => ({ kind: 'meeting', document: text as DocumentId });

const MADE = '2026-06-08T10:11:00.000Z';
const review = { ...meeting('m-ops-24'), row: row('i-slo') };

/**
 * The actions of an operations review on Mon 8 June 2026: one of each shape. Due this week, later, overdue, blocked for
 * three meetings, without anything but a title, and done with its evidence.
 */
export const typical: Actions = {
	actions: [
		{
			id: row('a-canary'),
			order: 'a0',
			title: 'Extend search-api canary to 60 min',
			owner: person('p-rafael'),
			due: '2026-06-12',
			status: 'in-progress',
			priority: 'high',
			closedWhen: 'p95 lock fires in staging drill',
			number: 211,
			source: review,
			kpi: 'slo-attainment' as KpiId,
			seen: [
				{
					kpi: 'slo-attainment' as KpiId,
					value: 99.82,
					at: '2026-06-07T00:00:00.000Z',
					asOf: '2026-06-08T10:05:00.000Z',
					contract: '0a1b2c3d'
				}
			],
			createdAt: MADE,
			createdBy: person('p-nadia')
		},
		{
			id: row('a-replay'),
			order: 'a1',
			title: 'Re-run the week 22 breach against the lock',
			owner: person('p-priya'),
			due: '2026-06-10',
			status: 'open',
			closedWhen: 'Replay report linked to INC-2291',
			number: 212,
			source: review,
			createdAt: MADE,
			createdBy: person('p-nadia')
		},
		{
			id: row('a-panel'),
			order: 'a2',
			title: 'Add p95 panel to the release envelope',
			owner: person('p-tomas'),
			due: '2026-06-15',
			status: 'open',
			number: 213,
			source: review,
			createdAt: MADE,
			createdBy: person('p-nadia')
		},
		{
			id: row('a-runbook'),
			order: 'a3',
			title: 'Add an index step to the rollback runbook',
			owner: person('p-priya'),
			due: '2026-06-05',
			startOn: '2026-05-20',
			status: 'open',
			closedWhen: 'Drill completes under 20 min',
			number: 198,
			source: meeting('m-ops-21'),
			createdAt: '2026-05-18T10:20:00.000Z',
			createdBy: person('p-nadia')
		},
		{
			id: row('a-vendor'),
			order: 'a4',
			title: 'Get status webhooks from the paging vendor',
			owner: person('p-mei'),
			due: '2026-06-19',
			status: 'blocked',
			closedWhen: 'A test incident shows within a minute',
			blockedWhy: 'The vendor has not signed the data agreement',
			blockedSince: '2026-05-25T10:30:00.000Z',
			number: 190,
			createdAt: '2026-05-11T10:20:00.000Z',
			createdBy: person('p-mei')
		},
		{ id: row('a-bare'), order: 'a5', title: 'Look into free-tier traffic', status: 'open' },
		{
			id: row('a-pager'),
			order: 'a6',
			title: 'Page the second on-call after 5 minutes',
			owner: person('p-tomas'),
			due: '2026-06-04',
			status: 'done',
			closedWhen: 'Two drills page the second within 6 minutes',
			number: 187,
			createdAt: '2026-05-11T10:20:00.000Z',
			createdBy: person('p-nadia'),
			closedAt: '2026-06-03T15:00:00.000Z',
			closedBy: person('p-tomas')
		}
	],
	evidence: [
		{
			id: row('e-drill'),
			order: 'a0',
			action: row('a-pager'),
			text: 'Drill of 3 June',
			href: 'https://wiki.example.com/drills/2026-06-03',
			at: '2026-06-03T15:00:00.000Z',
			by: person('p-tomas')
		}
	],
	reschedules: [
		{
			id: row('r-runbook'),
			order: 'a0',
			action: row('a-runbook'),
			from: '2026-05-29',
			to: '2026-06-05',
			after: [],
			at: '2026-05-28T09:00:00.000Z',
			by: person('p-priya')
		}
	],
	carried: (['m-ops-22', 'm-ops-23', 'm-ops-24'] as const).map((document, index) => ({
		id: row(`a-vendor.${document}`),
		order: `a${index}`,
		action: row('a-vendor'),
		meeting: meeting(document),
		on: ['2026-05-25', '2026-06-01', '2026-06-08'][index] ?? '',
		blockedWhy: 'The vendor has not signed the data agreement'
	})),
	notes: {
		'a-vendor': [
			{
				is: 'paragraph',
				text: [{ is: 'text', text: 'Their lawyer has had it since 25 May.', marks: {} }]
			}
		]
	}
};
