import type { RowId } from '#lib/domain/id.ts';
import type { Dossier } from './dossier.ts';
import { lacksOf } from './gate.ts';
import type { Reply } from './schema.ts';

// Asking for input: named people answer until an instant; an option stands by itself when nobody objects.
// Nothing here reads a clock: the same document and the same deadline give the same record, whoever writes it.

const HOUR_MS = 3_600_000;
/** People need a day to notice that they were asked. */
export const NOTICE_HOURS = 24;

export interface RequestRefusal {
	readonly code: 'request.too-soon' | 'request.nobody' | 'request.no-default' | 'request.not-ready';
	readonly sentence: string;
}

/** Why people cannot be asked like this; undefined when they can. `atMs` is now. */
export function refusalOf(
	dossier: Dossier,
	ask: {
		readonly people: readonly unknown[];
		readonly decideBy: string;
		readonly fallback: RowId;
		atMs: number;
	}
): RequestRefusal | undefined {
	const lacks = lacksOf(dossier);
	if (lacks.length > 0)
		return {
			code: 'request.not-ready',
			sentence:
				'Name one person who decides, and what it rests on, before you ask: the default counts as decided.'
		};
	if (ask.people.length === 0) return { code: 'request.nobody', sentence: 'Choose who is asked.' };
	if (!dossier.options.some(({ id }) => id === ask.fallback))
		return { code: 'request.no-default', sentence: 'Choose the option that stands if nobody objects.' };
	if (Date.parse(ask.decideBy) - ask.atMs < NOTICE_HOURS * HOUR_MS)
		return {
			code: 'request.too-soon',
			sentence: `People need a day to answer: choose a time at least ${NOTICE_HOURS} hours from now.`
		};
	return undefined;
}

/** Whether people are being asked: it waits for their input. */
export const isAsking = ({ decision }: Pick<Dossier, 'decision'>): boolean =>
	decision.status === 'in-review' && decision.request !== undefined && decision.decideBy !== undefined;

/** The replies that were sent, oldest first. */
export const sentReplies = ({ replies }: Pick<Dossier, 'replies'>): readonly Reply[] =>
	replies
		.filter(({ sentAt }) => sentAt !== undefined)
		.toSorted((a, b) => Date.parse(a.sentAt ?? '') - Date.parse(b.sentAt ?? ''));

/** Replies for another option than the default, or to talk first: with one, the default does not stand. */
export const objectionsOf = (dossier: Pick<Dossier, 'decision' | 'replies'>): readonly Reply[] =>
	sentReplies(dossier).filter(
		({ option, talksFirst }) =>
			talksFirst === true || (option !== undefined && option !== dossier.decision.fallback)
	);
