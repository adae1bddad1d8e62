import type { AuditEntry } from '#lib/domain/audit.ts';
import { csvCell } from '#lib/domain/series-csv.ts';
import { canonicalJson } from '#lib/util/canonical-json.ts';

export const EXPORT_FORMATS = ['jsonl', 'csv'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** How a file of each format says what it is, and ends its lines. */
export const EXPORT_KINDS: Record<ExportFormat, { readonly type: string; readonly lineEnd: string }> = {
	jsonl: { type: 'application/jsonl; charset=utf-8', lineEnd: '\n' },
	csv: { type: 'text/csv; charset=utf-8', lineEnd: '\r\n' }
};

/**
 * The lines of a file, without their ends. `jsonl`: each entry as it is stored, letter for letter, so that the
 * chain can be checked from the file. `csv`: for spreadsheets, with names in the first line; no cell of it runs.
 */
export function* exportLines(entries: Iterable<AuditEntry>, format: ExportFormat): Generator<string, void> {
	if (format === 'csv') yield COLUMNS.join(',');
	for (const entry of entries) yield format === 'csv' ? csvLine(entry) : canonicalJson(entry);
}

const COLUMNS = [
	'seq',
	'at',
	'action',
	'actor kind',
	'actor id',
	'actor name',
	'space',
	'target',
	'outcome',
	'detail',
	'address',
	'request',
	'prev',
	'hash'
] as const;

function csvLine({ seq, actor, detail, ...entry }: AuditEntry): string {
	const cells: Record<(typeof COLUMNS)[number], string | undefined> = {
		seq: String(seq),
		at: entry.at,
		action: entry.action,
		'actor kind': actor.kind,
		'actor id': actor.id,
		'actor name': actor.name,
		space: entry.space,
		target: entry.target,
		outcome: entry.outcome,
		detail: canonicalJson(detail),
		address: entry.address,
		request: entry.request,
		prev: entry.prev,
		hash: entry.hash
	};
	return COLUMNS.map((column) => csvCell(cells[column] ?? '')).join(',');
}
