import * as z from 'zod/mini';
import { hashText, namedRow } from '#lib/docs/row-name.ts';
import { rowTable } from '#lib/docs/rows.ts';
import { kpiId, rowId, type KpiId, type RowId } from '#lib/domain/id.ts';
import { kpiContract, kpiParent, kpiTerms, kpiUpstream, marker, type KpiContract } from '#lib/domain/kpi.ts';
import { kpiChange } from './change.ts';

/** A contract's row is named by its KPI: two people who set up one KPI apart from each other set up one. */
const kpiRow = z.extend(kpiContract, { id: rowId });
type KpiRow = z.infer<typeof kpiRow>;

export const kpiRows = rowTable({ root: 'kpis', row: kpiRow });
export const markerRows = rowTable({ root: 'markers', row: marker });
/** A link is named by its two ends: two people who draw it apart from each other draw one. */
export const parentRows = rowTable({ root: 'parents', row: kpiParent });
export const upstreamRows = rowTable({ root: 'upstream', row: kpiUpstream });
/** Terms that came of a change are named as it is. */
export const termRows = rowTable({ root: 'terms', row: kpiTerms });
export const changeRows = rowTable({ root: 'changes', row: kpiChange });

export const TABLES = [kpiRows, markerRows, parentRows, upstreamRows, termRows, changeRows] as const;

/** Both ids have one form; only the name of the type differs. */
export const rowOf = (id: KpiId): RowId => z.parse(rowId, id);
export const asContract = (row: KpiRow): KpiContract => ({ ...row, id: z.parse(kpiId, row.id) });
/** Without what stands in tables of its own. */
export const asRow = ({ terms: _terms, turns: _turns, ...contract }: KpiContract): KpiRow => ({
	...contract,
	id: rowOf(contract.id)
});

export const linkRow = (kpi: KpiId, to: KpiId): RowId => namedRow(kpi, `${to}-${hashText(`${kpi}\n${to}`)}`);
