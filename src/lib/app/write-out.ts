import type { DocumentId, RowId } from '../domain/id.ts';
import type { DocumentRef } from '../domain/link.ts';
import type { RecordLine } from '../domain/record.ts';
import type { AnyKind, ExportContext } from '../kinds/contract.ts';
import type { SpaceSession } from './space-session.svelte.ts';

/** Everything that this device has of the given documents, as one text. */
export async function writeOut(
	space: SpaceSession,
	documents: readonly DocumentId[],
	as: 'csv' | 'markdown' = 'markdown'
): Promise<string> {
	const texts: string[] = [];
	for (const id of documents) {
		const kind = space.kindOf(id);
		const exporter = kind?.exports.find(({ format }) => format === as);
		if (!kind || !exporter) continue;
		texts.push(await written(space, { id, kind, render: exporter.render, title: space.titleOf(id) }));
	}
	return texts.join('\n---\n\n');
}

async function written(
	space: SpaceSession,
	of: {
		id: DocumentId;
		kind: AnyKind;
		render: (snapshot: unknown, context: ExportContext) => string;
		title: string;
	}
): Promise<string> {
	const open = await space.acquire(of.id, of.kind);
	try {
		const snapshot: unknown = of.kind.doc.read(open.engine.doc).value;
		const nameOf = (person: string) => space.people.find(({ id }) => id === person)?.name;
		const recordOf = (ref: DocumentRef) => space.records.find(ref) ?? lineOf(space, ref);
		return of.render(snapshot, { title: of.title, today: space.today, nameOf, recordOf });
	} finally {
		await space.release(of.id);
	}
}

/** What is in no register, by what its place is called: a KPI's commentary, a matrix. */
function lineOf(space: SpaceSession, { kind, document, row }: DocumentRef): RecordLine | undefined {
	const title = space.records.titleOf({ kind, document, ...(row ? { row } : {}) });
	if (!title) return undefined;
	return { ref: { kind, document, row: row ?? ('' as RowId) }, title, state: '', isOpen: false };
}

/** The documents that hold something only this device has. */
export function keptDocuments(space: SpaceSession): readonly DocumentId[] {
	const names = space.board.keptAt.map(({ doc }) => doc.slice(doc.indexOf('/') + 1));
	return [...new Set(names)] as DocumentId[];
}
