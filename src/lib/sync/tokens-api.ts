import * as z from 'zod/mini';
import type { DocumentId, SpaceId } from '../domain/id.ts';
import {
	guestLink,
	programToken,
	type GuestLink,
	type ProgramToken,
	type TokenScope
} from '../domain/sharing.ts';
import { call, type Answer, type Ask, type Secret } from './api-call.ts';

export interface TokenWish {
	readonly label: string;
	readonly scope: TokenScope;
	/** Absent: until it is withdrawn. */
	readonly days?: number;
}

export interface LinkWish {
	readonly document: DocumentId;
	readonly label: string;
	/** 1-90. */
	readonly days: number;
}

/** What opens something of a space for programs and for guests. A secret is in the answer that makes it, and nowhere else. */
export class TokensApi {
	readonly #space: SpaceId;
	readonly #token: Secret | undefined;

	constructor(space: SpaceId, secret: Secret | undefined) {
		this.#space = space;
		this.#token = secret;
	}

	list(): Answer<{ readonly tokens: readonly ProgramToken[] }> {
		return this.#call({ path: '/tokens', answer: z.object({ tokens: z.array(programToken) }) });
	}

	create(wish: TokenWish): Answer<ProgramToken & { readonly token: string }> {
		const answer = z.extend(programToken, { token: z.string() });
		return this.#call({ path: '/tokens', method: 'POST', body: wish, answer });
	}

	revoke(id: string): Answer<undefined> {
		return this.#call({ path: `/tokens/${encodeURIComponent(id)}`, method: 'DELETE', answer: z.undefined() });
	}

	links(): Answer<{ readonly links: readonly GuestLink[] }> {
		return this.#call({ path: '/links', answer: z.object({ links: z.array(guestLink) }) });
	}

	createLink(wish: LinkWish): Answer<GuestLink & { readonly token: string }> {
		const answer = z.extend(guestLink, { token: z.string() });
		return this.#call({ path: '/links', method: 'POST', body: wish, answer });
	}

	revokeLink(id: string): Answer<undefined> {
		return this.#call({ path: `/links/${encodeURIComponent(id)}`, method: 'DELETE', answer: z.undefined() });
	}

	#call<T>(ask: Omit<Ask<T>, 'token'>): Answer<T> {
		return call({ ...ask, path: `/spaces/${this.#space}${ask.path}`, token: this.#token });
	}
}
