import * as z from 'zod/mini';
import type { ProseBlock } from '#lib/docs/prose.ts';
import { isIsoDate } from '#lib/domain/calendar.ts';
import { documentId, kpiId, personId, rowId, type RowId } from '#lib/domain/id.ts';
import { documentRef } from '#lib/domain/link.ts';
import { SEGMENT_LENGTH_MAX } from '#lib/domain/points.ts';
import { seenNumber } from '#lib/domain/seen.ts';

/** The only document of this kind in a space. */
export const DECISIONS_DOCUMENT = z.parse(documentId, 'r-decisions');
export const PREFIX = 'DEC';

export const TITLE_LENGTH_MAX = 300;
export const LINE_LENGTH_MAX = 500;
/** What one field of an option may hold: a long comparison pasted in, not a book. */
export const TEXT_LENGTH_MAX = 20_000;
/** More people than these agree to nothing in time. */
export const AGREE_MAX = 3;
export const TAG_LENGTH_MAX = 60;
/** A section of a file that was read in, as it was written. */
export const SOURCE_LENGTH_MAX = 200_000;

const text = (max: number) => z.string().check(z.maxLength(max));
const instant = z.iso.datetime();
const day = z.string().check(z.refine(isIsoDate, 'must be a date'));

export const status = z.enum(['proposed', 'in-review', 'decided', 'superseded', 'rejected']);
export type Status = z.infer<typeof status>;

export const STATUS_WORDS: Record<Status, string> = {
	proposed: 'Proposed',
	'in-review': 'In review',
	decided: 'Decided',
	superseded: 'Superseded',
	rejected: 'Rejected'
};

export const reversibility = z.enum(['yes', 'partly', 'no']);
export type Reversibility = z.infer<typeof reversibility>;

export const REVERSIBILITY_WORDS: Record<Reversibility, string> = {
	yes: 'Easy to undo',
	partly: 'Partly undoable',
	no: 'Hard to undo'
};

const base = { id: rowId, order: z.string() };
const part = { ...base, decision: rowId };

/** One decision. Its texts stand in the root fragments `<id>.context`, `.why` and `.outcome`. */
export const decision = z.object({
	...base,
	/** The decision in one sentence. Empty while somebody writes it. */
	title: text(TITLE_LENGTH_MAX),
	status,
	madeOn: z.optional(day),
	proposedAt: z.optional(instant),
	proposedBy: z.optional(personId),
	decidedAt: z.optional(instant),
	reversibility: z.optional(reversibility),
	reversibilityNote: z.optional(text(LINE_LENGTH_MAX)),
	reviewOn: z.optional(day),
	/** The review of `reviewOn` was held on this day. */
	reviewedOn: z.optional(day),
	chosen: z.optional(rowId),
	supersedes: z.optional(rowId),
	source: z.optional(documentRef),
	number: z.optional(z.int().check(z.gte(1))),
	/** The request for input that is open, or was the last: replies belong to one. */
	request: z.optional(rowId),
	requestedBy: z.optional(personId),
	requestedAt: z.optional(instant),
	decideBy: z.optional(instant),
	/** The option that stands when nobody objects until `decideBy`. */
	fallback: z.optional(rowId),
	/** The instant at which the server recorded the fallback. */
	settledAt: z.optional(instant)
});
export type Decision = z.infer<typeof decision>;

export const option = z.object({
	...part,
	title: text(LINE_LENGTH_MAX),
	/** Markdown as typed; so are the others. One argument a line. */
	note: z.optional(text(TEXT_LENGTH_MAX)),
	pros: z.optional(text(TEXT_LENGTH_MAX)),
	cons: z.optional(text(TEXT_LENGTH_MAX))
});
export type Option = z.infer<typeof option>;

export const role = z.enum(['recommend', 'agree', 'perform', 'input', 'decide']);
export type Role = z.infer<typeof role>;
export const ROLES = role.options;

export const ROLE_WORDS: Record<Role, string> = {
	recommend: 'Recommend',
	agree: 'Agree',
	perform: 'Perform',
	input: 'Input',
	decide: 'Decide'
};

/** Somebody's part in a decision: a person of the space, or a name such as “Platform team”. */
export const member = z.object({
	...part,
	role,
	person: z.optional(personId),
	name: z.optional(text(LINE_LENGTH_MAX)),
	agreedAt: z.optional(instant)
});
export type Member = z.infer<typeof member>;

/** What the decision rests on: a page somewhere, or a document of the space. */
export const evidence = z.object({
	...part,
	title: text(LINE_LENGTH_MAX),
	detail: z.optional(text(LINE_LENGTH_MAX)),
	url: z.optional(text(2048)),
	ref: z.optional(documentRef),
	by: z.optional(personId)
});
export type Evidence = z.infer<typeof evidence>;

/** Somebody who was asked. One row per request and person. */
export const asked = z.object({ ...part, request: rowId, person: personId });
export type Asked = z.infer<typeof asked>;

/** What somebody answers to a request; a draft until it is sent. One row per request and person. */
export const reply = z.object({
	...part,
	request: rowId,
	person: personId,
	/** An option, or nothing: talk first. */
	option: z.optional(rowId),
	talksFirst: z.optional(z.boolean()),
	reason: text(TEXT_LENGTH_MAX),
	sentAt: z.optional(instant)
});
export type Reply = z.infer<typeof reply>;

export const tag = z.object({ ...part, tag: text(TAG_LENGTH_MAX).check(z.minLength(1)) });
export type Tag = z.infer<typeof tag>;

/** A KPI that the decision is to move, and what it said at the time. */
export const movedKpi = z.object({
	...part,
	kpi: kpiId,
	segment: z.optional(text(SEGMENT_LENGTH_MAX)),
	seen: z.optional(seenNumber)
});
export type MovedKpi = z.infer<typeof movedKpi>;

export const CHUNKS = [
	'front',
	'title',
	'meta',
	'status',
	'context',
	'options',
	'option',
	'why',
	'evidence',
	'outcome',
	'named'
] as const;

/**
 * A piece of the file that a decision was read from, as it was written; in order, they are the file. Those that no
 * field holds have a text of their own, in the root fragment `<id>.text`.
 */
export const section = z.object({
	...part,
	is: z.enum(CHUNKS),
	heading: text(LINE_LENGTH_MAX),
	source: text(SOURCE_LENGTH_MAX),
	/** The option that a piece is about. */
	option: z.optional(rowId)
});
export type Section = z.infer<typeof section>;

export interface Decisions {
	readonly decisions: readonly Decision[];
	readonly options: readonly Option[];
	readonly members: readonly Member[];
	readonly evidence: readonly Evidence[];
	readonly asked: readonly Asked[];
	readonly replies: readonly Reply[];
	readonly tags: readonly Tag[];
	readonly kpis: readonly MovedKpi[];
	readonly sections: readonly Section[];
	/** Root fragment → what stands in it; those that are empty are left out. */
	readonly texts: Readonly<Record<string, readonly ProseBlock[]>>;
}

export const TEXT_FIELDS = ['context', 'why', 'outcome'] as const;
export type TextField = (typeof TEXT_FIELDS)[number];

export const TEXT_WORDS: Record<TextField, string> = {
	context: 'Context',
	why: 'Why',
	outcome: 'Outcome'
};

/** The root fragment of a decision's text. */
export const textRoot = (decision: RowId, field: TextField): string => `${decision}.${field}`;
/** The root fragment of a section that no field holds. */
export const sectionRoot = (section: RowId): string => `${section}.text`;
/** Whether a section has a text of its own. */
export const hasText = ({ is }: Pick<Section, 'is'>): boolean => is === 'named' || is === 'meta';
