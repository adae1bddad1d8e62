import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Role } from '#lib/domain/access.ts';
import type { PersonId, SpaceId } from '#lib/domain/id.ts';
import { assert } from '#lib/util/assert.ts';
import { ok, refuse, type Result } from '#lib/util/result.ts';
import type {
	AccountId,
	Directory,
	MemberRecord,
	MemberRefused,
	NewMember,
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
			for (const member of opening.members) {
				this.#addMember({ ...member, space });
				if (opening.spendsSetup) this.#sql.addAdmin.run(member.person, opening.atMs);
			}
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

	membershipsOf(persons: readonly PersonId[]): readonly MemberRecord[] {
		return this.#sql.membershipsOf.all(JSON.stringify(persons)).map(memberOf);
	}

	join(member: NewMember, token: NewToken | undefined): MemberRecord {
		return this.#write(() => {
			const known = this.member(member.space, member.person);
			if (!known) this.#addMember(member);
			else if (known.removedAtMs !== undefined)
				this.#sql.readmit.run(member.role, member.space, member.person);
			if (known) this.rename(member.space, member.person, member.name);
			if (token) this.addToken(token);
			const joined = this.member(member.space, member.person);
			assert(joined, `${member.person} is not a member of ${member.space} after joining it`);
			return joined;
		});
	}

	rename(space: SpaceId, person: PersonId, name: string): void {
		this.#sql.rename.run(name, space, person);
	}

	changeRole(space: SpaceId, person: PersonId, role: Role): Result<void, MemberRefused> {
		return this.#write(() => {
			const refused = this.#mustStay(space, person);
			if (refused && (refused.code !== 'owner.last' || role !== 'owner')) return refuse(refused);
			this.#sql.changeRole.run(role, space, person);
			return ok(undefined);
		});
	}

	removeMember(space: SpaceId, person: PersonId, atMs: number): Result<void, MemberRefused> {
		return this.#write(() => {
			const refused = this.#mustStay(space, person);
			if (refused) return refuse(refused);
			this.#sql.removeMember.run(atMs, space, person);
			return ok(undefined);
		});
	}

	tokenByHash(hash: Uint8Array): TokenRecord | undefined {
		const row = this.#sql.tokenByHash.get(hash);
		return row && tokenOf(row);
	}

	tokenById(id: string): TokenRecord | undefined {
		const row = this.#sql.tokenById.get(id);
		return row && tokenOf(row);
	}

	addToken(token: NewToken): void {
		this.#sql.addToken.run({
			id: token.id,
			hash: token.hash,
			kind: token.kind,
			space: token.space,
			role: token.role,
			person: token.person ?? null,
			label: token.label,
			createdAtMs: token.createdAtMs,
			expiresAtMs: token.expiresAtMs ?? null,
			document: token.document ?? null,
			isForOne: token.isForOne ? 1 : 0
		});
	}

	replaceInvite(token: NewToken): void {
		this.#write(() => {
			for (const { id, role, isForOne } of this.tokens(token.space, ['invite'])) {
				if (role === token.role && !isForOne) this.revoke(token.space, id, token.createdAtMs);
			}
			this.addToken(token);
		});
	}

	tokens(space: SpaceId, kinds: readonly TokenKind[]): readonly TokenRecord[] {
		return this.#sql.tokens.all(space, JSON.stringify(kinds)).map(tokenOf);
	}

	revoke(space: SpaceId, tokenId: string, atMs: number): boolean {
		return this.#sql.revoke.run(atMs, tokenId, space).changes === 1;
	}

	changeMark(): number {
		return Number(this.#sql.changeMark.get()?.['mark'] ?? 0);
	}

	personsOf(account: AccountId): readonly PersonId[] {
		return this.#sql.personsOf.all(account).map((row) => String(row['person']) as PersonId);
	}

	linkPerson(account: AccountId, person: PersonId, atMs: number): void {
		this.#sql.linkPerson.run(person, account, atMs);
	}

	unlinkAccount(account: AccountId): void {
		this.#sql.unlinkAccount.run(account);
	}

	accountOf(person: PersonId): AccountId | undefined {
		const account = this.#sql.accountOf.get(person)?.['account'];
		return typeof account === 'string' ? (account as AccountId) : undefined;
	}

	admins(): readonly PersonId[] {
		return this.#sql.admins.all().map((row) => String(row['person']) as PersonId);
	}

	setAdmin(person: PersonId, isAdmin: boolean, atMs: number): Result<void, { code: 'admin.last' }> {
		return this.#write(() => {
			const others = this.admins().filter((admin) => admin !== person);
			if (!isAdmin && others.length === 0) return refuse({ code: 'admin.last' });
			if (isAdmin) this.#sql.addAdmin.run(person, atMs);
			else this.#sql.removeAdmin.run(person);
			return ok(undefined);
		});
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

	#addMember({ space, person, name, role, joinedAtMs }: NewMember): void {
		this.#sql.addMember.run({ space, person, name, role, joinedAtMs });
	}

	/** Why this member can neither go nor become less. */
	#mustStay(space: SpaceId, person: PersonId): MemberRefused | undefined {
		const members = this.members(space);
		const member = members.find((one) => one.person === person);
		if (!member) return { code: 'member.unknown' };
		const isLast = members.filter(({ role }) => role === 'owner').length === 1;
		return member.role === 'owner' && isLast ? { code: 'owner.last' } : undefined;
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

/** A member's token has the member's present name and role. */
const TOKEN = `
	SELECT token.*, coalesce(member.name, token.label) AS label, coalesce(member.role, token.role) AS role,
		member.removed_at_ms AS removed_at_ms
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
		members: prepared('SELECT * FROM member WHERE space = ? AND removed_at_ms IS NULL ORDER BY number'),
		membershipsOf: prepared(`
			SELECT member.* FROM member JOIN space ON space.id = member.space AND space.opened_at_ms IS NOT NULL
			WHERE removed_at_ms IS NULL AND person IN (SELECT value FROM json_each(?))
			ORDER BY space.created_at_ms, space.id`),
		changeRole: prepared('UPDATE member SET role = ? WHERE space = ? AND person = ?'),
		removeMember: prepared('UPDATE member SET removed_at_ms = ? WHERE space = ? AND person = ?'),
		readmit: prepared('UPDATE member SET removed_at_ms = NULL, role = ? WHERE space = ? AND person = ?'),
		member: prepared('SELECT * FROM member WHERE space = ? AND person = ?'),
		addMember: prepared(`
			INSERT INTO member (space, person, name, role, joined_at_ms, number)
			SELECT :space, :person, :name, :role, :joinedAtMs, coalesce(max(number) + 1, 0)
			FROM member WHERE space = :space`),
		rename: prepared('UPDATE member SET name = ? WHERE space = ? AND person = ?'),
		tokenByHash: prepared(`${TOKEN} WHERE token.hash = ?`),
		addToken: prepared(`
			INSERT INTO token
				(id, hash, kind, space, role, person, label, created_at_ms, expires_at_ms, document, is_for_one)
			VALUES
				(:id, :hash, :kind, :space, :role, :person, :label, :createdAtMs, :expiresAtMs, :document, :isForOne)`),
		tokenById: prepared(`${TOKEN} WHERE token.id = ?`),
		tokens: prepared(`
			${TOKEN} WHERE token.space = ? AND revoked_at_ms IS NULL AND kind IN (SELECT value FROM json_each(?))
			ORDER BY token.created_at_ms, token.id`),
		revoke: prepared(
			'UPDATE token SET revoked_at_ms = ? WHERE id = ? AND space = ? AND revoked_at_ms IS NULL'
		),
		changeMark: prepared('SELECT mark FROM access_mark'),
		personsOf: prepared('SELECT person FROM account_person WHERE account = ? ORDER BY linked_at_ms, person'),
		linkPerson: prepared(
			'INSERT OR REPLACE INTO account_person (person, account, linked_at_ms) VALUES (?, ?, ?)'
		),
		unlinkAccount: prepared('DELETE FROM account_person WHERE account = ?'),
		accountOf: prepared('SELECT account FROM account_person WHERE person = ?'),
		admins: prepared('SELECT person FROM admin ORDER BY granted_at_ms, person'),
		addAdmin: prepared('INSERT OR IGNORE INTO admin (person, granted_at_ms) VALUES (?, ?)'),
		removeAdmin: prepared('DELETE FROM admin WHERE person = ?'),
		kept: prepared('SELECT value FROM instance WHERE name = ?'),
		keep: prepared(
			'INSERT INTO instance (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value'
		),
		forget: prepared('DELETE FROM instance WHERE name = ?')
	};
}
