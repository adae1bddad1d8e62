import { daysBetween, type IsoDate } from '#lib/domain/calendar.ts';
import type { Dossier } from './dossier.ts';
import { isAsking } from './request.ts';
import { STATUS_WORDS } from './schema.ts';

/** Where a decision stands for somebody who reads the list. */
export type Standing =
	'proposed' | 'in-review' | 'waiting' | 'decided' | 'review-due' | 'superseded' | 'rejected';

export function standingOf(dossier: Dossier, today: IsoDate): Standing {
	const { status } = dossier.decision;
	if (isSuperseded(dossier)) return 'superseded';
	if (isAsking(dossier)) return 'waiting';
	if (status === 'decided' && isReviewDue(dossier, today)) return 'review-due';
	return status;
}

/** Replaced by a decision that is decided, or said to be. */
export const isSuperseded = ({ decision, successors }: Dossier): boolean =>
	decision.status === 'superseded' || successors.some(({ status }) => status === 'decided');

/** Its day has come and nobody has held the review. */
export function isReviewDue({ decision }: Pick<Dossier, 'decision'>, today: IsoDate): boolean {
	const { reviewOn, reviewedOn, status } = decision;
	if (status !== 'decided' || reviewOn === undefined || daysBetween(reviewOn, today) < 0) return false;
	return reviewedOn === undefined || reviewedOn < reviewOn;
}

export const isHardToUndo = ({ decision }: Pick<Dossier, 'decision'>): boolean =>
	decision.reversibility === 'no';

export const STANDING_WORDS: Record<Standing, string> = {
	...STATUS_WORDS,
	waiting: 'Waiting',
	'review-due': 'Review due'
};

/** How long it took from the proposal to the decision, in milliseconds; undefined while that is not known. */
export function decisionMs({ decision }: Pick<Dossier, 'decision'>): number | undefined {
	const { proposedAt, decidedAt, status } = decision;
	if (status !== 'decided' || proposedAt === undefined || decidedAt === undefined) return undefined;
	return Math.max(0, Date.parse(decidedAt) - Date.parse(proposedAt));
}

/** The mean of it over decisions; undefined without one. */
export function meanDecisionMs(dossiers: Iterable<Dossier>): number | undefined {
	const all = [...dossiers].flatMap((dossier) => decisionMs(dossier) ?? []);
	return all.length === 0 ? undefined : all.reduce((sum, one) => sum + one, 0) / all.length;
}
