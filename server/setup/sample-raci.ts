import { rowId } from '#lib/domain/id.ts';
import { cellKey, type CellKey, type Raci } from '#lib/kinds/raci/schema.ts';
import { ordered } from './beginning.ts';
import type { Role as Part, Stage } from './sample-stage.ts';

/** Id, head, and who holds it: somebody of the cast, or a name. */
const ROLES: readonly (readonly [id: string, title: string, holder: Part | { readonly name: string }])[] = [
	['ceo', 'CEO', { name: 'Elena Fischer' }],
	['cto', 'CTO', 'samuel'],
	['ciso', 'CISO', 'claire'],
	['vp-eng', 'VP Eng', 'ingrid'],
	['vp-product', 'VP Product', { name: 'Hana Kobayashi' }],
	['sre-lead', 'SRE Lead', 'priya'],
	['finops', 'FinOps', 'mei']
];

/** Letters by role, one word each; `-` is nothing. Two rows are for somebody to put right. */
const ACTIVITIES: readonly (readonly [title: string, note: string, letters: string])[] = [
	['Daily health check', 'Automated, every 5 min', 'I I I I I RA I'],
	['Weekly Ops Review', 'Mon 10:00, 45 min', 'I A C R I R I'],
	['Weekly Security Standup', 'Tue 10:00, 30 min', 'I C RA C I C I'],
	['Weekly Product Metrics', 'Wed 14:00, 30 min', 'I A I C RA I I'],
	['Weekly risk review', 'Wed 09:30, 20 min', 'I A R R I R C'],
	['Monthly Exec Review', 'First Monday, 60 min', 'A R R C R C R'],
	['Monthly FinOps Review', 'Second week, 45 min', 'C C I C I C RA'],
	['Board pack', 'Last week of month, 2 h', 'A C C I C I R'],
	['QBR', 'Quarterly, 4 h', 'RA R R R R C R'],
	['Quarterly planning', 'Last two weeks, 2 days', '- R C R R C C']
];

export function sampleRaci({ cast }: Stage): Raci {
	const roles = ordered(ROLES.map(([id, title, holder]) => ({ id: rowId.parse(id), title, holder })));
	const activities = ordered(
		ACTIVITIES.map(([title, note, letters], index) => ({
			id: rowId.parse(`x${index + 1}`),
			title,
			note,
			letters
		}))
	);
	const cells: Record<CellKey, string> = {};
	for (const { id, letters } of activities) {
		for (const [index, word] of letters.split(' ').entries()) {
			const role = roles[index];
			if (role && word !== '-') cells[cellKey(id, role.id)] = word;
		}
	}
	return {
		fields: {},
		roles: roles.map(({ id, order, title, holder }) => ({
			id,
			order,
			title,
			...(typeof holder === 'string' ? { person: cast[holder].id } : { name: holder.name })
		})),
		activities: activities.map(({ id, order, title, note }) => ({ id, order, title, note })),
		cells,
		notes: {}
	};
}
