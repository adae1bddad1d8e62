import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import type { PersonId, SpaceId } from '#lib/domain/id.ts';
import { directoryContract } from '../../../tests/contracts/directory.ts';
import { hashOf } from '../../auth/token.ts';
import { directoryMigrations } from './directory-migrations.ts';
import { SqliteDirectory } from './directory.ts';
import { migrate } from './migrations.ts';

function emptyDatabase(): DatabaseSync {
	const database = new DatabaseSync(':memory:', { enableForeignKeyConstraints: true });
	migrate(database, directoryMigrations);
	return database;
}

directoryContract(() => new SqliteDirectory(emptyDatabase()));

test('an opening that cannot be finished leaves the space as it was, and the setup unspent', () => {
	const directory = new SqliteDirectory(emptyDatabase());
	const space = 'ops' as SpaceId;
	directory.reserve({ id: space, title: 'Ops', timeZone: 'UTC', createdAtMs: 1 });
	const member = { person: 'p-1' as PersonId, name: 'Ada', role: 'owner', joinedAtMs: 1 } as const;
	const twice = () =>
		directory.open(space, { members: [member, member], tokens: [], spendsSetup: true, atMs: 2 });
	expect(twice).toThrow(/UNIQUE/);
	expect(directory.setup().isUsed).toBe(false);
	expect(directory.space(space)).toBeUndefined();
	expect(directory.members(space)).toEqual([]);
});

test('what is stored of a token does not open anything', () => {
	const database = emptyDatabase();
	const directory = new SqliteDirectory(database);
	const space = 'ops' as SpaceId;
	directory.reserve({ id: space, title: 'Ops', timeZone: 'UTC', createdAtMs: 1 });
	const token = { id: 't-1', kind: 'tool', space, role: 'editor', person: undefined } as const;
	directory.addToken({ ...token, label: 'cli', createdAtMs: 1, hash: hashOf('dbt_the-secret') });
	const stored = JSON.stringify(database.prepare('SELECT * FROM token').all());
	expect(stored).toContain('t-1');
	expect(stored).not.toContain('the-secret');
});
