import type { Role } from '#lib/domain/access.ts';
import { newPersonId, type DocumentId, type PersonId, type SpaceId } from '#lib/domain/id.ts';
import { ok, refuse, type Result } from '#lib/util/result.ts';
import type { Clock } from '../clock.ts';
import { newRecord } from './create-space.ts';
import type { AccountId, Directory, MemberRecord, MemberRefused, TokenRecord } from './directory.ts';
import { hashOf, looksLikeToken, newToken } from './token.ts';

export interface MembershipPorts {
	readonly directory: Directory;
	readonly clock: Clock;
	/** Called after somebody's rights changed, so that what they have open follows at once. */
	readonly onChange: () => void;
	/** Called after somebody came in: writes them into the space's own list of people. */
	readonly onJoined: (member: MemberRecord) => void;
}

/** People of one space. Protects every list of them from an invite link that was published. */
export const MEMBERS_MAX = 1_000;

/** How long an invitation to one address, or a link for guests, may open something at most. */
export const INVITATION_MS = 7 * 24 * 60 * 60 * 1000;

export interface JoinWish {
	readonly space: SpaceId;
	readonly invite: string;
	readonly name: string;
	/** Who this device was before. */
	readonly person: PersonId | undefined;
	/** The token the device already has: proof that it is that person. */
	readonly held: string | undefined;
	/** The account that is signed in on this device: the person is one in all its spaces, and needs no token. */
	readonly account: AccountId | undefined;
}

/** `space.full`: `MEMBERS_MAX` people are in. */
export interface JoinRefused {
	readonly code: 'invite.unknown' | 'space.full';
}

export interface Joined {
	readonly person: PersonId;
	readonly role: Role;
	/** Absent for an account: its session opens the space. */
	readonly token?: string;
	readonly title: string;
	/** Whether they were not in before. */
	readonly isNew: boolean;
}

/**
 * Lets somebody in who shows the invite. Who is in already, and proves it by the token of this device or by an
 * account, stays who they are; only the name may change. A person id that nobody here has is taken as it is, so that
 * one device is one person in all its spaces. One that somebody has is not: ids are in every document and prove
 * nothing. Then the device becomes somebody new.
 */
export function join(wish: JoinWish, ports: MembershipPorts): Result<Joined, JoinRefused> {
	const { directory, clock } = ports;
	const invite = openInvite(wish, ports);
	const record = directory.space(wish.space);
	if (!record || !invite) return refuse({ code: 'invite.unknown' });

	const proven = provenPerson(wish, ports);
	const known = proven && directory.member(wish.space, proven);
	if (known?.removedAtMs === undefined && known) {
		directory.rename(wish.space, known.person, wish.name);
		return ok({ ...entryOf(known, wish, record.title), isNew: false });
	}
	if (directory.members(wish.space).length >= MEMBERS_MAX) return refuse({ code: 'space.full' });

	const person = proven ?? freePerson(wish, directory) ?? newPersonId();
	const [{ role }, atMs] = [invite, clock.nowMs()];
	const token = wish.account === undefined && !(proven && wish.held) ? newToken('member') : undefined;
	const about = { space: wish.space, role, label: wish.name, atMs, person };
	const member = directory.join(
		{ space: wish.space, person, name: wish.name, role, joinedAtMs: atMs },
		token === undefined ? undefined : newRecord({ secret: token, kind: 'member', ...about })
	);
	if (wish.account) directory.linkPerson(wish.account, person, atMs);
	if (invite.isForOne) directory.revoke(wish.space, invite.id, atMs);
	ports.onJoined(member);
	ports.onChange();
	return ok({ ...entryOf(member, wish, record.title), ...(token && { token }), isNew: true });
}

/** What whoever was let in is told: their own token, unless an account opens the space. */
function entryOf({ person, role }: MemberRecord, { held, account }: JoinWish, title: string) {
	return { person, role, title, ...(held && account === undefined && { token: held }) };
}

/** Who shows that they are somebody, in this space or, by an account, anywhere. */
function provenPerson(
	{ space, held, account }: JoinWish,
	{ directory, clock }: MembershipPorts
): PersonId | undefined {
	if (account !== undefined) {
		const persons = directory.personsOf(account);
		return persons.find((person) => directory.member(space, person)) ?? persons[0];
	}
	const token = openToken(directory, held, clock.nowMs());
	return token?.space === space ? token.person : undefined;
}

function freePerson({ space, person }: JoinWish, directory: Directory): PersonId | undefined {
	return person !== undefined && !directory.member(space, person) ? person : undefined;
}

function openInvite({ space, invite }: JoinWish, { directory, clock }: MembershipPorts) {
	const record = openToken(directory, invite, clock.nowMs());
	return record?.kind === 'invite' && record.space === space ? record : undefined;
}

/**
 * Makes a new invite link for a role in `space`. Whoever has the old link of that role can no longer join with it; who is
 * in stays in.
 */
export function replaceInvite(
	space: SpaceId,
	role: Role,
	{ directory, clock, onChange }: MembershipPorts
): string {
	const invite = newToken('invite');
	const about = { space, role, label: 'Invite link', atMs: clock.nowMs() };
	directory.replaceInvite(newRecord({ secret: invite, kind: 'invite', ...about }));
	onChange();
	return invite;
}

/** An invite for one person: it is spent when they join, or after a week. */
export function inviteOne(
	{ space, role, address }: { space: SpaceId; role: Role; address: string },
	{ directory, clock }: MembershipPorts
): { readonly secret: string; readonly record: TokenRecord } {
	const secret = newToken('invite');
	const atMs = clock.nowMs();
	const about = { space, role, label: address, atMs, expiresAtMs: atMs + INVITATION_MS, isForOne: true };
	return added(directory, newRecord({ secret, kind: 'invite', ...about }), secret);
}

export interface TokenWish {
	readonly space: SpaceId;
	readonly kind: 'tool' | 'points';
	readonly label: string;
	/** `viewer` for a tool that only reads. */
	readonly role?: 'editor' | 'viewer';
	readonly expiresAtMs?: number | undefined;
}

/** A token for a program. The secret is in the answer and nowhere else. */
export function createToken(
	{ role = 'editor', ...wish }: TokenWish,
	{ directory, clock }: MembershipPorts
): { readonly secret: string; readonly record: TokenRecord } {
	const secret = newToken(wish.kind);
	return added(directory, newRecord({ ...wish, secret, role, atMs: clock.nowMs() }), secret);
}

/** A link that shows one document to whoever has it, until it expires. */
export function createGuestLink(
	wish: { space: SpaceId; document: DocumentId; label: string; expiresAtMs: number },
	{ directory, clock }: MembershipPorts
): { readonly secret: string; readonly record: TokenRecord } {
	const secret = newToken('guest');
	const record = newRecord({ ...wish, secret, kind: 'guest', role: 'viewer', atMs: clock.nowMs() });
	return added(directory, record, secret);
}

function added(directory: Directory, token: ReturnType<typeof newRecord>, secret: string) {
	directory.addToken(token);
	const { hash: _hash, ...record } = token;
	return { secret, record: { ...record, revokedAtMs: undefined, isFormer: false } };
}

/** Whether there was such a token to withdraw. */
export function revokeToken(space: SpaceId, tokenId: string, ports: MembershipPorts): boolean {
	const isRevoked = ports.directory.revoke(space, tokenId, ports.clock.nowMs());
	if (isRevoked) ports.onChange();
	return isRevoked;
}

export function changeRole(
	{ space, person, role }: { space: SpaceId; person: PersonId; role: Role },
	{ directory, onChange }: MembershipPorts
): Result<void, MemberRefused> {
	const changed = directory.changeRole(space, person, role);
	if (changed.ok) onChange();
	return changed;
}

/** Ends the invite links too: they would let the same person in again. */
export function removeMember(
	{ space, person }: { space: SpaceId; person: PersonId },
	{ directory, clock, onChange }: MembershipPorts
): Result<void, MemberRefused> {
	const atMs = clock.nowMs();
	const removed = directory.removeMember(space, person, atMs);
	if (!removed.ok) return removed;
	for (const { id } of directory.tokens(space, ['invite'])) directory.revoke(space, id, atMs);
	onChange();
	return removed;
}

/** What is known of a token that was neither withdrawn nor ran out. */
function openToken(directory: Directory, token: string | undefined, nowMs: number): TokenRecord | undefined {
	if (token === undefined || !looksLikeToken(token)) return undefined;
	const record = directory.tokenByHash(hashOf(token));
	const isOpen = record?.revokedAtMs === undefined && (record?.expiresAtMs ?? Infinity) > nowMs;
	return isOpen ? record : undefined;
}
