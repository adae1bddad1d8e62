import type { IsoDate } from '#lib/domain/calendar.ts';
import { weekdayOf } from '#lib/domain/calendar.ts';
import { chart, type Note } from './sample-prose.ts';
import type { Script } from './sample-script.ts';
import type { Stage } from './sample-stage.ts';

/** The meetings besides the Ops Review: who keeps them, what is ready before, and what was written in one held. */
export interface Play {
	readonly facilitator: Script['facilitator'];
	readonly owners: Script['owners'];
	/** Notes by item that are there before it begins; the others keep their prompt. */
	readonly ahead?: Script['notes'];
	/** One note per item. */
	minutes(stage: Stage, on: IsoDate): readonly Note[];
}

/** By the id of the series. */
export const plays: Readonly<Record<string, Play>> = {
	standup: {
		facilitator: 'lead',
		owners: ['priya', 'rafael', 'rafael', 'lead'],
		minutes: standupNotes
	},
	'security-standup': {
		facilitator: 'tomas',
		owners: ['tomas', 'ingrid', 'claire'],
		ahead: [
			[
				'Findings closed in time, and the four Sev 2 that are open. None is older than 19 days.',
				chart('security-findings-sla', '26w'),
				'- [ ] Bring the patch plan for the image parser @tomas'
			]
		],
		minutes: () => [
			`
			Eight new findings, ten closed. Four Sev 2 are open, the oldest for 19 days of 30.

			- [x] Patch the queue client in notify @rafael
			`,
			'3,120 failed sign-ins, 2% more than last week. One partner’s expired token made most of them.',
			'Access reviews are done for 11 of 12 systems. The audit dry run is in three weeks.'
		]
	},
	'product-metrics': {
		facilitator: 'ingrid',
		owners: ['ingrid', 'ingrid', 'ruth'],
		ahead: [
			[
				'Growth comes from smaller accounts; enterprise stands still. Switch the chart to see each.',
				chart('weekly-active-accounts', '26w')
			],
			undefined,
			['Time to first value, by the month in which a contract began:', chart('time-to-first-value', '52w')]
		],
		minutes: () => [
			'Active accounts grew for the sixth week running, nearly all of it in smaller accounts.',
			`
			Saved searches reached 31% of accounts two weeks after release. The shorter onboarding can be read: 4 days
			less to first value.

			> **Decided:** the shorter onboarding goes to everybody. @ingrid
			`,
			'Two accounts at risk, both waiting for SSO with their own provider. @ruth calls them this week.'
		]
	},
	'sprint-review': {
		facilitator: 'rafael',
		owners: ['rafael', 'priya', 'rafael', 'lead'],
		minutes: () => [
			'Four of five goals reached. The vendor escalation path moves to the next sprint.',
			`
			1. Saved searches on the phone @ingrid
			2. Exports on spot capacity @mei
			3. The failover drill of identity @priya
			`,
			'41 points of 44. Cycle time 2.6 days. Two bugs escaped, both found by us.',
			'Try next: a reviewer is named when a change is opened, not when it is ready.'
		]
	},
	'finops-review': {
		facilitator: 'mei',
		owners: ['mei', 'rafael', 'mei', 'mei'],
		ahead: [
			['Spend follows active accounts; what leaves the plan is search-api.', chart('cloud-unit-cost', '26w')],
			undefined,
			['Telemetry costs less since sampling was lowered for Tier-2.', chart('telemetry-cost', '52w')]
		],
		minutes: () => [
			'Spend is 2% over budget, 5% over last month. Active accounts grew by 4%.',
			'Top movers: search-api up by 11%, exports down by 18% since they run on spot capacity.',
			'> **Decided:** trace sampling goes to 8% for Tier-2 services. @mei reviews it in a month.',
			'Next month: on budget, if search-api returns to its old cost per query.'
		]
	},
	'exec-review': {
		facilitator: 'claire',
		owners: ['claire', 'priya', 'tomas', 'ingrid', 'ruth', 'samuel'],
		ahead: [
			undefined,
			undefined,
			undefined,
			undefined,
			['Retention, twelve months trailing:', chart('net-dollar-retention', '52w')]
		],
		minutes: () => [
			'82 of 100, three lower than last month. Reliability moved it.',
			'SLOs were kept on 26 of 30 days. Restoring takes longer than it should; @priya explains the plan.',
			'Findings are closed in time. One accepted risk on log retention expires this month.',
			'Active accounts are ahead of plan, sign-ups on plan. Time to first value is down by 4 days.',
			'Retention is above target. Unit cost is not; @mei brings options to the FinOps Review.',
			'> **Decided:** Tier-0 reliability comes before new search features this month. @samuel'
		]
	},
	qbr: {
		facilitator: 'claire',
		owners: ['claire', 'ruth', 'samuel', 'ruth', 'claire'],
		minutes: () => [
			'Seven of nine objectives reached. The two that were not: restore times and unit cost.',
			'14 accounts won, 3 lost. Asked for again and again: SSO with their own provider, exports by API.',
			'The search index is split per region, which is hard to undo and was worth it. Debt: one old queue client.',
			'Revenue is on plan, margin a point above. The forecast for the next quarter stands.',
			'> **Decided:** three objectives instead of nine. Owners bring key results within a week. @claire'
		]
	}
};

/** Five mornings, by weekday; on the days of the story, what everybody talked about then. */
function standupNotes({ story }: Stage, on: IsoDate): readonly Note[] {
	if (on === story.releaseOn) {
		return [
			'No open incidents.',
			'Three went out, none came back.',
			'One review waits for @samuel.',
			`search-api ${story.version} goes out at 10:20.`
		];
	}
	if (on === story.incidentOn) {
		return [
			'search-api is slower than yesterday: p95 near 640 ms. @priya looks into it.',
			`search-api ${story.version} and two more.`,
			'Nothing waits.',
			'No deploys to Tier-0 until it is understood.'
		];
	}
	if (on === story.rollbackOn) {
		return [
			'INC-2291 is closed, search-api is still slow.',
			'None, by agreement.',
			'Two reviews wait for @rafael.',
			`search-api ${story.version} is rolled back at 09:40.`
		];
	}
	return mornings[(weekdayOf(on) - 1) % mornings.length] ?? [];
}

const mornings: readonly (readonly Note[])[] = [
	[
		'No open incidents. Four pages over the weekend, all of billing-sync.',
		'None since Friday.',
		'Two reviews from last week, @rafael takes both.',
		'Ops Review at 10:00. notify goes out in the afternoon.'
	],
	[
		'No open incidents.',
		'notify, without trouble.',
		'One review waits for @jonas.',
		'Database maintenance of exports at 13:00, 20 minutes. @mei watches.'
	],
	[
		'No open incidents. Budgets are where they were.',
		'exports and identity.',
		'Nothing waits.',
		'ingest-edge goes out at 11:00. @ingrid needs @priya for an hour.'
	],
	[
		'One Sev 3: slow exports for two customers, fixed by noon.',
		'ingest-edge, twice: the first one missed a setting.',
		'One blocker: a vendor’s certificate. @tomas calls them.',
		'Staging drill at 14:00.'
	],
	[
		'No open incidents.',
		'billing-sync, without trouble.',
		'The vendor’s certificate came.',
		'No deploys after 15:00. @jonas is on call for the weekend.'
	]
];
