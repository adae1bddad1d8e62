import type * as Y from 'yjs';
import { writeProse } from '#lib/docs/prose-write.ts';
import { newRowId, type PersonId, type RowId } from '#lib/domain/id.ts';
import {
	hasText,
	LINE_LENGTH_MAX,
	ROLES,
	sectionRoot,
	TEXT_FIELDS,
	textRoot,
	TITLE_LENGTH_MAX,
	type Decision
} from './schema.ts';
import { tables } from './tables.ts';
import { proseOfMarkdown, present, type Written } from './written.ts';

/** Who reads it in, and who a name in it is; an unknown name stays a name. */
export interface ImportContext {
	readonly by: PersonId;
	readonly personOf?: ((name: string) => PersonId | undefined) | undefined;
}

/** Adds one decision with everything in it. */
function insertWritten(doc: Y.Doc, written: Written, context: ImportContext): RowId {
	const id = newRowId();
	const options = written.options.map(() => newRowId());
	tables.decisions.insert(doc, decisionRow({ id, written, options, ...context }), 'end');
	for (const [index, { title, note, pros, cons }] of written.options.entries()) {
		const text = present({ note: note || undefined, pros: pros || undefined, cons: cons || undefined });
		const option = options[index] ?? newRowId();
		tables.options.insert(doc, { id: option, decision: id, title: line(title), ...text }, 'end');
	}
	insertMembers(doc, { id, written, personOf: context.personOf });
	for (const { title, url, detail } of written.evidence) {
		const rest = present({ url: url || undefined, detail: detail ? line(detail) : undefined });
		tables.evidence.insert(doc, { id: newRowId(), decision: id, title: line(title), ...rest }, 'end');
	}
	for (const tag of written.tags) tables.tags.insert(doc, { id: newRowId(), decision: id, tag }, 'end');
	insertTexts(doc, { id, written, options });
	return id;
}

const line = (text: string) => text.slice(0, LINE_LENGTH_MAX);

interface Inserted {
	readonly id: RowId;
	readonly written: Written;
	readonly options: readonly RowId[];
}

function decisionRow({ id, written, options, by }: Inserted & ImportContext): Omit<Decision, 'order'> {
	const { status, madeOn, decidedAt, settledAt, reversibility, reversibilityNote, reviewOn, reviewedOn } =
		written;
	return present({
		id,
		title: written.title.slice(0, TITLE_LENGTH_MAX),
		status,
		madeOn,
		proposedAt: written.proposedAt,
		proposedBy: by,
		decidedAt,
		settledAt,
		reversibility,
		reversibilityNote,
		reviewOn,
		reviewedOn,
		chosen: written.chosen === undefined ? undefined : options[written.chosen]
	});
}

/** Adds decisions that were read together: one may stand in the place of another among them. */
export function insertAll(doc: Y.Doc, all: readonly Written[], context: ImportContext): readonly RowId[] {
	const ids = all.map((written) => insertWritten(doc, written, context));
	for (const [index, { supersedes }] of all.entries()) {
		const id = ids[index];
		if (supersedes === undefined || id === undefined) continue;
		const among = all.findIndex(({ number, title }) => number === supersedes || title === supersedes);
		tables.decisions.patch(doc, id, { supersedes: ids[among] ?? rowNamed(doc, supersedes) });
	}
	for (const [index, { supersededBy }] of all.entries()) {
		const successor = supersededBy === undefined ? -1 : all.findIndex(({ title }) => title === supersededBy);
		const row = ids[successor];
		if (row && row !== ids[index]) tables.decisions.patch(doc, row, { supersedes: ids[index] });
	}
	return ids;
}

/** The decision that a file calls by its number or title. */
function rowNamed(doc: Y.Doc, name: string): RowId | undefined {
	const digits = /^DEC-0*(\d+)$/i.exec(name.trim())?.[1];
	return tables.decisions
		.read(doc)
		.value.find(({ number, title }) => (digits ? number === Number(digits) : title === name.trim()))?.id;
}

function insertMembers(
	doc: Y.Doc,
	{ id, written, personOf }: Pick<Inserted, 'id' | 'written'> & Pick<ImportContext, 'personOf'>
): void {
	for (const role of ROLES) {
		for (const { name, agreedAt } of written.members[role]) {
			const person = personOf?.(name);
			const who = person ? { person } : { name: line(name) };
			const row = { id: newRowId(), decision: id, role, ...who, ...(agreedAt ? { agreedAt } : {}) };
			tables.members.insert(doc, row, 'end');
		}
	}
}

function insertTexts(doc: Y.Doc, { id, written, options }: Inserted): void {
	for (const field of TEXT_FIELDS) {
		if (written[field]) writeProse(doc.getXmlFragment(textRoot(id, field)), proseOfMarkdown(written[field]));
	}
	for (const { is, heading, source, text, option } of written.chunks) {
		const row = newRowId();
		const about = option === undefined ? undefined : options[option];
		const rest = { is, heading: line(heading), source, ...(about ? { option: about } : {}) };
		tables.sections.insert(doc, { id: row, decision: id, ...rest }, 'end');
		if (hasText({ is }) && text) writeProse(doc.getXmlFragment(sectionRoot(row)), proseOfMarkdown(text));
	}
}
