import { DatabaseSync } from 'node:sqlite';
import { describeNumberStore } from '../../../tests/contracts/number-store.ts';
import { MemoryNumberStore } from '../memory/number-store.ts';
import { numberMigrations, SqliteNumberStore } from './number-store.ts';

function sqliteStore() {
	const database = new DatabaseSync(':memory:');
	for (const { sql } of numberMigrations) database.exec(sql);
	return new SqliteNumberStore(database);
}

describeNumberStore('in memory', () => new MemoryNumberStore());
describeNumberStore('in SQLite', sqliteStore);
