import { addDays, type IsoDate } from '#lib/domain/calendar.ts';
import { shortDay, weekdayAndDay } from '#lib/domain/words.ts';
import { opsReview } from '#lib/kinds/space/starter-agendas.ts';
import type { TemplateItem } from '#lib/kinds/space/schema.ts';
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
		notes: [
			lastActions(on),
			reliability(stage, on),
			cost(on),
			securityEvents(stage, on),
			autonomy(stage, on),
			actions(on)
		],
		parked: parkedThings(stage)
	};
}

const due = (on: IsoDate, days: number) => shortDay(addDays(on, days));

function lastActions(on: IsoDate): readonly Note[] {
	return [
		`
		Two of four are closed. The other two are about billing-sync, which pages most.

		- [x] Re-baseline the 28-day SLO @rafael
		  - Closed: both baselines are on the dashboard
		- [x] Rotate the keys of the export service @tomas
		  - Closed: the old ones are refused
		- [ ] Rotate the paging schedule for billing-sync @lead by ${due(on, 0)}
		  - Closed when page volume is back under 12 a week
		- [ ] Finish the review of INC-2274 @jonas by ${due(on, 1)}
		  - Closed when its prevention item is merged
		`,
		chart('on-call-pages', '26w')
	];
}

function reliability({ story }: Stage, on: IsoDate): readonly Note[] {
	const { version, week, releaseOn, rollbackOn } = story;
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
		`
		**What changed.** p95 regression in search-api after ${version}; queries over 500 ms count as failed.

		**What we’re doing.** Rolled back on ${shortDay(rollbackOn)}. The release is held until the canary covers
		60 minutes.
		`,
		chart('error-budget-burn', '28d'),
		chart('mttr', '26w'),
		`
		> **Proposed:** hold search-api releases until the canary window is 60 minutes. @samuel decides. Easy to undo,
		> review on ${due(on, 14)}.

		- [ ] Extend the search-api canary to 60 min @rafael by ${due(on, 4)}
		  - Closed when the p95 lock fires in the staging drill
		- [ ] Re-run the week ${week} breach against the lock @priya by ${due(on, 2)}
		  - Closed when the replay report is linked to INC-2291
		- [ ] Add a p95 panel to the release envelope @tomas by ${due(on, 7)}
		`
	];
}

function cost(on: IsoDate): readonly Note[] {
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
		`
		- [ ] Cap client retries at three @mei by ${due(on, 7)}
		  - Closed when a load test shows no storm
		`
	];
}

function securityEvents({ story }: Stage, on: IsoDate): readonly Note[] {
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
		`
		- [ ] Update the image parser @tomas by ${due(on, 9)}
		  - Closed when the scanner no longer lists it
		`
	];
}

function autonomy({ story }: Stage, on: IsoDate): readonly Note[] {
	return [
		`
		One demotion: the remediation of billing-sync went to advisory-only after two restarts within an hour. No kill
		switch was used.

		Runbook automation fell to 58%. Three runbooks of search-api do not run since ${story.version}: they wait for a
		health check that the release renamed.
		`,
		chart('runbook-automation', '26w'),
		`
		- [ ] Point the three runbooks at the new health check @jonas by ${due(on, 4)}
		  - Closed when all three pass \`runbook drill --dry-run\`
		`
	];
}

function actions(on: IsoDate): readonly Note[] {
	return [
		`
		Every action has an owner and a date. One has no check yet: how will we know that the p95 panel is read?

		1. Walk through the open tasks above, newest first.
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
