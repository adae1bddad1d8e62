import * as Y from 'yjs';
import type { DocBinding, Rejected } from '#lib/docs/binding.ts';
import { migrate } from '#lib/docs/migrate.ts';
import { StorageLoad } from '#lib/docs/origin.ts';
import { proseOf, type ProseBlock } from '#lib/docs/prose.ts';
import { writeProse } from '#lib/docs/prose-write.ts';
import { rowTable, type RowTable } from '#lib/docs/rows.ts';
import { commandsOf, type ActionsCommands } from './commands.ts';
import {
	action,
	carried,
	evidence,
	isNotesRoot,
	notesRoot,
	reschedule,
	type Action,
	type Actions,
	type Carried,
	type Evidence,
	type Reschedule
} from './schema.ts';

/** The tables of the register. Everything that two people may add apart from each other is a row of its own. */
export interface Tables {
	readonly actions: RowTable<Action>;
	readonly evidence: RowTable<Evidence>;
	readonly reschedules: RowTable<Reschedule>;
	readonly carried: RowTable<Carried>;
}

const tables: Tables = {
	actions: rowTable({ root: 'actions', row: action }),
	evidence: rowTable({ root: 'evidence', row: evidence }),
	reschedules: rowTable({ root: 'reschedules', row: reschedule }),
	carried: rowTable({ root: 'carried', row: carried })
};

export const actionsDoc: DocBinding<Actions, ActionsCommands> = {
	read(doc) {
		const actions = tables.actions.read(doc);
		const evidences = tables.evidence.read(doc);
		const reschedules = tables.reschedules.read(doc);
		const meetings = tables.carried.read(doc);
		const rejected: Rejected[] = [actions, evidences, reschedules, meetings].flatMap((one) => one.rejected);
		return {
			value: {
				actions: actions.value,
				evidence: evidences.value,
				reschedules: reschedules.value,
				carried: meetings.value,
				notes: readNotes(doc, actions.value)
			},
			rejected
		};
	},
	commands: (doc, by) => commandsOf(doc, { by, tables }),
	lift: (doc) => migrate(doc, []),
	seed(doc, snapshot) {
		doc.transact(() => {
			tables.actions.seed(doc, snapshot.actions);
			tables.evidence.seed(doc, snapshot.evidence);
			tables.reschedules.seed(doc, snapshot.reschedules);
			tables.carried.seed(doc, snapshot.carried);
			for (const [id, blocks] of Object.entries(snapshot.notes)) {
				writeProse(doc.getXmlFragment(notesRoot(id)), blocks);
			}
		}, new StorageLoad());
	},
	observe(doc, onChange) {
		const roots = Object.values(tables).map((table) => (table as Tables[keyof Tables]).map(doc));
		const heard = (transaction: Y.Transaction) => {
			if ([...transaction.changedParentTypes.keys()].some(isNotes)) onChange();
		};
		for (const root of roots) root.observeDeep(onChange);
		doc.on('afterTransaction', heard);
		return () => {
			for (const root of roots) root.unobserveDeep(onChange);
			doc.off('afterTransaction', heard);
		};
	},
	undoable: (doc) => [tables.actions.map(doc), tables.evidence.map(doc), tables.reschedules.map(doc)]
};

/** Writes the number of an action, in the transaction of whoever gives the numbers. */
export const setNumber = (doc: Y.Doc, row: Action['id'], number: number): void =>
	tables.actions.patch(doc, row, { number });

const isNotes = (type: object): boolean => type instanceof Y.XmlFragment && type._item === null;

/** Only texts that are there are looked at: asking a document for one that is not would make it. */
function readNotes(doc: Y.Doc, actions: readonly Action[]): Record<string, readonly ProseBlock[]> {
	const notes: Record<string, readonly ProseBlock[]> = {};
	const known = new Set<string>(actions.map(({ id }) => id));
	for (const root of [...doc.share.keys()].filter(isNotesRoot)) {
		const id = root.slice(0, -notesRoot('').length);
		if (!known.has(id)) continue;
		const fragment = doc.getXmlFragment(root);
		if (fragment.length > 0) notes[id] = proseOf(fragment);
	}
	return notes;
}
