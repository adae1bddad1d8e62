import * as z from 'zod/mini';
import { personId, spaceId, type PersonId } from '../domain/id.ts';
import { call, type Answer, type Secret } from './api-call.ts';

const instancePerson = z.object({
	person: personId,
	name: z.string(),
	isAdmin: z.boolean(),
	hasAccount: z.boolean(),
	spaces: z.array(z.object({ space: spaceId, title: z.string(), role: z.string() }))
});
export type InstancePerson = z.infer<typeof instancePerson>;

const instanceSpace = z.object({
	space: spaceId,
	title: z.string(),
	createdAt: z.string(),
	people: z.int(),
	tokens: z.int()
});
export type InstanceSpace = z.infer<typeof instanceSpace>;

const removedEverywhere = z.object({ removed: z.array(z.string()), kept: z.array(z.string()) });

/** Everybody and every space of the server, for those who look after it. */
export class InstanceApi {
	readonly #token: Secret | undefined;

	constructor(secret: Secret | undefined) {
		this.#token = secret;
	}

	/** Whether whoever holds the secret looks after the server. */
	mine(): Answer<{ readonly isAdmin: boolean }> {
		return call({ path: '/me', token: this.#token, answer: z.object({ isAdmin: z.boolean() }) });
	}

	/** By name. */
	people(): Answer<{ readonly people: readonly InstancePerson[] }> {
		const answer = z.object({ people: z.array(instancePerson) });
		return call({ path: '/admin/people', token: this.#token, answer });
	}

	/** Oldest first. */
	spaces(): Answer<{ readonly spaces: readonly InstanceSpace[] }> {
		const answer = z.object({ spaces: z.array(instanceSpace) });
		return call({ path: '/admin/spaces', token: this.#token, answer });
	}

	/** `admin.last` when nobody would be left. */
	setAdmin(person: PersonId, isAdmin: boolean): Answer<{ readonly isAdmin: boolean }> {
		return call({
			path: `/admin/people/${person}/admin`,
			method: 'PUT',
			body: { isAdmin },
			token: this.#token,
			answer: z.object({ isAdmin: z.boolean() })
		});
	}

	/** Out of every space. `kept`: spaces that would be left without an owner. */
	removeEverywhere(person: PersonId): Answer<{ readonly removed: string[]; readonly kept: string[] }> {
		return call({
			path: `/admin/people/${person}`,
			method: 'DELETE',
			token: this.#token,
			answer: removedEverywhere
		});
	}
}
