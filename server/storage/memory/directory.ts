import type { Role } from '#lib/domain/access.ts';
import type { PersonId, SpaceId } from '#lib/domain/id.ts';
import { assert } from '#lib/util/assert.ts';
import { byCodeUnit } from '#lib/util/order.ts';
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

/** For tests and for trying things: keeps everything, and loses it with the process. */
export class MemoryDirectory implements Directory {
	readonly #spaces = new Map<string, { readonly space: SpaceRecord; isOpen: boolean }>();
	readonly #members: MemberRecord[] = [];
	readonly #tokens = new Map<string, KeptToken>();
	readonly #accounts = new Map<PersonId, { readonly account: AccountId; readonly atMs: number }>();
	readonly #admins = new Set<PersonId>();
	#mark = 1;
	#setup: SetupRecord = { isUsed: false, token: undefined };

	reserve(space: SpaceRecord): Result<void, { code: 'space.taken' }> {
		if (this.#spaces.has(space.id)) return refuse({ code: 'space.taken' });
		this.#spaces.set(space.id, { space, isOpen: false });
		return ok(undefined);
	}

	open(space: SpaceId, opening: Opening): Result<void, { code: 'setup.used' }> {
		if (opening.spendsSetup && this.#setup.isUsed) return refuse({ code: 'setup.used' });
		const reserved = this.#spaces.get(space);
		assert(reserved && !reserved.isOpen, `space ${space} was not reserved`);
		if (opening.spendsSetup) this.#setup = { isUsed: true, token: undefined };
		reserved.isOpen = true;
		for (const member of opening.members) {
			this.#addMember({ ...member, space });
			if (opening.spendsSetup) this.#admins.add(member.person);
		}
		for (const token of opening.tokens) this.addToken(token);
		return ok(undefined);
	}

	remove(space: SpaceId): void {
		this.#mark++;
		this.#spaces.delete(space);
		for (const member of this.#members.filter((one) => one.space === space))
			this.#members.splice(this.#members.indexOf(member), 1);
		for (const { token } of this.#tokens.values()) if (token.space === space) this.#tokens.delete(token.id);
	}

	unopened(beforeMs: number): readonly SpaceId[] {
		return [...this.#spaces.values()]
			.filter(({ space, isOpen }) => !isOpen && space.createdAtMs < beforeMs)
			.map(({ space }) => space.id);
	}

	space(space: string): SpaceRecord | undefined {
		const known = this.#spaces.get(space);
		return known?.isOpen ? known.space : undefined;
	}

	spaces(): readonly SpaceRecord[] {
		return [...this.#spaces.values()]
			.filter(({ isOpen }) => isOpen)
			.map(({ space }) => space)
			.toSorted((a, b) => a.createdAtMs - b.createdAtMs || byCodeUnit(a.id, b.id));
	}

	members(space: SpaceId): readonly MemberRecord[] {
		return this.#members.filter((member) => member.space === space && member.removedAtMs === undefined);
	}

	member(space: SpaceId, person: PersonId): MemberRecord | undefined {
		return this.#members.find((member) => member.space === space && member.person === person);
	}

	membershipsOf(persons: readonly PersonId[]): readonly MemberRecord[] {
		return this.spaces().flatMap(({ id }) =>
			this.members(id).filter(({ person }) => persons.includes(person))
		);
	}

	join(member: NewMember, token: NewToken | undefined): MemberRecord {
		const known = this.member(member.space, member.person);
		if (!known) this.#addMember(member);
		else if (known.removedAtMs === undefined) this.rename(member.space, member.person, member.name);
		else this.#change(known, { name: member.name, role: member.role, removedAtMs: undefined });
		if (token) this.addToken(token);
		const joined = this.member(member.space, member.person);
		assert(joined, `${member.person} is not a member of ${member.space} after joining it`);
		return joined;
	}

	rename(space: SpaceId, person: PersonId, name: string): void {
		const member = this.member(space, person);
		if (member) this.#change(member, { name });
	}

	changeRole(space: SpaceId, person: PersonId, role: Role): Result<void, MemberRefused> {
		const found = this.#mayGo(space, person);
		if (!found.ok && (found.error.code !== 'owner.last' || role !== 'owner')) return found;
		if (found.ok) this.#change(found.value, { role });
		return ok(undefined);
	}

	removeMember(space: SpaceId, person: PersonId, atMs: number): Result<void, MemberRefused> {
		const found = this.#mayGo(space, person);
		if (!found.ok) return found;
		this.#change(found.value, { removedAtMs: atMs });
		return ok(undefined);
	}

	tokenByHash(hash: Uint8Array): TokenRecord | undefined {
		const kept = [...this.#tokens.values()].find(({ token }) => Buffer.compare(token.hash, hash) === 0);
		return kept && this.#recordOf(kept);
	}

	tokenById(id: string): TokenRecord | undefined {
		const token = this.#tokens.get(id);
		return token && this.#recordOf(token);
	}

	addToken(token: NewToken): void {
		assert(!this.#tokens.has(token.id), `token ${token.id} is there already`);
		this.#tokens.set(token.id, { token: { ...token }, revokedAtMs: undefined });
	}

	replaceInvite(token: NewToken): void {
		for (const { id, role, isForOne } of this.tokens(token.space, ['invite']))
			if (role === token.role && !isForOne) this.revoke(token.space, id, token.createdAtMs);
		this.addToken(token);
	}

	tokens(space: SpaceId, kinds: readonly TokenKind[]): readonly TokenRecord[] {
		return [...this.#tokens.values()]
			.map((kept) => this.#recordOf(kept))
			.filter((token) => token.space === space && kinds.includes(token.kind) && !token.revokedAtMs)
			.toSorted((a, b) => a.createdAtMs - b.createdAtMs || byCodeUnit(a.id, b.id));
	}

	revoke(space: SpaceId, tokenId: string, atMs: number): boolean {
		const kept = this.#tokens.get(tokenId);
		if (!kept || kept.token.space !== space || kept.revokedAtMs !== undefined) return false;
		kept.revokedAtMs = atMs;
		this.#mark++;
		return true;
	}

	changeMark(): number {
		return this.#mark;
	}

	personsOf(account: AccountId): readonly PersonId[] {
		return [...this.#accounts]
			.filter(([, link]) => link.account === account)
			.toSorted(([a, { atMs }], [b, other]) => atMs - other.atMs || byCodeUnit(a, b))
			.map(([person]) => person);
	}

	linkPerson(account: AccountId, person: PersonId, atMs: number): void {
		this.#accounts.set(person, { account, atMs });
		this.#mark++;
	}

	unlinkAccount(account: AccountId): void {
		for (const person of this.personsOf(account)) this.#accounts.delete(person);
		this.#mark++;
	}

	accountOf(person: PersonId): AccountId | undefined {
		return this.#accounts.get(person)?.account;
	}

	admins(): readonly PersonId[] {
		return [...this.#admins];
	}

	setAdmin(person: PersonId, isAdmin: boolean): Result<void, { code: 'admin.last' }> {
		if (!isAdmin && this.admins().every((admin) => admin === person)) return refuse({ code: 'admin.last' });
		if (isAdmin) this.#admins.add(person);
		else this.#admins.delete(person);
		this.#mark++;
		return ok(undefined);
	}

	setup(): SetupRecord {
		return this.#setup;
	}

	keepSetupToken(token: string): void {
		this.#setup = { ...this.#setup, token };
	}

	checkWritable(): void {
		// Memory can always be written.
	}

	#addMember(member: NewMember): void {
		const index = this.#members.filter(({ space }) => space === member.space).length;
		this.#members.push({ ...member, index, removedAtMs: undefined });
	}

	#change(member: MemberRecord, fields: Partial<MemberRecord>): void {
		this.#members[this.#members.indexOf(member)] = { ...member, ...fields };
		this.#mark++;
	}

	/** The member, unless the space would be left without an owner. */
	#mayGo(space: SpaceId, person: PersonId): Result<MemberRecord, MemberRefused> {
		const members = this.members(space);
		const member = members.find((one) => one.person === person);
		if (!member) return refuse({ code: 'member.unknown' });
		const isLast = members.filter(({ role }) => role === 'owner').length === 1;
		return member.role === 'owner' && isLast ? refuse({ code: 'owner.last' }) : ok(member);
	}

	#recordOf({ token, revokedAtMs }: KeptToken): TokenRecord {
		const { hash: _hash, ...record } = token;
		const member = token.person && this.member(token.space, token.person);
		const isFormer = member ? member.removedAtMs !== undefined : false;
		return {
			...record,
			revokedAtMs,
			isFormer,
			label: member?.name ?? token.label,
			role: member?.role ?? token.role
		};
	}
}

interface KeptToken {
	readonly token: NewToken;
	revokedAtMs: number | undefined;
}
