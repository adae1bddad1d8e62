import type * as Y from 'yjs';
import { writeProse } from '#lib/docs/prose-write.ts';
import { newRowId, type PersonId, type RowId } from '#lib/domain/id.ts';
import {
	hasText,
	LINE_LENGTH_MAX,
	ROLES,
	sectionRoot,
	TAG_LENGTH_MAX,
	TEXT_FIELDS,
	TEXT_LENGTH_MAX,
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
		reversibilityNote: reversibilityNote === undefined ? undefined : line(reversibilityNote),
		reviewOn,
		reviewedOn,
		chosen: written.chosen === undefined ? undefined : options[written.chosen]
	});
}

/** Adds decisions that were read together: one may stand in the place of another among them. */
export function insertAll(doc: Y.Doc, all: readonly Written[], context: ImportContext): readonly RowId[] {
	const inserted = all.map((written): Inserted => {
		return { id: newRowId(), written, options: written.options.map(() => newRowId()) };
	});
	const ids = inserted.map(({ id }) => id);
	tables.decisions.append(
		doc,
		inserted.map((one) => decisionRow({ ...one, ...context }))
	);
	tables.options.append(doc, inserted.flatMap(optionRows));
	tables.members.append(
		doc,
		inserted.flatMap((one) => memberRows({ ...one, personOf: context.personOf }))
	);
	tables.evidence.append(doc, inserted.flatMap(evidenceRows));
	tables.tags.append(doc, inserted.flatMap(tagRows));
	for (const one of inserted) insertTexts(doc, one);
	tables.sections.append(
		doc,
		inserted.flatMap((one) => insertSections(doc, one))
	);
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

const optionRows = ({ id, written, options }: Inserted) =>
	written.options.map(({ title, note, pros, cons }, index) => ({
		id: options[index] ?? newRowId(),
		decision: id,
		title: line(title),
		...present({ note: text(note), pros: text(pros), cons: text(cons) })
	}));

const memberRows = ({ id, written, personOf }: Inserted & Pick<ImportContext, 'personOf'>) =>
	ROLES.flatMap((role) =>
		written.members[role].map(({ name, agreedAt }) => {
			const person = personOf?.(name);
			const who = person ? { person } : { name: line(name) };
			return { id: newRowId(), decision: id, role, ...who, ...(agreedAt ? { agreedAt } : {}) };
		})
	);

const evidenceRows = ({ id, written }: Inserted) =>
	written.evidence.map(({ title, url, detail }) => ({
		id: newRowId(),
		decision: id,
		title: line(title),
		...present({ url: url || undefined, detail: detail ? line(detail) : undefined })
	}));

const tagRows = ({ id, written }: Inserted) =>
	written.tags.map((tag) => ({ id: newRowId(), decision: id, tag: tag.slice(0, TAG_LENGTH_MAX) }));

/** Longer texts are refused where a person can be told; here is the last line of defence. */
const text = (typed: string): string | undefined => typed.slice(0, TEXT_LENGTH_MAX) || undefined;

function insertTexts(doc: Y.Doc, { id, written }: Inserted): void {
	for (const field of TEXT_FIELDS) {
		if (written[field]) writeProse(doc.getXmlFragment(textRoot(id, field)), proseOfMarkdown(written[field]));
	}
}

/** The pieces of the file, for their table; the texts of those that have one are written at once. */
function insertSections(doc: Y.Doc, { id, written, options }: Inserted) {
	return written.chunks.map(({ is, heading, source, text: own, option }) => {
		const row = newRowId();
		const about = option === undefined ? undefined : options[option];
		if (hasText({ is }) && own) writeProse(doc.getXmlFragment(sectionRoot(row)), proseOfMarkdown(own));
		return { id: row, decision: id, is, heading: line(heading), source, ...(about ? { option: about } : {}) };
	});
}
