import type { ProseBlock } from '#lib/docs/prose.ts';
import type { DocumentId, KpiId, PersonId, RowId } from '#lib/domain/id.ts';
import { commentaryRow, driverRow, partRow } from './row-names.ts';
import type { Commentaries } from './schema.ts';

export const empty: Commentaries = { rows: [], drivers: [], links: [], evidence: [], authors: [], texts: {} };

const slo = 'slo-attainment' as KpiId;
const mttr = 'mttr' as KpiId;
const priya = 'p-priya' as PersonId;
const sloRow = commentaryRow({ kpi: slo });
const mttrRow = commentaryRow({ kpi: mttr });
const enterpriseRow = commentaryRow({ kpi: slo, segment: 'enterprise' });

const says = (text: string): readonly ProseBlock[] => [
	{ is: 'paragraph', text: [{ is: 'text', text, marks: {} }] }
];

/** Week 24 of an operations review: one commentary complete, one begun, one on a segment. */
export const typical: Commentaries = {
	rows: [
		{
			id: sloRow,
			order: 'a0',
			kpi: slo,
			nature: 'one-off',
			outlook: 'Back above 99.9% by 15 June, once the failed requests leave the window.',
			status: 'amber',
			seen: {
				kpi: slo,
				value: 99.82,
				at: '2026-06-07T06:00:00.000Z',
				asOf: '2026-06-08T09:38:00.000Z',
				contract: '00c0ffee'
			},
			completed: {
				at: '2026-06-08T09:41:00.000Z',
				by: priya,
				status: 'amber',
				seen: {
					kpi: slo,
					value: 99.82,
					at: '2026-06-07T06:00:00.000Z',
					asOf: '2026-06-08T09:40:00.000Z',
					contract: '00c0ffee'
				}
			}
		},
		{ id: mttrRow, order: 'a1', kpi: mttr, status: 'red' },
		{ id: enterpriseRow, order: 'a2', kpi: slo, segment: 'enterprise', nature: 'trend' }
	],
	drivers: [
		{ id: driverRow(sloRow, 'Latency'), order: 'a0', commentary: sloRow, name: 'Latency' },
		{ id: driverRow(sloRow, 'Release'), order: 'a1', commentary: sloRow, name: 'Release' },
		{ id: driverRow(mttrRow, 'Detection'), order: 'a2', commentary: mttrRow, name: 'Detection' }
	],
	links: [
		{
			id: partRow(sloRow, 'r-decisions', 'd-canary'),
			order: 'a0',
			commentary: sloRow,
			ref: { kind: 'decisions', document: 'r-decisions' as DocumentId, row: 'd-canary' as RowId }
		}
	],
	evidence: [
		{
			id: 'e-inc-2291' as RowId,
			order: 'a0',
			commentary: sloRow,
			title: 'INC-2291 timeline',
			href: 'https://incidents.example/INC-2291'
		}
	],
	authors: [
		{ id: partRow(sloRow, 'by', priya), order: 'a0', commentary: sloRow, person: priya },
		{ id: partRow(mttrRow, 'by', priya), order: 'a1', commentary: mttrRow, person: priya }
	],
	texts: {
		'mttr.changed': says('INC-2291 ran 74 minutes: 22 to detect, 31 to find the release, 21 to roll back.'),
		'slo-attainment.changed': says(
			'p95 regression in search-api after 2026.22; queries over 500 ms count as failed.'
		),
		'slo-attainment.doing': says('Rolled back on 4 Jun. Release held until the canary covers 60 minutes.')
	}
};
