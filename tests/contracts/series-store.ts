import { describe, expect, test } from 'vitest';
import type { KpiId, SpaceId } from '#lib/domain/id.ts';
import type { MeasuredPoint, PointBatch, SeriesStore } from '../../server/kpi/series-store.ts';

const ops = 'ops' as SpaceId;
const mttr = 'mttr' as KpiId;
const slo = 'slo' as KpiId;

const point = (atMs: number, value: number, segment = ''): MeasuredPoint => ({ atMs, value, segment });
const batch = (points: readonly MeasuredPoint[], fields: Partial<PointBatch> = {}): PointBatch => ({
	space: ops,
	kpi: mttr,
	author: 't-1',
	storedAtMs: 1_000,
	points,
	...fields
});
const all = { afterSeq: 0, limit: 1_000 };
const values = async (store: SeriesStore, kpi = mttr, space = ops) =>
	(await store.read({ space, kpi }, all)).map(({ atMs, value, segment }) => [atMs, value, segment]);

/** What every adapter of `SeriesStore` keeps. `open` gives an empty store. */
export function describeSeriesStore(name: string, open: () => SeriesStore): void {
	describe(`series store ${name}`, () => {
		test('[SS1] a series nobody sent is empty, not missing', async () => {
			const store = open();
			expect(await store.read({ space: ops, kpi: mttr }, all)).toEqual([]);
			expect(await store.kpis(ops)).toEqual([]);
		});

		test('[SS2] sending twice is sending once', async () => {
			const store = open();
			const points = [point(1, 74), point(2, 52), point(2, 40, 'EU')];
			expect(await store.append(batch(points))).toEqual({ added: 3, duplicates: 0 });
			expect(await store.append(batch(points))).toEqual({ added: 0, duplicates: 3 });
			expect(await values(store)).toEqual([
				[1, 74, ''],
				[2, 52, ''],
				[2, 40, 'EU']
			]);
		});

		test('[SS3] within a call the last of equal instants stands, and the earlier ones are duplicates', async () => {
			const store = open();
			const sent = batch([point(1, 10), point(1, 11), point(1, 12), point(1, 99, 'EU')]);
			expect(await store.append(sent)).toEqual({ added: 2, duplicates: 2 });
			expect(await values(store)).toEqual([
				[1, 12, ''],
				[1, 99, 'EU']
			]);
		});

		test('[SS4] another value for an instant corrects it, under a higher number', async () => {
			const store = open();
			await store.append(batch([point(1, 10), point(2, 20)]));
			const [first] = await store.read({ space: ops, kpi: mttr }, all);
			expect(await store.append(batch([point(1, 11)]))).toEqual({ added: 1, duplicates: 0 });
			const current = await store.read({ space: ops, kpi: mttr }, all);
			expect(current.map(({ value }) => value)).toEqual([20, 11]);
			expect(current[1]?.seq).toBeGreaterThan(first?.seq ?? 0);
			await store.append(batch([point(1, 10)]));
			expect((await values(store)).at(-1)).toEqual([1, 10, '']);
		});

		test('[SS5] who has seen up to a number reads what is above it, page by page', async () => {
			const store = open();
			await store.append(batch([point(1, 1), point(2, 2), point(3, 3)]));
			const page = await store.read({ space: ops, kpi: mttr }, { afterSeq: 0, limit: 2 });
			expect(page.map(({ value }) => value)).toEqual([1, 2]);
			const rest = await store.read({ space: ops, kpi: mttr }, { afterSeq: page[1]?.seq ?? 0, limit: 2 });
			expect(rest.map(({ value }) => value)).toEqual([3]);
			await store.append(batch([point(2, 22)]));
			const news = await store.read({ space: ops, kpi: mttr }, { afterSeq: rest[0]?.seq ?? 0, limit: 9 });
			expect(news.map(({ atMs, value }) => [atMs, value])).toEqual([[2, 22]]);
		});

		test('[SS6] a space lists its KPIs with count, latest instant and highest number', async () => {
			const store = open();
			await store.append(batch([point(5, 1), point(9, 2), point(7, 3, 'EU')], { kpi: slo }));
			await store.append(batch([point(5, 1)]));
			await store.append(batch([point(5, 2)]));
			await store.append(batch([point(5, 2)], { space: 'other' as SpaceId }));
			const found = await store.kpis(ops);
			expect(found.map(({ kpi, count, latestAtMs }) => ({ kpi, count, latestAtMs }))).toEqual([
				{ kpi: mttr, count: 1, latestAtMs: 5 },
				{ kpi: slo, count: 3, latestAtMs: 9 }
			]);
			const [, last] = await store.read({ space: ops, kpi: slo }, { afterSeq: 1, limit: 9 });
			expect(found[1]?.seq).toBe(last?.seq);
		});

		test('[SS7] spaces and KPIs do not see one another', async () => {
			const store = open();
			const other = 'ops-2' as SpaceId;
			await store.append(batch([point(1, 1)]));
			await store.append(batch([point(1, 2)], { kpi: slo }));
			await store.append(batch([point(1, 3)], { space: other }));
			await store.removeSpace(ops);
			expect(await values(store)).toEqual([]);
			expect(await store.kpis(ops)).toEqual([]);
			expect(await values(store, mttr, other)).toEqual([[1, 3, '']]);
			expect(await store.append(batch([point(1, 1)]))).toEqual({ added: 1, duplicates: 0 });
		});

		test('[SS8] values and instants come back as they were, however small, large or long ago', async () => {
			const store = open();
			const odd = [8e-7, -0.1, 0.1 + 0.2, 1e300, 5e-324, 21_377_653, 0];
			await store.append(batch(odd.map((value, index) => point(-1e12 + index, value, 'Zürich, nord'))));
			expect((await values(store)).map(([, value]) => value)).toEqual(odd);
			expect((await values(store))[0]).toEqual([-1e12, 8e-7, 'Zürich, nord']);
		});
	});
}
