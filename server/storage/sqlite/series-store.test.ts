import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import type { KpiId, SpaceId } from '#lib/domain/id.ts';
import { describeSeriesStore } from '../../../tests/contracts/series-store.ts';
import { MemorySeriesStore } from '../memory/series-store.ts';
import { seriesMigrations, SqliteSeriesStore } from './series-store.ts';

function sqliteStore() {
	const database = new DatabaseSync(':memory:');
	for (const { sql } of seriesMigrations) database.exec(sql);
	return { database, store: new SqliteSeriesStore(database) };
}

describeSeriesStore('in memory', () => new MemorySeriesStore());
describeSeriesStore('in SQLite', () => sqliteStore().store);

const series = { space: 'ops' as SpaceId, kpi: 'mttr' as KpiId };
const batch = (values: readonly number[]) => ({
	...series,
	author: 't-1',
	storedAtMs: 7,
	points: values.map((value, index) => ({ atMs: index, value, segment: '' }))
});

test('what a correction replaced is kept, with the number of the correction', async () => {
	const { database, store } = sqliteStore();
	await store.append(batch([1]));
	await store.append(batch([2]));
	const rows = database.prepare('SELECT seq, value, superseded_by FROM point ORDER BY seq').all();
	expect(rows.map((row) => ({ ...row }))).toEqual([
		{ seq: 1, value: 1, superseded_by: 2 },
		{ seq: 2, value: 2, superseded_by: null }
	]);
});

test('a batch that fails leaves nothing of itself, and the store goes on', async () => {
	const { store } = sqliteStore();
	const broken = { ...batch([1, 2]), author: null as unknown as string };
	await expect(store.append(broken)).rejects.toThrow(/NOT NULL|constraint|bound/i);
	expect(await store.kpis(series.space)).toEqual([]);
	expect(await store.append(batch([1, 2]))).toEqual({ added: 2, duplicates: 0 });
});

test('reading and looking up go by index, however many points there are', () => {
	const { database } = sqliteStore();
	const plan = (sql: string) =>
		database
			.prepare(`EXPLAIN QUERY PLAN ${sql}`)
			.all()
			.map((row) => String(row['detail']))
			.join('; ');
	const current = 'superseded_by IS NULL';
	expect(
		plan(`SELECT seq FROM point WHERE series = 1 AND seq > 5 AND ${current} ORDER BY seq LIMIT 9`)
	).toMatch(/SEARCH point USING .*point_by_seq/);
	expect(
		plan(`SELECT seq FROM point WHERE series = 1 AND segment = '' AND at_ms = 5 AND ${current}`)
	).toMatch(/SEARCH point USING .*point_current/);
});
