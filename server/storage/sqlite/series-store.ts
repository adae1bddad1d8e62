import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { KpiId, SpaceId } from '#lib/domain/id.ts';
import type {
	Appended,
	KeptPoint,
	MeasuredPoint,
	PointBatch,
	SeriesName,
	SeriesStore,
	SeriesSummary
} from '../../kpi/series-store.ts';
import type { Migration } from './migration.ts';

/**
 * `series` sums up its current points, so that a listing does not count millions. `point` is append-only but for `superseded_by`, which names the correction that replaced a value. The index over
 * what is not superseded keeps one current value per instant and segment; the other one serves reading by `seq`.
 */
export const seriesMigrations: readonly Migration[] = [
	{
		to: 3,
		name: 'points of KPIs, with their corrections',
		sql: `
			CREATE TABLE series (
				id INTEGER PRIMARY KEY,
				space TEXT NOT NULL,
				kpi TEXT NOT NULL,
				count INTEGER NOT NULL DEFAULT 0,
				latest_at_ms INTEGER NOT NULL DEFAULT 0,
				last_seq INTEGER NOT NULL DEFAULT 0,
				UNIQUE (space, kpi)
			) STRICT;
			CREATE TABLE point (
				seq INTEGER PRIMARY KEY AUTOINCREMENT,
				series INTEGER NOT NULL REFERENCES series (id),
				segment TEXT NOT NULL,
				at_ms INTEGER NOT NULL,
				value REAL NOT NULL,
				author TEXT NOT NULL,
				stored_at_ms INTEGER NOT NULL,
				superseded_by INTEGER
			) STRICT;
			CREATE UNIQUE INDEX point_current ON point (series, segment, at_ms) WHERE superseded_by IS NULL;
			CREATE INDEX point_by_seq ON point (series, seq) WHERE superseded_by IS NULL;
		`
	}
];

/** Synchronous inside, one transaction a call: nothing else can come between its statements. */
export class SqliteSeriesStore implements SeriesStore {
	readonly #database: DatabaseSync;
	readonly #statements: ReturnType<typeof prepare>;

	/** `database` is this store's own connection: a transaction of another on it would collide. */
	constructor(database: DatabaseSync) {
		this.#database = database;
		this.#statements = prepare(database);
	}

	append(batch: PointBatch): Promise<Appended> {
		return this.#transaction('write', () => {
			const series = this.#idOf(batch);
			// The last of equal keys stands. A Map keeps the place of the first, which does not matter: all are stored.
			const latest = new Map(batch.points.map((point) => [`${point.atMs} ${point.segment}`, point]));
			const put = [...latest.values()].map((point) => this.#put(series, point, batch));
			const stored = put.filter((one) => one !== undefined);
			const last = stored.at(-1);
			if (last) {
				const fresh = stored.filter(({ isCorrection }) => !isCorrection).length;
				const latestAtMs = stored.reduce((most, { atMs }) => Math.max(most, atMs), -Infinity);
				this.#statements.sumUp.run(fresh, latestAtMs, last.seq, series);
			}
			return { added: stored.length, duplicates: batch.points.length - stored.length };
		});
	}

	read(
		series: SeriesName,
		{ afterSeq, limit }: { afterSeq: number; limit: number }
	): Promise<readonly KeptPoint[]> {
		return this.#transaction('read', () =>
			this.#statements.read.all(this.#find(series) ?? -1, afterSeq, limit).map((row) => ({
				seq: Number(row['seq']),
				atMs: Number(row['at_ms']),
				value: Number(row['value']),
				segment: String(row['segment'])
			}))
		);
	}

	kpis(space: SpaceId): Promise<readonly SeriesSummary[]> {
		return this.#transaction('read', () =>
			this.#statements.kpis.all(space).map((row) => ({
				kpi: String(row['kpi']) as KpiId,
				count: Number(row['count']),
				latestAtMs: Number(row['latest_at_ms']),
				seq: Number(row['last_seq'])
			}))
		);
	}

	removeSpace(space: SpaceId): Promise<void> {
		return this.#transaction('write', () => {
			this.#statements.removePoints.run(space);
			this.#statements.removeSeries.run(space);
		});
	}

	/** Undefined when `point` says what is known already. */
	#put(series: number, point: MeasuredPoint, { author, storedAtMs }: PointBatch): Stored | undefined {
		const { segment, atMs, value } = point;
		const current = this.#statements.current.get(series, segment, atMs);
		if (current && Number(current['value']) === value) return undefined;
		// Out of the index first: it holds one current point per instant, and the new one is not known yet.
		const oldSeq = current && Number(current['seq']);
		if (oldSeq !== undefined) this.#statements.supersede.run(SUPERSEDED_SOON, oldSeq);
		const { lastInsertRowid } = this.#statements.insert.run(series, segment, atMs, value, author, storedAtMs);
		const seq = Number(lastInsertRowid);
		if (oldSeq !== undefined) this.#statements.supersede.run(seq, oldSeq);
		return { seq, atMs, isCorrection: oldSeq !== undefined };
	}

	#find({ space, kpi }: SeriesName): number | undefined {
		const row = this.#statements.find.get(space, kpi);
		return row && Number(row['id']);
	}

	#idOf(name: SeriesName): number {
		return this.#find(name) ?? Number(this.#statements.add.run(name.space, name.kpi).lastInsertRowid);
	}

	#transaction<T>(kind: 'read' | 'write', work: () => T): Promise<T> {
		// What is thrown inside the executor rejects.
		return new Promise((resolve) => {
			this.#statements[kind === 'write' ? 'beginWrite' : 'beginRead'].run();
			try {
				const result = work();
				this.#statements.commit.run();
				resolve(result);
			} finally {
				if (this.#database.isTransaction) this.#statements.rollback.run();
			}
		});
	}
}

interface Stored {
	readonly seq: number;
	readonly atMs: number;
	readonly isCorrection: boolean;
}

/** Stands for a correction while it is being inserted. No point has this number. */
const SUPERSEDED_SOON = 0;

function prepare(database: DatabaseSync) {
	const prepared = (sql: string): StatementSync => database.prepare(sql);
	return {
		beginWrite: prepared('BEGIN IMMEDIATE'),
		beginRead: prepared('BEGIN'),
		commit: prepared('COMMIT'),
		rollback: prepared('ROLLBACK'),
		find: prepared('SELECT id FROM series WHERE space = ? AND kpi = ?'),
		add: prepared('INSERT INTO series (space, kpi) VALUES (?, ?)'),
		current: prepared(
			'SELECT seq, value FROM point WHERE series = ? AND segment = ? AND at_ms = ? AND superseded_by IS NULL'
		),
		supersede: prepared('UPDATE point SET superseded_by = ? WHERE seq = ?'),
		insert: prepared(
			'INSERT INTO point (series, segment, at_ms, value, author, stored_at_ms) VALUES (?, ?, ?, ?, ?, ?)'
		),
		read: prepared(`
			SELECT seq, segment, at_ms, value FROM point
			WHERE series = ? AND seq > ? AND superseded_by IS NULL ORDER BY seq LIMIT ?
		`),
		sumUp: prepared(`
			UPDATE series SET
				latest_at_ms = CASE count WHEN 0 THEN ?2 ELSE max(latest_at_ms, ?2) END,
				count = count + ?1,
				last_seq = ?3
			WHERE id = ?4
		`),
		kpis: prepared(
			'SELECT kpi, count, latest_at_ms, last_seq FROM series WHERE space = ? AND count > 0 ORDER BY kpi'
		),
		removePoints: prepared('DELETE FROM point WHERE series IN (SELECT id FROM series WHERE space = ?)'),
		removeSeries: prepared('DELETE FROM series WHERE space = ?')
	};
}
