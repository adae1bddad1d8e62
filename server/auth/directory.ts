import type { Role } from '#lib/domain/access.ts';
import type { PersonId, SpaceId } from '#lib/domain/id.ts';
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

	/** In the order they joined. */
	members(space: SpaceId): readonly MemberRecord[];
	member(space: SpaceId, person: PersonId): MemberRecord | undefined;
	/** Adds the member, or only changes the name of one who is there, and adds the token. */
	join(member: Omit<MemberRecord, 'index'>, token: NewToken): MemberRecord;
	rename(space: SpaceId, person: PersonId, name: string): void;

	/** Whoever the token belongs to, also when it was revoked. */
	tokenByHash(hash: Uint8Array): TokenRecord | undefined;
	addToken(token: NewToken): void;
	/** Makes `token` the only invite of its space: those before it are revoked. */
	replaceInvite(token: NewToken): void;
	/** Those that open something, oldest first. */
	tokens(space: SpaceId, kinds: readonly TokenKind[]): readonly TokenRecord[];
	/** Whether there was such a token to revoke. A second time changes nothing and answers false. */
	revoke(space: SpaceId, tokenId: string, atMs: number): boolean;
	/** Ids of tokens revoked after mark `after`, and the new mark. Marks only grow; the first is 0. */
	revokedAfter(after: number): { readonly mark: number; readonly tokenIds: readonly string[] };

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
}

export interface TokenRecord {
	readonly id: string;
	readonly kind: TokenKind;
	readonly space: SpaceId;
	readonly role: Role;
	/** Only of a member's token. */
	readonly person: PersonId | undefined;
	/** The person's name, or what the tool is called. */
	readonly label: string;
	readonly createdAtMs: number;
	readonly revokedAtMs: number | undefined;
}

export interface NewToken extends Omit<TokenRecord, 'revokedAtMs'> {
	/** SHA-256 of the token. */
	readonly hash: Uint8Array;
}

export interface Opening {
	readonly members: readonly Omit<MemberRecord, 'index' | 'space'>[];
	readonly tokens: readonly NewToken[];
	/** Whether this is the one setup of the instance; then a second one is refused and changes nothing. */
	readonly spendsSetup: boolean;
	readonly atMs: number;
}

export interface SetupRecord {
	readonly isUsed: boolean;
	/** What `keepSetupToken` kept, until the setup is used. */
	readonly token: string | undefined;
}
