import { addDays, type IsoDate } from '#lib/domain/calendar.ts';
import { shortDay, weekdayAndDay } from '#lib/domain/words.ts';
import { opsOwners } from './sample-ops-review.ts';
import type { Note } from './sample-prose.ts';
import type { Parked, Script } from './sample-script.ts';
import type { Stage } from './sample-stage.ts';

// The minutes of the Ops Reviews that were held. Which ones there are depends on the weekday of the founding: the
// week of the incident was looked at by the last one, or will be by the one that comes.

/** The notes of one item each: reliability, cost, security, autonomy. Looking back and agreeing stand around them. */
type Week = readonly [Note, Note, Note, Note];

/** The scripts of the two reviews before the coming one, held on `last` and a week earlier. */
export function heldOpsReviews(stage: Stage, last: IsoDate): readonly [last: Script, earlier: Script] {
	const earlier = addDays(last, -7);
	const isSeen = last > stage.story.rollbackOn;
	const [lastWeek, earlierWeek] = isSeen
		? [weekOfIncident(stage), weekOfAlarms(stage)]
		: [weekOfAlarms(stage), quietWeek];
	return [
		script([LOOKED_BACK, ...lastWeek, agreed(last)], parkedLast(stage, last)),
		script(['Four of four are closed.', ...earlierWeek, agreedBefore(earlier)], parkedBefore(stage, earlier))
	];
}

const script = (notes: readonly Note[], parked: readonly Parked[]): Script => ({
	facilitator: 'lead',
	scribe: 'jonas',
	owners: opsOwners,
	notes: notes.map((note) => [note]),
	parked
});

const LOOKED_BACK = `
	Three of three are closed.

	- [x] Raise the page threshold of notify to five minutes @lead
	- [x] Drop the trace exporter that nobody reads @mei
	- [x] Pin the base image of ingest-edge @tomas
`;

/** What the coming review looks back on. */
const agreed = (on: IsoDate) => `
	Agreed, each with its check:

	- Re-baseline the 28-day SLO: @rafael by ${due(on, 2)}, both baselines on the dashboard.
	- Rotate the keys of the export service: @tomas by ${due(on, 4)}, the old ones refused.
	- Rotate the paging schedule for billing-sync: @lead by ${due(on, 7)}, under 12 pages a week.
	- Review INC-2274: @jonas by ${due(on, 8)}, its prevention item merged.
`;

const agreedBefore = (on: IsoDate) => `
	- Raise the page threshold of notify to five minutes: @lead by ${due(on, 4)}.
	- Drop the trace exporter that nobody reads: @mei by ${due(on, 4)}.
	- Pin the base image of ingest-edge: @tomas by ${due(on, 5)}.
`;

const due = (on: IsoDate, days: number) => shortDay(addDays(on, days));

const weekOfIncident = ({ story }: Stage): Week => [
	`
	INC-2291 was a Sev 2. Restored in 74 min on ${weekdayAndDay(story.incidentOn)} by shedding load; the slow release
	stayed on until ${weekdayAndDay(story.rollbackOn)}.

	- Why the canary let search-api ${story.version} through is not known yet. @priya replays the last six releases.
	- Until then search-api goes out by hand, with two people looking.
	`,
	'Retries drove the bill of search-api up for two days. @mei splits them out for the next review.',
	'Nothing above Sev 2 is open. The keys of the export service are due for rotation.',
	'The remediation of billing-sync ran twice, and helped once. @jonas watches it for a week.'
];

const weekOfAlarms = ({ story }: Stage): Week => [
	`
	All Tier-0 services were inside budget.

	- INC-2274 on ${weekdayAndDay(story.earlierIncidentOn)}: billing-sync paged 21 times in one night. No customer
	  noticed; whoever was on call did.
	- p95 of search-api is steady near 310 ms.
	`,
	'Spend is on plan. eu-west costs 2% more than a month ago; @mei looks for the reason.',
	'Two findings came, three went. No unusual access.',
	'No demotions, no kill switches.'
];

const quietWeek: Week = [
	'All Tier-0 services were inside budget. The failover drill of identity took 40 seconds, target 60.',
	'Spend is 1% under plan: the nightly exports now run on spot capacity.',
	'One Sev 2 finding, fixed the same day. Secret rotation is on schedule.',
	'No demotions. Two runbooks were automated, both of ingest-edge.'
];

const parkedLast = ({ at }: Stage, on: IsoDate): readonly Parked[] => [
	{
		text: 'Do we still need the weekly spend e-mail, now that the movers report is out?',
		by: 'mei',
		atMs: at(on, '10:19'),
		item: 2,
		state: 'next'
	}
];

const parkedBefore = ({ at }: Stage, on: IsoDate): readonly Parked[] => [
	{
		text: 'Who answers for the status page of the SMS vendor?',
		by: 'ingrid',
		atMs: at(on, '10:14'),
		item: 1,
		state: 'closed'
	}
];
