import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { describeDocStore } from '../../tests/contracts/doc-store.ts';
import { MemoryDocStore } from './memory/doc-store.ts';
import { docMigrations, SqliteDocStore } from './sqlite/doc-store.ts';

function sqliteStore() {
	const database = new DatabaseSync(':memory:');
	for (const { sql } of docMigrations) database.exec(sql);
	return { database, store: new SqliteDocStore(database) };
}

describeDocStore('in memory', () => new MemoryDocStore());
describeDocStore('in SQLite', () => sqliteStore().store);

test('a batch that fails leaves nothing of itself, and the store goes on', async () => {
	const { database, store } = sqliteStore();
	const entry = { doc: 'acme/a', update: Uint8Array.of(1), author: 'ada', atMs: 1, newClients: [] };
	const broken = { ...entry, author: null as unknown as string };
	await expect(store.append([entry, entry, broken])).rejects.toThrow(/NOT NULL|constraint|bound/i);
	expect(database.prepare('SELECT count(*) AS n FROM doc_log').get()).toEqual({ n: 0 });
	expect(await store.list('acme')).toEqual([]);
	await store.append([entry]);
	expect((await store.load('acme/a')).tail).toHaveLength(1);
});
