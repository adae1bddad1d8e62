import type { IsoDate } from '#lib/domain/calendar.ts';
import type { PersonId, RowId } from '#lib/domain/id.ts';
import { monthAndYear } from '#lib/domain/words.ts';
import { textOfBlocks } from '#lib/docs/prose-text.ts';
import type { Dossier } from './dossier.ts';
import { textRoot, type Decision, type Decisions } from './schema.ts';
import { isHardToUndo, standingOf, type Standing } from './standing.ts';
import { numberOf } from './words.ts';

/** A decision in the list. */
export interface Line {
	readonly dossier: Dossier;
	readonly standing: Standing;
}

export interface Group {
	readonly title: string;
	readonly lines: readonly Line[];
}

export type Chip = 'all' | 'waiting' | 'mine' | 'hard';

export const CHIPS: readonly { readonly id: Chip; readonly words: string }[] = [
	{ id: 'all', words: 'All' },
	{ id: 'waiting', words: 'Waiting' },
	{ id: 'mine', words: 'Mine' },
	{ id: 'hard', words: 'Hard to undo' }
];

export const linesOf = (dossiers: Iterable<Dossier>, today: IsoDate): readonly Line[] =>
	[...dossiers].map((dossier) => ({ dossier, standing: standingOf(dossier, today) }));

/** Whether a line belongs under a chip. Mine: I have a part in it, was asked, or proposed it. */
export function isUnder({ dossier, standing }: Line, chip: Chip, me: PersonId): boolean {
	if (chip === 'waiting') return standing === 'waiting';
	if (chip === 'hard') return isHardToUndo(dossier);
	if (chip === 'mine')
		return (
			dossier.members.some(({ person }) => person === me) || dossier.asked.some(({ person }) => person === me)
		);
	return true;
}

/** What a decision is found by, in lower case; kept for as long as the row and its context are the same. */
const known = new WeakMap<Decision, { context: unknown; tags: string; text: string }>();

function searchText(snapshot: Decisions, { decision, tags }: Dossier): string {
	const context = snapshot.texts[textRoot(decision.id, 'context')];
	const tagText = tags.map(({ tag }) => tag).join(' ');
	const kept = known.get(decision);
	if (kept?.context === context && kept?.tags === tagText) return kept.text;
	const text = [decision.title, numberOf(decision), tagText, textOfBlocks(context ?? [])]
		.join('\n')
		.toLowerCase();
	known.set(decision, { context, tags: tagText, text });
	return text;
}

/** The lines in which every word of `query` occurs: in the title, number, tags or context. */
export function found(lines: readonly Line[], snapshot: Decisions, query: string): readonly Line[] {
	const words = query.toLowerCase().split(/\s+/).filter(Boolean);
	if (words.length === 0) return lines;
	return lines.filter(({ dossier }) => {
		const text = searchText(snapshot, dossier);
		return words.every((word) => text.includes(word));
	});
}

/** The list in its groups: what waits first, then the newest month, what is due, and what was before. */
export function grouped(lines: readonly Line[], today: IsoDate): readonly Group[] {
	const of = (standing: Standing) => lines.filter((line) => line.standing === standing);
	const newest = (a: Line, b: Line) => dayOfLine(b).localeCompare(dayOfLine(a), 'en');
	const months = Map.groupBy(of('decided').toSorted(newest), (line) => dayOfLine(line).slice(0, 7));
	const decided = [...months].map(([month, own]): Group => ({ title: monthTitle(month, today), lines: own }));
	const groups: Group[] = [
		{ title: 'Waiting for input', lines: of('waiting').toSorted(byDeadline) },
		{ title: 'In review', lines: of('in-review') },
		{ title: 'Proposed', lines: of('proposed') },
		...decided.slice(0, 1),
		{ title: 'Review due', lines: of('review-due').toSorted(byReview) },
		...decided.slice(1),
		{ title: 'Superseded', lines: of('superseded').toSorted(newest) },
		{ title: 'Rejected', lines: of('rejected').toSorted(newest) }
	];
	return groups.filter(({ lines: own }) => own.length > 0);
}

const dayOfLine = ({ dossier: { decision } }: Line): string =>
	decision.madeOn ?? decision.decidedAt?.slice(0, 10) ?? decision.proposedAt?.slice(0, 10) ?? '';

const byDeadline = (a: Line, b: Line): number =>
	(a.dossier.decision.decideBy ?? '').localeCompare(b.dossier.decision.decideBy ?? '', 'en');
const byReview = (a: Line, b: Line): number =>
	(b.dossier.decision.reviewOn ?? '').localeCompare(a.dossier.decision.reviewOn ?? '', 'en');

function monthTitle(month: string, today: IsoDate): string {
	if (month === '') return 'Decided, no date';
	const words = monthAndYear(`${month}-01`);
	return `Decided in ${month.slice(0, 4) === today.slice(0, 4) ? words.replace(/ \d{4}$/, '') : words}`;
}

/** The ids of the list from top to bottom, for stepping through it. */
export const idsOf = (groups: readonly Group[]): readonly RowId[] =>
	groups.flatMap(({ lines }) => lines.map(({ dossier }) => dossier.decision.id));
