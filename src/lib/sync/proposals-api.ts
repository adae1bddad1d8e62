import * as z from 'zod/mini';
import type { DocumentId, SpaceId } from '../domain/id.ts';
import { listedProposal, type ListedProposal } from '../domain/proposal.ts';
import { call, type Answer, type Ask, type Secret } from './api-call.ts';

const list = z.object({ proposals: z.array(listedProposal) });

/** Packages of changes that wait for an owner of a space. */
export class ProposalsApi {
	readonly #space: SpaceId;
	readonly #token: Secret | undefined;

	constructor(space: SpaceId, secret: Secret | undefined) {
		this.#space = space;
		this.#token = secret;
	}

	/** `update`: one Yjs update in base64. */
	send(document: DocumentId, update: string, note: string): Answer<ListedProposal> {
		return this.#call({
			path: `/documents/${document}/proposals`,
			method: 'POST',
			body: { update, note },
			answer: listedProposal
		});
	}

	/** What this person handed in. */
	mine(): Answer<{ readonly proposals: readonly ListedProposal[] }> {
		return this.#call({ path: '/proposals/mine', answer: list });
	}

	/** What waits for a decision, and what was decided lately. */
	list(): Answer<{ readonly proposals: readonly ListedProposal[] }> {
		return this.#call({ path: '/proposals', answer: list });
	}

	/** The changes of one, in base64. */
	content(id: string): Answer<{ readonly update: string }> {
		return this.#call({ path: `/proposals/${id}`, answer: z.object({ update: z.string() }) });
	}

	decide(id: string, isAccepted: boolean): Answer<ListedProposal> {
		return this.#call({
			path: `/proposals/${id}`,
			method: 'POST',
			body: { isAccepted },
			answer: listedProposal
		});
	}

	#call<T>(ask: Omit<Ask<T>, 'token'>): Answer<T> {
		return call({ ...ask, path: `/spaces/${this.#space}${ask.path}`, token: this.#token });
	}
}
