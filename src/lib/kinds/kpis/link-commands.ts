import type * as Y from 'yjs';
import type { KpiId, RowId } from '#lib/domain/id.ts';
import type { KpiParent } from '#lib/domain/kpi.ts';
import type { ParentFields } from './schema.ts';
import { linkRow, parentRows, upstreamRows } from './tables.ts';

export interface LinkCommands {
	/** Makes `kpi` a part of `parent`; where it is one already, its share is set. */
	addParent(kpi: KpiId, parent: KpiId, share: Pick<KpiParent, 'basis' | 'weight'>): RowId;
	patchParent(id: RowId, fields: ParentFields): void;
	removeParent(id: RowId, at: string): void;
	restoreParent(id: RowId): void;
	addUpstream(kpi: KpiId, upstream: KpiId): RowId;
	removeUpstream(id: RowId, at: string): void;
	restoreUpstream(id: RowId): void;
}

/** Makes one transaction of a change, by whoever has the commands. */
export type Edit = <T>(command: string, change: () => T) => T;

export function linkCommands(doc: Y.Doc, edit: Edit): LinkCommands {
	return {
		addParent(kpi, parent, share) {
			const id = linkRow(kpi, parent);
			edit('parent', () => parentRows.ensure(doc, { id, kpi, parent, ...share }, { after: 'end' }));
			return id;
		},
		patchParent: (id, fields) => edit('share', () => parentRows.patch(doc, id, fields)),
		removeParent: (id, at) => edit('part', () => parentRows.remove(doc, id, at)),
		restoreParent: (id) => edit('rejoin', () => parentRows.restore(doc, id)),
		addUpstream(kpi, upstream) {
			const id = linkRow(kpi, upstream);
			edit('upstream', () => upstreamRows.ensure(doc, { id, kpi, upstream }, { after: 'end' }));
			return id;
		},
		removeUpstream: (id, at) => edit('unlink', () => upstreamRows.remove(doc, id, at)),
		restoreUpstream: (id) => edit('relink', () => upstreamRows.restore(doc, id))
	};
}
