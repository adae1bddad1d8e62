import * as Y from 'yjs';
import * as z from 'zod/mini';
import { allowedHref } from '#lib/docs/prose-href.ts';
import { UserEdit } from '#lib/docs/origin.ts';
import type { RowFields } from '#lib/docs/rows.ts';
import type { IsoDate } from '#lib/domain/calendar.ts';
import { newRowId, type PersonId, type RowId } from '#lib/domain/id.ts';
import type { DocumentRef } from '#lib/domain/link.ts';
import { DAY_TEXT_LENGTH_MAX, readDay } from '#lib/domain/natural-date.ts';
import { ok, refuse, type Result } from '#lib/util/result.ts';
import type { Tables } from './doc.ts';
import { action, isOpen, type Action, type Due, type Evidence, type FreeStatus } from './schema.ts';
import { dueOf, lastMoves, MISSING_WORDS, missingToClose, type Missing } from './standing.ts';

/** What the author of an action says; the rest follows from who and when. */
export type NewAction = Pick<Action, 'title'> &
	Partial<
		Pick<
			Action,
			| 'owner'
			| 'due'
			| 'dueTyped'
			| 'startOn'
			| 'priority'
			| 'closedWhen'
			| 'source'
			| 'kpi'
			| 'segment'
			| 'seen'
		>
	> & { readonly status?: FreeStatus };

/** Fields that are set as they are. Status, due date and closing have verbs of their own. */
export type ActionFields = RowFields<
	Pick<
		Action,
		'id' | 'order' | 'title' | 'owner' | 'startOn' | 'priority' | 'closedWhen' | 'blockedWhy' | 'source'
	>
>;

export interface NewEvidence {
	readonly text: string;
	/** An address that may be linked to; any other is left out. */
	readonly href?: string | undefined;
}

/** Why an action is not closed: it is not there any more, or it lacks what shows that it worked. */
export type CloseRefused =
	| { readonly code: 'action.gone'; readonly sentence: string }
	| {
			readonly code: 'action.unchecked';
			readonly sentence: string;
			readonly missing: readonly { readonly is: Missing; readonly sentence: string }[];
	  };

/** An action that comes from a file: a new one, or fields of one that is here. */
export interface ImportedAction {
	/** Absent: a new one. */
	readonly id?: RowId | undefined;
	readonly fields: ActionFields & { readonly title?: string };
	/** Absent: as it is. `null`: none. */
	readonly due?: IsoDate | null | undefined;
	/** What stands there as its due date and is no day. */
	readonly dueTyped?: string | undefined;
	readonly status?: Action['status'] | undefined;
	readonly evidence?: readonly NewEvidence[] | undefined;
}

/** Every `at` is an ISO instant. */
export interface ActionsCommands {
	/** Puts a new action right after `after`; first when undefined, last when `'end'`. */
	add(fields: NewAction, options: { readonly at: string; readonly after?: RowId | 'end' | undefined }): RowId;
	patch(id: RowId, fields: ActionFields): void;
	/** Moves the due date, as a fact that stays on record. `undefined` takes it away. */
	reschedule(id: RowId, to: Due, at: string): void;
	/** The same in the words of whoever types. What is no day is kept as it was typed, and the day before it stands. */
	typeDue(id: RowId, typed: string, options: { readonly today: IsoDate; readonly at: string }): void;
	/** Everything but `done`: that is what `close` is for. */
	setStatus(id: RowId, status: FreeStatus, at: string): void;
	/**
	 * Closes it with what shows that it worked. Refused, with a sentence for each thing that is missing, until it has
	 * a check and evidence. One that is closed already takes the evidence and stays as it is.
	 */
	close(
		id: RowId,
		options: { readonly at: string; readonly evidence?: readonly NewEvidence[] }
	): Result<void, CloseRefused>;
	addEvidence(id: RowId, evidence: NewEvidence, at: string): RowId;
	patchEvidence(id: RowId, evidence: NewEvidence): void;
	removeEvidence(id: RowId, at: string): void;
	restoreEvidence(id: RowId): void;
	move(id: RowId, after: RowId | undefined): void;
	remove(id: RowId, at: string): void;
	restore(id: RowId): void;
	/** Actions that were removed, the latest removal first. */
	removed(): readonly Action[];
	/** Notes that these were still open in a meeting of the day `on`; saying it twice changes nothing. */
	carry(ids: readonly RowId[], meeting: DocumentRef, on: IsoDate): void;
	/** Takes in what a file holds, all at once. Says which were not closed, and why. */
	take(lines: readonly ImportedAction[], at: string): readonly CloseRefused[];
}

interface Desk {
	readonly doc: Y.Doc;
	readonly by: PersonId;
	readonly tables: Tables;
}

export function commandsOf(doc: Y.Doc, { by, tables }: Omit<Desk, 'doc'>): ActionsCommands {
	const desk: Desk = { doc, by, tables };
	const { actions, evidence } = tables;
	const edit = <T>(command: string, change: () => T): T =>
		doc.transact(change, new UserEdit(by, `actions.${command}`));

	return {
		add: (fields, options) => edit('add', () => add(desk, fields, options)),
		patch: (id, fields) => edit('patch', () => actions.patch(doc, id, fields)),
		reschedule: (id, to, at) => edit('reschedule', () => reschedule(desk, id, { to, at })),
		typeDue(id, typed, { today, at }) {
			const text = typed.trim().slice(0, DAY_TEXT_LENGTH_MAX);
			const read = text === '' ? ok(undefined) : readDay(text, today);
			edit('reschedule', () => {
				if (read.ok) reschedule(desk, id, { to: read.value, at });
				else actions.patch(doc, id, { dueTyped: text });
			});
		},
		setStatus: (id, status, at) => edit('status', () => setStatus(desk, id, { status, at })),
		close(id, { at, evidence: more = [] }) {
			const refused = closeRefusal(desk, id, more);
			if (refused) return refuse(refused);
			edit('close', () => close(desk, id, { at, evidence: more }));
			return ok(undefined);
		},
		addEvidence: (id, one, at) => edit('evidence', () => addEvidence(desk, id, { ...one, at })),
		patchEvidence: (id, { text, href }) =>
			edit('evidence', () => evidence.patch(doc, id, { text, href: allowedHref(href) })),
		removeEvidence: (id, at) => edit('evidence', () => evidence.remove(doc, id, at)),
		restoreEvidence: (id) => edit('evidence', () => evidence.restore(doc, id)),
		move: (id, after) => edit('move', () => actions.move(doc, id, after)),
		remove: (id, at) => edit('remove', () => actions.remove(doc, id, at)),
		restore: (id) => edit('restore', () => actions.restore(doc, id)),
		removed: () => actions.removed(doc),
		carry: (ids, meeting, on) => edit('carry', () => carry(desk, ids, { meeting, on })),
		take: (lines, at) => edit('take', () => lines.flatMap((line) => takeLine(desk, line, at) ?? []))
	};
}

function add(
	{ doc, by, tables }: Desk,
	fields: NewAction,
	options: Parameters<ActionsCommands['add']>[1]
): RowId {
	const id = newRowId();
	const { at, after = 'end' } = options;
	const row = { status: 'open' as const, ...fields, id, createdAt: at, createdBy: by };
	tables.actions.insert(doc, row.status === 'blocked' ? { ...row, blockedSince: at } : row, after);
	return id;
}

/** One row alone: reading the whole register for each line of a file takes seconds. */
function rowOf({ doc, tables }: Desk, id: RowId): Action | undefined {
	const fields = tables.actions.map(doc).get(id);
	if (!(fields instanceof Y.Map) || fields.has('removedAt')) return undefined;
	const parsed = z.safeParse(action, fields.toJSON());
	return parsed.success ? parsed.data : undefined;
}

function reschedule(desk: Desk, id: RowId, { to, at }: { to: Due; at: string }): void {
	const { doc, by, tables } = desk;
	const row = rowOf(desk, id);
	if (!row) return; // Somebody has just removed it.
	const moves = tables.reschedules.read(doc).value.filter((one) => one.action === id);
	const from = dueOf(row, moves);
	const last = lastMoves(moves);
	tables.actions.patch(doc, id, { due: to, dueTyped: undefined });
	// Saying the day that stands settles the matter only where there was another.
	if (to === from && last.length < 2) return;
	const fact = { id: newRowId(), action: id, after: last.map((move) => move.id), at, by };
	tables.reschedules.insert(doc, { ...fact, ...(from ? { from } : {}), ...(to ? { to } : {}) }, 'end');
}

function setStatus(
	{ doc, tables }: Desk,
	id: RowId,
	{ status, at }: { status: FreeStatus; at: string }
): void {
	const isBlocked = status === 'blocked';
	const was = tables.actions.map(doc).get(id)?.get('status');
	tables.actions.patch(doc, id, {
		status,
		closedAt: undefined,
		closedBy: undefined,
		...(isBlocked && was === 'blocked' ? {} : { blockedSince: isBlocked ? at : undefined })
	});
}

/** Why it cannot be closed, with this much more evidence; undefined when it can. */
function closeRefusal(desk: Desk, id: RowId, more: readonly NewEvidence[]): CloseRefused | undefined {
	const row = rowOf(desk, id);
	if (!row) return { code: 'action.gone', sentence: 'This action was removed in the meantime.' };
	const known = desk.tables.evidence.read(desk.doc).value.filter((one) => one.action === id);
	const missing = missingToClose(row, [...known, ...more]).map((is) => ({ is, sentence: MISSING_WORDS[is] }));
	// What is done is done: evidence that was taken away since is for a rule to point out.
	if (missing.length === 0 || row.status === 'done') return undefined;
	const title = row.title.trim() || 'This action';
	return {
		code: 'action.unchecked',
		sentence: `${title} can’t be closed yet. ${missing.map(({ sentence }) => sentence).join(' ')}`,
		missing
	};
}

function close(
	desk: Desk,
	id: RowId,
	{ at, evidence }: { at: string; evidence: readonly NewEvidence[] }
): void {
	const { doc, by, tables } = desk;
	for (const one of evidence) addEvidence(desk, id, { ...one, at });
	if (tables.actions.map(doc).get(id)?.get('status') === 'done') return;
	tables.actions.patch(doc, id, { status: 'done', closedAt: at, closedBy: by, blockedSince: undefined });
}

function addEvidence({ doc, by, tables }: Desk, of: RowId, one: NewEvidence & { at: string }): RowId {
	const id = newRowId();
	const href = allowedHref(one.href);
	const row: Omit<Evidence, 'order'> = { id, action: of, text: one.text.trim(), at: one.at, by };
	tables.evidence.insert(doc, href === undefined ? row : { ...row, href }, 'end');
	return id;
}

/** Longest id there is. */
const ID_LENGTH_MAX = 96;

function carry(
	desk: Desk,
	ids: readonly RowId[],
	{ meeting, on }: { meeting: DocumentRef; on: IsoDate }
): void {
	const { doc, tables } = desk;
	const open = new Map(
		tables.actions
			.read(doc)
			.value.filter(isOpen)
			.map((row) => [row.id, row])
	);
	for (const one of ids) {
		const row = open.get(one);
		const id = `${one}.${meeting.document}`.slice(0, ID_LENGTH_MAX) as RowId;
		if (!row || tables.carried.has(doc, id)) continue;
		const blockedWhy = row.status === 'blocked' ? row.blockedWhy : undefined;
		const fact = { id, action: one, meeting, on, ...(blockedWhy ? { blockedWhy } : {}) };
		tables.carried.ensure(doc, fact, { after: 'end' });
	}
}

function takeLine(desk: Desk, line: ImportedAction, at: string): CloseRefused | undefined {
	const { doc, tables } = desk;
	const { fields, due, status } = line;
	const id = line.id ?? add(desk, { title: '', ...(due ? { due } : {}) }, { at });
	tables.actions.patch(doc, id, fields);
	if (due !== undefined) reschedule(desk, id, { to: due ?? undefined, at });
	if (line.dueTyped) tables.actions.patch(doc, id, { dueTyped: line.dueTyped });
	if (status !== undefined && status !== 'done') setStatus(desk, id, { status, at });
	const more = line.evidence ?? [];
	if (status !== 'done') {
		for (const one of more) addEvidence(desk, id, { ...one, at });
		return undefined;
	}
	const refused = closeRefusal(desk, id, more);
	if (refused) for (const one of more) addEvidence(desk, id, { ...one, at });
	else close(desk, id, { at, evidence: more });
	return refused;
}
