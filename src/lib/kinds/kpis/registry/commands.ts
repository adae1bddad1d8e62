import type * as Y from 'yjs';
import { namedRow } from '#lib/docs/row-name.ts';
import type { PersonId } from '#lib/domain/id.ts';
import type { KpiTerms } from '#lib/domain/kpi.ts';
import { ok, refuse, type Result } from '#lib/util/result.ts';
import { termsHeld } from '../change.ts';
import type { Edit } from '../link-commands.ts';
import { changeRows, kpiRows, linkRow, parentRows, rowOf, termRows, upstreamRows } from '../tables.ts';
import { allBounds, fieldsIn, type RegistryFile } from './file.ts';

export interface RegistryCommands {
	/**
	 * Makes a KPI be what its file says, all of it, in one step: added, changed, or come back. `at` is an ISO instant.
	 * A file that leaves out terms that are there is refused: what was judged by them would change its colour.
	 */
	setContract(file: RegistryFile, at: string): Result<void, TermsLeftOut>;
}

export interface TermsLeftOut {
	readonly code: 'registry.terms-left-out';
	readonly sentence: string;
}

export function registryCommands(doc: Y.Doc, { by, edit }: { by: PersonId; edit: Edit }): RegistryCommands {
	return {
		setContract(file, at) {
			const held = heldTerms(doc, file);
			if (held.length > 0 && file.terms === undefined) return refuse(leftOut(held));
			edit('registry', () => {
				setFields(doc, file);
				setParents(doc, file, at);
				setUpstream(doc, file, at);
				setTerms(doc, file, { held, at, by });
			});
			return ok(undefined);
		}
	};
}

/** The terms that hold for a KPI, also for one that was removed. */
const heldTerms = (doc: Y.Doc, { id }: RegistryFile): readonly KpiTerms[] =>
	termsHeld(termRows.read(doc).value, changeRows.read(doc).value).filter(({ kpi }) => kpi === id);

function setFields(doc: Y.Doc, file: RegistryFile): void {
	const id = rowOf(file.id);
	const fields = fieldsIn(file);
	// A contract that was removed comes back, with what the file says and nothing of before.
	if (!kpiRows.read(doc).value.some((row) => row.id === id))
		kpiRows.ensure(doc, { ...fields, id }, { after: 'end' });
	kpiRows.patch(doc, id, fields);
}

function setParents(doc: Y.Doc, { id: kpi, parents = [] }: RegistryFile, at: string): void {
	const wanted = new Set(parents.map((one) => one.kpi));
	for (const row of parentRows.read(doc).value)
		if (row.kpi === kpi && !wanted.has(row.parent)) parentRows.remove(doc, row.id, at);
	for (const { kpi: parent, basis, weight } of parents) {
		const id = linkRow(kpi, parent);
		parentRows.ensure(doc, { id, kpi, parent, basis }, { after: 'end' });
		parentRows.patch(doc, id, { basis, weight });
	}
}

function setUpstream(doc: Y.Doc, { id: kpi, upstream = [] }: RegistryFile, at: string): void {
	const wanted = new Set<string>(upstream);
	for (const row of upstreamRows.read(doc).value)
		if (row.kpi === kpi && !wanted.has(row.upstream)) upstreamRows.remove(doc, row.id, at);
	for (const before of upstream)
		upstreamRows.ensure(doc, { id: linkRow(kpi, before), kpi, upstream: before }, { after: 'end' });
}

function setTerms(
	doc: Y.Doc,
	{ id: kpi, terms = [] }: RegistryFile,
	{ held, at, by }: { held: readonly KpiTerms[]; at: string; by: PersonId }
): void {
	const wanted = new Set(terms.map(({ from }) => from));
	for (const row of held) if (!wanted.has(row.from)) termRows.remove(doc, row.id, at);
	for (const { from, direction, target, thresholds, reason, approver, by: before } of terms) {
		const known = held.find((row) => row.from === from);
		const id = known?.id ?? namedRow(kpi, from);
		if (!known) termRows.ensure(doc, { id, kpi, from, by: before ?? by }, { after: 'end' });
		const said = { reason, approver, ...(before !== undefined && { by: before }) };
		termRows.patch(doc, id, { direction, target, ...allBounds(thresholds), ...said });
	}
}

const leftOut = (held: readonly KpiTerms[]): TermsLeftOut => ({
	code: 'registry.terms-left-out',
	sentence: `This KPI has terms since ${held.map(({ from }) => from).join(', ')}, and the file has none. Keep them in it, or write “terms: []” to drop them. Nothing was changed.`
});
