import * as Y from 'yjs';
import { parsePlace, type Place } from '#lib/docs/touched.ts';
import type { KpiId } from '#lib/domain/id.ts';
import type { Owner } from '../contract.ts';
import { partRow } from './row-names.ts';
import { TEXTS } from './schema.ts';

// Which changes of a period's commentary are somebody's own: those of the commentary on a KPI that they own. Asked
// of a document as it is before a change and as it is after it, with whatever a hostile client has put there.

/** Parts of a commentary, each a row that names the row it belongs to. */
const PARTS = new Set(['drivers', 'links', 'evidence', 'authors']);

/** Whether `place` belongs to `owner`, as `doc` stands. What is not there belongs to whoever its name says. */
export function isOwnPlace(doc: Y.Doc, place: Place, owner: Owner): boolean {
	const { root, row } = parsePlace(place);
	const text = TEXTS.find((name) => root.endsWith(`.${name}`));
	if (text) return isOwnRow(root.slice(0, -text.length - 1), owner);
	if (row === undefined) return false;
	if (root === 'commentaries') return isOwnRow(row, owner) && isSignedBy(doc, row, owner);
	if (!PARTS.has(root)) return false;
	const part = fieldsOf(doc, root, row);
	if (!part) return true; // It is judged where it is there: before the change or after it.
	const belongsTo = part.get('commentary');
	if (typeof belongsTo !== 'string' || !isOwnRow(belongsTo, owner)) return false;
	return root !== 'authors' || row === partRow(belongsTo as never, 'by', owner.person);
}

/** A row is called after its KPI, or after it and a segment; of two KPIs that fit, it is the longer one's. */
function isOwnRow(row: string, { kpis, person }: Owner): boolean {
	const fitting = kpis.filter(({ id }) => row === String(id) || row.startsWith(`${id}.`));
	const longest = fitting.toSorted((a, b) => b.id.length - a.id.length)[0];
	return longest?.owner === person;
}

/** Whoever completes a commentary signs it, with their own name, and it stays about its KPI. */
function isSignedBy(doc: Y.Doc, row: string, { kpis, person }: Owner): boolean {
	const fields = fieldsOf(doc, 'commentaries', row);
	if (!fields) return true;
	const [kpi, completed] = [fields.get('kpi'), fields.get('completed')];
	if (!kpis.some(({ id, owner }) => owner === person && id === (kpi as KpiId))) return false;
	if (typeof completed !== 'object' || completed === null) return true;
	return !('by' in completed) || completed.by === person;
}

function fieldsOf(doc: Y.Doc, root: string, row: string): Y.Map<unknown> | undefined {
	const fields = doc.getMap<unknown>(root).get(row);
	return fields instanceof Y.Map ? fields : undefined;
}
