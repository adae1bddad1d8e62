import ListChecks from '@lucide/svelte/icons/list-checks';
import Milestone from '@lucide/svelte/icons/milestone';
import type { ListRow } from '../home/list.ts';

/** What waits for an invented person, for specimens. */
export const commentary: readonly ListRow[] = [
	{
		id: 'runbook',
		title: 'Runbook automation',
		details: ['Red. Not started'],
		glyph: 'red',
		trailing: '58%',
		isValue: true,
		href: '#runbook'
	},
	{
		id: 'pages',
		title: 'On-call pages, weekly',
		details: ['Draft, not marked complete'],
		glyph: 'amber',
		trailing: '38',
		isValue: true,
		href: '#pages'
	},
	{
		id: 'reopen',
		title: 'Incident reopen rate',
		details: ['Jonas is drafting with you'],
		glyph: 'amber',
		trailing: '6.1%',
		isValue: true,
		href: '#reopen'
	}
];

export const actions: readonly ListRow[] = [
	['rotate', 'Rotate paging schedule for billing-sync', 'Page volume back under 12 a week', 'Today'],
	['close', 'Close INC-2274 review', 'Prevention item merged', 'Today'],
	['slo', 'Re-baseline 28-day SLO', 'Two baselines on the dashboard', 'Wed'],
	['vendor', 'Publish vendor escalation path', 'Linked in the runbook', 'Fri']
].map(([id = '', title = '', detail = '', trailing]) => ({
	id,
	title,
	details: [detail],
	trailing,
	isDone: false
}));

export const decisions: readonly ListRow[] = [
	{
		id: 'threshold',
		title: 'Keep the 15-minute page threshold for Tier-1?',
		details: ['Your input. Decide by Wed 17:00', 'No reply means option B goes ahead'],
		href: '#threshold'
	},
	{
		id: 'retention',
		title: 'Accept the expired risk on log retention',
		details: ['You decide. Decide by Fri 12:00', 'No reply means it goes to Claire Dubois'],
		href: '#retention'
	}
];

export const needs: readonly ListRow[] = [
	{ id: 'mttr', title: 'MTTR commentary', details: ['Due today 10:00'], glyph: 'red', href: '#mttr' },
	{
		id: 'page',
		title: 'Page threshold for Tier-1?',
		details: ['Reply by Wed 17:00'],
		glyph: Milestone,
		href: '#page'
	},
	{ id: 'two', title: '2 actions', details: ['First due Wed 10 Jun'], glyph: ListChecks, href: '#two' }
];
