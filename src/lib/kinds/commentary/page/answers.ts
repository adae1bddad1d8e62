import type { RecordLine, RecordRef } from '#lib/domain/record.ts';
import type { PeriodLine } from '../due.ts';
import type { CommentarySurroundings } from '../surroundings.ts';

/** A record that may answer a commentary, as a list shows it. */
export interface Choice {
	readonly id: string;
	readonly title: string;
	readonly detail: string;
	readonly ref: RecordRef;
}

/** Actions and decisions that are not linked yet: those about the KPI first, open ones before others. */
export function answersFor(
	{ contract, written }: Pick<PeriodLine, 'contract' | 'written'>,
	here: Pick<CommentarySurroundings, 'recordsOf'>
): readonly Choice[] {
	const known = new Set(written.links.map(({ ref }) => `${ref.document} ${ref.row}`));
	const rank = ({ kpis = [], isOpen }: RecordLine) => (kpis.includes(contract.id) ? 0 : 2) + (isOpen ? 0 : 1);
	return [...here.recordsOf('actions'), ...here.recordsOf('decisions')]
		.filter(({ ref, title }) => title.trim() && !known.has(`${ref.document} ${ref.row}`))
		.toSorted((a, b) => rank(a) - rank(b))
		.map(({ ref, title, number, state }) => ({
			id: `${ref.document} ${ref.row}`,
			title,
			detail: [number, state].filter(Boolean).join(', '),
			ref
		}));
}
