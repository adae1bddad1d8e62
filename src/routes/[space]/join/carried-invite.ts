import type { SpaceId } from '#lib/domain/id.ts';

// An invite survives the way to a sign-in provider and back in this tab, without ever being in an address.

const key = (space: SpaceId): string => `downbeat.invite.${space}`;

export function carryInvite(space: SpaceId, invite: string): void {
	try {
		sessionStorage.setItem(key(space), invite);
	} catch {
		return; // Site data is blocked: the link has to be opened once more.
	}
}

export function carriedInvite(space: SpaceId): string {
	try {
		return sessionStorage.getItem(key(space)) ?? '';
	} catch {
		return '';
	}
}

export function dropInvite(space: SpaceId): void {
	try {
		sessionStorage.removeItem(key(space));
	} catch {
		return; // Nothing was carried either.
	}
}
