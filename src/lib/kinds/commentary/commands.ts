import type * as Y from 'yjs';
import { UserEdit } from '#lib/docs/origin.ts';
import { proseText } from '#lib/docs/prose-text.ts';
import { writeProse } from '#lib/docs/prose-write.ts';
import type { RowFields, RowTable, RowBase } from '#lib/docs/rows.ts';
import { newRowId, type PersonId, type RowId } from '#lib/domain/id.ts';
import type { DocumentRef } from '#lib/domain/link.ts';
import type { Status } from '#lib/domain/status.ts';
import { ok, type Result } from '#lib/util/result.ts';
import { commentaryRow, driverRow, partRow } from './row-names.ts';
import {
	DRIVER_LENGTH_MAX,
	textRoot,
	type About,
	type Commentary,
	type Evidence,
	type TextName
} from './schema.ts';
import { lacksOf, notComplete, type NotComplete } from './state.ts';
import { tables } from './tables.ts';
import type { Written } from './written.ts';

/** Each makes the row first where it is missing, under a name that every device chooses alike. */
export interface CommentaryCommands {
	/** Begins it, or adds this person to its authors. Changes nothing when both are there. */
	begin(about: About): RowId;
	/** Says it in plain paragraphs, below what is there. */
	write(about: About, text: TextName, words: string): void;
	patch(about: About, fields: Pick<RowFields<Commentary>, 'outlook' | 'nature'>): void;
	/** Adds a driver by name, which is cut to 40 characters. The same name again is the same driver. */
	addDriver(about: About, name: string): void;
	removeDriver(about: About, name: string, at: string): void;
	/** Says which action or decision answers it. */
	link(about: About, ref: DocumentRef): void;
	unlink(id: RowId, at: string): void;
	addEvidence(about: About, found: Pick<Evidence, 'title' | 'href'>): RowId;
	removeEvidence(id: RowId, at: string): void;
	restoreEvidence(id: RowId): void;
	/** The text still holds for the number as it is now. */
	stillHolds(about: About): void;
	/** Refused with a sentence for each missing thing while the KPI is red. `at` is an ISO instant. */
	complete(about: About, when: { readonly status: Status; readonly at: string }): Result<void, NotComplete>;
	reopen(about: About): void;
	/** Removes it as a whole; its texts and parts stay, and come back with it. */
	remove(id: RowId, at: string): void;
	restore(id: RowId): void;
	removed(): readonly Commentary[];
}

export function commandsOf(doc: Y.Doc, by: PersonId): CommentaryCommands {
	const edit = <T>(command: string, change: () => T): T =>
		doc.transact(change, new UserEdit(by, `commentary.${command}`));
	const begin = (about: About): RowId => beginIn(doc, { about, by });

	return {
		begin: (about) => edit('begin', () => begin(about)),
		write: (about, text, words) =>
			edit('write', () => {
				const fragment = doc.getXmlFragment(textRoot(begin(about), text));
				writeProse(fragment, paragraphs(words));
			}),
		patch: (about, fields) => edit('patch', () => tables.rows.patch(doc, begin(about), fields)),
		addDriver: (about, name) =>
			edit('driver', () => {
				const row = begin(about);
				const kept = name.trim().slice(0, DRIVER_LENGTH_MAX).trim();
				if (kept) keep(doc, tables.drivers, { id: driverRow(row, kept), commentary: row, name: kept });
			}),
		removeDriver: (about, name, at) =>
			edit('undriver', () => tables.drivers.remove(doc, driverRow(commentaryRow(about), name), at)),
		link: (about, ref) =>
			edit('link', () => {
				const row = begin(about);
				keep(doc, tables.links, { id: partRow(row, ref.document, ref.row ?? ''), commentary: row, ref });
			}),
		unlink: (id, at) => edit('unlink', () => tables.links.remove(doc, id, at)),
		addEvidence: (about, found) =>
			edit('evidence', () => {
				const id = newRowId();
				tables.evidence.insert(doc, { ...found, id, commentary: begin(about) }, 'end');
				return id;
			}),
		removeEvidence: (id, at) => edit('unevidence', () => tables.evidence.remove(doc, id, at)),
		restoreEvidence: (id) => edit('evidence', () => tables.evidence.restore(doc, id)),
		stillHolds: (about) => edit('holds', () => tables.rows.patch(doc, begin(about), lookedAt(about))),
		complete(about, { at, status }) {
			const lacks = lacksOf(writtenIn(doc, commentaryRow(about)), status);
			if (lacks.length > 0) return notComplete(lacks);
			const { seen } = about;
			const completed = { at, by, status, ...(seen ? { seen } : {}) };
			const looked = lookedAt({ ...about, status });
			edit('complete', () => tables.rows.patch(doc, begin(about), { ...looked, completed }));
			return ok(undefined);
		},
		reopen: (about) =>
			edit('reopen', () => tables.rows.patch(doc, commentaryRow(about), { completed: undefined })),
		remove: (id, at) => edit('remove', () => tables.rows.remove(doc, id, at)),
		restore: (id) => edit('restore', () => tables.rows.restore(doc, id)),
		removed: () => tables.rows.removed(doc)
	};
}

const paragraphs = (words: string) =>
	words
		.split('\n')
		.filter((line) => line.trim() !== '')
		.map((text) => ({ is: 'paragraph' as const, text: [{ is: 'text' as const, text, marks: {} }] }));

function beginIn(doc: Y.Doc, { about, by }: { about: About; by: PersonId }): RowId {
	const { kpi, segment } = about;
	const id = commentaryRow(about);
	if (!isThere(doc, tables.rows, id)) {
		const row = { id, kpi, ...(segment === undefined ? {} : { segment }) };
		tables.rows.ensure(doc, row, { after: 'end', own: lookedAt(about) });
	}
	keep(doc, tables.authors, { id: partRow(id, 'by', by), commentary: id, person: by });
	return id;
}

/** What only this person's screen said. */
const lookedAt = ({ seen, status }: About) => ({ ...(seen ? { seen } : {}), ...(status ? { status } : {}) });

/** Makes a named row, or brings it back; leaves one that is there alone. */
function keep<Row extends RowBase>(
	doc: Y.Doc,
	table: RowTable<Row>,
	row: Omit<Row, 'order'> & { id: RowId }
): void {
	if (!isThere(doc, table, row.id)) table.ensure(doc, row, { after: 'end' });
}

function isThere<Row extends RowBase>(doc: Y.Doc, table: RowTable<Row>, id: RowId): boolean {
	return table.has(doc, id) && !table.removed(doc).some((row) => row.id === id);
}

/** What the gate looks at, as the document has it now. */
function writtenIn(doc: Y.Doc, id: RowId): Written {
	const own = <Row extends RowBase & { readonly commentary: RowId }>(table: RowTable<Row>) =>
		table.read(doc).value.filter(({ commentary }) => commentary === id);
	const text = (name: TextName) => proseText(doc.getXmlFragment(textRoot(id, name))).trim();
	return {
		id,
		row: tables.rows.read(doc).value.find((row) => row.id === id),
		drivers: own(tables.drivers),
		links: own(tables.links),
		evidence: own(tables.evidence),
		authors: own(tables.authors),
		texts: { changed: text('changed'), doing: text('doing') }
	};
}
