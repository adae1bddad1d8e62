import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type {
	DocAuthor,
	DocStore,
	Fold,
	FoldMark,
	HistoryRow,
	LogEntry,
	LogMark,
	StoredDoc,
	VersionName
} from '../../sync/doc-store.ts';
import type { Migration } from './migration.ts';

/**
 * `doc` names a document and holds its fold; `doc_log` is append-only; `doc_author` says who wrote first as whom;
 * `doc_version_name` is what people call a document as it stood after a row.
 */
export const docMigrations: readonly Migration[] = [
	{
		to: 2,
		name: 'documents as an append-only log',
		sql: `
			CREATE TABLE doc (
				id INTEGER PRIMARY KEY,
				name TEXT NOT NULL UNIQUE,
				fold_seq INTEGER,
				fold_state BLOB,
				fold_vector BLOB,
				fold_deletions BLOB
			) STRICT;
			CREATE TABLE doc_log (
				seq INTEGER PRIMARY KEY AUTOINCREMENT,
				doc INTEGER NOT NULL REFERENCES doc (id),
				at_ms INTEGER NOT NULL,
				author TEXT NOT NULL,
				data BLOB NOT NULL
			) STRICT;
			CREATE INDEX doc_log_by_doc ON doc_log (doc, seq);
			CREATE TABLE doc_author (
				doc INTEGER NOT NULL REFERENCES doc (id),
				client INTEGER NOT NULL,
				author TEXT NOT NULL,
				UNIQUE (doc, client)
			) STRICT;
		`
	},
	{
		to: 11,
		name: 'names of versions',
		sql: `
			CREATE TABLE doc_version_name (
				doc INTEGER NOT NULL REFERENCES doc (id),
				seq INTEGER NOT NULL,
				name TEXT NOT NULL,
				by_author TEXT NOT NULL,
				at_ms INTEGER NOT NULL,
				PRIMARY KEY (doc, seq)
			) STRICT, WITHOUT ROWID;
		`
	}
];

/** 64 MiB of write-ahead log, at which whoever commits stops to make a checkpoint, should no thread have made one. */
const LOG_PAGES_MAX = 16_384;

/** Has the disk take what SQLite has written into its write-ahead log. */
export type FlushLog = () => Promise<void>;

/**
 * Synchronous inside, one transaction a call: nothing else can come between its statements. Given a `flushLog`, commits
 * do not wait for the disk, and the event loop with them; else each does, and `flush` has nothing left to do. The
 * write-ahead log is one for all connections, and is taken up to its last whole commit after the power failed: what
 * another connection makes durable makes everything before it durable.
 */
export class SqliteDocStore implements DocStore {
	readonly #database: DatabaseSync;
	readonly #statements: ReturnType<typeof prepare>;
	readonly #ids = new Map<string, number>();
	readonly #flushLog: FlushLog | undefined;

	constructor(database: DatabaseSync, flushLog?: FlushLog) {
		this.#database = database;
		this.#flushLog = flushLog;
		if (flushLog) database.exec(`PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = ${LOG_PAGES_MAX}`);
		this.#statements = prepare(database);
	}

	append(entries: readonly LogEntry[]): Promise<readonly number[]> {
		return this.#write(() => entries.map((entry) => this.#appendOne(entry)));
	}

	async flush(): Promise<void> {
		await this.#flushLog?.();
	}

	load(doc: string): Promise<StoredDoc> {
		return this.#read(() => {
			const id = this.#find(doc);
			if (id === undefined) return { fold: undefined, tail: [] };
			const fold = foldMark(this.#statements.foldMark.get(id));
			const rows = this.#statements.tail.all(id, fold?.uptoSeq ?? 0);
			return { fold, tail: rows.map((row) => ({ seq: numberOf(row, 'seq'), update: bytesOf(row, 'data') })) };
		});
	}

	loadState(doc: string): Promise<Uint8Array | undefined> {
		return this.#read(() => {
			const row = this.#statements.foldState.get(this.#find(doc) ?? -1);
			return row?.['fold_state'] ? bytesOf(row, 'fold_state') : undefined;
		});
	}

	foldUpTo(doc: string, seq: number): Promise<Pick<Fold, 'uptoSeq' | 'state'> | undefined> {
		return this.#read(() => {
			const row = this.#statements.foldUpTo.get(this.#find(doc) ?? -1, seq);
			return row && { uptoSeq: numberOf(row, 'fold_seq'), state: bytesOf(row, 'fold_state') };
		});
	}

	fold(doc: string, { uptoSeq, state, stateVector, deletions }: Fold): Promise<void> {
		return this.#write(() => {
			this.#statements.setFold.run(uptoSeq, state, stateVector, deletions, this.#idOf(doc));
		});
	}

	authors(doc: string, limit: number): Promise<readonly DocAuthor[]> {
		return this.#read(() =>
			this.#statements.authors
				.all(this.#find(doc) ?? -1, limit)
				.map((row) => ({ client: numberOf(row, 'client'), author: String(row['author']) }))
		);
	}

	history(
		doc: string,
		{ afterSeq, limit }: { afterSeq: number; limit: number }
	): Promise<readonly HistoryRow[]> {
		return this.#read(() =>
			this.#statements.history.all(this.#find(doc) ?? -1, afterSeq, limit).map((row) => ({
				...markOf(row),
				update: bytesOf(row, 'data')
			}))
		);
	}

	trail(
		doc: string,
		{ beforeSeq, limit }: { beforeSeq: number; limit: number }
	): Promise<readonly LogMark[]> {
		return this.#read(() =>
			this.#statements.trail.all(this.#find(doc) ?? -1, beforeSeq, limit).map((row) => markOf(row))
		);
	}

	nameVersion(doc: string, { seq, name, by, atMs }: VersionName): Promise<boolean> {
		return this.#writeForGood(() => {
			const id = this.#find(doc) ?? -1;
			if (!this.#statements.hasRow.get(id, seq)) return false;
			this.#statements.setName.run(id, seq, name, by, atMs);
			return true;
		});
	}

	unnameVersion(doc: string, seq: number): Promise<boolean> {
		return this.#writeForGood(() => this.#statements.removeName.run(this.#find(doc) ?? -1, seq).changes > 0);
	}

	versionNames(doc: string): Promise<readonly VersionName[]> {
		return this.#read(() =>
			this.#statements.names.all(this.#find(doc) ?? -1).map((row) => ({
				seq: numberOf(row, 'seq'),
				name: String(row['name']),
				by: String(row['by_author']),
				atMs: numberOf(row, 'at_ms')
			}))
		);
	}

	list(space: string): Promise<readonly string[]> {
		// Ids hold no character that LIKE or GLOB would read as a pattern but `_`, so a range is compared instead.
		return this.#read(() =>
			this.#statements.list.all(`${space}/`, `${space}0`).map((row) => String(row['name']))
		);
	}

	removeSpace(space: string): Promise<void> {
		return this.#write(() => {
			for (const row of this.#statements.list.all(`${space}/`, `${space}0`)) {
				const id = numberOf(row, 'id');
				this.#statements.removeNames.run(id);
				this.#statements.removeAuthors.run(id);
				this.#statements.removeLog.run(id);
				this.#statements.removeDoc.run(id);
				this.#ids.delete(String(row['name']));
			}
		});
	}

	#appendOne({ doc, update, author, atMs, newClients }: LogEntry): number {
		const id = this.#idOf(doc);
		const { lastInsertRowid } = this.#statements.append.run(id, atMs, author, update);
		for (const client of newClients) this.#statements.addAuthor.run(id, client, author);
		return Number(lastInsertRowid);
	}

	#find(doc: string): number | undefined {
		const known = this.#ids.get(doc);
		if (known !== undefined) return known;
		const row = this.#statements.find.get(doc);
		if (!row) return undefined;
		this.#ids.set(doc, numberOf(row, 'id'));
		return numberOf(row, 'id');
	}

	/** Makes the document known when it is new. Only inside a transaction. */
	#idOf(doc: string): number {
		return this.#find(doc) ?? Number(this.#statements.addDoc.run(doc).lastInsertRowid);
	}

	#write<T>(work: () => T): Promise<T> {
		return this.#transaction(this.#statements.beginWrite, work);
	}

	async #writeForGood<T>(work: () => T): Promise<T> {
		const result = await this.#write(work);
		await this.flush();
		return result;
	}

	#read<T>(work: () => T): Promise<T> {
		return this.#transaction(this.#statements.beginRead, work);
	}

	#transaction<T>(begin: StatementSync, work: () => T): Promise<T> {
		// What is thrown inside the executor rejects.
		return new Promise((resolve) => {
			begin.run();
			try {
				const result = work();
				this.#statements.commit.run();
				resolve(result);
			} finally {
				if (this.#database.isTransaction) this.#rollBack();
			}
		});
	}

	#rollBack(): void {
		this.#statements.rollback.run();
		this.#ids.clear(); // It may know documents that now were never added.
	}
}

function prepare(database: DatabaseSync) {
	const prepared = (sql: string): StatementSync => database.prepare(sql);
	return {
		beginWrite: prepared('BEGIN IMMEDIATE'),
		beginRead: prepared('BEGIN'),
		commit: prepared('COMMIT'),
		rollback: prepared('ROLLBACK'),
		find: prepared('SELECT id FROM doc WHERE name = ?'),
		addDoc: prepared('INSERT INTO doc (name) VALUES (?)'),
		append: prepared('INSERT INTO doc_log (doc, at_ms, author, data) VALUES (?, ?, ?, ?)'),
		addAuthor: prepared(
			'INSERT INTO doc_author (doc, client, author) VALUES (?, ?, ?) ON CONFLICT DO NOTHING'
		),
		foldMark: prepared(
			'SELECT fold_seq, length(fold_state) AS bytes, fold_vector, fold_deletions FROM doc WHERE id = ?'
		),
		foldState: prepared('SELECT fold_state FROM doc WHERE id = ?'),
		foldUpTo: prepared('SELECT fold_seq, fold_state FROM doc WHERE id = ? AND fold_seq <= ?'),
		setFold: prepared(
			'UPDATE doc SET fold_seq = ?, fold_state = ?, fold_vector = ?, fold_deletions = ? WHERE id = ?'
		),
		tail: prepared('SELECT seq, data FROM doc_log WHERE doc = ? AND seq > ? ORDER BY seq'),
		history: prepared(
			'SELECT seq, at_ms, author, data FROM doc_log WHERE doc = ? AND seq > ? ORDER BY seq LIMIT ?'
		),
		trail: prepared(
			'SELECT seq, at_ms, author FROM doc_log WHERE doc = ? AND seq < ? ORDER BY seq DESC LIMIT ?'
		),
		hasRow: prepared('SELECT 1 FROM doc_log WHERE doc = ? AND seq = ?'),
		setName: prepared(
			'INSERT OR REPLACE INTO doc_version_name (doc, seq, name, by_author, at_ms) VALUES (?, ?, ?, ?, ?)'
		),
		removeName: prepared('DELETE FROM doc_version_name WHERE doc = ? AND seq = ?'),
		names: prepared(
			'SELECT seq, name, by_author, at_ms FROM doc_version_name WHERE doc = ? ORDER BY seq DESC'
		),
		authors: prepared('SELECT client, author FROM doc_author WHERE doc = ? ORDER BY rowid DESC LIMIT ?'),
		list: prepared('SELECT id, name FROM doc WHERE name >= ? AND name < ? ORDER BY name'),
		removeNames: prepared('DELETE FROM doc_version_name WHERE doc = ?'),
		removeAuthors: prepared('DELETE FROM doc_author WHERE doc = ?'),
		removeLog: prepared('DELETE FROM doc_log WHERE doc = ?'),
		removeDoc: prepared('DELETE FROM doc WHERE id = ?')
	};
}

type Row = Record<string, unknown>;

const numberOf = (row: Row, column: string): number => Number(row[column]);

/** SQLite hands out its own memory as a Uint8Array that is ours to keep. */
const bytesOf = (row: Row, column: string): Uint8Array => row[column] as Uint8Array;

const markOf = (row: Row): LogMark => ({
	seq: numberOf(row, 'seq'),
	atMs: numberOf(row, 'at_ms'),
	author: String(row['author'])
});

function foldMark(row: Row | undefined): FoldMark | undefined {
	if (!row || row['fold_seq'] === null) return undefined;
	return {
		uptoSeq: numberOf(row, 'fold_seq'),
		stateBytes: numberOf(row, 'bytes'),
		stateVector: bytesOf(row, 'fold_vector'),
		deletions: bytesOf(row, 'fold_deletions')
	};
}
