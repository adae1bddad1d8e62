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
	level: 'Level changed',
	backup: 'Backup changed',
	formula: 'Formula changed',
	aggregation: 'Aggregation changed',
	freshnessHours: 'Freshness changed',
	classification: 'Classification changed',
	runbook: 'Runbook changed',
	order: 'KPI moved'
};

export function describePlace(place: Place, snapshot: Kpis): PlaceWords {
	const { kpis, markers } = snapshot;
	const { root, row, field } = parsePlace(place);
	if (root === 'terms' || root === 'changes') return describeChange({ root, row, field }, snapshot);
	if (root === 'parents' || root === 'upstream') return describeLink({ root, row, field }, snapshot);
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

const STATE_WORDS = {
	proposed: 'Change proposed',
	approved: 'Change approved',
	declined: 'Change declined',
	withdrawn: 'Change withdrawn'
} as const;

function describeChange(
	{ root, row, field }: { root: 'terms' | 'changes'; row: string | undefined; field: string | undefined },
	{ kpis, terms, changes }: Kpis
): PlaceWords {
	const change = changes.find(({ id }) => id === row);
	const term = terms.find(({ id }) => id === row);
	const where = kpis.find(({ id }) => id === (root === 'terms' ? term : change)?.kpi)?.name ?? '';
	if (root === 'changes') {
		const state = field === undefined ? 'proposed' : change?.state;
		return { what: change && state ? STATE_WORDS[state] : 'Change removed', where };
	}
	if (!term) return { what: 'Bounds taken back', where };
	return { what: field === 'removedAt' ? 'Bounds set again' : 'Bounds changed', where };
}

function describeLink(
	{ root, row, field }: { root: 'parents' | 'upstream'; row: string | undefined; field: string | undefined },
	{ kpis, parents, upstream }: Kpis
): PlaceWords {
	const link = (root === 'parents' ? parents : upstream).find(({ id }) => id === row);
	const where = kpis.find(({ id }) => id === link?.kpi)?.name ?? '';
	return {
		what: linkWords(root === 'parents' ? 'Parent' : 'Upstream KPI', field, link !== undefined),
		where
	};
}

function linkWords(noun: 'Parent' | 'Upstream KPI', field: string | undefined, isThere: boolean): string {
	if (field === 'removedAt') return isThere ? `${noun} restored` : `${noun} removed`;
	if (field !== undefined) return noun === 'Parent' ? 'Share changed' : 'Upstream KPI changed';
	return isThere ? `${noun} added` : `${noun} removed`;
}

function whatHappened(noun: 'KPI' | 'Marker', at: { field: string | undefined; isThere: boolean }): string {
	if (at.field === 'removedAt') return at.isThere ? `${noun} restored` : `${noun} removed`;
	if (at.field !== undefined) return noun === 'KPI' ? 'Contract changed' : 'Marker changed';
	if (!at.isThere) return `${noun} removed`;
	return noun === 'KPI' ? 'KPI added' : 'Marker pinned';
}
