import type { Finding, Rule } from '#lib/domain/finding.ts';
import { counted, listed } from '#lib/domain/words.ts';
import { decidersOf, dossiersOf, inRole, nameOfMember, type Dossier } from './dossier.ts';
import { objectionsOf, isAsking } from './request.ts';
import { AGREE_MAX, type Decisions } from './schema.ts';
import { isReviewDue } from './standing.ts';

type Check = (dossier: Dossier, today: string) => string | undefined;

/** A rule about each decision by itself. */
function rule(
	id: string,
	severity: Finding['severity'],
	{ source, check }: { source: string; check: Check }
) {
	const made: Rule<Decisions> = {
		id: `decisions/${id}`,
		source,
		check: (snapshot, { today }) =>
			[...dossiersOf(snapshot).values()].flatMap((dossier): readonly Finding[] => {
				const message = check(dossier, today);
				return message ? [{ rule: made.id, severity, row: dossier.decision.id, message }] : [];
			})
	};
	return made;
}

const titled = ({ decision }: Dossier): string => decision.title.trim() || 'A decision without a title';
const isOver = ({ decision }: Dossier): boolean =>
	decision.status === 'superseded' || decision.status === 'rejected';
/** Rules know no names of people: the page puts them in. Marked so that it can. */
const named = (dossier: Dossier): string =>
	listed(decidersOf(dossier).map((member) => nameOfMember(member, (person) => `{${person}}`)));

/** Two people may each name a decider while apart: both are there, and one has to go. */
export const oneDecider = rule('one-decider', 'error', {
	source: 'RAPID: exactly one person decides',
	check: (dossier) =>
		decidersOf(dossier).length > 1 && !isOver(dossier)
			? `${titled(dossier)} has ${decidersOf(dossier).length} deciders: ${named(dossier)}. Keep one.`
			: undefined
});

export const decidedHasDecider = rule('decided-has-decider', 'error', {
	source: 'RAPID: exactly one person decides',
	check: (dossier) =>
		dossier.decision.status === 'decided' && decidersOf(dossier).length === 0
			? `${titled(dossier)} is decided, and nobody is named who decided it.`
			: undefined
});

export const decidedHasEvidence = rule('decided-has-evidence', 'warn', {
	source: 'Evidence or it didn’t happen',
	check: (dossier) =>
		dossier.decision.status === 'decided' && dossier.evidence.length === 0
			? `${titled(dossier)} is decided without evidence.`
			: undefined
});

export const fewAgree = rule('few-agree', 'warn', {
	source: `RAPID: at most ${AGREE_MAX} people agree`,
	check: (dossier) =>
		inRole(dossier, 'agree').length > AGREE_MAX
			? `${counted(inRole(dossier, 'agree').length, 'person', 'people')} have to agree to ${titled(dossier)}. At most ${AGREE_MAX} do.`
			: undefined
});

export const reviewDue = rule('review-due', 'warn', {
	source: 'A decision is looked at again on its review date',
	check: (dossier, today) =>
		isReviewDue(dossier, today)
			? `${titled(dossier)} was due for review on ${dossier.decision.reviewOn}.`
			: undefined
});

export const oneSuccessor = rule('one-successor', 'error', {
	source: 'A decision is replaced by one decision',
	check: (dossier) => {
		const decided = dossier.successors.filter(({ status }) => status === 'decided');
		return decided.length > 1
			? `${titled(dossier)} was replaced twice: by ${listed(decided.map(({ title }) => `“${title}”`))}.`
			: undefined;
	}
});

/** An objection that came from a device which was away at the deadline. */
export const defaultUnopposed = rule('default-unopposed', 'error', {
	source: 'A default stands only when nobody objects',
	check: (dossier) => {
		const late = dossier.decision.settledAt === undefined ? [] : objectionsOf(dossier);
		const names = listed(late.map(({ person }) => `{${person}}`));
		return late.length > 0
			? `${titled(dossier)} was decided by default, and an objection by ${names} came in. Talk it over, then decide.`
			: undefined;
	}
});

export const heldByObjection = rule('held-by-objection', 'note', {
	source: 'A default stands only when nobody objects',
	check: (dossier) => {
		const names = listed(objectionsOf(dossier).map(({ person }) => `{${person}}`));
		return isAsking(dossier) && names
			? `${titled(dossier)} stays in review: ${names} did not go along with the default.`
			: undefined;
	}
});

export const chosenIsThere = rule('chosen-is-there', 'warn', {
	source: 'What was chosen is one of the options',
	check: ({ decision, options, ...rest }) =>
		decision.chosen !== undefined && !options.some(({ id }) => id === decision.chosen)
			? `${titled({ decision, options, ...rest })}: the option that was chosen is gone.`
			: undefined
});

export const decisionRules = [
	oneDecider,
	decidedHasDecider,
	decidedHasEvidence,
	fewAgree,
	reviewDue,
	oneSuccessor,
	defaultUnopposed,
	heldByObjection,
	chosenIsThere
] as const;
