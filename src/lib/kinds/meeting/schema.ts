import * as z from 'zod/mini';
import type { ProseBlock } from '#lib/docs/prose.ts';
import { personId, rowId } from '#lib/domain/id.ts';

export const ITEM_TITLE_LENGTH_MAX = 200;
export const PARKED_LENGTH_MAX = 500;

/** A longer item is a meeting of its own. */
export const ITEM_MINUTES_MAX = 24 * 60;

export const purpose = z.enum(['inform', 'discuss', 'decide']);
export type Purpose = z.infer<typeof purpose>;

export const PURPOSE_WORDS: Record<Purpose, string> = {
	inform: 'Inform',
	discuss: 'Discuss',
	decide: 'Decide'
};

const instant = z.iso.datetime();

/** One timeboxed point of the agenda. Its notes stand in the root fragment `notes.<id>`. */
export const agendaItem = z.object({
	id: rowId,
	order: z.string(),
	title: z.string().check(z.maxLength(ITEM_TITLE_LENGTH_MAX)),
	owner: z.optional(personId),
	/** The timebox. 0 for something that takes no time of its own. */
	minutes: z.int().check(z.gte(0), z.lte(ITEM_MINUTES_MAX)),
	purpose: z.optional(purpose),
	/** Taken off the agenda for now. */
	parkedAt: z.optional(instant)
});
export type AgendaItem = z.infer<typeof agendaItem>;

/** Whether something parked still waits in this meeting. */
export const isWaiting = ({ state }: Pick<ParkedThing, 'state'>): boolean =>
	state === 'open' || state === 'next';

/** Something worth talking about, but not now. */
export const parkedThing = z.object({
	id: rowId,
	order: z.string(),
	text: z.string().check(z.maxLength(PARKED_LENGTH_MAX)),
	by: z.optional(personId),
	at: instant,
	/** The item that was on when it came up. */
	item: z.optional(rowId),
	/** `next`: goes into the next meeting of the series. `carried`: is there by now. `closed`: dealt with. */
	state: z.enum(['open', 'next', 'carried', 'closed'])
});
export type ParkedThing = z.infer<typeof parkedThing>;

/**
 * Something somebody did with the clock. Facts, never changed afterwards: nothing is written while time passes,
 * and two people who ran the clock apart leave two lists that become one.
 */
export const clockFact = z.object({
	id: rowId,
	/** Epoch milliseconds by the server's clock, as the writer's device knew it. */
	atMs: z.number(),
	by: z.optional(personId),
	/**
	 * `start`: the meeting, at `item`. `step`: from `from` to `item`, next or previous; nothing when `from` is not
	 * on any more. `go`: to `item`, wherever it was. `extend`: `minutes` more for `item`.
	 */
	is: z.enum(['start', 'pause', 'resume', 'step', 'go', 'extend', 'end', 'reopen']),
	item: z.optional(rowId),
	from: z.optional(rowId),
	minutes: z.optional(z.number()),
	/** A step back: the item that is left was not finished. */
	isBack: z.optional(z.boolean())
});
export type ClockFact = z.infer<typeof clockFact>;

export interface MeetingFields {
	readonly facilitator: z.infer<typeof personId>;
	readonly scribe: z.infer<typeof personId>;
}

/** What a meeting's document holds. Its title and its time stand in the space's index. */
export interface Meeting {
	readonly fields: Partial<MeetingFields>;
	readonly agenda: readonly AgendaItem[];
	readonly parking: readonly ParkedThing[];
	/** In no order: `clockOf` sorts them. */
	readonly clock: readonly ClockFact[];
	/** The notes of each item on the agenda that has some, by the item's id. */
	readonly notes: Readonly<Record<string, readonly ProseBlock[]>>;
}

/** The name of the root fragment that holds an item's notes. */
export const notesRoot = (item: string): string => `notes.${item}`;
