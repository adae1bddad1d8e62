import * as z from 'zod/mini';
import { kpiId, personId, rowId } from '#lib/domain/id.ts';
import type { Decisions, Option } from './schema.ts';

const row = (text: string) => z.parse(rowId, text);
const person = (text: string) => z.parse(personId, text);
const kpi = (text: string) => z.parse(kpiId, text);

export const empty: Decisions = {
	decisions: [],
	options: [],
	members: [],
	evidence: [],
	asked: [],
	replies: [],
	tags: [],
	kpis: [],
	sections: [],
	texts: {}
};

const [hold, keep, old] = [row('hold'), row('keep'), row('old')];
const paragraph = (text: string) => ({
	is: 'paragraph' as const,
	text: [{ is: 'text' as const, text, marks: {} }]
});
const option = (of: typeof hold, id: string, fields: Omit<Option, 'id' | 'decision'>): Option => ({
	id: row(id),
	decision: of,
	...fields
});

/** Sample people and figures: one decided, one that waits for input, one that was replaced. */
export const typical: Decisions = {
	decisions: [
		{
			id: old,
			order: 'a0',
			title: 'Canary window of 15 minutes for all tiers',
			status: 'decided',
			madeOn: '2026-02-10',
			number: 119
		},
		{
			id: hold,
			order: 'a1',
			title: 'Hold search-api releases until the canary window is 60 minutes',
			status: 'decided',
			madeOn: '2026-06-08',
			proposedAt: '2026-06-08T06:00:00.000Z',
			decidedAt: '2026-06-08T08:38:00.000Z',
			reversibility: 'yes',
			reversibilityNote: 'One pipeline setting',
			reviewOn: '2026-06-22',
			chosen: row('hold-b'),
			supersedes: old,
			number: 148
		},
		{
			id: keep,
			order: 'a2',
			title: 'Keep the 15-minute page threshold for Tier-1?',
			status: 'in-review',
			proposedAt: '2026-06-08T09:00:00.000Z',
			reversibility: 'yes',
			request: row('ask-1'),
			requestedBy: person('p-priya'),
			requestedAt: '2026-06-08T09:00:00.000Z',
			decideBy: '2026-06-10T15:00:00.000Z',
			fallback: row('keep-b'),
			number: 149
		}
	],
	options: [
		option(hold, 'hold-a', {
			order: 'a0',
			title: 'Keep 15 minutes, add a manual soak check',
			pros: 'No pipeline change',
			cons: 'Depends on someone remembering'
		}),
		option(hold, 'hold-b', {
			order: 'a1',
			title: '60-minute canary for Tier-0',
			pros: 'Would have caught 3 of the last 3 slow breaches',
			cons: 'Adds 45 minutes to lead time'
		}),
		option(keep, 'keep-a', {
			order: 'a2',
			title: 'Keep 15 minutes',
			pros: 'Nothing slips for enterprise tenants'
		}),
		option(keep, 'keep-b', {
			order: 'a3',
			title: 'Page after 25 minutes',
			pros: 'Removes 9 of 12 false pages'
		})
	],
	members: [
		{ id: row('hold.recommend'), order: 'a0', decision: hold, role: 'recommend', person: person('p-priya') },
		{
			id: row('hold.agree'),
			order: 'a1',
			decision: hold,
			role: 'agree',
			person: person('p-rafael'),
			agreedAt: '2026-06-08T07:10:00.000Z'
		},
		{ id: row('hold.perform'), order: 'a2', decision: hold, role: 'perform', name: 'Platform team' },
		{ id: row('hold.decide'), order: 'a3', decision: hold, role: 'decide', person: person('p-samuel') },
		{ id: row('keep.decide'), order: 'a4', decision: keep, role: 'decide', person: person('p-rafael') },
		{ id: row('old.decide'), order: 'a5', decision: old, role: 'decide', person: person('p-samuel') }
	],
	evidence: [
		{
			id: row('e1'),
			order: 'a0',
			decision: hold,
			title: 'INC-2291 timeline',
			detail: 'Sev 2, 3 Jun, 74 min to restore',
			url: 'https://status.example/inc-2291'
		},
		{ id: row('e2'), order: 'a1', decision: keep, title: 'Page log, weeks 20–23' }
	],
	asked: [
		{
			id: row('ask-1.p-jonas'),
			order: 'a0',
			decision: keep,
			request: row('ask-1'),
			person: person('p-jonas')
		},
		{
			id: row('ask-1.p-nadia'),
			order: 'a1',
			decision: keep,
			request: row('ask-1'),
			person: person('p-nadia')
		}
	],
	replies: [
		{
			id: row('ask-1.p-nadia'),
			order: 'a0',
			decision: keep,
			request: row('ask-1'),
			person: person('p-nadia'),
			option: row('keep-b'),
			reason: 'No security signal rides on this threshold.',
			sentAt: '2026-06-08T09:52:00.000Z'
		}
	],
	tags: [{ id: row('t1'), order: 'a0', decision: hold, tag: 'release' }],
	kpis: [
		{
			id: row('k1'),
			order: 'a0',
			decision: hold,
			kpi: kpi('mttr'),
			seen: {
				kpi: kpi('mttr'),
				value: 74,
				at: '2026-06-08T00:00:00.000Z',
				asOf: '2026-06-08T08:30:00.000Z',
				contract: '00000000'
			}
		}
	],
	sections: [],
	texts: {
		'hold.context': [paragraph('Release 2026.22 of search-api doubled p95 latency.')],
		'hold.why': [paragraph('Lead time stays inside its 24 h target even with the longer window.')]
	}
};
