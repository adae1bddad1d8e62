import * as Y from 'yjs';
import { changesBetween, pictureOf } from '#lib/docs/compare.ts';
import { readUpdate } from '../sync/coverage.ts';

// What is asked of the past, computed. Runs in a thread of its own: a log may be long.

export type HistoryQuestion =
	| {
			readonly is: 'replay';
			/** Where it goes on from; nothing when absent. */
			readonly state: Uint8Array | undefined;
			readonly groups: readonly (readonly Uint8Array[])[];
			/** Whether to say how much each group changed. */
			readonly isCounted: boolean;
	  }
	| { readonly is: 'writers'; readonly rows: readonly WrittenRow[] };

export type HistoryAnswer =
	| { readonly is: 'replay'; readonly state: Uint8Array; readonly counts: readonly number[] }
	| { readonly is: 'writers'; readonly runs: readonly Run[] };

export interface WrittenRow {
	readonly update: Uint8Array;
	readonly atMs: number;
	readonly author: string;
}

/** What one person wrote under one Yjs client number, from `clock` on. `atMs` is of its beginning. */
export interface Run {
	readonly author: string;
	readonly atMs: number;
	readonly client: number;
	readonly clock: number;
	readonly length: number;
}

/** Typing goes on in one run for this long: to the minute is how exactly people ask. */
const RUN_MS_MAX = 60_000;

export function answerHistory(question: HistoryQuestion): HistoryAnswer {
	return question.is === 'replay' ? replay(question) : { is: 'writers', runs: runsIn(question.rows) };
}

function replay({ state, groups, isCounted }: HistoryQuestion & { is: 'replay' }): HistoryAnswer {
	const doc = new Y.Doc();
	if (state) Y.applyUpdate(doc, state);
	let before = isCounted ? pictureOf(doc) : undefined;
	const counts = groups.map((updates) => {
		doc.transact(() => updates.forEach((update) => Y.applyUpdate(doc, update)));
		if (!before) return 0;
		const after = pictureOf(doc);
		const { length } = changesBetween(before, after);
		before = after;
		return length;
	});
	const reached = Y.encodeStateAsUpdate(doc);
	doc.destroy();
	return { is: 'replay', state: reached, counts };
}

/** In the order of the log. What a row holds that an earlier one had is the earlier one's. */
function runsIn(rows: readonly WrittenRow[]): readonly Run[] {
	const runs: Run[] = [];
	const latest = new Map<number, number>();
	for (const { update, atMs, author } of rows) {
		for (const { client, clock, length } of readUpdate(update).structs) {
			const index = latest.get(client) ?? -1;
			const run = runs[index];
			const goesOn = run?.author === author && run.clock + run.length === clock;
			if (goesOn && atMs - run.atMs < RUN_MS_MAX) runs[index] = { ...run, length: run.length + length };
			else latest.set(client, runs.push({ author, atMs, client, clock, length }) - 1);
		}
	}
	return runs;
}
