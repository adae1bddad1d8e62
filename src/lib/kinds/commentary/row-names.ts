import { hashText as hash, namedRow as named } from '#lib/docs/row-name.ts';
import type { RowId } from '#lib/domain/id.ts';
import type { About } from './schema.ts';

// Rows that two devices may make while apart are named by what they are, so that both fill one row.

/** The row of a KPI's commentary: the KPI's own name, and for a segment one that no KPI has. */
export const commentaryRow = ({ kpi, segment }: Pick<About, 'kpi' | 'segment'>): RowId =>
	segment === undefined
		? (kpi as string as RowId)
		: named(kpi, `${safe(segment)}-${hash(`${kpi}\n${segment}`)}`);

/** A driver of a commentary: the same name in other letters is the same driver. */
export function driverRow(row: RowId, name: string): RowId {
	const folded = name.trim().toLowerCase();
	return named(row, `${safe(folded)}-${hash(folded)}`);
}

/** Anything else that belongs to a commentary once. */
export const partRow = (row: RowId, ...names: readonly string[]): RowId => named(row, names.join('.'));

const SLUG_LENGTH_MAX = 24;

const safe = (text: string) =>
	text
		.normalize('NFKD')
		.replaceAll(/[^A-Za-z0-9]+/g, '-')
		.replaceAll(/^-+|-+$/g, '')
		.slice(0, SLUG_LENGTH_MAX);
