import type { PersonId, SpaceId } from '#lib/domain/id.ts';
import { assert } from '#lib/util/assert.ts';
import { byCodeUnit } from '#lib/util/order.ts';
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

/** For tests and for trying things: keeps everything, and loses it with the process. */
export class MemoryDirectory implements Directory {
	readonly #spaces = new Map<string, { readonly space: SpaceRecord; isOpen: boolean }>();
	readonly #members: MemberRecord[] = [];
	readonly #tokens = new Map<string, NewToken & { revokedAtMs: number | undefined }>();
	readonly #revocations: string[] = [];
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
		for (const member of opening.members) this.#addMember({ ...member, space });
		for (const token of opening.tokens) this.addToken(token);
		return ok(undefined);
	}

	remove(space: SpaceId): void {
		this.#spaces.delete(space);
		for (const member of this.members(space)) this.#members.splice(this.#members.indexOf(member), 1);
		for (const token of this.#tokens.values()) if (token.space === space) this.#tokens.delete(token.id);
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
		return this.#members.filter((member) => member.space === space);
	}

	member(space: SpaceId, person: PersonId): MemberRecord | undefined {
		return this.members(space).find((member) => member.person === person);
	}

	join(member: Omit<MemberRecord, 'index'>, token: NewToken): MemberRecord {
		if (this.member(member.space, member.person)) this.rename(member.space, member.person, member.name);
		else this.#addMember(member);
		this.addToken(token);
		const joined = this.member(member.space, member.person);
		assert(joined, `${member.person} is not a member of ${member.space} after joining it`);
		return joined;
	}

	rename(space: SpaceId, person: PersonId, name: string): void {
		const member = this.member(space, person);
		if (member) this.#members[this.#members.indexOf(member)] = { ...member, name };
	}

	tokenByHash(hash: Uint8Array): TokenRecord | undefined {
		const token = [...this.#tokens.values()].find((known) => Buffer.compare(known.hash, hash) === 0);
		return token && this.#recordOf(token);
	}

	addToken({ id, hash, kind, space, role, person, label, createdAtMs }: NewToken): void {
		assert(!this.#tokens.has(id), `token ${id} is there already`);
		const token = { id, hash, kind, space, role, person, label, createdAtMs };
		this.#tokens.set(id, { ...token, revokedAtMs: undefined });
	}

	replaceInvite(token: NewToken): void {
		for (const { id } of this.tokens(token.space, ['invite']))
			this.revoke(token.space, id, token.createdAtMs);
		this.addToken(token);
	}

	tokens(space: SpaceId, kinds: readonly TokenKind[]): readonly TokenRecord[] {
		return [...this.#tokens.values()]
			.filter((token) => token.space === space && kinds.includes(token.kind) && !token.revokedAtMs)
			.map((token) => this.#recordOf(token))
			.toSorted((a, b) => a.createdAtMs - b.createdAtMs || byCodeUnit(a.id, b.id));
	}

	revoke(space: SpaceId, tokenId: string, atMs: number): boolean {
		const token = this.#tokens.get(tokenId);
		if (!token || token.space !== space || token.revokedAtMs !== undefined) return false;
		token.revokedAtMs = atMs;
		this.#revocations.push(tokenId);
		return true;
	}

	revokedAfter(after: number): { mark: number; tokenIds: readonly string[] } {
		return { mark: this.#revocations.length, tokenIds: this.#revocations.slice(after) };
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

	#addMember(member: Omit<MemberRecord, 'index'>): void {
		this.#members.push({ ...member, index: this.members(member.space).length });
	}

	#recordOf({ hash: _hash, ...token }: NewToken & { revokedAtMs: number | undefined }): TokenRecord {
		const name = token.person && this.member(token.space, token.person)?.name;
		return { ...token, label: name ?? token.label };
	}
}
