import type * as Y from 'yjs';
import * as z from 'zod/mini';
import type { DocBinding, Rejected } from '#lib/docs/binding.ts';
import { migrate } from '#lib/docs/migrate.ts';
import { StorageLoad, UserEdit } from '#lib/docs/origin.ts';
import { hashText, namedRow } from '#lib/docs/row-name.ts';
import { rowTable } from '#lib/docs/rows.ts';
import { kpiId, newRowId, rowId, type KpiId, type PersonId, type RowId } from '#lib/domain/id.ts';
import {
	kpiContract,
	kpiParent,
	kpiUpstream,
	marker,
	type KpiContract,
	type KpiParent,
	type Marker
} from '#lib/domain/kpi.ts';
import { ok, refuse, type Result } from '#lib/util/result.ts';
import type { KpiFields, Kpis, MarkerFields, ParentFields } from './schema.ts';

/** A contract's row is named by its KPI: two people who set up one KPI apart from each other set up one. */
const kpiRow = z.extend(kpiContract, { id: rowId });
const kpiRows = rowTable({ root: 'kpis', row: kpiRow });
const markerRows = rowTable({ root: 'markers', row: marker });
/** A link is named by its two ends: two people who draw it apart from each other draw one. */
const parentRows = rowTable({ root: 'parents', row: kpiParent });
const upstreamRows = rowTable({ root: 'upstream', row: kpiUpstream });
const TABLES = [kpiRows, markerRows, parentRows, upstreamRows] as const;

export interface KpisCommands {
	/** Adds a contract at the end of the list; one that was removed comes back with these fields. */
	addKpi(id: KpiId, fields: NewKpi): Result<void, KpiExists>;
	patchKpi(id: KpiId, fields: KpiFields): void;
	/** Puts it right after `after`; first when that is undefined. */
	moveKpi(id: KpiId, after: KpiId | undefined): void;
	/** Its points stay. `at` is an ISO instant. */
	removeKpi(id: KpiId, at: string): void;
	restoreKpi(id: KpiId): void;
	/** Contracts that were removed, the latest removal first. */
	removedKpis(): readonly KpiContract[];
	pinMarker(fields: Omit<Marker, 'id' | 'order'>): RowId;
	patchMarker(id: RowId, fields: MarkerFields): void;
	removeMarker(id: RowId, at: string): void;
	restoreMarker(id: RowId): void;
	/** Makes `kpi` a part of `parent`; where it is one already, its share is set. */
	addParent(kpi: KpiId, parent: KpiId, share: Pick<KpiParent, 'basis' | 'weight'>): RowId;
	patchParent(id: RowId, fields: ParentFields): void;
	removeParent(id: RowId, at: string): void;
	restoreParent(id: RowId): void;
	addUpstream(kpi: KpiId, upstream: KpiId): RowId;
	removeUpstream(id: RowId, at: string): void;
	restoreUpstream(id: RowId): void;
}

/** The least a contract needs. */
export type NewKpi = Omit<KpiContract, 'id' | 'order'>;

export interface KpiExists {
	readonly code: 'kpi.exists';
}

export const kpisDoc: DocBinding<Kpis, KpisCommands> = {
	read(doc) {
		const kpis = kpiRows.read(doc);
		const markers = markerRows.read(doc);
		const parents = parentRows.read(doc);
		const upstream = upstreamRows.read(doc);
		const rejected: Rejected[] = [kpis, markers, parents, upstream].flatMap((one) => one.rejected);
		const value = {
			kpis: kpis.value.map(asContract),
			markers: markers.value,
			parents: parents.value,
			upstream: upstream.value
		};
		return { value, rejected };
	},
	commands: (doc, by) => commandsOf(doc, by),
	lift: (doc) => migrate(doc, []),
	seed(doc, { kpis, markers, parents, upstream }) {
		doc.transact(() => {
			kpiRows.seed(doc, kpis.map(asRow));
			markerRows.seed(doc, markers);
			parentRows.seed(doc, parents);
			upstreamRows.seed(doc, upstream);
		}, new StorageLoad());
	},
	observe(doc, onChange) {
		const roots = TABLES.map((table) => table.map(doc));
		for (const root of roots) root.observeDeep(onChange);
		return () => {
			for (const root of roots) root.unobserveDeep(onChange);
		};
	},
	undoable: (doc) => TABLES.map((table) => table.map(doc))
};

type KpiRow = z.infer<typeof kpiRow>;

/** Both ids have one form; only the name of the type differs. */
const rowOf = (id: KpiId): RowId => z.parse(rowId, id);
const linkRow = (kpi: KpiId, to: KpiId): RowId => namedRow(kpi, `${to}-${hashText(`${kpi}\n${to}`)}`);
const asContract = (row: KpiRow): KpiContract => ({ ...row, id: z.parse(kpiId, row.id) });
const asRow = (contract: KpiContract): KpiRow => ({ ...contract, id: rowOf(contract.id) });

function commandsOf(doc: Y.Doc, by: PersonId): KpisCommands {
	const edit = <T>(command: string, change: () => T): T =>
		doc.transact(change, new UserEdit(by, `kpis.${command}`));
	const isThere = (id: KpiId) => kpiRows.has(doc, rowOf(id));
	const isRemoved = (id: KpiId) => kpiRows.removed(doc).some((row) => row.id === rowOf(id));

	return {
		addKpi(id, fields) {
			if (isThere(id) && !isRemoved(id)) return refuse({ code: 'kpi.exists' });
			// Two people may set up the same KPI while apart: it is one, with what either of them said.
			edit('add', () => kpiRows.ensure(doc, { ...fields, id: rowOf(id) }, { after: 'end' }));
			return ok(undefined);
		},
		patchKpi: (id, fields) => edit('patch', () => kpiRows.patch(doc, rowOf(id), fields)),
		moveKpi: (id, after) =>
			edit('move', () => kpiRows.move(doc, rowOf(id), after === undefined ? undefined : rowOf(after))),
		removeKpi: (id, at) => edit('remove', () => kpiRows.remove(doc, rowOf(id), at)),
		restoreKpi: (id) => edit('restore', () => kpiRows.restore(doc, rowOf(id))),
		removedKpis: () => kpiRows.removed(doc).map(asContract),
		pinMarker(fields) {
			const id = newRowId();
			edit('pin', () => markerRows.insert(doc, { ...fields, id }, 'end'));
			return id;
		},
		patchMarker: (id, fields) => edit('marker', () => markerRows.patch(doc, id, fields)),
		removeMarker: (id, at) => edit('unpin', () => markerRows.remove(doc, id, at)),
		restoreMarker: (id) => edit('repin', () => markerRows.restore(doc, id)),
		...linkCommands(doc, edit)
	};
}

type Edit = <T>(command: string, change: () => T) => T;

type LinkCommands = Pick<
	KpisCommands,
	| 'addParent'
	| 'patchParent'
	| 'removeParent'
	| 'restoreParent'
	| 'addUpstream'
	| 'removeUpstream'
	| 'restoreUpstream'
>;

function linkCommands(doc: Y.Doc, edit: Edit): LinkCommands {
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
