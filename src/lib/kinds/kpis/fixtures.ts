import type { KpiId, PersonId, RowId } from '#lib/domain/id.ts';
import type { KpiTerms } from '#lib/domain/kpi.ts';
import { datedContracts, type KpiChange } from './change.ts';
import type { Kpis } from './schema.ts';

export const empty: Kpis = { kpis: [], markers: [], parents: [], upstream: [], terms: [], changes: [] };

const id = (text: string) => text as KpiId;
const person = (text: string) => text as PersonId;
const row = (text: string) => text as RowId;

const change: KpiChange = {
	id: row('c-target'),
	order: 'a0',
	kpi: id('mttr'),
	fields: ['target'],
	before: { target: 45 },
	after: { target: 40 },
	reason: 'Two quarters under 42 min',
	impact: 'The on-call rota of Platform',
	approver: person('p-rafael'),
	from: '2026-07-01',
	state: 'approved',
	at: '2026-06-05T09:00:00.000Z',
	by: person('p-priya'),
	decidedAt: '2026-06-05T15:00:00.000Z',
	decidedBy: person('p-rafael')
};

const terms: KpiTerms = {
	id: row('c-target'),
	order: 'a0',
	kpi: id('mttr'),
	from: '2026-07-01',
	direction: 'down',
	target: 40,
	redAbove: 60,
	reason: 'Two quarters under 42 min',
	approver: person('p-rafael'),
	by: person('p-priya')
};

/** Four KPIs of an operations review, one of each shape: up, down, in a band, and not finished. */
export const typical: Kpis = {
	kpis: datedContracts(
		[
			{
				id: id('slo-attainment'),
				order: 'a0',
				name: 'SLO attainment, Tier-0',
				description: 'Share of requests to Tier-0 services that met their objective in the last 28 days.',
				unit: '%',
				decimals: 2,
				direction: 'up',
				target: 99.9,
				redBelow: 99.8,
				owner: person('p-priya'),
				cadence: 'daily',
				dimension: 'reliability',
				source: 'Prometheus, slo:attainment:28d',
				segments: ['enterprise', 'self-serve']
			},
			{
				id: id('mttr'),
				order: 'a1',
				name: 'MTTR, Sev 1/2 median',
				description:
					'Time from incident start to full resolution for Sev 1 and Sev 2. Planned maintenance is reported apart.',
				unit: 'min',
				direction: 'down',
				target: 45,
				redAbove: 60,
				owner: person('p-priya'),
				cadence: 'weekly',
				dimension: 'reliability',
				source: 'Incident system, inc.events',
				level: 'domain',
				backup: person('p-rafael'),
				formula: 'median(resolved_at - started_at) where sev in (1, 2) and not planned',
				aggregation: 'median',
				freshnessHours: 24,
				classification: 'internal',
				runbook: 'https://runbooks.tarn.example/mttr'
			},
			{
				id: id('cluster-load'),
				order: 'a2',
				name: 'Cluster load',
				unit: '%',
				direction: 'band',
				target: 60,
				redBelow: 20,
				amberBelow: 40,
				amberAbove: 75,
				redAbove: 85,
				owner: person('p-mei'),
				cadence: 'hourly',
				dimension: 'efficiency'
			},
			{
				id: id('vendor-status-delay'),
				order: 'a3',
				name: 'Vendor status delay',
				unit: 'min',
				direction: 'down',
				cadence: 'daily'
			}
		],
		[terms],
		[change]
	),
	terms: [terms],
	changes: [change],
	markers: [
		{
			id: row('m-release'),
			order: 'a0',
			at: '2026-06-02T10:00:00.000Z',
			kind: 'release',
			label: 'search-api 2026.22'
		},
		{
			id: row('m-incident'),
			order: 'a1',
			at: '2026-06-03T10:00:00.000Z',
			kind: 'incident',
			label: 'INC-2291 Sev 2',
			kpi: id('slo-attainment')
		}
	],
	parents: [
		{
			id: row('mttr.slo-attainment'),
			order: 'a0',
			kpi: id('mttr'),
			parent: id('slo-attainment'),
			basis: 'traffic',
			weight: 3
		}
	],
	upstream: [{ id: row('mttr.cluster-load'), order: 'a0', kpi: id('mttr'), upstream: id('cluster-load') }]
};
