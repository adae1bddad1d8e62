import type { MatrixToAdd } from './doc-import.ts';

/** A matrix to begin with instead of an empty sheet. */
export interface Starter {
	readonly id: string;
	readonly title: string;
	readonly matrix: MatrixToAdd;
}

/** Rows as one draws them: the title, then a word per role. */
function drawn(
	roles: readonly string[],
	lines: readonly (readonly [title: string, codes: string])[]
): MatrixToAdd {
	return {
		roles: roles.map((title) => ({ title })),
		activities: lines.map(([title]) => ({ title })),
		cells: lines.map(([, codes]) => codes.split(' ').map((code) => ({ letters: code === '-' ? '' : code })))
	};
}

export const STARTERS: readonly Starter[] = [
	{
		id: 'rhythm',
		title: 'Operating rhythm',
		matrix: drawn(
			['CEO', 'CTO', 'CISO', 'VP Eng', 'VP Prod', 'SRE Lead', 'FinOps'],
			[
				['Daily Health Check', 'I I I I I RA I'],
				['Weekly Ops Review', 'I A C R I R I'],
				['Weekly Security', 'I C RA C I C I'],
				['Weekly Product', 'I C I C RA I I'],
				['Monthly Exec Review', 'A R R C R C R'],
				['Monthly FinOps', 'C C I C I C RA'],
				['QBR', 'RA R R R R C R'],
				['Quarterly Planning', 'A R C R R C C']
			]
		)
	},
	{
		id: 'escalation',
		title: 'Customer escalation',
		matrix: drawn(
			['CS Lead', 'VP CS', 'Eng Lead', 'CEO'],
			[
				['Receive escalation', 'R A I -'],
				['Diagnose issue', 'A C R -'],
				['Communicate to customer', 'R A - I'],
				['Resolve technical issue', 'C I RA -'],
				['Close escalation', 'R A I -'],
				['Post-mortem', 'C A R I']
			]
		)
	}
];
