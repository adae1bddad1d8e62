import type { LogMark } from '../sync/doc-store.ts';

// A version of a document is an editing session: what some people wrote together without a pause. It is found in the
// log and written nowhere. Whether a row begins one is seen from the rows shortly before it, so that a page of the
// list can be cut anywhere.

/** Somebody who writes again after this long has come back; somebody who wrote within it is in the session. */
export const PAUSE_MS = 10 * 60 * 1000;

/** The rows `fromSeq` to `seq` of a document's log. */
export interface VersionRows {
	readonly fromSeq: number;
	readonly seq: number;
	readonly fromMs: number;
	readonly toMs: number;
	/** In the order in which they came in. */
	readonly authors: readonly string[];
}

export interface TrailPart {
	/** Neighbours in the log, oldest first. */
	readonly marks: readonly LogMark[];
	/** Nothing comes before them. */
	readonly isFromStart: boolean;
	/** Rows that end a version because it has a name. */
	readonly named: ReadonlySet<number>;
}

/** The versions that lie whole in a part of the trail, oldest first. */
export function versionsIn({ marks, isFromStart, named }: TrailPart): readonly VersionRows[] {
	const versions: LogMark[][] = [];
	const lastMs = new Map<string, number>();
	const knownAfterMs = isFromStart ? -Infinity : (marks[0]?.atMs ?? 0) + PAUSE_MS;
	// Of the first rows it is not known who wrote shortly before them.
	let isKnown = false;
	for (const [index, mark] of marks.entries()) {
		isKnown ||= mark.atMs > knownAfterMs;
		const before = marks[index - 1];
		const isNamed = before !== undefined && named.has(before.seq);
		const isBack = mark.atMs - (lastMs.get(mark.author) ?? -Infinity) > PAUSE_MS;
		if (isKnown && (isNamed || isBack)) versions.push([]);
		versions.at(-1)?.push(mark);
		lastMs.set(mark.author, mark.atMs);
	}
	return versions.map(rowsOf);
}

/** All of them as one version: when there are too many to look further back. */
export const rowsOf = (marks: readonly LogMark[]): VersionRows => ({
	fromSeq: marks[0]?.seq ?? 0,
	seq: marks.at(-1)?.seq ?? 0,
	fromMs: marks[0]?.atMs ?? 0,
	toMs: marks.at(-1)?.atMs ?? 0,
	authors: [...new Set(marks.map(({ author }) => author))]
});
