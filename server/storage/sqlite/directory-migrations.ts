import type { Migration } from './migration.ts';

/**
 * A space is reserved without `opened_at_ms`, and exists once it has one. `revocation` is append-only: another
 * process reads in it what was withdrawn since it last looked. `instance` holds single values by name.
 */
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
	}
];
