import type * as Y from 'yjs';
import { UserEdit } from '#lib/docs/origin.ts';
import type { RowFields } from '#lib/docs/rows.ts';
import type { IsoDate } from '#lib/domain/calendar.ts';
import { newRowId, type PersonId, type RowId } from '#lib/domain/id.ts';
import { ok, refuse, type Result } from '#lib/util/result.ts';
import { dossierIn } from './dossier-in.ts';
import { lacksOf, notReady, type NotReady } from './gate.ts';
import { insertAll, type ImportContext } from './insert-written.ts';
import { namedRow } from './named-row.ts';
import { partCommands, putKpi, putMember, type NewMovedKpi, type PartCommands } from './part-commands.ts';
import { refusalOf, type RequestRefusal } from './request.ts';
import { TITLE_LENGTH_MAX, type Decision, type Reply } from './schema.ts';
import { tables } from './tables.ts';
import type { Written } from './written.ts';

export type NewDecision = Partial<Omit<Decision, 'id' | 'order' | 'number'>>;

export interface Ask {
	readonly people: readonly PersonId[];
	/** ISO instant, at least 24 hours after `at`. */
	readonly decideBy: string;
	/** The option that stands when nobody objects. */
	readonly fallback: RowId;
	/** Now, as an ISO instant. */
	readonly at: string;
}

export interface DecisionsCommands extends PartCommands {
	/** A new decision at the end: proposed, unless the fields say otherwise. */
	add(fields: NewDecision): RowId;
	/** The same with its decider and the KPIs it is to move, in one step: for what begins in another document. */
	addDrafted(
		fields: NewDecision & { readonly decider: PersonId | undefined; readonly kpis: readonly NewMovedKpi[] }
	): RowId;
	patch(id: RowId, fields: RowFields<Decision>): void;
	/** What belongs to it stays, and comes back with it. `at` is an ISO instant. */
	remove(id: RowId, at: string): void;
	restore(id: RowId): void;
	/** Those that were removed, the latest removal first. */
	removed(): readonly Decision[];
	/** Records that it is decided. Refused with everything that is missing. `on` is the day it counts for. */
	decide(id: RowId, when: { readonly at: string; readonly on: IsoDate }): Result<void, NotReady>;
	/** Takes it back into review, rejects or proposes it: whatever is not `decide`. */
	setStatus(id: RowId, status: Exclude<Decision['status'], 'decided'>): void;
	/** A new decision in the place of this one; it keeps the options, and is proposed. */
	supersede(id: RowId, at: string): RowId;
	/** Asks people for their input, in place of any request before. */
	ask(id: RowId, ask: Ask): Result<void, RequestRefusal>;
	/** Ends the asking; it stays in review. */
	withdrawRequest(id: RowId): void;
	/** What this person answers: a draft until it has `sentAt`. */
	reply(id: RowId, reply: Pick<Reply, 'option' | 'talksFirst' | 'reason' | 'sentAt'>): void;
	/** Adds decisions that were read from files; gives their ids in order. */
	importWritten(written: readonly Written[], context?: Omit<ImportContext, 'by'>): readonly RowId[];
}

export function commandsOf(doc: Y.Doc, by: PersonId): DecisionsCommands {
	const edit = <T>(command: string, change: () => T): T =>
		doc.transact(change, new UserEdit(by, `decisions.${command}`));
	const { decisions } = tables;
	const insert = (fields: NewDecision): RowId => {
		const id = newRowId();
		const title = (fields.title ?? '').slice(0, TITLE_LENGTH_MAX);
		decisions.insert(doc, { status: 'proposed', proposedBy: by, ...fields, title, id }, 'end');
		return id;
	};

	return {
		...partCommands(doc, edit),
		add: (fields) => edit('add', () => insert(fields)),
		addDrafted: ({ decider, kpis, ...fields }) =>
			edit('add', () => {
				const id = insert(fields);
				if (decider) putMember(doc, id, { role: 'decide', who: { person: decider } });
				for (const moved of kpis) putKpi(doc, id, moved);
				return id;
			}),
		patch: (id, fields) => edit('patch', () => decisions.patch(doc, id, fields)),
		remove: (id, at) => edit('remove', () => decisions.remove(doc, id, at)),
		restore: (id) => edit('restore', () => decisions.restore(doc, id)),
		removed: () => decisions.removed(doc),
		decide(id, { at, on }) {
			const dossier = dossierIn(doc, id);
			const lacks = dossier ? lacksOf(dossier) : [];
			if (lacks.length > 0) return refuse(notReady(lacks));
			edit('decide', () =>
				decisions.patch(doc, id, { status: 'decided', decidedAt: at, madeOn: on, settledAt: undefined })
			);
			return ok(undefined);
		},
		setStatus: (id, status) =>
			edit('status', () => decisions.patch(doc, id, { status, decidedAt: undefined, settledAt: undefined })),
		supersede: (id, at) =>
			edit('supersede', () => {
				const old = dossierIn(doc, id)?.decision;
				const { reversibility } = old ?? {};
				return insert({ supersedes: id, proposedAt: at, ...(reversibility ? { reversibility } : {}) });
			}),
		ask(id, ask) {
			const dossier = dossierIn(doc, id);
			if (!dossier) return ok(undefined); // Somebody has just removed it.
			const refusal = refusalOf(dossier, { ...ask, atMs: Date.parse(ask.at) });
			if (refusal) return refuse(refusal);
			edit('ask', () => askIn(doc, { ...ask, id, by }));
			return ok(undefined);
		},
		withdrawRequest: (id) =>
			edit('withdraw', () =>
				decisions.patch(doc, id, { request: undefined, decideBy: undefined, fallback: undefined })
			),
		reply(id, { reason, option, talksFirst, sentAt }) {
			const request = dossierIn(doc, id)?.decision.request;
			if (!request) return; // The request was withdrawn meanwhile.
			const row = namedRow(request, by);
			edit('reply', () => {
				if (!tables.replies.has(doc, row))
					tables.replies.ensure(
						doc,
						{ id: row, decision: id, request, person: by, reason: '' },
						{ after: 'end' }
					);
				tables.replies.patch(doc, row, { reason, option, talksFirst, sentAt });
			});
		},
		importWritten: (written, context) => edit('import', () => insertAll(doc, written, { ...context, by }))
	};
}

function askIn(
	doc: Y.Doc,
	{ id, by, people, decideBy, fallback, at }: Ask & { id: RowId; by: PersonId }
): void {
	const request = newRowId();
	tables.decisions.patch(doc, id, {
		status: 'in-review',
		request,
		requestedBy: by,
		requestedAt: at,
		decideBy,
		fallback,
		settledAt: undefined,
		decidedAt: undefined
	});
	for (const person of new Set(people)) {
		tables.asked.insert(doc, { id: namedRow(request, person), decision: id, request, person }, 'end');
	}
}
