import { addDays, type IsoDate } from '#lib/domain/calendar.ts';
import { shortDay, weekdayAndDay } from '#lib/domain/words.ts';
import { opsReview } from '#lib/kinds/space/starter-agendas.ts';
import type { TemplateItem } from '#lib/kinds/space/schema.ts';
import { actionBlock } from './sample-actions.ts';
import { holdReleases } from './sample-decisions.ts';
import { chart, type Note } from './sample-prose.ts';
import type { Parked, Script } from './sample-script.ts';
import type { Stage } from './sample-stage.ts';

// The Ops Review that comes: what a team has written into it before it begins.

/** This team looks back first, and takes the time for it from the end. */
export const sampleOpsAgenda: readonly TemplateItem[] = [
	{
		title: 'Last week’s actions',
		minutes: 5,
		purpose: 'inform',
		prompt: 'What was closed, and what shows it. What carries over, and why.'
	},
	...opsReview.map((item, index) => (index === opsReview.length - 1 ? { ...item, minutes: 5 } : item))
];

export const opsOwners: Script['owners'] = ['lead', 'priya', 'mei', 'tomas', 'jonas', 'lead'];

/** `on`: the day of the review. */
export function comingOpsReview(stage: Stage, on: IsoDate): Script {
	return {
		facilitator: 'lead',
		scribe: 'jonas',
		owners: opsOwners,
		notes: [lastActions(), reliability(stage), cost(), securityEvents(stage), autonomy(stage), actions(on)],
		parked: parkedThings(stage)
	};
}

function lastActions(): readonly Note[] {
	return [
		`
		Two of four are closed. The other two are about billing-sync, which pages most.
		`,
		...['baseline', 'export-keys', 'page-schedule', 'inc-2274'].map(actionBlock),
		chart('on-call-pages', '26w')
	];
}

function reliability({ story }: Stage): readonly Note[] {
	const { version, releaseOn, rollbackOn } = story;
	return [
		`
		Attainment held near 99.93% until ${weekdayAndDay(releaseOn)}. The ${version} release of search-api pushed p95
		from 310 ms to 640 ms and used 23 points of error budget before the rollback on ${weekdayAndDay(rollbackOn)}.

		- billing-sync and ingest-edge are inside budget; no failover anomalies.
		- The p95 regression lock did not fire: the canary window is **15 minutes** and the breach took 22.
		- The rest is in the [timeline of INC-2291](https://incidents.example.com/INC-2291) and the
		  [replay of the last six releases](https://ci.example.com/search-api/canary-replay).
		`,
		chart('slo-attainment', '28d'),
		chart('error-budget-burn', '28d'),
		chart('mttr', '26w'),
		holdReleases,
		...['extend-canary', 'replay-breach', 'p95-panel'].map(actionBlock)
	];
}

function cost(): readonly Note[] {
	return [
		`
		Cloud unit cost is $4.38 per active account, 18 cents over target. Most of it is search-api.

		| Service | Unit cost | Budget | Difference |
		| --- | --- | --- | --- |
		| search-api | $1.42 | $1.28 | +$0.14 |
		| ingest-edge | $1.10 | $1.08 | +$0.02 |
		| billing-sync | $0.61 | $0.62 | −$0.01 |
		| identity | $0.34 | $0.35 | −$0.01 |
		| Everything else | $0.91 | $0.87 | +$0.04 |
		`,
		chart('cloud-unit-cost', '12w'),
		`
		- Cost of the retry storm: $1,940, already in the unit cost.
		- The cache hit rate of search-api fell from 71% to 64% with the release and has come back.
		- Prompt cost is flat; eu-west drifts up by 2% a month.
		`,
		actionBlock('cap-retries')
	];
}

function securityEvents({ story }: Stage): readonly Note[] {
	return [
		`
		96% of findings were closed in time, target 95%. No Sev 1 is open.

		| Severity | Open | New | Closed | Limit |
		| --- | --- | --- | --- | --- |
		| Sev 1 | 0 | 1 | 1 | 7 days |
		| Sev 2 | 4 | 2 | 3 | 30 days |
		| Sev 3 | 11 | 5 | 6 | 90 days |

		- One dependency finding touches the image parser of exports; it is not reachable from outside.
		- A burst of failed sign-ins on ${shortDay(story.releaseOn)} came from one partner’s expired token. No account is
		  affected.
		`,
		actionBlock('image-parser')
	];
}

function autonomy({ story }: Stage): readonly Note[] {
	return [
		`
		One demotion: the remediation of billing-sync went to advisory-only after two restarts within an hour. No kill
		switch was used.

		Runbook automation fell to 58%. Three runbooks of search-api do not run since ${story.version}: they wait for a
		health check that the release renamed.
		`,
		chart('runbook-automation', '26w'),
		actionBlock('three-runbooks')
	];
}

function actions(on: IsoDate): readonly Note[] {
	return [
		`
		Every action has an owner and a date. One has no check yet: how will we know that the p95 panel is read?

		1. Walk through the open actions above, newest first.
		2. Name a check for each that has none.
		3. Put what needs more than ten minutes into the parking lot.

		Next review: ${weekdayAndDay(addDays(on, 7))}. @claire joins for the decision on the canary.
		`
	];
}

const MINUTE_MS = 60_000;

/** While the notes were written, a few hours before the space is first looked at. */
function parkedThings({ nowMs }: Stage): readonly Parked[] {
	return [
		{
			text: 'Should free-tier traffic count towards the Tier-0 SLO?',
			by: 'jonas',
			atMs: nowMs - 190 * MINUTE_MS,
			item: 1,
			state: 'open'
		},
		{
			text: 'Vendor status page was 40 minutes late on INC-2291.',
			by: 'mei',
			atMs: nowMs - 185 * MINUTE_MS,
			item: 1,
			state: 'open'
		}
	];
}
