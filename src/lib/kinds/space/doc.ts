import type * as Y from 'yjs';
import * as z from 'zod/mini';
import type { DocBinding } from '#lib/docs/binding.ts';
import { fieldMap } from '#lib/docs/fields.ts';
import { migrate } from '#lib/docs/migrate.ts';
import { StorageLoad, UserEdit } from '#lib/docs/origin.ts';
import { rowTable, type RowFields } from '#lib/docs/rows.ts';
import { newRowId, rowId, type DocumentId, type PersonId, type RowId } from '#lib/domain/id.ts';
import {
	documentEntry,
	personEntry,
	series,
	TITLE_LENGTH_MAX,
	zone,
	type DocumentEntry,
	type PersonEntry,
	type Series,
	type SpaceFields,
	type SpaceIndex
} from './schema.ts';

const fields = fieldMap<SpaceFields>({
	root: 'space',
	fields: {
		title: z.string().check(z.maxLength(TITLE_LENGTH_MAX)),
		timeZone: zone
	}
});
const documents = rowTable({ root: 'documents', row: documentEntry });
const people = rowTable({ root: 'people', row: personEntry });
const rhythms = rowTable({ root: 'series', row: series });
const tables = [documents, people, rhythms];

export type NewDocument = Omit<DocumentEntry, 'id' | 'order'>;
export type NewSeries = Omit<Series, 'id' | 'order'>;

export interface SpaceCommands {
	/** Lists a document. Under an id that another device may choose too, both list one. */
	list(id: DocumentId, entry: NewDocument): void;
	patchDocument(id: DocumentId, fields: RowFields<DocumentEntry>): void;
	/** `at` is an ISO instant. */
	archive(id: DocumentId, at: string): void;
	unarchive(id: DocumentId): void;
	addSeries(entry: NewSeries): RowId;
	patchSeries(id: RowId, fields: RowFields<Series>): void;
	moveSeries(id: RowId, after: RowId | undefined): void;
	removeSeries(id: RowId, at: string): void;
	restoreSeries(id: RowId): void;
	/** Makes a person known to the space, or renames them. */
	introduce(id: PersonId, person: Pick<PersonEntry, 'name' | 'joinedAt'>): void;
	patchSpace(fields: Partial<SpaceFields>): void;
}

/**
 * In the order they joined, which their colours follow. A device that has just come in does not know yet who was there
 * before, so the rows' own order says little. Who never said when stands last.
 */
function byJoining({ joinedAt: a }: PersonEntry, { joinedAt: b }: PersonEntry): number {
	if (a === b) return 0;
	if (a === undefined || b === undefined) return a === undefined ? 1 : -1;
	return a < b ? -1 : 1;
}

export const spaceDoc: DocBinding<SpaceIndex, SpaceCommands> = {
	read(doc) {
		const [ownFields, listed, known, rhythm] = [
			fields.read(doc),
			documents.read(doc),
			people.read(doc),
			rhythms.read(doc)
		];
		return {
			value: {
				fields: ownFields.value,
				documents: listed.value,
				people: known.value.toSorted(byJoining),
				series: rhythm.value
			},
			rejected: [...ownFields.rejected, ...listed.rejected, ...known.rejected, ...rhythm.rejected]
		};
	},
	commands: commandsOf,
	lift: (doc) => migrate(doc, []),
	seed(doc, snapshot) {
		doc.transact(() => {
			fields.patch(doc, snapshot.fields);
			documents.seed(doc, snapshot.documents);
			people.seed(doc, snapshot.people);
			rhythms.seed(doc, snapshot.series);
		}, new StorageLoad());
	},
	observe(doc, onChange) {
		const roots = [fields.map(doc), ...tables.map((table) => table.map(doc))];
		for (const root of roots) root.observeDeep(onChange);
		return () => {
			for (const root of roots) root.unobserveDeep(onChange);
		};
	},
	undoable: (doc) => [fields.map(doc), documents.map(doc), rhythms.map(doc)]
};

/** Document and person ids have the form of row ids. */
const rowOf = (id: DocumentId | PersonId): RowId => z.parse(rowId, id);

function commandsOf(doc: Y.Doc, by: PersonId): SpaceCommands {
	const edit = (command: string, change: () => void) =>
		doc.transact(change, new UserEdit(by, `space.${command}`));

	return {
		list: (id, { createdAt, createdBy, ...entry }) =>
			edit('list', () =>
				documents.ensure(doc, { ...entry, id: rowOf(id) }, { after: 'end', own: { createdAt, createdBy } })
			),
		patchDocument: (id, changed) => edit('document', () => documents.patch(doc, rowOf(id), changed)),
		archive: (id, at) => edit('archive', () => documents.patch(doc, rowOf(id), { archivedAt: at })),
		unarchive: (id) => edit('unarchive', () => documents.patch(doc, rowOf(id), { archivedAt: undefined })),
		addSeries(entry) {
			const id = newRowId();
			edit('series', () => rhythms.insert(doc, { ...entry, id }, 'end'));
			return id;
		},
		patchSeries: (id, changed) => edit('series', () => rhythms.patch(doc, id, changed)),
		moveSeries: (id, after) => edit('series', () => rhythms.move(doc, id, after)),
		removeSeries: (id, at) => edit('series', () => rhythms.remove(doc, id, at)),
		restoreSeries: (id) => edit('series', () => rhythms.restore(doc, id)),
		introduce: (id, { name, joinedAt }) =>
			edit('introduce', () =>
				people.ensure(doc, { name, id: rowOf(id) }, { after: 'end', own: joinedAt ? { joinedAt } : {} })
			),
		patchSpace: (changed) => edit('space', () => fields.patch(doc, changed))
	};
}
