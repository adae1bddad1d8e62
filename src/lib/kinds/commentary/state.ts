import type { KpiContract } from '#lib/domain/kpi.ts';
import { quantityText } from '#lib/domain/quantity.ts';
import { statusWord, type Status } from '#lib/domain/status.ts';
import { listed } from '#lib/domain/words.ts';
import { refuse, type Result } from '#lib/util/result.ts';
import type { Completion } from './schema.ts';
import { hasWords, type Written } from './written.ts';

// Where a commentary stands. It follows from what was written and from how the KPI stands in the period, which later
// data may change: nothing of it is stored but the fact that somebody completed it.

export type CommentaryState = 'not-needed' | 'due' | 'draft' | 'complete';

export const STATE_WORDS: Record<CommentaryState, string> = {
	'not-needed': 'Not needed',
	due: 'Due',
	draft: 'Draft',
	complete: 'Complete'
};

/** What a red KPI lacks before it can be completed. */
export type Lack = 'changed' | 'driver' | 'action';

export interface Standing {
	readonly state: CommentaryState;
	readonly status: Status;
	/** Red demands, amber asks. */
	readonly need: 'required' | 'asked' | 'optional';
	/** Empty unless it is required. */
	readonly lacks: readonly Lack[];
	/** It was completed, and became red since. */
	readonly turnedFrom?: Completion;
}

/** `status`: how the KPI stands in the period, by `statusInPeriod`. */
export function standingOf(written: Written, status: Status): Standing {
	const need = NEEDS[status];
	const lacks = lacksOf(written, status);
	const completed = written.row?.completed;
	const base = { status, need, lacks };
	if (completed && status === 'red' && completed.status !== 'red')
		return { ...base, state: 'due', turnedFrom: completed };
	if (completed && lacks.length === 0) return { ...base, state: 'complete' };
	if (hasWords(written)) return { ...base, state: 'draft' };
	return { ...base, state: need === 'optional' ? 'not-needed' : 'due' };
}

/** The same by what was stored when somebody last looked: for those who know no numbers. */
export const storedStanding = (written: Written): Standing =>
	standingOf(written, written.row?.status ?? written.row?.completed?.status ?? 'none');

const NEEDS = { red: 'required', amber: 'asked', green: 'optional', none: 'optional' } as const;

/** What is missing, in the order of the form. Only red cannot do without. */
export function lacksOf({ texts, drivers, links }: Written, status: Status): readonly Lack[] {
	if (status !== 'red') return [];
	const has: Record<Lack, boolean> = {
		changed: texts.changed !== '',
		driver: drivers.length > 0,
		action: links.length > 0
	};
	return (Object.keys(has) as Lack[]).filter((lack) => !has[lack]);
}

/** Whether somebody still has to do something about it. */
export const isOpen = ({ state, need }: Standing): boolean =>
	state === 'due' || (state === 'draft' && need !== 'optional');

/** Why it cannot be completed: a sentence for each missing thing. */
export interface NotComplete {
	readonly code: 'commentary.lacks';
	readonly lacks: readonly Lack[];
	readonly sentences: readonly string[];
}

export const notComplete = (lacks: readonly Lack[]): Result<never, NotComplete> =>
	refuse({ code: 'commentary.lacks', lacks, sentences: lacks.map((lack) => LACK_SENTENCES[lack]) });

const LACK_SENTENCES: Record<Lack, string> = {
	changed: 'Say what changed.',
	driver: 'Choose at least one driver.',
	action: 'Add one action or decision.'
};

/** What is missing, in one line: “what changed and one action”. */
export const lackWords = (lacks: readonly Lack[]): string =>
	listed(
		lacks.map((lack) => ({ changed: 'what changed', driver: 'one driver', action: 'one action' })[lack])
	);

/** “MTTR is red. Add one action to complete it.” Undefined when nothing stands in the way. */
export const blockedWords = (name: string, lacks: readonly Lack[]): string | undefined =>
	lacks.length === 0 ? undefined : `${name} is red. Add ${lackWords(lacks)} to complete it.`;

/** What was complete and is due again: “Completed as At risk at 52 min; now Off target at 74 min.” */
export function turnedWords(
	{ status, turnedFrom }: Standing,
	{ contract, value }: { contract: KpiContract; value: number | undefined }
): string | undefined {
	if (!turnedFrom) return undefined;
	const at = (seen: number | undefined) => (seen === undefined ? '' : ` at ${quantityText(seen, contract)}`);
	const was = `${statusWord(turnedFrom.status, turnedFrom.seen?.value)}${at(turnedFrom.seen?.value)}`;
	return `Completed as ${was}; now ${statusWord(status, value)}${at(value)}.`;
}

/** Whether two texts say the same, whatever their case, punctuation and spacing: a period copied from the last. */
export function isRepeat(text: string, before: string): boolean {
	const [words, known] = [wordsOf(text), wordsOf(before)];
	if (words.length === 0 || known.length === 0) return false;
	const left = new Map<string, number>();
	for (const word of known) left.set(word, (left.get(word) ?? 0) + 1);
	let shared = 0;
	for (const word of words) {
		const count = left.get(word) ?? 0;
		if (count === 0) continue;
		shared += 1;
		left.set(word, count - 1);
	}
	return shared >= REPEAT_SHARE * Math.max(words.length, known.length);
}

/** Nine words of ten alike: a changed figure or date in a copied sentence is still a copy. A choice of ours. */
const REPEAT_SHARE = 0.9;

const wordsOf = (text: string): readonly string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
