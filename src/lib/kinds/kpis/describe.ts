import { parsePlace, type Place } from '#lib/docs/touched.ts';
import type { PlaceWords } from '../contract.ts';
import type { Kpis } from './schema.ts';

/** What a change of each field is called. A field of a newer app is “Contract changed”. */
const FIELDS: Record<string, string | undefined> = {
	name: 'Name changed',
	description: 'Definition changed',
	unit: 'Unit changed',
	decimals: 'Digits changed',
	direction: 'Direction changed',
	target: 'Target changed',
	redBelow: 'Bands changed',
	amberBelow: 'Bands changed',
	amberAbove: 'Bands changed',
	redAbove: 'Bands changed',
	owner: 'Owner changed',
	cadence: 'Cadence changed',
	dimension: 'Dimension changed',
	source: 'Source changed',
	segments: 'Segments changed',
	order: 'KPI moved'
};

export function describePlace(place: Place, { kpis, markers }: Kpis): PlaceWords {
	const { root, row, field } = parsePlace(place);
	if (root === 'markers') {
		const pinned = markers.find(({ id }) => id === row);
		return {
			what: whatHappened('Marker', { field, isThere: pinned !== undefined }),
			where: pinned?.label ?? ''
		};
	}
	const kpi = kpis.find(({ id }) => id === row);
	const named = field === undefined ? undefined : FIELDS[field];
	const what = named ?? whatHappened('KPI', { field, isThere: kpi !== undefined });
	return { what: row === undefined ? 'KPIs changed' : what, where: kpi?.name ?? '' };
}

function whatHappened(noun: 'KPI' | 'Marker', at: { field: string | undefined; isThere: boolean }): string {
	if (at.field === 'removedAt') return at.isThere ? `${noun} restored` : `${noun} removed`;
	if (at.field !== undefined) return noun === 'KPI' ? 'Contract changed' : 'Marker changed';
	if (!at.isThere) return `${noun} removed`;
	return noun === 'KPI' ? 'KPI added' : 'Marker pinned';
}
