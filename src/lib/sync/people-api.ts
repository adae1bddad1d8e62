import * as z from 'zod/mini';
import type { Role } from '../domain/access.ts';
import type { PersonId, SpaceId } from '../domain/id.ts';
import {
	invitation,
	member,
	openInvites,
	type Invitation,
	type InviteRole,
	type Member,
	type OpenInvites
} from '../domain/sharing.ts';
import { call, type Answer, type Ask, type Secret } from './api-call.ts';

/** Who is in a space, and how others come in. */
export class PeopleApi {
	readonly #space: SpaceId;
	readonly #token: Secret | undefined;

	constructor(space: SpaceId, secret: Secret | undefined) {
		this.#space = space;
		this.#token = secret;
	}

	/** Everybody, in the order they joined. */
	list(): Answer<{ readonly members: readonly Member[] }> {
		return this.#call({ path: '/members', answer: z.object({ members: z.array(member) }) });
	}

	changeRole(person: PersonId, role: Role): Answer<{ readonly role: string }> {
		return this.#call({
			path: `/members/${person}`,
			method: 'PATCH',
			body: { role },
			answer: z.object({ role: z.string() })
		});
	}

	/** Takes somebody out. The invite links end too: they would let them in again. */
	remove(person: PersonId): Answer<undefined> {
		return this.#call({ path: `/members/${person}`, method: 'DELETE', answer: z.undefined() });
	}

	/** Takes this person out. */
	leave(): Answer<undefined> {
		return this.#call({ path: '/leave', method: 'POST', answer: z.undefined() });
	}

	invites(): Answer<OpenInvites> {
		return this.#call({ path: '/invite', answer: openInvites });
	}

	/** Makes a new link for a role; the old one of that role lets nobody in any more. */
	newLink(role: InviteRole): Answer<{ readonly invite: string }> {
		return this.#call({
			path: `/invite?role=${role}`,
			method: 'POST',
			answer: z.object({ invite: z.string() })
		});
	}

	/** Invites one person. `isSent`: a mail is on its way; else the invite is to be handed over. */
	invite(
		address: string,
		role: Role
	): Answer<Invitation & { readonly invite: string; readonly isSent: boolean }> {
		return this.#call({
			path: '/invitations',
			method: 'POST',
			body: { address, role },
			answer: z.extend(invitation, { invite: z.string(), isSent: z.boolean() })
		});
	}

	/** Withdraws a link or an invitation. */
	withdraw(id: string): Answer<undefined> {
		return this.#call({ path: `/invite/${encodeURIComponent(id)}`, method: 'DELETE', answer: z.undefined() });
	}

	#call<T>(ask: Omit<Ask<T>, 'token'>): Answer<T> {
		return call({ ...ask, path: `/spaces/${this.#space}${ask.path}`, token: this.#token });
	}
}
