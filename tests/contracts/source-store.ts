import { describe, expect, test } from 'vitest';
import type { KpiId, SpaceId } from '#lib/domain/id.ts';
import { SOURCE_RUNS_KEPT, type ListedRun } from '#lib/domain/source.ts';
import type { Source, SourceStore } from '../../server/connect/source-store.ts';

const [ops, other] = ['ops', 'other'] as [SpaceId, SpaceId];

const sourceOf = (over: Partial<Source> = {}): Source => ({
	id: 'one',
	space: ops,
	kpi: 'mttr' as KpiId,
	name: 'Orders',
	connector: {
		kind: 'sqlite',
		settings: { file: 'a.db', query: 'SELECT 1 AS value', lookback: 60, overlap: 0 }
	},
	schedule: '* * * * *',
	zone: 'Europe/Berlin',
	isPaused: false,
	secret: Uint8Array.of(1, 2, 3),
	createdAtMs: 1_000,
	uptoMs: undefined,
	revision: 1,
	...over
});

const runAt = (ms: number): ListedRun => ({
	at: new Date(ms).toISOString(),
	ms: 12,
	by: 'schedule',
	rows: 3,
	added: 1,
	rejected: 1,
	reasons: [{ row: 2, reason: 'No.' }],
	error: { code: 'source.x', sentence: 'It is so.', detail: 'x' }
});

/** What every adapter of `SourceStore` keeps. `open` gives an empty store. */
export function describeSourceStore(name: string, open: () => SourceStore): void {
	const plain = (source: Source | undefined) => source && { ...source, secret: [...(source.secret ?? [])] };

	describe(`source store ${name}`, () => {
		test('[SS1] a source comes back as it went in, to its own space alone, by name', () => {
			const store = open();
			store.add(sourceOf());
			store.add(
				sourceOf({ id: 'two', name: 'Errors', zone: undefined, secret: undefined, isPaused: true, uptoMs: 5 })
			);
			store.add(sourceOf({ id: 'three', space: other }));
			expect(plain(store.find(ops, 'one'))).toEqual(plain(sourceOf()));
			expect(store.find(other, 'one')).toBeUndefined();
			expect(store.list(ops).map(({ id }) => id)).toEqual(['two', 'one']);
			expect(store.find(ops, 'two')).toMatchObject({
				zone: undefined,
				secret: undefined,
				isPaused: true,
				uptoMs: 5
			});
		});

		test('[SS2] a change stands, raises the revision, and reaches no other space', () => {
			const store = open();
			store.add(sourceOf());
			const { id: _id, space: _space, createdAtMs: _made, revision: _revision, ...same } = sourceOf();
			expect(store.change(other, 'one', same)).toBeUndefined();
			const changed = store.change(ops, 'one', { ...same, name: 'New', secret: undefined });
			expect(changed).toMatchObject({ name: 'New', secret: undefined, revision: 2, createdAtMs: 1_000 });
			expect(store.find(ops, 'one')).toMatchObject({ name: 'New', revision: 2 });
		});

		test('[SS3] the last runs are kept, newest first, and go with their source', () => {
			const store = open();
			store.add(sourceOf());
			for (let ms = 1; ms <= SOURCE_RUNS_KEPT + 5; ms++) store.finish(sourceOf(), runAt(ms), undefined);
			const runs = store.runs(ops, 'one');
			expect(runs).toHaveLength(SOURCE_RUNS_KEPT);
			expect(runs[0]).toEqual(runAt(SOURCE_RUNS_KEPT + 5));
			expect(store.runs(other, 'one')).toEqual([]);
			expect(store.remove(other, 'one')).toBe(false);
			expect(store.remove(ops, 'one')).toBe(true);
			expect(store.remove(ops, 'one')).toBe(false);
			store.finish(sourceOf(), runAt(1), 1);
			store.add(sourceOf());
			expect(store.runs(ops, 'one')).toEqual([]);
		});

		test('[SS4] how far it has come counts unless it was changed meanwhile', () => {
			const store = open();
			store.add(sourceOf());
			store.finish(sourceOf(), runAt(1), 70);
			expect(store.find(ops, 'one')?.uptoMs).toBe(70);
			store.finish(sourceOf(), runAt(2), undefined);
			expect(store.find(ops, 'one')?.uptoMs).toBe(70);
			store.change(ops, 'one', { ...sourceOf(), uptoMs: undefined });
			store.finish(sourceOf({ revision: 1 }), runAt(3), 90);
			expect(store.find(ops, 'one')?.uptoMs).toBeUndefined();
		});

		test('[SS5] the timetable names those that are not paused, since their last run or their making', () => {
			const store = open();
			store.add(sourceOf());
			store.add(sourceOf({ id: 'two', space: other, zone: undefined }));
			store.add(sourceOf({ id: 'three', isPaused: true }));
			store.finish(sourceOf(), runAt(7_000), undefined);
			expect(store.timetable().toSorted((a, b) => a.id.localeCompare(b.id))).toEqual([
				{ id: 'one', space: ops, schedule: '* * * * *', zone: 'Europe/Berlin', sinceMs: 7_000 },
				{ id: 'two', space: other, schedule: '* * * * *', zone: undefined, sinceMs: 1_000 }
			]);
		});

		test('[SS6] a space that is forgotten takes its sources along, and no other', () => {
			const store = open();
			store.add(sourceOf());
			store.add(sourceOf({ id: 'two', space: other }));
			store.removeSpace(ops);
			expect(store.list(ops)).toEqual([]);
			expect(store.list(other)).toHaveLength(1);
		});
	});
}
