import * as z from 'zod/mini';
import type { ProseBlock } from '#lib/docs/prose.ts';
import { HREF_LENGTH_MAX } from '#lib/docs/prose-href.ts';
import type { IsoDate } from '#lib/domain/calendar.ts';
import { isIsoDate } from '#lib/domain/calendar.ts';
import { kpiId, personId, rowId } from '#lib/domain/id.ts';
import { documentRef } from '#lib/domain/link.ts';
import { DAY_TEXT_LENGTH_MAX } from '#lib/domain/natural-date.ts';
import { SEGMENT_LENGTH_MAX } from '#lib/domain/points.ts';
import { seenNumber } from '#lib/domain/seen.ts';

/** The document of a space that holds its actions. One name for all: two people who make it apart make one. */
export const ACTIONS_DOCUMENT = 'r-actions';
export const NUMBER_PREFIX = 'ACT';

export const TITLE_LENGTH_MAX = 300;
/** A check is a sentence, not a plan. */
export const CHECK_LENGTH_MAX = 500;
export const EVIDENCE_LENGTH_MAX = 1000;
/** More numbers than these are no reason any more, but a report. */
const SEEN_MAX = 20;

const instant = z.iso.datetime();
const day = z.string().check(z.refine(isIsoDate, 'not a day'));

export const actionStatus = z.enum(['open', 'in-progress', 'blocked', 'done', 'cancelled']);
export type ActionStatus = z.infer<typeof actionStatus>;
/** What an action may be set to without a gate. */
export type FreeStatus = Exclude<ActionStatus, 'done'>;

export const STATUS_WORDS: Record<ActionStatus, string> = {
	open: 'Open',
	'in-progress': 'In progress',
	blocked: 'Blocked',
	done: 'Done',
	cancelled: 'Cancelled'
};

export const priority = z.enum(['high', 'normal', 'low']);
export type Priority = z.infer<typeof priority>;
export const PRIORITY_WORDS: Record<Priority, string> = { high: 'High', normal: 'Normal', low: 'Low' };

/** Something somebody promised to do. Its notes stand in the root fragment `<id>.notes`. */
export const action = z.object({
	id: rowId,
	order: z.string(),
	title: z.string().check(z.maxLength(TITLE_LENGTH_MAX)),
	/** One person and no more: two owners are none. */
	owner: z.optional(personId),
	/** As it was first set, and as older apps know it. What stands is what `dueOf` says: reschedules come on top. */
	due: z.optional(day),
	/** What was typed as its due date and is no day. The day that was due until then still stands. */
	dueTyped: z.optional(z.string().check(z.maxLength(DAY_TEXT_LENGTH_MAX))),
	startOn: z.optional(day),
	status: actionStatus,
	/** Absent: normal. */
	priority: z.optional(priority),
	/** How one will know that it worked: a test, a check, a dashboard. */
	closedWhen: z.optional(z.string().check(z.maxLength(CHECK_LENGTH_MAX))),
	blockedWhy: z.optional(z.string().check(z.maxLength(CHECK_LENGTH_MAX))),
	blockedSince: z.optional(instant),
	/** Written by the server alone. */
	number: z.optional(z.int().check(z.positive())),
	/** Where it came from: a meeting's item, a decision, a commentary. */
	source: z.optional(documentRef),
	kpi: z.optional(kpiId),
	segment: z.optional(z.string().check(z.maxLength(SEGMENT_LENGTH_MAX))),
	/** The numbers that its author looked at. */
	seen: z.optional(z.array(seenNumber).check(z.maxLength(SEEN_MAX))),
	createdAt: z.optional(instant),
	createdBy: z.optional(personId),
	closedAt: z.optional(instant),
	closedBy: z.optional(personId)
});
export type Action = z.infer<typeof action>;

/** What shows that an action worked: a link, or a note of what was seen. */
export const evidence = z.object({
	id: rowId,
	order: z.string(),
	action: rowId,
	text: z.string().check(z.maxLength(EVIDENCE_LENGTH_MAX)),
	/** Absent for a note. */
	href: z.optional(z.string().check(z.maxLength(HREF_LENGTH_MAX))),
	at: instant,
	by: z.optional(personId)
});
export type Evidence = z.infer<typeof evidence>;

/** Somebody moved a due date. A fact, never changed afterwards. */
export const reschedule = z.object({
	id: rowId,
	order: z.string(),
	action: rowId,
	/** Absent: it had none. */
	from: z.optional(day),
	/** Absent: it was taken away. */
	to: z.optional(day),
	/** The facts that its author knew and put this one after. Two facts after the same ones were made at once. */
	after: z.array(rowId),
	at: instant,
	by: z.optional(personId)
});
export type Reschedule = z.infer<typeof reschedule>;

/** An action was still open in a meeting. A fact; named by both, so that two devices that say it say it once. */
export const carried = z.object({
	id: rowId,
	order: z.string(),
	action: rowId,
	meeting: documentRef,
	/** The day of the meeting. */
	on: day,
	/** What blocked it then. */
	blockedWhy: z.optional(z.string().check(z.maxLength(CHECK_LENGTH_MAX)))
});
export type Carried = z.infer<typeof carried>;

/** What the document `<space>/r-actions` holds. */
export interface Actions {
	/** In the order people gave them. */
	readonly actions: readonly Action[];
	readonly evidence: readonly Evidence[];
	readonly reschedules: readonly Reschedule[];
	readonly carried: readonly Carried[];
	/** The notes of each action that has some, by its id. */
	readonly notes: Readonly<Record<string, readonly ProseBlock[]>>;
}

/** The name of the root fragment that holds an action's notes. */
export const notesRoot = (id: string): string => `${id}.notes`;
export const isNotesRoot = (root: string): boolean => root.endsWith('.notes');

/** Somebody still has to do something about it. */
export const isOpen = ({ status }: Pick<Action, 'status'>): boolean =>
	status !== 'done' && status !== 'cancelled';

/** One day, or none. */
export type Due = IsoDate | undefined;
