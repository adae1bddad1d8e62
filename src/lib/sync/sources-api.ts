import * as z from 'zod/mini';
import type { SpaceId } from '../domain/id.ts';
import {
	listedSource,
	sourceRun,
	sourceTest,
	type ListedRun,
	type ListedSource,
	type SourceConnector,
	type SourceTest
} from '../domain/source.ts';
import { call, type Answer, type Ask, type Secret } from './api-call.ts';

/** What a source is asked to be. */
export interface SourceWish {
	readonly kpi: string;
	readonly name: string;
	readonly connector: SourceConnector;
	/** Cron, five fields. */
	readonly schedule: string;
	readonly secret?: string | undefined;
}

/** Where the points of a space are fetched from. Settings are in the answers for owners alone, secrets never. */
export class SourcesApi {
	readonly #space: SpaceId;
	readonly #token: Secret | undefined;

	constructor(space: SpaceId, secret: Secret | undefined) {
		this.#space = space;
		this.#token = secret;
	}

	/** By name. */
	list(): Answer<{ readonly sources: readonly ListedSource[] }> {
		return this.#call({ path: '', answer: z.object({ sources: z.array(listedSource) }) });
	}

	create(wish: SourceWish): Answer<ListedSource> {
		return this.#call({ path: '', method: 'POST', body: wish, answer: listedSource });
	}

	/** What is left away stays; a connector that goes elsewhere needs its secret again. */
	change(id: string, wish: Partial<SourceWish> & { readonly isPaused?: boolean }): Answer<ListedSource> {
		return this.#call({ path: pathOf(id), method: 'PATCH', body: wish, answer: listedSource });
	}

	/** Its points stay. */
	remove(id: string): Answer<undefined> {
		return this.#call({ path: pathOf(id), method: 'DELETE', answer: z.undefined() });
	}

	run(id: string): Answer<ListedRun> {
		return this.#call({ path: `${pathOf(id)}/run`, method: 'POST', body: {}, answer: sourceRun, waitMsMax });
	}

	/** Reads the first rows and stores nothing. `source`: whose kept secret is used. */
	test(wish: Pick<SourceWish, 'connector' | 'secret'> & { readonly source?: string }): Answer<SourceTest> {
		return this.#call({ path: '/test', method: 'POST', body: wish, answer: sourceTest, waitMsMax });
	}

	#call<T>(ask: Omit<Ask<T>, 'token'>): Answer<T> {
		return call({ ...ask, path: `/spaces/${this.#space}/sources${ask.path}`, token: this.#token });
	}
}

/** Longer than the server waits for the other side. */
const waitMsMax = 30_000;

const pathOf = (id: string): string => `/${encodeURIComponent(id)}`;
