import { newPersonId, type PersonId, type SpaceId } from '#lib/domain/id.ts';
import { ok, refuse, type Result } from '#lib/util/result.ts';
import type { Clock } from '../clock.ts';
import { newRecord } from './create-space.ts';
import type { Directory, TokenRecord } from './directory.ts';
import { hashOf, looksLikeToken, newToken } from './token.ts';

export interface MembershipPorts {
	readonly directory: Directory;
	readonly clock: Clock;
	/** Called after something was withdrawn, so that what it has open is closed at once. */
	readonly onWithdrawn: () => void;
}

/** People of one space. Protects every list of them from an invite link that was published. */
export const MEMBERS_MAX = 1_000;

export interface JoinWish {
	readonly space: SpaceId;
	readonly invite: string;
	readonly name: string;
	/** Who this device was before. */
	readonly person: PersonId | undefined;
	/** The token the device already has: proof that it is that person. */
	readonly held: string | undefined;
}

/** `space.full`: `MEMBERS_MAX` people are in. */
export interface JoinRefused {
	readonly code: 'invite.unknown' | 'space.full';
}

export interface Joined {
	readonly person: PersonId;
	readonly token: string;
	readonly title: string;
}

/**
 * Lets somebody in who shows the invite. A device that is in already, and shows its token, stays who it is and
 * keeps that token; only its name may change. A person id that nobody here has is taken as it is, so that one
 * device is one person in all its spaces. One that somebody has is not: ids are in every document and prove
 * nothing. Then the device becomes somebody new.
 */
export function join(wish: JoinWish, { directory, clock }: MembershipPorts): Result<Joined, JoinRefused> {
	const { space, name } = wish;
	const invite = openToken(directory, wish.invite);
	const record = directory.space(space);
	if (!record || invite?.kind !== 'invite' || invite.space !== space)
		return refuse({ code: 'invite.unknown' });

	const held = openToken(directory, wish.held);
	if (wish.held && held?.space === space && held.person) {
		directory.rename(space, held.person, name);
		return ok({ person: held.person, token: wish.held, title: record.title });
	}

	if (directory.members(space).length >= MEMBERS_MAX) return refuse({ code: 'space.full' });
	const isFree = wish.person !== undefined && !directory.member(space, wish.person);
	const person = isFree && wish.person ? wish.person : newPersonId();
	const [token, atMs] = [newToken('member'), clock.nowMs()];
	directory.join(
		{ space, person, name, role: invite.role, joinedAtMs: atMs },
		newRecord({ secret: token, kind: 'member', space, role: invite.role, label: name, atMs, person })
	);
	return ok({ person, token, title: record.title });
}

/** Makes a new invite for `space`. Whoever has the old link can no longer join with it; who is in stays in. */
export function replaceInvite(space: SpaceId, { directory, clock, onWithdrawn }: MembershipPorts): string {
	const invite = newToken('invite');
	directory.replaceInvite(
		newRecord({
			secret: invite,
			kind: 'invite',
			space,
			role: 'editor',
			label: 'Invite link',
			atMs: clock.nowMs()
		})
	);
	onWithdrawn();
	return invite;
}

/** A token for a program. The secret is in the answer and nowhere else. */
export function createToken(
	wish: { readonly space: SpaceId; readonly kind: 'tool' | 'points'; readonly label: string },
	{ directory, clock }: MembershipPorts
): { readonly secret: string; readonly record: TokenRecord } {
	const secret = newToken(wish.kind);
	const { hash, ...record } = newRecord({ ...wish, secret, role: 'editor', atMs: clock.nowMs() });
	directory.addToken({ ...record, hash });
	return { secret, record: { ...record, revokedAtMs: undefined } };
}

/** Whether there was such a token to withdraw. */
export function revokeToken(space: SpaceId, tokenId: string, ports: MembershipPorts): boolean {
	const isRevoked = ports.directory.revoke(space, tokenId, ports.clock.nowMs());
	if (isRevoked) ports.onWithdrawn();
	return isRevoked;
}

/** What is known of a token that was not withdrawn. */
function openToken(directory: Directory, token: string | undefined): TokenRecord | undefined {
	if (token === undefined || !looksLikeToken(token)) return undefined;
	const record = directory.tokenByHash(hashOf(token));
	return record?.revokedAtMs === undefined ? record : undefined;
}
