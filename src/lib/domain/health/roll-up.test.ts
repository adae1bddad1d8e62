import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rollUp, type RolledKpi } from './roll-up.ts';

const kpi = (name: string, value: number | undefined, parents: Record<string, number | undefined> = {}) => ({
	id: name.toLowerCase(),
	name,
	value,
	parents: Object.entries(parents).map(([id, weight]) => ({ id, weight }))
});

function rolled(kpis: readonly RolledKpi[]) {
	const result = rollUp(kpis);
	if (!result.ok) throw new Error(result.error.sentence);
	return result.value;
}

test('a parent is the mean of its parts, by their weight in it', () => {
	const all = rolled([
		kpi('Company', undefined),
		kpi('Search', 99, { company: 3 }),
		kpi('Billing', 95, { company: 1 }),
		kpi('Other', 1)
	]);
	expect([...all.keys()]).toEqual(['company']);
	expect(all.get('company')).toMatchObject({ value: 98, coverage: 1, missing: [] });
});

test('a part that has no value is named, and what is covered says how much it would count', () => {
	const all = rolled([
		kpi('Company', undefined),
		kpi('Search', 99, { company: 3 }),
		kpi('Billing', undefined, { company: 1 }),
		kpi('Exports', 90, { company: undefined }),
		kpi('Notes', 1, { company: 0 })
	]);
	expect(all.get('company')).toMatchObject({
		value: 99,
		coverage: 0.75,
		missing: ['Billing'],
		unweighted: ['Exports']
	});
});

test('a part without a value of its own counts by its parts; a measured one by what was measured', () => {
	const parts = [kpi('Shard 1', 90, { search: 1 }), kpi('Shard 2', 80, { search: 1 })];
	const domain = [kpi('Company', undefined), kpi('Billing', 65, { company: 1 })];
	const lived = rolled([...domain, kpi('Search', undefined, { company: 1 }), ...parts]);
	expect([lived.get('search')?.value, lived.get('company')?.value]).toEqual([85, 75]);
	const measured = rolled([...domain, kpi('Search', 95, { company: 1 }), ...parts]);
	expect([measured.get('search')?.value, measured.get('company')?.value]).toEqual([85, 80]);
});

test('one part may belong to two, and a parent that is gone is passed over', () => {
	const all = rolled([kpi('A', undefined), kpi('B', undefined), kpi('Part', 5, { a: 1, b: 2, gone: 1 })]);
	expect([all.get('a')?.value, all.get('b')?.value, all.size]).toEqual([5, 5, 2]);
});

test('where nothing weighs anything the parent has no value', () => {
	const all = rolled([kpi('Company', undefined), kpi('Search', 99, { company: 0 })]);
	expect(all.get('company')).toMatchObject({ value: undefined, coverage: undefined });
});

test('KPIs that are parts of each other are refused by name', () => {
	const result = rollUp([
		kpi('Fine', 1, { mttr: 1 }),
		kpi('MTTR', undefined, { slo: 1 }),
		kpi('SLO', undefined, { trust: 1 }),
		kpi('Trust', undefined, { mttr: 1, company: 1 }),
		kpi('Company', undefined)
	]);
	if (result.ok) throw new Error('They go round.');
	const { names } = result.error;
	expect(new Set(names)).toEqual(new Set(['MTTR', 'SLO', 'Trust']));
	expect(names.at(-1)).toBe(names[0]);
	// Each name is a part of the next.
	expect(`${names.join(' ')} ${names.slice(1).join(' ')}`).toContain('MTTR SLO Trust MTTR');
	expect(result.error.sentence).toContain('MTTR is part of SLO');
});

test('a KPI that is part of itself is refused', () => {
	const result = rollUp([kpi('MTTR', 1, { mttr: 1 })]);
	expect(!result.ok && result.error.names).toEqual(['MTTR', 'MTTR']);
});

test('a chain of ten thousand is no deeper than it is long', () => {
	const chain = Array.from({ length: 10_000 }, (_, at) =>
		kpi(`K${at}`, at === 0 ? 7 : undefined, { [`k${at + 1}`]: 1 })
	);
	expect(rolled(chain).get('k9999')?.value).toBe(7);
});

test('KPIs that only point to later ones are never refused, and any ring is', () => {
	const edges = fc.array(fc.tuple(fc.nat(12), fc.nat(12)), { maxLength: 30 });
	fc.assert(
		fc.property(edges, fc.uniqueArray(fc.nat(12), { minLength: 1 }), (pairs, ring) => {
			const make = (links: readonly (readonly [number, number])[]) =>
				Array.from({ length: 13 }, (_, at) =>
					kpi(
						`K${at}`,
						at,
						Object.fromEntries(links.filter(([from]) => from === at).map(([, to]) => [`k${to}`, 1]))
					)
				);
			const forward = pairs.filter(([from, to]) => from < to);
			expect(rollUp(make(forward)).ok).toBe(true);
			const round = ring.map((at, place) => [at, ring[(place + 1) % ring.length] ?? at] as const);
			const refused = rollUp(make([...forward, ...round]));
			if (refused.ok) throw new Error('It goes round.');
			const { names } = refused.error;
			const links = new Set([...forward, ...round].map(([from, to]) => `K${from} K${to}`));
			for (const [place, name] of names.slice(0, -1).entries())
				expect(links).toContain(`${name} ${names[place + 1]}`);
		})
	);
});
