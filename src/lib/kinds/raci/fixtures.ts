import * as z from 'zod/mini';
import { personId, rowId } from '#lib/domain/id.ts';
import { cellKey, type Activity, type CellKey, type Raci, type Role } from './schema.ts';

const row = (text: string) => z.parse(rowId, text);

export const empty: Raci = { fields: {}, activities: [], roles: [], cells: {}, notes: {} };

/** Codes of a row, one word per role: `RA` is both, `-` nothing. */
type Line = readonly [id: string, title: string, note: string | undefined, codes: string];

/** A matrix from lines, as one draws it on paper. */
export function matrix(
	columns: readonly (readonly [id: string, title: string, person?: string])[],
	lines: readonly Line[]
): Raci {
	const roles = columns.map(([id, title, person], index): Role => ({
		id: row(id),
		order: `a${index}`,
		title,
		...(person ? { person: z.parse(personId, person) } : {})
	}));
	const activities = lines.map(([id, title, note], index): Activity => ({
		id: row(id),
		order: `a${index.toString(36)}`,
		title,
		...(note ? { note } : {})
	}));
	const cells: Record<CellKey, string> = {};
	for (const [id, , , codes] of lines) {
		for (const [index, letters] of codes.split(' ').entries()) {
			const column = roles[index];
			if (column && letters !== '-') cells[cellKey(id, column.id)] = letters;
		}
	}
	return { fields: {}, activities, roles, cells, notes: {} };
}

/** The operating rhythm's matrix as it is drawn: two rows are to be fixed. */
export const typical: Raci = matrix(
	[
		['ceo', 'CEO', 'p-elena'],
		['cto', 'CTO', 'p-samuel'],
		['ciso', 'CISO', 'p-claire'],
		['vp-eng', 'VP Eng', 'p-ingrid'],
		['vp-product', 'VP Product', 'p-hana'],
		['sre-lead', 'SRE Lead', 'p-priya'],
		['finops', 'FinOps', 'p-mei']
	],
	[
		['daily', 'Daily health check', 'Automated, every 5 min', 'I I I I I RA I'],
		['ops', 'Weekly Ops Review', 'Mon 10:00, 45 min', 'I A C R I R I'],
		['security', 'Weekly Security Standup', 'Tue 10:00, 30 min', 'I C RA C I C I'],
		['product', 'Weekly Product Metrics', 'Wed 14:00, 30 min', 'I A I C RA I I'],
		['risk', 'Weekly risk review', 'Wed 09:30, 20 min', 'I A R R I R C'],
		['exec', 'Monthly Exec Review', 'First Monday, 60 min', 'A R R C R C R'],
		['money', 'Monthly FinOps Review', 'Second week, 45 min', 'C C I C I C RA'],
		['board', 'Board pack', 'Last week of month, 2 h', 'A C C I C I R'],
		['qbr', 'QBR', 'Quarterly, 4 h', 'RA R R R R C R'],
		['planning', 'Quarterly planning', 'Last two weeks, 2 days', '- R C R R C C']
	]
);
