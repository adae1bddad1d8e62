import type { DatabaseSync } from 'node:sqlite';
import type { RowId, SpaceId } from '#lib/domain/id.ts';
import type { NumberSeries, NumberStore } from '../../clerk/number-store.ts';
import type { Migration } from './migration.ts';

export const numberMigrations: readonly Migration[] = [
	{
		to: 10,
		name: 'numbers of records',
		sql: `
			CREATE TABLE record_number (
				space TEXT NOT NULL,
				prefix TEXT NOT NULL,
				record TEXT NOT NULL,
				number INTEGER NOT NULL,
				PRIMARY KEY (space, prefix, record),
				UNIQUE (space, prefix, number)
			) STRICT, WITHOUT ROWID;
		`
	}
];

/** Synchronous inside, one transaction a call: two givings never meet. */
export class SqliteNumberStore implements NumberStore {
	readonly #database: DatabaseSync;

	/** `database` is this store's own connection: a transaction of another on it would collide. */
	constructor(database: DatabaseSync) {
		this.#database = database;
	}

	give({ space, prefix }: NumberSeries, rows: readonly RowId[]): Promise<ReadonlyMap<RowId, number>> {
		const find = this.#database.prepare(
			'SELECT number FROM record_number WHERE space = ? AND prefix = ? AND record = ?'
		);
		const last = this.#database.prepare(
			'SELECT coalesce(max(number), 0) AS number FROM record_number WHERE space = ? AND prefix = ?'
		);
		const insert = this.#database.prepare(
			'INSERT INTO record_number (space, prefix, record, number) VALUES (?, ?, ?, ?)'
		);
		return this.#transaction(() => {
			let highest = Number(last.get(space, prefix)?.['number']);
			return new Map(
				rows.map((row) => {
					const known = find.get(space, prefix, row)?.['number'];
					if (known !== undefined) return [row, Number(known)];
					insert.run(space, prefix, row, ++highest);
					return [row, highest];
				})
			);
		});
	}

	removeSpace(space: SpaceId): Promise<void> {
		return this.#transaction(() => {
			this.#database.prepare('DELETE FROM record_number WHERE space = ?').run(space);
		});
	}

	#transaction<T>(work: () => T): Promise<T> {
		// What is thrown inside the executor rejects.
		return new Promise((resolve) => {
			this.#database.exec('BEGIN IMMEDIATE');
			try {
				const result = work();
				this.#database.exec('COMMIT');
				resolve(result);
			} finally {
				if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
			}
		});
	}
}
