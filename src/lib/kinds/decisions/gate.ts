import { listed } from '#lib/domain/words.ts';
import { decidersOf, nameOfMember, type Dossier, type NameOf } from './dossier.ts';

// What a decision needs before it may be called decided: one person who decides, and something it rests on.

export type Lack = 'title' | 'decider' | 'deciders' | 'evidence';

/** Everything that is missing, in the order of the page. Empty: it may be decided. */
export function lacksOf(dossier: Pick<Dossier, 'decision' | 'members' | 'evidence'>): readonly Lack[] {
	const deciders = decidersOf(dossier).length;
	const lacks: Lack[] = [];
	if (!dossier.decision.title.trim()) lacks.push('title');
	if (deciders === 0) lacks.push('decider');
	if (deciders > 1) lacks.push('deciders');
	if (dossier.evidence.length === 0) lacks.push('evidence');
	return lacks;
}

const LACK_WORDS: Record<Lack, string> = {
	title: 'a sentence that says what is decided',
	decider: 'one person who decides',
	deciders: 'one person who decides instead of several',
	evidence: 'at least one piece of evidence'
};

/** “To be decided, it needs one person who decides and at least one piece of evidence.” */
export const lacksSentence = (lacks: readonly Lack[]): string =>
	`To be decided, it needs ${listed(lacks.map((lack) => LACK_WORDS[lack]))}.`;

export interface NotReady {
	readonly code: 'decision.not-ready';
	readonly lacks: readonly Lack[];
	readonly sentence: string;
}

export const notReady = (lacks: readonly Lack[]): NotReady => ({
	code: 'decision.not-ready',
	lacks,
	sentence: lacksSentence(lacks)
});

/** “Samuel Adeyemi and Priya Raman”, for a finding. */
export const decidersNamed = (dossier: Pick<Dossier, 'members'>, nameOf: NameOf): string =>
	listed(decidersOf(dossier).map((member) => nameOfMember(member, nameOf)));
