import { generateNKeysBetween } from 'fractional-indexing';
import type { DocumentId, KpiId } from '#lib/domain/id.ts';
import type { Kpis } from '#lib/kinds/kpis/schema.ts';
import type { Meeting } from '#lib/kinds/meeting/schema.ts';
import type { SpaceIndex } from '#lib/kinds/space/schema.ts';
import type { FirstDocument } from './sample-records.ts';
import type { MeasuredPoint } from '../kpi/series-store.ts';

/** All that a space holds before anybody has written in it, as plain values. */
export interface Beginning {
	readonly index: SpaceIndex;
	readonly meetings: readonly FirstMeeting[];
	/** Absent: the document of the KPIs is still empty. */
	readonly kpis?: Kpis;
	/** Registers, matrices, commentary: whatever else is written already. */
	readonly documents?: readonly FirstDocument[];
	readonly points: readonly KpiPoints[];
}

/** A meeting whose document is written, and listed in the index. */
export interface FirstMeeting {
	readonly id: DocumentId;
	readonly meeting: Meeting;
}

export interface KpiPoints {
	readonly kpi: KpiId;
	/** Oldest first within each segment. */
	readonly points: readonly MeasuredPoint[];
}

/** The same rows, with a place for each in the order they are given. */
export function ordered<Row extends object>(
	rows: readonly Row[]
): readonly (Row & { readonly order: string })[] {
	const orders = generateNKeysBetween(null, null, rows.length);
	return rows.map((row, index) => ({ ...row, order: orders[index] ?? '' }));
}
