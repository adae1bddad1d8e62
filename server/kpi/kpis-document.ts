import * as Y from 'yjs';
import { documentId, type SpaceId } from '#lib/domain/id.ts';
import { kpisDoc } from '#lib/kinds/kpis/doc.ts';
import { KPIS_DOCUMENT, type Kpis } from '#lib/kinds/kpis/schema.ts';
import { wireName } from '#lib/protocol/names.ts';
import type { DocStore } from '../sync/doc-store.ts';

/** The document of a space that says what its numbers mean, by its name on the wire. */
export const kpisName = (space: SpaceId): string =>
	wireName({ space, document: documentId.parse(KPIS_DOCUMENT) });

/** What that document durably says. */
export async function readKpis(docs: Pick<DocStore, 'load' | 'loadState'>, space: SpaceId): Promise<Kpis> {
	const name = kpisName(space);
	const { tail } = await docs.load(name);
	const state = await docs.loadState(name);
	const doc = new Y.Doc();
	doc.transact(() => {
		if (state) Y.applyUpdate(doc, state);
		for (const { update } of tail) Y.applyUpdate(doc, update);
	});
	const { value } = kpisDoc.read(doc);
	doc.destroy();
	return value;
}
