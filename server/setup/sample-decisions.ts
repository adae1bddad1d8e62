import type { ProseEmbed } from '#lib/docs/prose.ts';
import { proseFromMarkdown } from '#lib/docs/prose-from-markdown.ts';
import { addDays, type IsoDate } from '#lib/domain/calendar.ts';
import { kpiId, rowId, type RowId } from '#lib/domain/id.ts';
import { shortDay } from '#lib/domain/words.ts';
import { decisionsKind } from '#lib/kinds/decisions/kind.ts';
import {
	DECISIONS_DOCUMENT,
	textRoot,
	type Decision,
	type Decisions,
	type Role
} from '#lib/kinds/decisions/schema.ts';
import { ordered } from './beginning.ts';
import { record } from './sample-prose.ts';
import type { SampleReviews } from './sample-records.ts';
import type { Role as Part, Stage } from './sample-stage.ts';

const HOUR_MS = 3_600_000;

/** How long the request for input is still open. */
const ASKED_HOURS = 50;

interface Case {
	readonly id: string;
	readonly title: string;
	readonly status: Decision['status'];
	/** Days before today. */
	readonly daysAgo: number;
	readonly parts: readonly (readonly [Role, Part | { readonly name: string }])[];
	readonly options?: readonly (readonly [title: string, pros: string, cons: string])[];
	/** Index of the option that was chosen, or is proposed. */
	readonly chosen?: number;
	readonly evidence: readonly (readonly [title: string, detail: string, url?: string])[];
	readonly context: string;
	readonly why?: string;
	readonly reversibility: NonNullable<Decision['reversibility']>;
	readonly reversibilityNote?: string;
	/** Days from today. */
	readonly reviewIn?: number;
	readonly kpis?: readonly string[];
	readonly supersedes?: string;
}

const casesOf = ({ story }: Stage): readonly Case[] => [
	{
		id: 'canary-15',
		title: 'Canary window of 15 minutes for all tiers',
		status: 'decided',
		daysAgo: 120,
		parts: [['decide', 'samuel']],
		evidence: [['Rollout times, Q1', 'Median 22 min per release']],
		context: 'Releases waited for one another. Nothing slow had been missed until then.',
		reversibility: 'yes'
	},
	{
		id: 'median-mttr',
		title: 'MTTR uses the median, planned maintenance reported apart',
		status: 'decided',
		daysAgo: 95,
		parts: [
			['recommend', 'jonas'],
			['decide', 'priya']
		],
		options: [
			['Keep the mean', 'No break in the series', 'One long outage moves a quarter'],
			['Use the median', 'Shows the usual case', 'Hides the worst one: it is reported beside it']
		],
		chosen: 1,
		evidence: [['Restore times of last year', '41 incidents, two of them over 8 h']],
		context: 'Two incidents made the mean useless for half a year.',
		why: 'The review asks what usually happens. The worst case has a row of its own.',
		reversibility: 'partly',
		kpis: ['mttr']
	},
	{
		id: 'break-glass',
		title: 'Two-person approval for break-glass access',
		status: 'decided',
		daysAgo: 90,
		parts: [
			['recommend', 'tomas'],
			['decide', 'claire']
		],
		evidence: [['Access log of the last quarter', '14 uses, 3 without a ticket']],
		context: 'Break-glass access was used three times without anybody knowing.',
		reversibility: 'yes',
		reviewIn: -1
	},
	{
		id: 'trace-sampling',
		title: 'Move trace sampling to 8% for Tier-2 services',
		status: 'decided',
		daysAgo: 6,
		parts: [
			['recommend', 'jonas'],
			['decide', 'mei']
		],
		evidence: [['Telemetry cost by tier', 'Tier 2 is 46% of it']],
		context: 'Tier-2 traces are 46% of the telemetry bill and were opened twice last month.',
		reversibility: 'yes',
		reversibilityNote: 'One setting',
		reviewIn: 24,
		kpis: ['telemetry-cost']
	},
	{
		id: 'hold-releases',
		title: 'Hold search-api releases until the canary window is 60 minutes',
		status: 'proposed',
		daysAgo: 1,
		parts: [
			['recommend', 'priya'],
			['agree', 'rafael'],
			['agree', 'ingrid'],
			['perform', { name: 'Platform team' }],
			['input', 'tomas'],
			['input', 'jonas'],
			['decide', 'samuel']
		],
		options: [
			['Keep 15 minutes, add a manual soak check', 'No pipeline change', 'Depends on someone remembering'],
			[
				'60-minute canary for Tier-0',
				'Would have caught 3 of the last 3 slow breaches',
				'Adds 45 minutes to lead time'
			],
			['Freeze Tier-0 releases for two weeks', 'Lowest risk', 'Blocks 11 queued fixes']
		],
		chosen: 1,
		evidence: [
			['INC-2291 timeline', `Sev 2, ${shortDay(story.incidentOn)}`, 'https://incidents.example.com/INC-2291'],
			[
				'Replay of the last six releases',
				'Pipeline report',
				'https://ci.example.com/search-api/canary-replay'
			]
		],
		context: `Release ${story.version} of search-api doubled p95 latency. The breach took 22 minutes to show; the canary watches for 15.`,
		why: 'Lead time stays inside its 24 h target even with the longer window.',
		reversibility: 'yes',
		reversibilityNote: 'One pipeline setting',
		reviewIn: 14,
		kpis: ['slo-attainment', 'mttr', 'lead-time'],
		supersedes: 'canary-15'
	},
	{
		id: 'page-threshold',
		title: 'Keep the 15-minute page threshold for Tier-1?',
		status: 'in-review',
		daysAgo: 1,
		parts: [['decide', 'rafael']],
		options: [
			['Keep 15 minutes', 'Nothing slips for enterprise tenants', '12 pages a week with no action'],
			['Page after 25 minutes', 'Removes 9 of 12 false pages', 'Two real ones would page 10 minutes later']
		],
		evidence: [['Page log of four weeks', '38 pages, 12 of them for Tier-1 blips']],
		context: 'On-call took 38 pages last week, 12 of them for Tier-1 blips that cleared within 20 minutes.',
		reversibility: 'yes',
		kpis: ['on-call-pages']
	}
];

const decisionRow = (id: string): RowId => rowId.parse(`d-${id}`);

/** The block of the decision that the coming review is to make. */
export const holdReleases: ProseEmbed = record('decision', {
	kind: decisionsKind.id,
	document: DECISIONS_DOCUMENT,
	row: decisionRow('hold-releases')
});

/** The decision log: what was decided, what waits, and what is to be looked at again. */
export function sampleDecisions(reviews: SampleReviews, stage: Stage): Decisions {
	const { cast, today, at } = stage;
	const cases = casesOf(stage);
	const dayOf = (daysAgo: number): IsoDate => addDays(today, -daysAgo);
	const instantOf = (daysAgo: number) => new Date(at(dayOf(daysAgo), '10:38')).toISOString();
	const partsOf = <Part, Row>(
		pick: (one: Case) => readonly Part[],
		make: (one: Case, part: Part, index: number) => Row
	) => cases.flatMap((one) => pick(one).map((part, index) => make(one, part, index)));
	return {
		decisions: ordered(cases).map(({ order, ...one }) => ({
			id: decisionRow(one.id),
			order,
			title: one.title,
			status: one.status,
			proposedAt: instantOf(one.daysAgo + (one.status === 'decided' ? 1 : 0)),
			proposedBy: cast.priya.id,
			...(one.status === 'decided' ? { madeOn: dayOf(one.daysAgo), decidedAt: instantOf(one.daysAgo) } : {}),
			reversibility: one.reversibility,
			...(one.reversibilityNote ? { reversibilityNote: one.reversibilityNote } : {}),
			...(one.reviewIn === undefined ? {} : { reviewOn: addDays(today, one.reviewIn) }),
			...(one.chosen === undefined ? {} : { chosen: optionRow(one.id, one.chosen) }),
			...(one.supersedes ? { supersedes: decisionRow(one.supersedes) } : {}),
			...(one.id === 'hold-releases' ? { source: reviews.coming.item(1) } : {}),
			...(one.status === 'in-review' ? requestOf(one, stage) : {})
		})),
		options: ordered(
			partsOf(
				({ options = [] }) => options,
				({ id }, [title, pros, cons], index) => ({
					id: optionRow(id, index),
					decision: decisionRow(id),
					title,
					pros,
					cons
				})
			)
		),
		members: ordered(
			partsOf(
				({ parts }) => parts,
				({ id }, [role, who], index) => ({
					id: rowId.parse(`d-${id}.m${index + 1}`),
					decision: decisionRow(id),
					role,
					...(typeof who === 'string' ? { person: cast[who].id } : { name: who.name })
				})
			)
		),
		evidence: ordered(
			partsOf(
				({ evidence }) => evidence,
				({ id }, [title, detail, url], index) => ({
					id: rowId.parse(`d-${id}.e${index + 1}`),
					decision: decisionRow(id),
					title,
					detail,
					...(url ? { url } : {})
				})
			)
		),
		...repliesOf(stage),
		tags: [],
		kpis: ordered(
			partsOf(
				({ kpis = [] }) => kpis,
				({ id }, kpi) => ({
					id: rowId.parse(`d-${id}.${kpi}`),
					decision: decisionRow(id),
					kpi: kpiId.parse(kpi)
				})
			)
		),
		sections: [],
		texts: Object.fromEntries(
			cases.flatMap(({ id, context, why }) => [
				[textRoot(decisionRow(id), 'context'), proseFromMarkdown(context)],
				...(why ? [[textRoot(decisionRow(id), 'why'), proseFromMarkdown(why)]] : [])
			])
		) as Decisions['texts']
	};
}

const optionRow = (id: string, index: number): RowId => rowId.parse(`d-${id}.o${index + 1}`);

const REQUEST = rowId.parse('d-page-threshold.ask');

/** Asked this morning, with two days to answer. */
function requestOf({ id }: Case, { cast, nowMs }: Stage) {
	return {
		request: REQUEST,
		requestedBy: cast.priya.id,
		requestedAt: new Date(nowMs - 4 * HOUR_MS).toISOString(),
		decideBy: new Date(nowMs + ASKED_HOURS * HOUR_MS).toISOString(),
		fallback: optionRow(id, 1)
	};
}

function repliesOf({ cast, nowMs }: Stage): Pick<Decisions, 'asked' | 'replies'> {
	const decision = decisionRow('page-threshold');
	const people = [cast.priya, cast.tomas, cast.jonas, cast.lead, cast.ruth];
	const said = [
		[cast.tomas, 1, 'No security signal rides on this threshold.', 3.5],
		[cast.priya, 1, 'Contract notices run from Tier-0 only. Linked the clause.', 1.5]
	] as const;
	const part = (person: { id: string }) => ({
		id: rowId.parse(`${REQUEST}.${person.id}`),
		decision,
		request: REQUEST
	});
	return {
		asked: ordered(people).map((person) => ({ ...part(person), order: person.order, person: person.id })),
		replies: ordered(
			said.map(([person, option, reason, hoursAgo]) => ({ person, option, reason, hoursAgo }))
		).map(({ person, option, reason, hoursAgo, order }) => ({
			...part(person),
			order,
			person: person.id,
			option: optionRow('page-threshold', option),
			reason,
			sentAt: new Date(nowMs - hoursAgo * HOUR_MS).toISOString()
		}))
	};
}
