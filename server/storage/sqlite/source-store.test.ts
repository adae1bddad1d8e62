import { DatabaseSync } from 'node:sqlite';
import { describeSourceStore } from '../../../tests/contracts/source-store.ts';
import { MemorySourceStore } from '../memory/source-store.ts';
import { sourceMigrations, SqliteSourceStore } from './source-store.ts';

function sqliteStore() {
	const database = new DatabaseSync(':memory:');
	for (const { sql } of sourceMigrations) database.exec(sql);
	return new SqliteSourceStore(database);
}

describeSourceStore('in memory', () => new MemorySourceStore());
describeSourceStore('in SQLite', sqliteStore);
