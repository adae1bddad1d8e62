import type * as Y from 'yjs';
import type { IsoDate } from '#lib/domain/calendar.ts';
import { documentId, type DocumentId } from '#lib/domain/id.ts';
import type { DocumentRef } from '#lib/domain/link.ts';
import { actionsKind } from '#lib/kinds/actions/kind.ts';
import { commentaryKind } from '#lib/kinds/commentary/kind.ts';
import { decisionsKind } from '#lib/kinds/decisions/kind.ts';
import { raciKind } from '#lib/kinds/raci/kind.ts';
import { assert } from '#lib/util/assert.ts';
import { sampleActions } from './sample-actions.ts';
import { sampleCommentary } from './sample-commentary.ts';
import { sampleDecisions } from './sample-decisions.ts';
import type { SampleMeeting } from './sample-meetings.ts';
import { sampleRaci } from './sample-raci.ts';
import type { Stage } from './sample-stage.ts';

/** A document that is neither a meeting nor the KPIs: what fills it, and how the index lists it. */
export interface FirstDocument {
	readonly id: DocumentId;
	readonly kind: string;
	readonly title: string;
	readonly seed: (doc: Y.Doc) => void;
}

/** An Ops Review, as what its records point back to. */
export interface SampleReview {
	readonly document: DocumentId;
	readonly on: IsoDate;
	/** The item at `index` of its agenda. */
	readonly item: (index: number) => DocumentRef;
}

/** The three that the sample holds. */
export interface SampleReviews {
	readonly earlier: SampleReview;
	readonly last: SampleReview;
	readonly coming: SampleReview;
}

/** The registers, a matrix and this period's commentary, as the reviews speak of them. */
export function sampleRecords(meetings: readonly SampleMeeting[], stage: Stage): readonly FirstDocument[] {
	const reviews = reviewsOf(meetings);
	const [decisions, actions] = [sampleDecisions(reviews, stage), sampleActions(reviews, stage)];
	const { document, title, commentaries } = sampleCommentary(stage);
	const raci = sampleRaci(stage);
	return [
		{
			id: documentId.parse(decisionsKind.only),
			kind: decisionsKind.id,
			title: decisionsKind.label.many,
			seed: (doc) => decisionsKind.doc.seed(doc, decisions)
		},
		{
			id: documentId.parse(actionsKind.only),
			kind: actionsKind.id,
			title: actionsKind.label.many,
			seed: (doc) => actionsKind.doc.seed(doc, actions)
		},
		{
			id: documentId.parse('raci-operating-rhythm'),
			kind: raciKind.id,
			title: 'Operating rhythm',
			seed: (doc) => raciKind.doc.seed(doc, raci)
		},
		{
			id: document,
			kind: commentaryKind.id,
			title,
			seed: (doc) => commentaryKind.doc.seed(doc, commentaries)
		}
	];
}

function reviewsOf(meetings: readonly SampleMeeting[]): SampleReviews {
	const [earlier, last, coming] = meetings
		.filter(({ occurrence }) => occurrence.entry.series === 'ops-review')
		.map(({ occurrence, meeting }) => {
			const document = occurrence.id;
			const item = (index: number): DocumentRef => {
				const row = meeting.agenda[index]?.id;
				return { kind: 'meeting', document, ...(row ? { row } : {}) };
			};
			return { document, on: occurrence.entry.startsAt.slice(0, 10), item };
		})
		.toSorted((a, b) => (a.on < b.on ? -1 : 1));
	assert(earlier && last && coming, 'the sample holds three ops reviews');
	return { earlier, last, coming };
}
