import type * as Y from 'yjs';
import type { Clerk } from '../contract.ts';
import { dossiersOf, type Dossier } from './dossier.ts';
import { lacksOf } from './gate.ts';
import { isAsking, objectionsOf } from './request.ts';
import { PREFIX, type Decisions } from './schema.ts';
import { tables } from './tables.ts';

/** The instant at which the default will stand by itself; undefined when it will not. */
function dueOf(dossier: Dossier): number | undefined {
	const { decision, options } = dossier;
	if (!isAsking(dossier) || decision.settledAt !== undefined) return undefined;
	if (!options.some(({ id }) => id === decision.fallback)) return undefined;
	if (objectionsOf(dossier).length > 0 || lacksOf(dossier).length > 0) return undefined;
	return Date.parse(decision.decideBy ?? '');
}

function nextDueMs(snapshot: Decisions): number | undefined {
	const all = [...dossiersOf(snapshot).values()].flatMap((dossier) => dueOf(dossier) ?? []);
	return all.length > 0 ? Math.min(...all) : undefined;
}

export const decisionsClerk: Clerk<Decisions> & { settle(doc: Y.Doc, nowMs: number): void } = {
	prefix: PREFIX,
	numbered: ({ decisions }) =>
		decisions
			.map(({ id, number, proposedAt }) => ({ id, number, atMs: Date.parse(proposedAt ?? '') || 0 }))
			.sort((a, b) => a.atMs - b.atMs)
			.map(({ id, number }) => ({ id, number })),
	setNumber: (doc, row, number) => tables.decisions.patch(doc, row, { number }),
	nextDueMs,
	settle(doc, nowMs) {
		const due = [...dossiersOf(readAll(doc)).values()].filter(
			(dossier) => (dueOf(dossier) ?? Infinity) <= nowMs
		);
		for (const { decision } of due) {
			const { decideBy = '', fallback } = decision;
			tables.decisions.patch(doc, decision.id, {
				status: 'decided',
				...(fallback ? { chosen: fallback } : {}),
				// The deadline, not the moment of writing: two servers record the same.
				decidedAt: decideBy,
				madeOn: decideBy.slice(0, 10),
				settledAt: decideBy
			});
		}
	}
};

/** What settling looks at: the rows, not the texts. */
function readAll(doc: Y.Doc): Decisions {
	return {
		decisions: tables.decisions.read(doc).value,
		options: tables.options.read(doc).value,
		members: tables.members.read(doc).value,
		evidence: tables.evidence.read(doc).value,
		asked: tables.asked.read(doc).value,
		replies: tables.replies.read(doc).value,
		tags: [],
		kpis: [],
		sections: [],
		texts: {}
	};
}
