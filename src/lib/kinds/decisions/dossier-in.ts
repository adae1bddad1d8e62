import type * as Y from 'yjs';
import type { RowBase, RowTable } from '#lib/docs/rows.ts';
import type { RowId } from '#lib/domain/id.ts';
import type { Dossier } from './dossier.ts';
import { tables } from './tables.ts';

/** One decision as a command finds it in the document; undefined when it is not there any more. */
export function dossierIn(doc: Y.Doc, id: RowId): Dossier | undefined {
	const decisions = tables.decisions.read(doc).value;
	const decision = decisions.find((row) => row.id === id);
	if (!decision) return undefined;
	const own = <Row extends RowBase & { decision: RowId }>(table: RowTable<Row>): readonly Row[] =>
		table.read(doc).value.filter((row) => row.decision === id);
	const { request } = decision;
	return {
		decision,
		options: own(tables.options),
		members: own(tables.members),
		evidence: own(tables.evidence),
		asked: own(tables.asked).filter((row) => row.request === request),
		replies: own(tables.replies).filter((row) => row.request === request),
		tags: own(tables.tags),
		kpis: own(tables.kpis),
		sections: own(tables.sections),
		successors: decisions.filter(({ supersedes }) => supersedes === id)
	};
}
