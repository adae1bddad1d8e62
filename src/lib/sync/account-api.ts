import * as z from 'zod/mini';
import { personId, spaceId } from '../domain/id.ts';
import { call, callForBytes, type Answer, type Question } from './api-call.ts';

// What somebody who is signed in may ask about their own account.

const role = z.enum(['owner', 'editor', 'commenter', 'viewer']);
const me = z.object({
	spaces: z.array(
		z.object({
			space: spaceId,
			title: z.string(),
			role,
			person: personId,
			name: z.string(),
			joinedAt: z.string()
		})
	),
	isAdmin: z.boolean()
});
const done = z.object({ isDone: z.literal(true) });
const instant = z.nullable(z.string());
const session = z.object({
	id: z.string(),
	createdAt: z.string(),
	updatedAt: z.string(),
	address: z.string(),
	userAgent: z.string(),
	isCurrent: z.boolean()
});
const passkey = z.object({
	id: z.string(),
	name: z.nullable(z.string()),
	createdAt: instant,
	isSynced: z.boolean()
});
const way = z.object({ way: z.string() });

export type Me = z.infer<typeof me>;
export type DeviceSession = z.infer<typeof session>;
export type Passkey = z.infer<typeof passkey>;
type Done = z.infer<typeof done>;

export class AccountApi {
	readonly #secret: { readonly account: string };

	/** `account`: whose cookie is meant. With another one's nothing is answered. */
	constructor(account: string) {
		this.#secret = { account };
	}

	me(): Answer<Me> {
		return call({ path: '/me', token: this.#secret, answer: me });
	}

	/** Makes the account be whoever holds a member's token. `account.other` when they are somebody else's already. */
	link(token: string): Answer<{ readonly person: string }> {
		const answer = z.object({ person: z.string() });
		return call({ path: '/me/persons', method: 'POST', body: { token }, token: this.#secret, answer });
	}

	/** Everything that is kept of the account, as a file. */
	exported(): Answer<Uint8Array<ArrayBuffer>> {
		return callForBytes({ path: '/me/export', token: this.#secret });
	}

	rename(name: string): Answer<Done> {
		return this.#post('/update-user', { name });
	}

	/** By which ways this account signs in: `password`, `oidc`. */
	ways(): Answer<{ readonly ways: readonly { readonly way: string }[] }> {
		return this.#ask({ path: '/list-accounts', answer: z.object({ ways: z.array(way) }) });
	}

	/** All other sessions end with it. */
	changePassword(currentPassword: string, newPassword: string): Answer<Done> {
		return this.#post('/change-password', { currentPassword, newPassword });
	}

	/** Sends a mail that proves the address. */
	askForProof(): Answer<Done> {
		return this.#post('/send-verification-email', {});
	}

	sessions(): Answer<{ readonly sessions: readonly DeviceSession[] }> {
		return this.#ask({ path: '/list-sessions', answer: z.object({ sessions: z.array(session) }) });
	}

	endSession(id: string): Answer<Done> {
		return this.#post('/revoke-session', { id });
	}

	endOtherSessions(): Answer<Done> {
		return this.#post('/revoke-other-sessions', {});
	}

	passkeys(): Answer<{ readonly passkeys: readonly Passkey[] }> {
		return this.#ask({
			path: '/passkey/list-user-passkeys',
			answer: z.object({ passkeys: z.array(passkey) })
		});
	}

	/** What the browser is asked to make a passkey with. */
	passkeyQuestion(): Answer<object> {
		return this.#ask({
			path: '/passkey/generate-register-options',
			answer: z.looseObject({ challenge: z.string() })
		});
	}

	addPasskey(response: unknown, name: string): Answer<{ readonly id: string }> {
		const answer = z.object({ id: z.string() });
		return this.#ask({
			path: '/passkey/verify-registration',
			method: 'POST',
			body: { response, name },
			answer
		});
	}

	renamePasskey(id: string, name: string): Answer<Done> {
		return this.#post('/passkey/update-passkey', { id, name });
	}

	removePasskey(id: string): Answer<Done> {
		return this.#post('/passkey/delete-passkey', { id });
	}

	/** Without a password it must be within an hour of signing in. */
	deleteAccount(password: string): Answer<Done> {
		return this.#post('/delete-user', password ? { password } : {});
	}

	#post(path: string, body: object): Answer<Done> {
		return this.#ask({ path, method: 'POST', body, answer: done });
	}

	#ask<T>(ask: Omit<Question, 'root' | 'token'> & { readonly answer: z.core.$ZodType<T> }): Answer<T> {
		return call({ ...ask, root: '/api/auth', token: this.#secret });
	}
}
