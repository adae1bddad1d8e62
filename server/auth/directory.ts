import type { Role } from '#lib/domain/access.ts';
import type { DocumentId, PersonId, SpaceId } from '#lib/domain/id.ts';
import type { Result } from '#lib/util/result.ts';
import type { TokenKind } from '#lib/domain/token.ts';

/**
 * The port behind which spaces, their people and their tokens are kept. Every call is done, and durable, when it
 * returns; a call that changes several things changes all of them or none. Adapters: `storage/sqlite`,
 * `storage/memory`.
 *
 * A space is reserved first, then founded, then opened. Until it is opened nothing but `remove` and `unopened`
 * knows of it, so that a founding that fails halfway, or a crash in it, never leaves half a space behind.
 */
export interface Directory {
	reserve(space: SpaceRecord): Result<void, { readonly code: 'space.taken' }>;
	/** Lets people and tools into a reserved space, and spends the setup when asked to. */
	open(space: SpaceId, opening: Opening): Result<void, { readonly code: 'setup.used' }>;
	/** Removes a space with its members and tokens. Of an unknown space there is nothing to remove. */
	remove(space: SpaceId): void;
	/** Spaces reserved before `beforeMs` that nobody opened: left by a crash. */
	unopened(beforeMs: number): readonly SpaceId[];

	space(space: string): SpaceRecord | undefined;
	/** Oldest first. */
	spaces(): readonly SpaceRecord[];

	/** Who is in, in the order they joined. */
	members(space: SpaceId): readonly MemberRecord[];
	/** Also one who was removed. */
	member(space: SpaceId, person: PersonId): MemberRecord | undefined;
	/** Every space that one of these people is in, oldest first. */
	membershipsOf(persons: readonly PersonId[]): readonly MemberRecord[];
	/**
	 * Adds the member, or only changes the name of one who is in, and adds the token if there is one. Who was removed
	 * is in again, with the new role.
	 */
	join(member: NewMember, token: NewToken | undefined): MemberRecord;
	rename(space: SpaceId, person: PersonId, name: string): void;
	changeRole(space: SpaceId, person: PersonId, role: Role): Result<void, MemberRefused>;
	/** They keep their tokens, which from now on open nothing but handing in what was not synced. */
	removeMember(space: SpaceId, person: PersonId, atMs: number): Result<void, MemberRefused>;

	/** Whoever the token belongs to, also when it was revoked. */
	tokenByHash(hash: Uint8Array): TokenRecord | undefined;
	addToken(token: NewToken): void;
	/** Makes `token` the only invite link of its space for its role: those before it are revoked. */
	replaceInvite(token: NewToken): void;
	/** Those that open something, oldest first. */
	tokens(space: SpaceId, kinds: readonly TokenKind[]): readonly TokenRecord[];
	/** Whether there was such a token to revoke. A second time changes nothing and answers false. */
	revoke(space: SpaceId, tokenId: string, atMs: number): boolean;
	tokenById(id: string): TokenRecord | undefined;
	/** Grows whenever anybody's rights may have changed, by whatever process: a role, a token, a session. */
	changeMark(): number;

	/** The people that an account is, its first one first: devices that were somebody before they had an account. */
	personsOf(account: AccountId): readonly PersonId[];
	/** Makes an account be this person. A person has one account: the newest proof wins. */
	linkPerson(account: AccountId, person: PersonId, atMs: number): void;
	unlinkAccount(account: AccountId): void;
	accountOf(person: PersonId): AccountId | undefined;
	/** Who may look after the instance. */
	admins(): readonly PersonId[];
	/** Refuses to leave an instance without anybody who looks after it. */
	setAdmin(person: PersonId, isAdmin: boolean, atMs: number): Result<void, { readonly code: 'admin.last' }>;

	setup(): SetupRecord;
	/** Kept as it is, because it has to be shown again at every start until it is used; then it is forgotten. */
	keepSetupToken(token: string): void;

	/** Writes something and waits until it is on disk. Throws when that does not work. */
	checkWritable(atMs: number): void;
}

export interface SpaceRecord {
	readonly id: SpaceId;
	/** As it was founded; the space's own documents may call it otherwise by now. */
	readonly title: string;
	readonly timeZone: string;
	readonly createdAtMs: number;
}

export interface MemberRecord {
	readonly space: SpaceId;
	readonly person: PersonId;
	readonly name: string;
	readonly role: Role;
	readonly joinedAtMs: number;
	/** Joined as number `index` of the space, from 0. Decides the presence colour, see `slotOf`. */
	readonly index: number;
	readonly removedAtMs: number | undefined;
}

export type NewMember = Omit<MemberRecord, 'index' | 'removedAtMs'>;

/** `owner.last`: a space without an owner could never get one again. */
export interface MemberRefused {
	readonly code: 'member.unknown' | 'owner.last';
}

/** Of the accounts that `server/identity` keeps. */
export type AccountId = string & { readonly __brand: 'AccountId' };

export interface TokenRecord {
	readonly id: string;
	readonly kind: TokenKind;
	readonly space: SpaceId;
	/** Of a member's token, the role that the member has now. */
	readonly role: Role;
	/** Only of a member's token. */
	readonly person: PersonId | undefined;
	/** The person's name, or what the tool, the invited address or the link is called. */
	readonly label: string;
	readonly createdAtMs: number;
	/** It opens nothing from then on. */
	readonly expiresAtMs?: number | undefined;
	/** Only of a guest link: the one document that it shows. */
	readonly document?: DocumentId | undefined;
	/** Whether it lets one person in and is spent then. Only of an invite. */
	readonly isForOne?: boolean | undefined;
	readonly revokedAtMs: number | undefined;
	/** Whether the member it belongs to was removed. */
	readonly isFormer: boolean;
}

export interface NewToken extends Omit<TokenRecord, 'revokedAtMs' | 'isFormer'> {
	/** SHA-256 of the token. */
	readonly hash: Uint8Array;
}

export interface Opening {
	readonly members: readonly Omit<NewMember, 'space'>[];
	readonly tokens: readonly NewToken[];
	/**
	 * Whether this is the one setup of the instance; then its members look after it, and a second one is refused and
	 * changes nothing.
	 */
	readonly spendsSetup: boolean;
	readonly atMs: number;
}

export interface SetupRecord {
	readonly isUsed: boolean;
	/** What `keepSetupToken` kept, until the setup is used. */
	readonly token: string | undefined;
}
