import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { PersonId, SpaceId } from '#lib/domain/id.ts';
import { assert } from '#lib/util/assert.ts';
import { ok, refuse, type Result } from '#lib/util/result.ts';
import type {
	Directory,
	MemberRecord,
	NewToken,
	Opening,
	SetupRecord,
	SpaceRecord,
	TokenRecord
} from '../../auth/directory.ts';
import type { TokenKind } from '#lib/domain/token.ts';
import { memberOf, spaceOf, tokenOf } from './directory-rows.ts';
import { SQLITE, sqliteCodeOf } from './open-errors.ts';

export class SqliteDirectory implements Directory {
	readonly #database: DatabaseSync;
	readonly #sql: ReturnType<typeof prepare>;

	constructor(database: DatabaseSync) {
		this.#database = database;
		this.#sql = prepare(database);
	}

	reserve({ id, title, timeZone, createdAtMs }: SpaceRecord): Result<void, { code: 'space.taken' }> {
		try {
			this.#sql.reserve.run(id, title, timeZone, createdAtMs);
			return ok(undefined);
		} catch (error) {
			if (sqliteCodeOf(error) === SQLITE.constraint) return refuse({ code: 'space.taken' });
			throw error;
		}
	}

	open(space: SpaceId, opening: Opening): Result<void, { code: 'setup.used' }> {
		return this.#write(() => {
			if (opening.spendsSetup) {
				if (this.setup().isUsed) return refuse({ code: 'setup.used' });
				this.#sql.keep.run('setup.used-at-ms', opening.atMs);
				this.#sql.forget.run('setup.token');
			}
			const { changes } = this.#sql.open.run(opening.atMs, space);
			assert(changes === 1, `space ${space} was not reserved`);
			for (const member of opening.members) this.#addMember({ ...member, space });
			for (const token of opening.tokens) this.addToken(token);
			return ok(undefined);
		});
	}

	remove(space: SpaceId): void {
		this.#sql.remove.run(space);
	}

	unopened(beforeMs: number): readonly SpaceId[] {
		return this.#sql.unopened.all(beforeMs).map((row) => spaceOf(row).id);
	}

	space(space: string): SpaceRecord | undefined {
		const row = this.#sql.space.get(space);
		return row && spaceOf(row);
	}

	spaces(): readonly SpaceRecord[] {
		return this.#sql.spaces.all().map(spaceOf);
	}

	members(space: SpaceId): readonly MemberRecord[] {
		return this.#sql.members.all(space).map(memberOf);
	}

	member(space: SpaceId, person: PersonId): MemberRecord | undefined {
		const row = this.#sql.member.get(space, person);
		return row && memberOf(row);
	}

	join(member: Omit<MemberRecord, 'index'>, token: NewToken): MemberRecord {
		return this.#write(() => {
			if (this.member(member.space, member.person)) {
				this.rename(member.space, member.person, member.name);
			} else {
				this.#addMember(member);
			}
			this.addToken(token);
			const joined = this.member(member.space, member.person);
			assert(joined, `${member.person} is not a member of ${member.space} after joining it`);
			return joined;
		});
	}

	rename(space: SpaceId, person: PersonId, name: string): void {
		this.#sql.rename.run(name, space, person);
	}

	tokenByHash(hash: Uint8Array): TokenRecord | undefined {
		const row = this.#sql.tokenByHash.get(hash);
		return row && tokenOf(row);
	}

	addToken({ id, hash, kind, space, role, person, label, createdAtMs }: NewToken): void {
		this.#sql.addToken.run(id, hash, kind, space, role, person ?? null, label, createdAtMs);
	}

	replaceInvite(token: NewToken): void {
		this.#write(() => {
			for (const { id } of this.tokens(token.space, ['invite'])) {
				this.#revoke(token.space, id, token.createdAtMs);
			}
			this.addToken(token);
		});
	}

	tokens(space: SpaceId, kinds: readonly TokenKind[]): readonly TokenRecord[] {
		return this.#sql.tokens.all(space, JSON.stringify(kinds)).map(tokenOf);
	}

	revoke(space: SpaceId, tokenId: string, atMs: number): boolean {
		return this.#write(() => this.#revoke(space, tokenId, atMs));
	}

	revokedAfter(after: number): { mark: number; tokenIds: readonly string[] } {
		const rows = this.#sql.revokedAfter.all(after);
		const mark = Number(rows.at(-1)?.['mark'] ?? after);
		return { mark, tokenIds: rows.map((row) => String(row['token'])) };
	}

	setup(): SetupRecord {
		const token = this.#sql.kept.get('setup.token')?.['value'];
		const isUsed = this.#sql.kept.get('setup.used-at-ms') !== undefined;
		return { isUsed, token: typeof token === 'string' ? token : undefined };
	}

	keepSetupToken(token: string): void {
		this.#sql.keep.run('setup.token', token);
	}

	checkWritable(atMs: number): void {
		this.#sql.keep.run('checked-at-ms', atMs);
	}

	#addMember({ space, person, name, role, joinedAtMs }: Omit<MemberRecord, 'index'>): void {
		this.#sql.addMember.run({ space, person, name, role, joinedAtMs });
	}

	#revoke(space: SpaceId, tokenId: string, atMs: number): boolean {
		const { changes } = this.#sql.revoke.run(atMs, tokenId, space);
		if (changes === 1) this.#sql.addRevocation.run(tokenId);
		return changes === 1;
	}

	#write<T>(work: () => T): T {
		this.#sql.begin.run();
		try {
			const result = work();
			this.#sql.commit.run();
			return result;
		} finally {
			if (this.#database.isTransaction) this.#sql.rollback.run();
		}
	}
}

/** A member's token is called by the member's present name. */
const TOKEN = `
	SELECT token.*, coalesce(member.name, token.label) AS label
	FROM token LEFT JOIN member ON member.space = token.space AND member.person = token.person`;

function prepare(database: DatabaseSync) {
	const prepared = (sql: string): StatementSync => database.prepare(sql);
	return {
		begin: prepared('BEGIN IMMEDIATE'),
		commit: prepared('COMMIT'),
		rollback: prepared('ROLLBACK'),
		reserve: prepared('INSERT INTO space (id, title, time_zone, created_at_ms) VALUES (?, ?, ?, ?)'),
		open: prepared('UPDATE space SET opened_at_ms = ? WHERE id = ? AND opened_at_ms IS NULL'),
		remove: prepared('DELETE FROM space WHERE id = ?'),
		unopened: prepared('SELECT * FROM space WHERE opened_at_ms IS NULL AND created_at_ms < ?'),
		space: prepared('SELECT * FROM space WHERE id = ? AND opened_at_ms IS NOT NULL'),
		spaces: prepared('SELECT * FROM space WHERE opened_at_ms IS NOT NULL ORDER BY created_at_ms, id'),
		members: prepared('SELECT * FROM member WHERE space = ? ORDER BY number'),
		member: prepared('SELECT * FROM member WHERE space = ? AND person = ?'),
		addMember: prepared(`
			INSERT INTO member (space, person, name, role, joined_at_ms, number)
			SELECT :space, :person, :name, :role, :joinedAtMs, coalesce(max(number) + 1, 0)
			FROM member WHERE space = :space`),
		rename: prepared('UPDATE member SET name = ? WHERE space = ? AND person = ?'),
		tokenByHash: prepared(`${TOKEN} WHERE token.hash = ?`),
		addToken: prepared(`
			INSERT INTO token (id, hash, kind, space, role, person, label, created_at_ms)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?)`),
		tokens: prepared(`
			${TOKEN} WHERE token.space = ? AND revoked_at_ms IS NULL AND kind IN (SELECT value FROM json_each(?))
			ORDER BY token.created_at_ms, token.id`),
		revoke: prepared(
			'UPDATE token SET revoked_at_ms = ? WHERE id = ? AND space = ? AND revoked_at_ms IS NULL'
		),
		addRevocation: prepared('INSERT INTO revocation (token) VALUES (?)'),
		revokedAfter: prepared('SELECT mark, token FROM revocation WHERE mark > ? ORDER BY mark'),
		kept: prepared('SELECT value FROM instance WHERE name = ?'),
		keep: prepared(
			'INSERT INTO instance (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value'
		),
		forget: prepared('DELETE FROM instance WHERE name = ?')
	};
}
