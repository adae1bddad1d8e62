import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite';
import * as z from 'zod';
import type { KpiId, SpaceId } from '#lib/domain/id.ts';
import { SOURCE_RUNS_KEPT, sourceConnector, sourceRun, type ListedRun } from '#lib/domain/source.ts';
import type { Source, SourceChange, SourceStore, Timetable } from '../../connect/source-store.ts';
import type { Migration } from './migration.ts';

export const sourceMigrations: readonly Migration[] = [
	{
		to: 16,
		name: 'data sources of KPIs, with their last runs',
		sql: `
			CREATE TABLE source (
				id TEXT PRIMARY KEY,
				space TEXT NOT NULL,
				kpi TEXT NOT NULL,
				name TEXT NOT NULL,
				connector TEXT NOT NULL,
				schedule TEXT NOT NULL,
				zone TEXT,
				is_paused INTEGER NOT NULL,
				secret BLOB,
				created_at_ms INTEGER NOT NULL,
				upto_ms INTEGER,
				revision INTEGER NOT NULL
			) STRICT;
			CREATE INDEX source_by_space ON source (space, name, id);
			CREATE TABLE source_run (
				seq INTEGER PRIMARY KEY AUTOINCREMENT,
				source TEXT NOT NULL REFERENCES source (id) ON DELETE CASCADE,
				at_ms INTEGER NOT NULL,
				content TEXT NOT NULL
			) STRICT;
			CREATE INDEX source_run_by_source ON source_run (source, seq);
		`
	}
];

export class SqliteSourceStore implements SourceStore {
	readonly #sql: ReturnType<typeof prepare>;

	constructor(database: DatabaseSync) {
		this.#sql = prepare(database);
	}

	add(source: Source): void {
		const { id, space, createdAtMs, revision } = source;
		this.#sql.add.run({ id, space, createdAtMs, revision, ...columnsOf(source) });
	}

	find(space: SpaceId, id: string): Source | undefined {
		const row = this.#sql.find.get(space, id);
		return row && sourceOf(row);
	}

	list(space: SpaceId): readonly Source[] {
		return this.#sql.list.all(space).map(sourceOf);
	}

	timetable(): readonly Timetable[] {
		return this.#sql.timetable.all().map((row) => ({
			id: String(row['id']),
			space: String(row['space']) as SpaceId,
			schedule: String(row['schedule']),
			zone: textOf(row['zone']),
			sinceMs: Number(row['since_ms'])
		}));
	}

	change(space: SpaceId, id: string, change: SourceChange): Source | undefined {
		this.#sql.change.run({ space, id, ...columnsOf(change) });
		return this.find(space, id);
	}

	remove(space: SpaceId, id: string): boolean {
		return this.#sql.remove.run(space, id).changes > 0;
	}

	finish(
		{ space, id, revision }: Pick<Source, 'space' | 'id' | 'revision'>,
		run: ListedRun,
		uptoMs?: number
	) {
		if (!this.find(space, id)) return;
		this.#sql.addRun.run(id, Date.parse(run.at), JSON.stringify(run));
		this.#sql.dropRuns.run({ id, kept: SOURCE_RUNS_KEPT });
		if (uptoMs !== undefined) this.#sql.moveOn.run(uptoMs, id, revision);
	}

	runs(space: SpaceId, id: string): readonly ListedRun[] {
		return this.#sql.runs.all(space, id).flatMap((row) => {
			const run = z.safeParse(sourceRun, JSON.parse(String(row['content'])));
			return run.success ? [run.data] : [];
		});
	}

	removeSpace(space: SpaceId): void {
		this.#sql.removeSpace.run(space);
	}
}

function prepare(database: DatabaseSync) {
	const prepared = (sql: string): StatementSync => database.prepare(sql);
	return {
		add: prepared(`
			INSERT INTO source
				(id, space, kpi, name, connector, schedule, zone, is_paused, secret, created_at_ms, upto_ms, revision)
			VALUES
				(:id, :space, :kpi, :name, :connector, :schedule, :zone, :isPaused, :secret, :createdAtMs, :uptoMs, :revision)`),
		find: prepared('SELECT * FROM source WHERE space = ? AND id = ?'),
		list: prepared('SELECT * FROM source WHERE space = ? ORDER BY name, id'),
		timetable: prepared(`
			SELECT id, space, schedule, zone, coalesce(
				(SELECT at_ms FROM source_run WHERE source = id ORDER BY seq DESC LIMIT 1), created_at_ms) AS since_ms
			FROM source WHERE is_paused = 0`),
		change: prepared(`
			UPDATE source SET kpi = :kpi, name = :name, connector = :connector, schedule = :schedule, zone = :zone,
				is_paused = :isPaused, secret = :secret, upto_ms = :uptoMs, revision = revision + 1
			WHERE space = :space AND id = :id`),
		remove: prepared('DELETE FROM source WHERE space = ? AND id = ?'),
		addRun: prepared('INSERT INTO source_run (source, at_ms, content) VALUES (?, ?, ?)'),
		dropRuns: prepared(`
			DELETE FROM source_run WHERE source = :id AND seq NOT IN
				(SELECT seq FROM source_run WHERE source = :id ORDER BY seq DESC LIMIT :kept)`),
		moveOn: prepared('UPDATE source SET upto_ms = ? WHERE id = ? AND revision = ?'),
		runs: prepared(`
			SELECT content FROM source_run JOIN source ON source.id = source_run.source
			WHERE source.space = ? AND source.id = ? ORDER BY seq DESC`),
		removeSpace: prepared('DELETE FROM source WHERE space = ?')
	};
}

const columnsOf = (change: SourceChange) => ({
	kpi: change.kpi,
	name: change.name,
	connector: JSON.stringify(change.connector),
	schedule: change.schedule,
	zone: change.zone ?? null,
	isPaused: Number(change.isPaused),
	secret: change.secret ?? null,
	uptoMs: change.uptoMs ?? null
});

const sourceOf = (row: Record<string, SQLOutputValue>): Source => ({
	id: String(row['id']),
	space: String(row['space']) as SpaceId,
	kpi: String(row['kpi']) as KpiId,
	name: String(row['name']),
	connector: z.parse(sourceConnector, JSON.parse(String(row['connector']))),
	schedule: String(row['schedule']),
	zone: textOf(row['zone']),
	isPaused: row['is_paused'] === 1,
	secret: row['secret'] instanceof Uint8Array ? row['secret'] : undefined,
	createdAtMs: Number(row['created_at_ms']),
	uptoMs: typeof row['upto_ms'] === 'number' ? row['upto_ms'] : undefined,
	revision: Number(row['revision'])
});

const textOf = (value: SQLOutputValue | undefined): string | undefined =>
	typeof value === 'string' ? value : undefined;
