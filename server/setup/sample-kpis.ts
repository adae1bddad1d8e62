import { kpiId, rowId } from '#lib/domain/id.ts';
import type { Marker, MarkerKind } from '#lib/domain/kpi.ts';
import type { Kpis } from '#lib/kinds/kpis/schema.ts';
import { ordered } from './beginning.ts';
import { contracts } from './sample-contracts.ts';
import { BILLING_GAP } from './sample-paths.ts';
import type { Stage } from './sample-stage.ts';

/** The contracts, each with its owner, and the moments pinned to charts. */
export function sampleKpis(stage: Stage): Kpis {
	return {
		kpis: ordered(contracts).map(({ id, owner, ...terms }) => ({
			...terms,
			id: kpiId.parse(id),
			owner: stage.cast[owner].id
		})),
		markers: ordered(momentsOf(stage)).map(({ atMs, kpi, ...rest }, index) => ({
			...rest,
			id: rowId.parse(`marker-${index + 1}`),
			at: new Date(atMs).toISOString(),
			...(kpi ? { kpi: kpiId.parse(kpi) } : {})
		})),
		parents: [],
		upstream: [],
		terms: [],
		changes: []
	};
}

interface Moment {
	readonly atMs: number;
	readonly kind: MarkerKind;
	readonly label: Marker['label'];
	/** Absent: on every chart. */
	readonly kpi?: string;
}

const DAY_MS = 86_400_000;

/** Oldest first. */
function momentsOf({ story, nowMs }: Stage): readonly Moment[] {
	const { version, releaseMs, incidentMs, rollbackMs, earlierIncidentMs } = story;
	return [
		{ atMs: releaseMs - 96 * DAY_MS, kind: 'decision', label: 'Median replaces mean', kpi: 'mttr' },
		{
			atMs: nowMs - BILLING_GAP.fromDaysAgo * DAY_MS,
			kind: 'note',
			label: 'Billing feed down for 5 days',
			kpi: 'cloud-unit-cost'
		},
		{
			atMs: releaseMs - 33 * DAY_MS,
			kind: 'release',
			label: 'Exports move to spot capacity',
			kpi: 'cloud-unit-cost'
		},
		{
			atMs: releaseMs - 26 * DAY_MS,
			kind: 'release',
			label: 'Shorter onboarding',
			kpi: 'time-to-first-value'
		},
		{ atMs: earlierIncidentMs, kind: 'incident', label: 'INC-2274 Sev 3', kpi: 'on-call-pages' },
		{ atMs: releaseMs, kind: 'release', label: `search-api ${version}` },
		{ atMs: incidentMs, kind: 'incident', label: 'INC-2291 Sev 2' },
		// Where it shows at once. On charts by the day it would crowd the incident out of its label.
		{ atMs: rollbackMs, kind: 'rollback', label: `search-api ${version} rolled back`, kpi: 'search-latency' }
	];
}
