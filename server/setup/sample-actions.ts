import type { ProseEmbed } from '#lib/docs/prose.ts';
import { addDays } from '#lib/domain/calendar.ts';
import { documentId, rowId, type RowId } from '#lib/domain/id.ts';
import type { DocumentRef } from '#lib/domain/link.ts';
import { actionsKind } from '#lib/kinds/actions/kind.ts';
import type { Actions } from '#lib/kinds/actions/schema.ts';
import { ordered } from './beginning.ts';
import { record } from './sample-prose.ts';
import type { SampleReviews } from './sample-records.ts';
import type { Role, Stage } from './sample-stage.ts';

interface Promise {
	readonly id: string;
	readonly title: string;
	readonly owner: Role;
	/** Days after the coming review. */
	readonly due: number;
	readonly closedWhen?: string;
	/** Which review it came from, and the index of the item there. */
	readonly from: readonly ['earlier' | 'last' | 'coming', number];
	/** It is done, and this shows it. */
	readonly shown?: string;
	readonly blockedWhy?: string;
}

/** As the notes of the reviews speak of them. */
const promises: readonly Promise[] = [
	{
		id: 'page-schedule',
		title: 'Rotate the paging schedule for billing-sync',
		owner: 'lead',
		due: 0,
		closedWhen: 'Page volume is back under 12 a week',
		from: ['earlier', 1]
	},
	{
		id: 'inc-2274',
		title: 'Finish the review of INC-2274',
		owner: 'jonas',
		due: 1,
		closedWhen: 'Its prevention item is merged',
		from: ['last', 1],
		blockedWhy: 'Waits for the log export of the paging vendor'
	},
	{
		id: 'baseline',
		title: 'Re-baseline the 28-day SLO',
		owner: 'rafael',
		due: -2,
		closedWhen: 'Both baselines are on the dashboard',
		from: ['last', 1],
		shown: 'Dashboard “Tier-0 attainment”, both lines since Thursday'
	},
	{
		id: 'export-keys',
		title: 'Rotate the keys of the export service',
		owner: 'tomas',
		due: -3,
		closedWhen: 'The old keys are refused',
		from: ['last', 3],
		shown: 'Refused in staging and production, see the sign-in log of Wednesday'
	},
	{
		id: 'extend-canary',
		title: 'Extend the search-api canary to 60 min',
		owner: 'rafael',
		due: 4,
		closedWhen: 'The p95 lock fires in the staging drill',
		from: ['coming', 1]
	},
	{
		id: 'replay-breach',
		title: 'Re-run the breach against the lock',
		owner: 'priya',
		due: 2,
		closedWhen: 'The replay report is linked to INC-2291',
		from: ['coming', 1]
	},
	{
		id: 'p95-panel',
		title: 'Add a p95 panel to the release envelope',
		owner: 'tomas',
		due: 7,
		from: ['coming', 1]
	},
	{
		id: 'cap-retries',
		title: 'Cap client retries at three',
		owner: 'mei',
		due: 7,
		closedWhen: 'A load test shows no storm',
		from: ['coming', 2]
	},
	{
		id: 'image-parser',
		title: 'Update the image parser',
		owner: 'tomas',
		due: 9,
		closedWhen: 'The scanner no longer lists it',
		from: ['coming', 3]
	},
	{
		id: 'three-runbooks',
		title: 'Point the three runbooks at the new health check',
		owner: 'jonas',
		due: 4,
		closedWhen: 'All three pass a dry-run drill',
		from: ['coming', 4]
	}
];

export const actionRow = (id: string): RowId => rowId.parse(`a-${id}`);

/** The block of an action of the sample. */
export const actionBlock = (id: string): ProseEmbed =>
	record('action', {
		kind: actionsKind.id,
		document: documentId.parse(actionsKind.only),
		row: actionRow(id)
	});

/** The register of actions, as the reviews left it. */
export function sampleActions(reviews: SampleReviews, { cast, at }: Stage): Actions {
	const { coming } = reviews;
	const madeAt = ([when]: Promise['from']) => new Date(at(reviews[when].on, '10:30')).toISOString();
	const sourceOf = ([when, item]: Promise['from']): DocumentRef => reviews[when].item(item);
	const done = promises.filter(({ shown }) => shown !== undefined);
	return {
		actions: ordered(promises).map(
			({ id, order, title, owner, due, closedWhen, from, shown, blockedWhy }) => ({
				id: actionRow(id),
				order,
				title,
				owner: cast[owner].id,
				due: addDays(coming.on, due),
				status: shown ? ('done' as const) : blockedWhy ? ('blocked' as const) : ('open' as const),
				...(closedWhen ? { closedWhen } : {}),
				...(blockedWhy ? { blockedWhy, blockedSince: madeAt(from) } : {}),
				source: sourceOf(from),
				createdAt:
					from[0] === 'coming' ? new Date(at(addDays(coming.on, -3), '15:00')).toISOString() : madeAt(from),
				createdBy: cast.lead.id,
				...(shown
					? {
							closedAt: new Date(at(addDays(coming.on, due), '16:00')).toISOString(),
							closedBy: cast[owner].id
						}
					: {})
			})
		),
		evidence: ordered(done).map(({ id, order, owner, due, shown = '' }) => ({
			id: rowId.parse(`e-${id}`),
			order,
			action: actionRow(id),
			text: shown,
			at: new Date(at(addDays(coming.on, due), '15:50')).toISOString(),
			by: cast[owner].id
		})),
		reschedules: [],
		carried: ordered([{ action: 'page-schedule', review: reviews.last }]).map(
			({ action, order, review }) => ({
				id: rowId.parse(`${actionRow(action)}.${review.document}`),
				order,
				action: actionRow(action),
				meeting: { kind: 'meeting', document: review.document },
				on: review.on
			})
		),
		notes: {}
	};
}
