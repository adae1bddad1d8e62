import type * as Y from 'yjs';
import type { WritersPage } from '../domain/history.ts';
import { ok, type Result } from '../util/result.ts';
import type { Answer, ApiRefused } from './api-call.ts';

/** Who stored something, and when: as the server saw it, whatever a device claims. */
export interface Written {
	/** A person's id, a tool's, or the server's own. */
	readonly author: string;
	/** Epoch milliseconds, exact to the minute. */
	readonly atMs: number;
}

interface Run extends Written {
	readonly clock: number;
	readonly length: number;
}

/** Who wrote what of one document, as far as the server has been asked. */
export class Writers {
	readonly #ask: (after: number) => Answer<WritersPage>;
	/** By Yjs client number, in the order in which they were stored. */
	readonly #runs = new Map<number, Run[]>();
	#upto = 0;
	#loading: Promise<Result<void, ApiRefused>> | undefined;

	constructor(ask: (after: number) => Answer<WritersPage>) {
		this.#ask = ask;
	}

	/** Asks for what was stored since it was asked last. Calls that come while it asks share one answer. */
	load(): Promise<Result<void, ApiRefused>> {
		this.#loading ??= this.#loadAll().finally(() => (this.#loading = undefined));
		return this.#loading;
	}

	/** Of a Yjs item (`itemOfField`, a block's mark). Undefined for what is not stored or was not asked for yet. */
	of({ client, clock }: Y.ID): Written | undefined {
		const run = this.#runs.get(client)?.find((one) => one.clock <= clock && clock < one.clock + one.length);
		return run && { author: run.author, atMs: run.atMs };
	}

	async #loadAll(): Promise<Result<void, ApiRefused>> {
		for (;;) {
			const page = await this.#ask(this.#upto);
			if (!page.ok) return page;
			const { authors, runs, upto, hasMore } = page.value;
			for (const [index, atMs, client, clock, length] of runs) {
				const known = this.#runs.get(client) ?? [];
				known.push({ author: authors[index] ?? '', atMs, clock, length });
				this.#runs.set(client, known);
			}
			this.#upto = upto;
			if (!hasMore) return ok(undefined);
		}
	}
}
