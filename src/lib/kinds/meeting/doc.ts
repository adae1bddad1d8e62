import * as Y from 'yjs';
import * as z from 'zod/mini';
import type { DocBinding, Rejected } from '#lib/docs/binding.ts';
import { fieldMap, type FieldPatch } from '#lib/docs/fields.ts';
import { migrate } from '#lib/docs/migrate.ts';
import { StorageLoad, UserEdit } from '#lib/docs/origin.ts';
import { proseOf, type ProseBlock } from '#lib/docs/prose.ts';
import { writeProse } from '#lib/docs/prose-write.ts';
import { rowTable, type RowFields } from '#lib/docs/rows.ts';
import { newRowId, personId, type PersonId, type RowId } from '#lib/domain/id.ts';
import {
	agendaItem,
	clockFact,
	notesRoot,
	parkedThing,
	type AgendaItem,
	type ClockFact,
	type Meeting,
	type MeetingFields,
	type ParkedThing
} from './schema.ts';

const fields = fieldMap<MeetingFields>({
	root: 'meeting',
	fields: { facilitator: personId, scribe: personId }
});
const agenda = rowTable({ root: 'agenda', row: agendaItem });
const parking = rowTable({ root: 'parking', row: parkedThing });

/** Clock facts are plain values under their ids: written once, never edited. */
const factsOf = (doc: Y.Doc) => doc.getMap<unknown>('clock');

export type NewItem = Omit<AgendaItem, 'id' | 'order'>;

export interface MeetingCommands {
	/** Puts an item right after `after`; first when undefined, last when `'end'`. */
	addItem(item: NewItem, after: RowId | 'end' | undefined): RowId;
	patchItem(id: RowId, fields: RowFields<AgendaItem>): void;
	moveItem(id: RowId, after: RowId | undefined): void;
	/** Its notes stay, and come back with it. `at` is an ISO instant. */
	removeItem(id: RowId, at: string): void;
	restoreItem(id: RowId): void;
	removedItems(): readonly AgendaItem[];
	park(thing: Omit<ParkedThing, 'id' | 'order' | 'state'>): RowId;
	patchParked(id: RowId, fields: RowFields<ParkedThing>): void;
	/** Puts what another meeting sent on into this one's parking lot: each thing once, whatever became of it here. */
	carryOver(things: readonly ParkedThing[]): void;
	/** Takes a parked thing onto the agenda, as an item at the end. */
	bringBack(id: RowId): void;
	/** Records a fact about the clock. `atMs` is server time. The first start names the facilitator. */
	run(fact: Omit<ClockFact, 'id' | 'by'>): void;
	patchMeeting(fields: FieldPatch<MeetingFields>): void;
}

export const meetingDoc: DocBinding<Meeting, MeetingCommands> = {
	read(doc) {
		const [own, items, parked, facts] = [
			fields.read(doc),
			agenda.read(doc),
			parking.read(doc),
			readFacts(doc)
		];
		return {
			value: {
				fields: own.value,
				agenda: items.value,
				parking: parked.value,
				clock: facts.value,
				notes: readNotes(doc, items.value)
			},
			rejected: [...own.rejected, ...items.rejected, ...parked.rejected, ...facts.rejected]
		};
	},
	commands: commandsOf,
	lift: (doc) => migrate(doc, []),
	seed(doc, snapshot) {
		doc.transact(() => {
			fields.patch(doc, snapshot.fields);
			agenda.seed(doc, snapshot.agenda);
			parking.seed(doc, snapshot.parking);
			for (const fact of snapshot.clock) factsOf(doc).set(fact.id, present(fact));
			for (const [item, blocks] of Object.entries(snapshot.notes)) writeProse(notesOf(doc, item), blocks);
		}, new StorageLoad());
	},
	observe(doc, onChange) {
		const roots = [fields.map(doc), agenda.map(doc), parking.map(doc), factsOf(doc)];
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
	undoable: (doc) => [fields.map(doc), agenda.map(doc), parking.map(doc)]
};

/** The notes of an item, for the editor. */
export const notesOf = (doc: Y.Doc, item: string): Y.XmlFragment => doc.getXmlFragment(notesRoot(item));

const isNotes = (type: object): boolean => type instanceof Y.XmlFragment && type._item === null;

const present = (fact: ClockFact) =>
	Object.fromEntries(Object.entries(fact).filter(([, value]) => value !== undefined));

function readFacts(doc: Y.Doc) {
	const value: ClockFact[] = [];
	const rejected: Rejected[] = [];
	for (const [id, found] of factsOf(doc)) {
		const parsed = z.safeParse(clockFact, found);
		if (parsed.success && parsed.data.id === id) value.push(parsed.data);
		else rejected.push({ key: `clock/${id}`, reason: 'not a fact about the clock' });
	}
	return { value: value.sort((a, b) => a.atMs - b.atMs), rejected };
}

function readNotes(doc: Y.Doc, items: readonly AgendaItem[]): Record<string, readonly ProseBlock[]> {
	const notes: Record<string, readonly ProseBlock[]> = {};
	for (const { id } of items) {
		const fragment = notesOf(doc, id);
		if (fragment.length > 0) notes[id] = proseOf(fragment);
	}
	return notes;
}

function commandsOf(doc: Y.Doc, by: PersonId): MeetingCommands {
	const edit = <T>(command: string, change: () => T): T =>
		doc.transact(change, new UserEdit(by, `meeting.${command}`));
	const insert = (item: NewItem, after: RowId | 'end' | undefined) => {
		const id = newRowId();
		agenda.insert(doc, { ...item, id }, after);
		return id;
	};

	return {
		addItem: (item, after) => edit('add', () => insert(item, after)),
		patchItem: (id, changed) => edit('item', () => agenda.patch(doc, id, changed)),
		moveItem: (id, after) => edit('move', () => agenda.move(doc, id, after)),
		removeItem: (id, at) => edit('remove', () => agenda.remove(doc, id, at)),
		restoreItem: (id) => edit('restore', () => agenda.restore(doc, id)),
		removedItems: () => agenda.removed(doc),
		park(thing) {
			const id = newRowId();
			edit('park', () => parking.insert(doc, { ...thing, id, state: 'open' }, 'end'));
			return id;
		},
		patchParked: (id, changed) => edit('parked', () => parking.patch(doc, id, changed)),
		carryOver(things) {
			const missing = things.filter(({ id }) => !parking.has(doc, id));
			if (missing.length === 0) return;
			edit('carry-over', () => {
				for (const { id, text, at, by: who } of missing) {
					const row = { id, text, at, state: 'open' as const, ...(who ? { by: who } : {}) };
					parking.ensure(doc, row, { after: 'end' });
				}
			});
		},
		bringBack(id) {
			const thing = parking.read(doc).value.find((one) => one.id === id);
			if (!thing) return; // Somebody else has just dealt with it.
			edit('bring-back', () => {
				insert(
					{ title: thing.text.slice(0, 200), minutes: 5, ...(thing.by ? { owner: thing.by } : {}) },
					'end'
				);
				parking.patch(doc, id, { state: 'closed' });
			});
		},
		run(fact) {
			const full = z.parse(clockFact, { ...fact, id: newRowId(), by });
			edit('clock', () => {
				factsOf(doc).set(full.id, present(full));
				if (fact.is === 'start' && !fields.map(doc).has('facilitator'))
					fields.patch(doc, { facilitator: by });
			});
		},
		patchMeeting: (changed) => edit('meeting', () => fields.patch(doc, changed))
	};
}
