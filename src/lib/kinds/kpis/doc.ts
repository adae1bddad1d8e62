import type * as Y from 'yjs';
import type { DocBinding, Rejected } from '#lib/docs/binding.ts';
import { migrate } from '#lib/docs/migrate.ts';
import { StorageLoad, UserEdit } from '#lib/docs/origin.ts';
import { newRowId, type KpiId, type PersonId, type RowId } from '#lib/domain/id.ts';
import type { KpiContract, Marker } from '#lib/domain/kpi.ts';
import { ok, refuse, type Result } from '#lib/util/result.ts';
import { changeCommands, type ChangeCommands } from './change-commands.ts';
import { datedContracts } from './change.ts';
import { linkCommands, type LinkCommands } from './link-commands.ts';
import { registryCommands, type RegistryCommands } from './registry/commands.ts';
import type { KpiFields, Kpis, MarkerFields } from './schema.ts';
import {
	asContract,
	asRow,
	changeRows,
	kpiRows,
	markerRows,
	parentRows,
	rowOf,
	TABLES,
	termRows,
	upstreamRows
} from './tables.ts';

export interface KpisCommands extends LinkCommands, ChangeCommands, RegistryCommands {
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
	/** With an `id` of its own it is pinned once, however often it is asked for; one that was removed stays so. */
	pinMarker(fields: Omit<Marker, 'id' | 'order'>, id?: RowId): RowId;
	patchMarker(id: RowId, fields: MarkerFields): void;
	removeMarker(id: RowId, at: string): void;
	restoreMarker(id: RowId): void;
}

/** The least a contract needs. */
export type NewKpi = Omit<KpiContract, 'id' | 'order' | 'terms' | 'turns'>;

export interface KpiExists {
	readonly code: 'kpi.exists';
}

export const kpisDoc: DocBinding<Kpis, KpisCommands> = {
	read(doc) {
		const kpis = kpiRows.read(doc);
		const markers = markerRows.read(doc);
		const parents = parentRows.read(doc);
		const upstream = upstreamRows.read(doc);
		const terms = termRows.read(doc);
		const changes = changeRows.read(doc);
		const rejected: Rejected[] = [kpis, markers, parents, upstream, terms, changes].flatMap(
			(one) => one.rejected
		);
		const value = {
			kpis: datedContracts(kpis.value.map(asContract), terms.value, changes.value),
			markers: markers.value,
			parents: parents.value,
			upstream: upstream.value,
			terms: terms.value,
			changes: changes.value
		};
		return { value, rejected };
	},
	commands: (doc, by) => commandsOf(doc, by),
	lift: (doc) => migrate(doc, []),
	seed(doc, { kpis, markers, parents, upstream, terms, changes }) {
		doc.transact(() => {
			kpiRows.seed(doc, kpis.map(asRow));
			markerRows.seed(doc, markers);
			parentRows.seed(doc, parents);
			upstreamRows.seed(doc, upstream);
			termRows.seed(doc, terms);
			changeRows.seed(doc, changes);
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
		pinMarker(fields, id = newRowId()) {
			if (!markerRows.has(doc, id)) edit('pin', () => markerRows.insert(doc, { ...fields, id }, 'end'));
			return id;
		},
		patchMarker: (id, fields) => edit('marker', () => markerRows.patch(doc, id, fields)),
		removeMarker: (id, at) => edit('unpin', () => markerRows.remove(doc, id, at)),
		restoreMarker: (id) => edit('repin', () => markerRows.restore(doc, id)),
		...linkCommands(doc, edit),
		...changeCommands(doc, { by, edit }),
		...registryCommands(doc, { by, edit })
	};
}
