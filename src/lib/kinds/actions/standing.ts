import { daysBetween, type IsoDate } from '#lib/domain/calendar.ts';
import { dayOf } from '#lib/domain/words.ts';
import {
	isOpen,
	type Action,
	type Actions,
	type Carried,
	type Due,
	type Evidence,
	type Reschedule
} from './schema.ts';

// How an action stands: what follows from its row and from the facts about it.

/** An action with everything that hangs on it, and what follows. */
export interface Standing {
	readonly action: Action;
	/** The day that stands, of all that were said. */
	readonly due: Due;
	readonly evidence: readonly Evidence[];
	/** Oldest first. */
	readonly reschedules: readonly Reschedule[];
	/** The meetings it was still open in, oldest first. */
	readonly carried: readonly Carried[];
}

const NONE: readonly never[] = [];

/** Every action as it stands, in the order of the register. One pass over each list, however long. */
export function standingsOf({ actions, evidence, reschedules, carried }: Actions): readonly Standing[] {
	const evidenceOf = Map.groupBy(evidence, (one) => one.action);
	const movesOf = Map.groupBy(reschedules, (one) => one.action);
	const meetingsOf = Map.groupBy(carried, (one) => one.action);
	return actions.map((action) =>
		kept(action, {
			evidence: evidenceOf.get(action.id) ?? NONE,
			moves: movesOf.get(action.id) ?? NONE,
			meetings: meetingsOf.get(action.id) ?? NONE
		})
	);
}

interface Facts {
	readonly evidence: readonly Evidence[];
	readonly moves: readonly Reschedule[];
	readonly meetings: readonly Carried[];
}

/** A row that nothing happened to is the same value as before: pages then draw what changed, and no more. */
const known = new WeakMap<Action, { readonly facts: Facts; readonly standing: Standing }>();

function kept(action: Action, facts: Facts): Standing {
	const before = known.get(action);
	if (before && isSameFacts(before.facts, facts)) return before.standing;
	const { evidence, moves, meetings } = facts;
	const standing: Standing = {
		action,
		due: dueOf(action, moves),
		evidence,
		reschedules: moves.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at)),
		carried: meetings.toSorted((a, b) => daysBetween(b.on, a.on))
	};
	known.set(action, { facts, standing });
	return standing;
}

const isSameFacts = (a: Facts, b: Facts): boolean =>
	isSameList(a.evidence, b.evidence) && isSameList(a.moves, b.moves) && isSameList(a.meetings, b.meetings);

const isSameList = (a: readonly object[], b: readonly object[]): boolean =>
	a.length === b.length && a.every((one, index) => one === b[index]);

/** One action as it stands; undefined when it is not there. */
export const standingOf = (snapshot: Actions, id: string): Standing | undefined => {
	const ofIt = (one: { readonly action: string }) => one.action === id;
	return standingsOf({
		...snapshot,
		actions: snapshot.actions.filter((action) => action.id === id),
		evidence: snapshot.evidence.filter(ofIt),
		reschedules: snapshot.reschedules.filter(ofIt),
		carried: snapshot.carried.filter(ofIt)
	})[0];
};

/** The reschedules that no other was put after: one, or several that were made at once. */
export function lastMoves(moves: readonly Reschedule[]): readonly Reschedule[] {
	const followed = new Set(moves.flatMap(({ after }) => after));
	const last = moves.filter(({ id }) => !followed.has(id));
	// A circle, which no app writes: then all of them count.
	return last.length > 0 ? last : moves;
}

/** The due date that stands. Of those that were set at once, the later one; a day rather than none. */
export function dueOf(action: Pick<Action, 'due'>, moves: readonly Reschedule[]): Due {
	if (moves.length === 0) return action.due;
	return lastMoves(moves)
		.map(({ to }) => to)
		.reduce((later, to) => (to !== undefined && (later === undefined || to > later) ? to : later));
}

/** How often a day that was set gave way to another. */
export const timesMoved = (moves: readonly Reschedule[]): number =>
	moves.filter(({ from, to }) => from !== undefined && from !== to).length;

/** Other days that were set at the same time as the one that stands. */
export function rivalMoves({ due, reschedules }: Standing): readonly Reschedule[] {
	const last = lastMoves(reschedules);
	return last.length < 2 ? NONE : last.filter(({ to }) => to !== due);
}

export interface Moment {
	readonly today: IsoDate;
	/** IANA name; absent: the device's own. */
	readonly zone?: string | undefined;
}

export const isOverdue = ({ action, due }: Pick<Standing, 'action' | 'due'>, today: IsoDate): boolean =>
	isOpen(action) && due !== undefined && due < today;

/** Whole days since it was made; undefined when nobody noted when that was. */
export function ageDays(
	{ createdAt }: Pick<Action, 'createdAt'>,
	{ today, zone }: Moment
): number | undefined {
	return createdAt === undefined
		? undefined
		: Math.max(0, daysBetween(dayOf(Date.parse(createdAt), zone), today));
}

/** In how many meetings it was on the table: the one it came from, and those it was still open in. */
export function meetingsCount({ action, carried }: Standing): number {
	const { source } = action;
	const documents = carried.map(({ meeting }) => meeting.document);
	const own = source?.kind === 'meeting' ? [source.document] : [];
	return new Set([...own, ...documents]).size;
}

/** “3rd meeting in a row”. */
export const meetingsWords = (count: number): string => `${ordinal(count)} meeting in a row`;

const ordinal = (count: number): string =>
	`${count}${['th', 'st', 'nd', 'rd'][count % 100 > 10 && count % 100 < 14 ? 0 : count % 10] ?? 'th'}`;

/** So many meetings with the same blocker are a matter for somebody else than its owner. */
export const STUCK_MEETINGS = 3;

/** Blocked by the same thing in three meetings running, and still. */
export function isStuck({ action, carried }: Standing): boolean {
	if (action.status !== 'blocked' || !action.blockedWhy) return false;
	const recent = carried.slice(-STUCK_MEETINGS);
	const why = plain(action.blockedWhy);
	return (
		recent.length === STUCK_MEETINGS && recent.every(({ blockedWhy }) => plain(blockedWhy ?? '') === why)
	);
}

const plain = (text: string): string =>
	text
		.trim()
		.replaceAll(/[\s.!]+/g, ' ')
		.trim()
		.toLowerCase();

/** What an action needs before it may be closed. */
export type Missing = 'check' | 'evidence';

export const MISSING_WORDS: Record<Missing, string> = {
	check: 'Say how we’ll know it worked. A test, a check or a dashboard.',
	evidence: 'Add a link or a note that shows it worked.'
};

/** What keeps it from being closed, in the order in which it is asked for. */
export function missingToClose(
	{ closedWhen }: Pick<Action, 'closedWhen'>,
	evidenceOf: readonly Pick<Evidence, 'text' | 'href'>[]
): readonly Missing[] {
	const hasEvidence = evidenceOf.some(({ text, href }) => text.trim() !== '' || href !== undefined);
	return [
		...(closedWhen?.trim() ? [] : (['check'] as const)),
		...(hasEvidence ? [] : (['evidence'] as const))
	];
}

/** The share of actions that are done, of those that are not cancelled: 0..1; undefined without any. */
export function closureRate(standings: readonly Standing[]): number | undefined {
	const meant = standings.filter(({ action }) => action.status !== 'cancelled');
	return shareOf(meant, ({ action }) => action.status === 'done');
}

/**
 * The share of actions done by their due date, of those done with one: 0..1; undefined without any. The day is that of
 * `zone`, and the due date the one that stood in the end.
 */
export function onTimeRate(standings: readonly Standing[], zone?: string): number | undefined {
	const judged = standings.filter(({ action, due }) => action.status === 'done' && due && action.closedAt);
	return shareOf(judged, ({ action, due }) => dayOf(Date.parse(action.closedAt ?? ''), zone) <= (due ?? ''));
}

function shareOf(all: readonly Standing[], isOne: (standing: Standing) => boolean): number | undefined {
	return all.length === 0 ? undefined : all.filter(isOne).length / all.length;
}

export interface Rates {
	readonly count: number;
	readonly closure: number | undefined;
	readonly onTime: number | undefined;
}

/** Both rates of each group, such as a meeting series; `groupOf` says which, undefined for none. */
export function ratesBy<Group>(
	standings: readonly Standing[],
	groupOf: (action: Action) => Group | undefined,
	zone?: string
): ReadonlyMap<Group, Rates> {
	const rates = new Map<Group, Rates>();
	for (const [group, own] of Map.groupBy(standings, ({ action }) => groupOf(action))) {
		if (group === undefined) continue;
		rates.set(group, { count: own.length, closure: closureRate(own), onTime: onTimeRate(own, zone) });
	}
	return rates;
}
