import type { DocumentId } from '../domain/id.ts';
import type { KpiContract } from '../domain/kpi.ts';
import type { Period } from '../domain/period.ts';
import type { PointShelf } from '../domain/points.ts';
import { periodLines } from '../kinds/commentary/due.ts';
import { COMMENTARY_PREFIX, type Commentaries } from '../kinds/commentary/schema.ts';

/** The document that a period is explained in. */
export const commentaryDocument = ({ id }: Period): DocumentId => `${COMMENTARY_PREFIX}${id}` as DocumentId;

/** Whether all that a KPI owes an explanation for in a period has a complete one. */
export function isExplained(
	commentaries: Commentaries | undefined,
	of: {
		readonly contract: KpiContract;
		readonly points: PointShelf;
		readonly period: Period;
		readonly zone: string;
	}
): boolean {
	if (!commentaries) return false;
	const { contract, points, period, zone } = of;
	const lines = periodLines(commentaries, { kpis: [contract], points, period, zone });
	const owed = lines.filter(({ standing }) => standing.status === 'red');
	return owed.length > 0 && owed.every(({ standing }) => standing.state === 'complete');
}
