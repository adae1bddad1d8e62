import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { describeKind } from '../../../../tests/contracts/kind.ts';
import { meet, replicas, two } from '../../../../tests/contracts/replicas.ts';
import type { KpiId, RowId } from '#lib/domain/id.ts';
import type { KpiContract } from '#lib/domain/kpi.ts';
import { kpisKind } from './kind.ts';
import { boundsInOrder, hasOwner, hasTarget, noCircle, oneName } from './rules.ts';
import type { Kpis } from './schema.ts';
import { randomEdit } from './testing/random-edit.ts';

const mttr = 'mttr' as KpiId;
const slo = 'slo-attainment' as KpiId;
const incident = 'm-incident' as RowId;
const AT = '2026-06-08T10:00:00.000Z';
const context = { title: 'KPIs', today: '2026-06-08' };

describeKind(kpisKind, { randomEdit, roots: ['kpis', 'markers', 'parents', 'upstream', 'terms', 'changes'] });

const kpiOf = ({ kpis }: Kpis, id: KpiId) => kpis.find((kpi) => kpi.id === id);

test('two people who edit the target and the owner of one KPI both keep theirs', () => {
	const [ada, bob] = two(kpisKind);
	ada.commands.patchKpi(mttr, { target: 40 });
	bob.commands.patchKpi(mttr, { owner: bob.id });
	meet(ada, bob);
	expect(kpiOf(ada.value, mttr)).toMatchObject({ target: 40, owner: bob.id });
});

test('two people who each move a bound both keep theirs', () => {
	const [ada, bob] = two(kpisKind);
	ada.commands.patchKpi(mttr, { amberAbove: 50 });
	bob.commands.patchKpi(mttr, { redAbove: 90 });
	meet(ada, bob);
	expect(kpiOf(bob.value, mttr)).toMatchObject({ amberAbove: 50, redAbove: 90 });
});

test('a KPI that one moves while another edits it stands in its new place with the edit', () => {
	const [ada, bob] = two(kpisKind);
	ada.commands.moveKpi(mttr, undefined);
	bob.commands.patchKpi(mttr, { name: 'Time to restore' });
	meet(ada, bob);
	expect(ada.value.kpis[0]).toMatchObject({ id: mttr, name: 'Time to restore' });
	expect(ada.value.kpis.length).toBe(4);
});

test('a KPI that one removes while another edits it comes back with the edit', () => {
	const [ada, bob] = two(kpisKind);
	ada.commands.removeKpi(mttr, AT);
	bob.commands.patchKpi(mttr, { target: 30 });
	meet(ada, bob);
	expect(kpiOf(ada.value, mttr)).toBeUndefined();
	expect(bob.commands.removedKpis()).toMatchObject([{ id: mttr, target: 30 }]);
	bob.commands.restoreKpi(mttr);
	expect(kpiOf(bob.value, mttr)).toMatchObject({ target: 30 });
});

test('two people who set up the same KPI apart from each other have one', () => {
	const [ada, bob] = two(kpisKind);
	const fields = { unit: 'ms', direction: 'down', cadence: 'hourly' } as const;
	const latency = 'latency-p95' as KpiId;
	ada.commands.addKpi(latency, { ...fields, name: 'p95 latency' });
	bob.commands.addKpi(latency, { ...fields, name: 'Latency, p95' });
	meet(ada, bob);
	expect(ada.value.kpis.filter(({ id }) => id === latency).length).toBe(1);
	expect(ada.value).toEqual(bob.value);
});

test('a KPI that is there is not added again; a removed one comes back with what is now said', () => {
	const [ada] = two(kpisKind);
	const fields = { name: 'MTTR', unit: 'h', direction: 'down', cadence: 'weekly' } as const;
	expect(ada.commands.addKpi(mttr, fields)).toEqual({ ok: false, error: { code: 'kpi.exists' } });
	ada.commands.removeKpi(mttr, AT);
	expect(ada.commands.addKpi(mttr, fields).ok).toBe(true);
	expect(kpiOf(ada.value, mttr)).toMatchObject({ name: 'MTTR', unit: 'h', target: 45 });
});

test('a field that is cleared is gone, and one of a newer app survives our writing', () => {
	const [ada] = two(kpisKind);
	const row = ada.doc.getMap('kpis').get(mttr) as {
		set(key: string, value: unknown): void;
		get(key: string): unknown;
	};
	row.set('alertRoutes', 'ops');
	ada.commands.patchKpi(mttr, { target: undefined });
	expect(kpiOf(ada.value, mttr)).not.toHaveProperty('target');
	expect(row.get('alertRoutes')).toBe('ops');
});

test('three people pin, move and remove markers, and agree', () => {
	const [ada, bob, cy] = replicas(kpisKind, 3);
	if (!ada || !bob || !cy) throw new Error('three replicas were asked for');
	ada.commands.pinMarker({ at: AT, kind: 'rollback', label: 'search-api rolled back' });
	bob.commands.patchMarker(incident, { label: 'INC-2291 Sev 1' });
	cy.commands.removeMarker(incident, AT);
	meet(ada, bob);
	meet(bob, cy);
	meet(ada, bob);
	expect(ada.value).toEqual(cy.value);
	expect(ada.value.markers.map(({ label }) => label)).toEqual([
		'search-api 2026.22',
		'search-api rolled back'
	]);
	cy.commands.restoreMarker(incident);
	expect(cy.value.markers.map(({ label }) => label)).toContain('INC-2291 Sev 1');
});

test('what cannot be read is named and hides no other KPI', () => {
	const [ada] = two(kpisKind);
	(ada.doc.getMap('kpis').get(mttr) as { set(key: string, value: unknown): void }).set(
		'direction',
		'sideways'
	);
	const { value, rejected } = kpisKind.doc.read(ada.doc);
	expect(value.kpis.map(({ id }) => id)).not.toContain(mttr);
	expect(rejected).toMatchObject([
		{ key: 'kpis/mttr', reason: expect.stringContaining('direction') as string }
	]);
});

test.each([
	['kpis/mttr', 'KPI added', 'MTTR, Sev 1/2 median'],
	['kpis/mttr/target', 'Target changed', 'MTTR, Sev 1/2 median'],
	['kpis/mttr/redAbove', 'Bands changed', 'MTTR, Sev 1/2 median'],
	['kpis/mttr/order', 'KPI moved', 'MTTR, Sev 1/2 median'],
	['kpis/mttr/removedAt', 'KPI restored', 'MTTR, Sev 1/2 median'],
	['kpis/mttr/alertRoutes', 'Contract changed', 'MTTR, Sev 1/2 median'],
	['kpis/mttr/freshnessHours', 'Freshness changed', 'MTTR, Sev 1/2 median'],
	['parents/mttr.slo-attainment', 'Parent added', 'MTTR, Sev 1/2 median'],
	['parents/mttr.slo-attainment/weight', 'Share changed', 'MTTR, Sev 1/2 median'],
	['upstream/gone/removedAt', 'Upstream KPI removed', ''],
	['changes/c-target', 'Change proposed', 'MTTR, Sev 1/2 median'],
	['changes/c-target/state', 'Change approved', 'MTTR, Sev 1/2 median'],
	['terms/c-target', 'Bounds changed', 'MTTR, Sev 1/2 median'],
	['terms/gone/removedAt', 'Bounds taken back', ''],
	['kpis/gone/removedAt', 'KPI removed', ''],
	['markers/m-incident', 'Marker pinned', 'INC-2291 Sev 2'],
	['markers/m-incident/at', 'Marker changed', 'INC-2291 Sev 2'],
	['markers/gone/removedAt', 'Marker removed', '']
])('%s reads “%s”', (place, what, where) => {
	expect(kpisKind.describe(place, kpisKind.fixtures.typical)).toEqual({ what, where });
});

const rows = (rule: typeof hasOwner, kpis: readonly Partial<KpiContract>[]) =>
	rule.check({ ...kpisKind.fixtures.empty, kpis: kpis as readonly KpiContract[] }, context);

test('a KPI without an owner or a target is pointed out', () => {
	const { typical } = kpisKind.fixtures;
	expect(hasOwner.check(typical, context).map(({ message }) => message)).toEqual([
		'Vendor status delay has no owner.'
	]);
	expect(hasTarget.check(typical, context).map(({ row }) => row)).toEqual(['vendor-status-delay']);
});

test.each([
	[
		{ direction: 'up', redBelow: 99.9, amberBelow: 99.8 },
		'red begins under 99.9%, which is above amber’s 99.8%'
	],
	[{ direction: 'up', target: 99.7, redBelow: 99.8 }, 'the target 99.7% lies in the red'],
	[{ direction: 'down', amberAbove: 60, redAbove: 50 }, 'red begins over 50%, which is below amber’s 60%'],
	[{ direction: 'down', target: 70, redAbove: 60 }, 'the target 70% lies in the red'],
	[{ direction: 'band', amberBelow: 70, amberAbove: 30 }, 'its band is empty']
] as const)('bounds out of order are pointed out: %o', (bounds, message) => {
	const findings = rows(boundsInOrder, [{ id: mttr, name: 'Load', unit: '%', ...bounds }]);
	expect(findings).toMatchObject([{ severity: 'error', row: mttr }]);
	expect(findings[0]?.message).toContain(message);
});

test('bounds of the other direction, and bounds in order, are left in peace', () => {
	expect(boundsInOrder.check(kpisKind.fixtures.typical, context)).toEqual([]);
	expect(rows(boundsInOrder, [{ direction: 'up', amberAbove: 60, redAbove: 50, unit: '%' }])).toEqual([]);
});

test('two KPIs of one name are both pointed out, whatever their case', () => {
	const findings = rows(oneName, [
		{ id: mttr, name: 'Uptime' },
		{ id: slo, name: ' uptime ' },
		{ id: 'x' as KpiId, name: 'Other' }
	]);
	expect(findings.map(({ row }) => row)).toEqual([mttr, slo]);
});

test('the list says what contracts lack', () => {
	expect(kpisKind.summarise(kpisKind.fixtures.typical, context)).toEqual({
		headline: '4 KPIs, 1 without an owner or a target.',
		tone: 'watch',
		open: [
			{
				group: 'kpi',
				what: 'Vendor status delay',
				detail: 'Needs an owner and a target',
				ref: { row: 'vendor-status-delay' }
			}
		]
	});
	expect(kpisKind.summarise(kpisKind.fixtures.empty, context)).toMatchObject({
		headline: '0 KPIs.',
		open: []
	});
});

test('contracts leave as CSV and as text', async () => {
	const [csv, markdown] = kpisKind.exports.map((one) => one.render(kpisKind.fixtures.typical, context));
	await expect(csv).toMatchFileSnapshot('../../../../tests/fixtures/kpi/contracts.csv');
	await expect(markdown).toMatchFileSnapshot('../../../../tests/fixtures/kpi/contracts.md');
});

test('what people typed cannot become markup or a formula', () => {
	const sly = {
		...kpisKind.fixtures.empty,
		kpis: [{ ...(kpisKind.fixtures.typical.kpis[1] as KpiContract), name: '=1+1 *b*\n# h' }]
	};
	const [csv, markdown] = kpisKind.exports.map((one) => one.render(sly, context));
	expect(csv).toContain(`"'=1+1 *b*\n# h"`);
	expect(markdown).toContain('## =1+1 \\*b\\* \\# h');
});

test('two people set up the same KPI while apart: it is one, with what either of them said', () => {
	const [ada, bob] = two(kpisKind);
	const fresh = 'deploys' as KpiId;
	const basis = { name: 'Deploys', unit: 'a day', decimals: 0, direction: 'up', cadence: 'daily' } as const;
	expect(ada.commands.addKpi(fresh, { ...basis, target: 12 }).ok).toBe(true);
	expect(bob.commands.addKpi(fresh, { ...basis, source: 'CI' }).ok).toBe(true);
	meet(ada, bob);
	const found = ada.value.kpis.filter(({ id }) => id === fresh);
	expect(found).toEqual([expect.objectContaining({ name: 'Deploys', target: 12, source: 'CI' })]);
	expect(bob.value).toEqual(ada.value);
});

test('two people who link one KPI to the same parent link it once, and each upstream of either stays', () => {
	const [ada, bob] = two(kpisKind);
	const load = 'cluster-load' as KpiId;
	ada.commands.addParent(load, slo, { basis: 'traffic', weight: 2 });
	bob.commands.addParent(load, slo, { basis: 'traffic' });
	ada.commands.addUpstream(load, mttr);
	bob.commands.addUpstream(load, slo);
	meet(ada, bob);
	expect(ada.value).toEqual(bob.value);
	expect(ada.value.parents.filter(({ kpi }) => kpi === load)).toMatchObject([
		{ basis: 'traffic', weight: 2 }
	]);
	expect(
		ada.value.upstream
			.filter(({ kpi }) => kpi === load)
			.map((link) => link.upstream)
			.toSorted()
	).toEqual([mttr, slo]);
});

test('a parent that one takes out while another weighs it comes back with the weight', () => {
	const [ada, bob] = two(kpisKind);
	const link = 'mttr.slo-attainment' as RowId;
	ada.commands.removeParent(link, AT);
	bob.commands.patchParent(link, { weight: 9 });
	meet(ada, bob);
	expect(ada.value.parents).toEqual([]);
	ada.commands.restoreParent(link);
	expect(ada.value.parents).toMatchObject([{ id: link, weight: 9 }]);
});

test('a KPI that is a part of itself is pointed out with the way round and the cure', () => {
	const [ada] = two(kpisKind);
	const load = 'cluster-load' as KpiId;
	expect(noCircle.check(ada.value, context)).toEqual([]);
	ada.commands.addParent(load, load, { basis: 'equal' });
	expect(noCircle.check(ada.value, context)).toMatchObject([
		{ row: load, message: 'Cluster load is a part of itself. Take it out of “Part of”.' }
	]);
	ada.commands.addParent(slo, mttr, { basis: 'equal' });
	expect(noCircle.check(ada.value, context).map(({ message }) => message)).toContainEqual(
		'MTTR, Sev 1/2 median is a part of itself, by way of SLO attainment, Tier-0. Take one of them out of “Part of”.'
	);
});

test('a document of the first version reads as it did, without anything of the later ones', () => {
	const first = new Y.Doc();
	first.getMap('kpis').set(
		'mttr',
		new Y.Map(
			Object.entries({
				id: 'mttr',
				order: 'a0',
				name: 'MTTR',
				unit: 'min',
				direction: 'down',
				cadence: 'weekly'
			})
		)
	);
	const { value, rejected } = kpisKind.doc.read(first);
	expect(rejected).toEqual([]);
	expect(value).toMatchObject({ kpis: [{ name: 'MTTR' }], parents: [], upstream: [] });
});
