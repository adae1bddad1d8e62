import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { newSecret } from '../auth/token.ts';

/** A session as its owner may see it: without the token that opens it. */
export interface SessionRow {
	readonly id: string;
	readonly createdAt: string;
	/** When it was last renewed: once a day while in use. */
	readonly updatedAt: string;
	readonly expiresAt: string;
	readonly address: string;
	readonly userAgent: string;
}

export interface UserRow {
	readonly id: string;
	readonly email: string;
	readonly name: string;
	readonly isEmailVerified: boolean;
}

/**
 * What we ask of better-auth's tables ourselves, on a connection of our own: each call is one statement, so that no
 * lock outlives it.
 */
export class IdentityRows {
	readonly #connection: DatabaseSync;

	constructor(connection: DatabaseSync) {
		this.#connection = connection;
	}

	/** The secret kept with the instance; the first call makes it. */
	keptSecret(): string {
		this.#connection
			.prepare('INSERT INTO instance (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING')
			.run(SECRET_NAME, newSecret());
		const row = this.#connection.prepare('SELECT value FROM instance WHERE name = ?').get(SECRET_NAME);
		return String(row?.['value']);
	}

	hasUsers(): boolean {
		return this.#connection.prepare('SELECT 1 FROM auth_user LIMIT 1').get() !== undefined;
	}

	userByEmail(email: string): UserRow | undefined {
		return userOf(this.#connection.prepare('SELECT * FROM auth_user WHERE email = ?').get(email));
	}

	userById(id: string): UserRow | undefined {
		return userOf(this.#connection.prepare('SELECT * FROM auth_user WHERE id = ?').get(id));
	}

	/** Those that still open something, latest first. */
	sessions(user: string, nowMs: number): readonly SessionRow[] {
		const found = this.#connection.prepare(
			'SELECT * FROM auth_session WHERE userId = ? AND expiresAt > ? ORDER BY updatedAt DESC, id'
		);
		return found.all(user, isoOf(nowMs)).map(sessionOf);
	}

	/** Epoch milliseconds when a session ends by itself; undefined when it was ended. */
	openUntilMs(session: string): number | undefined {
		const found = this.#connection.prepare('SELECT expiresAt FROM auth_session WHERE id = ?').get(session);
		return found && Date.parse(String(found['expiresAt']));
	}

	/** Everything of an account but what opens it: no hash, no token, no key. */
	kept(user: string): Readonly<Record<string, unknown>> {
		const one = (sql: string) => this.#connection.prepare(sql).get(user);
		const all = (sql: string) => this.#connection.prepare(sql).all(user);
		return {
			...one('SELECT id, name, email, emailVerified, createdAt, updatedAt FROM auth_user WHERE id = ?'),
			sessions: all(
				'SELECT id, createdAt, updatedAt, expiresAt, ipAddress, userAgent FROM auth_session WHERE userId = ?'
			),
			signsInBy: all('SELECT providerId, createdAt FROM auth_account WHERE userId = ?'),
			passkeys: all('SELECT id, name, deviceType, createdAt FROM auth_passkey WHERE userId = ?')
		};
	}

	/** What opens a session, when it is this user's. Never leaves the server. */
	sessionToken(user: string, session: string): string | undefined {
		const found = this.#connection.prepare('SELECT token FROM auth_session WHERE id = ? AND userId = ?');
		return textOf(found.get(session, user)?.['token']);
	}

	/** Whose a passkey is. */
	passkeyOwner(credential: string): string | undefined {
		const found = this.#connection.prepare('SELECT userId FROM auth_passkey WHERE credentialID = ?');
		return textOf(found.get(credential)?.['userId']);
	}

	hasPasskey(user: string, id: string): boolean {
		const found = this.#connection.prepare('SELECT 1 FROM auth_passkey WHERE id = ? AND userId = ?');
		return found.get(id, user) !== undefined;
	}

	/**
	 * Takes everything off an account that was put on it before its address was proven, but for its password:
	 * whoever made the account may not have been who owns the mailbox.
	 */
	forgetUnproven(user: string): void {
		this.#connection.prepare('DELETE FROM auth_passkey WHERE userId = ?').run(user);
		this.#connection
			.prepare("DELETE FROM auth_account WHERE userId = ? AND providerId <> 'credential'")
			.run(user);
	}

	markVerified(user: string): void {
		this.#connection.prepare('UPDATE auth_user SET emailVerified = 1 WHERE id = ?').run(user);
	}

	/** Removes what has run out. */
	sweep(nowMs: number): void {
		this.#connection.prepare('DELETE FROM auth_session WHERE expiresAt < ?').run(isoOf(nowMs));
		this.#connection.prepare('DELETE FROM auth_verification WHERE expiresAt < ?').run(isoOf(nowMs));
	}
}

const SECRET_NAME = 'auth-secret';

/** As better-auth writes instants. Texts of one form sort by time. */
const isoOf = (ms: number): string => new Date(ms).toISOString();

type Row = Record<string, SQLOutputValue>;

function userOf(row: Row | undefined): UserRow | undefined {
	if (!row) return undefined;
	return {
		id: String(row['id']),
		email: String(row['email']),
		name: String(row['name']),
		isEmailVerified: row['emailVerified'] === 1
	};
}

const sessionOf = (row: Row): SessionRow => ({
	id: String(row['id']),
	createdAt: String(row['createdAt']),
	updatedAt: String(row['updatedAt']),
	expiresAt: String(row['expiresAt']),
	address: textOf(row['ipAddress']) ?? '',
	userAgent: textOf(row['userAgent']) ?? ''
});

const textOf = (value: SQLOutputValue | undefined): string | undefined =>
	typeof value === 'string' ? value : undefined;
