import { getMigrations } from 'better-auth/db/migration';
import { expect, test } from 'vitest';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { plainIdentity } from '../config-identity.ts';
import { silentLog } from '../log.ts';
import { identityMigrations } from '../storage/sqlite/identity-migrations.ts';
import { allMigrations } from '../storage/sqlite/migrations-all.ts';
import type { Migration } from '../storage/sqlite/migration.ts';
import { openForServer } from '../storage/sqlite/open.ts';
import { optionsOf } from './library.ts';
import { IdentityRows } from './rows.ts';

function optionsOn(migrations: readonly Migration[]) {
	const database = openForServer(mkdtempSync(join(tmpdir(), 'downbeat-schema-')), migrations);
	const options = optionsOf({
		settings: { ...plainIdentity, secret: 'x'.repeat(40) },
		connection: database.connect(),
		rows: new IdentityRows(database.connect()),
		world: { maySignUp: () => false, isInvited: () => false, onEvent: () => undefined },
		log: silentLog,
		base: 'http://localhost',
		hasOwnOrigin: false,
		post: undefined
	});
	return { options, database };
}

test('better-auth finds every table, column and index that it wants', async () => {
	const { options, database } = optionsOn(allMigrations);
	const { toBeCreated, toBeAdded, compileMigrations } = await getMigrations(options);
	expect({ toBeCreated, toBeAdded }).toEqual({ toBeCreated: [], toBeAdded: [] });
	expect((await compileMigrations()).replaceAll(/[;\s]/g, '')).toBe('');
	database.close();
});

test('it would say so if a table were missing', async () => {
	const { options, database } = optionsOn(allMigrations.filter((one) => !identityMigrations.includes(one)));
	const { toBeCreated, compileMigrations } = await getMigrations(options);
	expect(await compileMigrations()).toContain('create index "auth_passkey_credentialID_idx"');
	expect(toBeCreated.map(({ table }) => table).toSorted()).toEqual([
		'auth_account',
		'auth_passkey',
		'auth_session',
		'auth_user',
		'auth_verification'
	]);
	database.close();
});

test('the secret is made once and kept', () => {
	const folder = mkdtempSync(join(tmpdir(), 'downbeat-secret-'));
	const secret = () => {
		const database = openForServer(folder, allMigrations);
		const kept = new IdentityRows(database.connect()).keptSecret();
		database.close();
		return kept;
	};
	const first = secret();
	expect(first).toMatch(/^[A-Za-z0-9_-]{43}$/);
	expect(secret()).toBe(first);
});
