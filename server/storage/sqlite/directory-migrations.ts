import type { Migration } from './migration.ts';

/** Whatever changes rights, by whatever process and in whatever way, moves the one mark that servers look at. */
const marking = (table: string, what: 'DELETE' | 'INSERT' | 'UPDATE'): string => `
	CREATE TRIGGER ${table}_${what.toLowerCase()}_marks AFTER ${what} ON ${table}
	BEGIN UPDATE access_mark SET mark = mark + 1; END;`;

/** A space is reserved without `opened_at_ms`, and exists once it has one. `instance` holds single values by name. */
export const directoryMigrations: readonly Migration[] = [
	{
		to: 1,
		name: 'spaces, their people and their tokens',
		sql: `
			CREATE TABLE space (
				id TEXT PRIMARY KEY,
				title TEXT NOT NULL,
				time_zone TEXT NOT NULL,
				created_at_ms INTEGER NOT NULL,
				opened_at_ms INTEGER
			) STRICT;
			CREATE TABLE member (
				space TEXT NOT NULL REFERENCES space (id) ON DELETE CASCADE,
				person TEXT NOT NULL,
				name TEXT NOT NULL,
				role TEXT NOT NULL,
				joined_at_ms INTEGER NOT NULL,
				number INTEGER NOT NULL,
				PRIMARY KEY (space, person),
				UNIQUE (space, number)
			) STRICT;
			CREATE TABLE token (
				id TEXT PRIMARY KEY,
				hash BLOB NOT NULL UNIQUE,
				kind TEXT NOT NULL,
				space TEXT NOT NULL REFERENCES space (id) ON DELETE CASCADE,
				role TEXT NOT NULL,
				person TEXT,
				label TEXT NOT NULL,
				created_at_ms INTEGER NOT NULL,
				revoked_at_ms INTEGER,
				CHECK ((kind = 'member') = (person IS NOT NULL)),
				FOREIGN KEY (space, person) REFERENCES member (space, person) ON DELETE CASCADE
			) STRICT;
			CREATE INDEX token_by_space ON token (space, created_at_ms);
			CREATE INDEX token_by_member ON token (space, person);
			CREATE TABLE revocation (
				mark INTEGER PRIMARY KEY AUTOINCREMENT,
				token TEXT NOT NULL
			) STRICT;
			CREATE TABLE instance (
				name TEXT PRIMARY KEY,
				value ANY
			) STRICT;
		`
	},
	{
		to: 13,
		name: 'roles that change, links for guests, accounts that are people, and who looks after the instance',
		sql: `
			ALTER TABLE member ADD COLUMN removed_at_ms INTEGER;
			ALTER TABLE token ADD COLUMN expires_at_ms INTEGER;
			ALTER TABLE token ADD COLUMN document TEXT;
			ALTER TABLE token ADD COLUMN is_for_one INTEGER NOT NULL DEFAULT 0;
			CREATE TABLE account_person (
				person TEXT PRIMARY KEY,
				account TEXT NOT NULL,
				linked_at_ms INTEGER NOT NULL
			) STRICT;
			CREATE INDEX account_person_by_account ON account_person (account, linked_at_ms);
			CREATE TABLE admin (
				person TEXT PRIMARY KEY,
				granted_at_ms INTEGER NOT NULL
			) STRICT;
			INSERT INTO admin (person, granted_at_ms)
				SELECT person, joined_at_ms FROM member WHERE role = 'owner' AND number = 0;
			DROP TABLE revocation;
			CREATE TABLE access_mark (mark INTEGER NOT NULL) STRICT;
			INSERT INTO access_mark VALUES (1);
			${marking('member', 'DELETE')} ${marking('member', 'UPDATE')}
			${marking('token', 'DELETE')} ${marking('token', 'UPDATE')}
			${marking('account_person', 'DELETE')} ${marking('account_person', 'INSERT')}
			${marking('admin', 'DELETE')}
		`
	}
];
