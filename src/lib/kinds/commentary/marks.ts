import type { KpiId, RowId } from '#lib/domain/id.ts';
import type { Commentaries } from './schema.ts';
import { writtenOn } from './written.ts';

/** Where a chart can say that somebody explained it. */
export interface CommentaryMark {
	readonly row: RowId;
	readonly kpi: KpiId;
	/** Absent: of the KPI as a whole. */
	readonly segment: string | undefined;
	/** Epoch seconds of the value that was explained. */
	readonly at: number;
	/** The first words of what changed, 60 characters at most. */
	readonly words: string;
}

const WORDS_LENGTH_MAX = 60;

/** A mark for each commentary that says what changed, and of which value; in the order of the rows. */
export function commentaryMarks(commentaries: Commentaries): readonly CommentaryMark[] {
	return commentaries.rows.flatMap(({ id, kpi, segment, seen, completed }) => {
		const number = completed?.seen ?? seen;
		const words = firstWords(writtenOn(commentaries, id).texts.changed);
		return number && words ? [{ row: id, kpi, segment, at: Date.parse(number.at) / 1000, words }] : [];
	});
}

/** Cut between words where it has to be cut. */
function firstWords(text: string): string {
	const line = text.replaceAll(/\s+/g, ' ');
	if (line.length <= WORDS_LENGTH_MAX) return line;
	const cut = line.slice(0, WORDS_LENGTH_MAX);
	return `${cut.slice(0, cut.lastIndexOf(' ') > 0 ? cut.lastIndexOf(' ') : cut.length).replace(/[\s.,;:]+$/, '')}…`;
}
