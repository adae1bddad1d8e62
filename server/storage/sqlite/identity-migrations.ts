import type { Migration } from './migration.ts';

/**
 * The tables of better-auth 1.7, under our own prefix and with its own column names; its instants are ISO 8601 in
 * UTC. Stricter than it would make them: types are enforced, a credential exists once, and so does the account that
 * a provider vouches for. `server/identity/schema.test.ts` asks better-auth whether anything is missing.
 */
export const identityMigrations: readonly Migration[] = [
	{
		to: 12,
		name: 'accounts: users, sessions, ways to sign in',
		sql: `
			CREATE TABLE auth_user (
				id TEXT PRIMARY KEY NOT NULL,
				name TEXT NOT NULL,
				email TEXT NOT NULL UNIQUE,
				emailVerified INTEGER NOT NULL,
				image TEXT,
				createdAt TEXT NOT NULL,
				updatedAt TEXT NOT NULL
			) STRICT;
			CREATE TABLE auth_session (
				id TEXT PRIMARY KEY NOT NULL,
				expiresAt TEXT NOT NULL,
				token TEXT NOT NULL UNIQUE,
				createdAt TEXT NOT NULL,
				updatedAt TEXT NOT NULL,
				ipAddress TEXT,
				userAgent TEXT,
				userId TEXT NOT NULL REFERENCES auth_user (id) ON DELETE CASCADE
			) STRICT;
			CREATE INDEX auth_session_userId_idx ON auth_session (userId);
			CREATE TRIGGER auth_session_delete_marks AFTER DELETE ON auth_session
			BEGIN UPDATE access_mark SET mark = mark + 1; END;
			CREATE TABLE auth_account (
				id TEXT PRIMARY KEY NOT NULL,
				accountId TEXT NOT NULL,
				providerId TEXT NOT NULL,
				userId TEXT NOT NULL REFERENCES auth_user (id) ON DELETE CASCADE,
				accessToken TEXT,
				refreshToken TEXT,
				idToken TEXT,
				accessTokenExpiresAt TEXT,
				refreshTokenExpiresAt TEXT,
				scope TEXT,
				password TEXT,
				createdAt TEXT NOT NULL,
				updatedAt TEXT NOT NULL,
				UNIQUE (providerId, accountId)
			) STRICT;
			CREATE INDEX auth_account_userId_idx ON auth_account (userId);
			CREATE TABLE auth_verification (
				id TEXT PRIMARY KEY NOT NULL,
				identifier TEXT NOT NULL,
				value TEXT NOT NULL,
				expiresAt TEXT NOT NULL,
				createdAt TEXT NOT NULL,
				updatedAt TEXT NOT NULL
			) STRICT;
			CREATE INDEX auth_verification_identifier_idx ON auth_verification (identifier);
			CREATE TABLE auth_passkey (
				id TEXT PRIMARY KEY NOT NULL,
				name TEXT,
				publicKey TEXT NOT NULL,
				userId TEXT NOT NULL REFERENCES auth_user (id) ON DELETE CASCADE,
				credentialID TEXT NOT NULL UNIQUE,
				counter INTEGER NOT NULL,
				deviceType TEXT NOT NULL,
				backedUp INTEGER NOT NULL,
				transports TEXT,
				createdAt TEXT,
				aaguid TEXT
			) STRICT;
			CREATE INDEX auth_passkey_userId_idx ON auth_passkey (userId);
			CREATE INDEX auth_passkey_credentialID_idx ON auth_passkey (credentialID);
		`
	}
];
