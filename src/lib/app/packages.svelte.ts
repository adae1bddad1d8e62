import * as z from 'zod/mini';
import type { DocumentId } from '../domain/id.ts';
import { proposalFile, type ProposalFile } from '../domain/proposal.ts';
import type { KeptChange } from '../domain/sync-state.ts';
import type { AnyKind } from '../kinds/contract.ts';
import type { ApiRefused } from '../sync/api-call.ts';
import type { ProposalsApi } from '../sync/proposals-api.ts';
import { toBase64 } from '../util/base64.ts';
import { ok, refuse, type Result } from '../util/result.ts';
import type { SpaceSession } from './space-session.svelte.ts';

/** How long the server is waited for, to know what it lacks; without it the package holds the whole document. */
const EXCHANGE_MS_MAX = 3_000;

/** What the server did not take of one document, and this person still has. */
export interface Package {
	readonly document: DocumentId;
	/** Of the document. */
	readonly title: string;
	readonly changes: readonly KeptChange[];
}

/**
 * The packages of this person in a space: what was written here and refused, because a role was lost, or held back. Nothing
 * of it goes away by itself: it is handed in, taken along as a file, or let go of.
 */
export class Packages {
	readonly #space: SpaceSession;
	readonly #api: ProposalsApi;

	constructor(space: SpaceSession, api: ProposalsApi) {
		this.#space = space;
		this.#api = api;
	}

	/** One for each document, as long as the server refuses it. */
	get all(): readonly Package[] {
		const { notTaken, kept } = this.#space.board;
		return notTaken.map((name) => {
			const document = name.slice(name.indexOf('/') + 1) as DocumentId;
			const changes = kept.filter(({ key }) => key.startsWith(`${name} `));
			return { document, title: this.#space.titleOf(document), changes };
		});
	}

	/** Hands a package in. It is the server's then, and no longer kept here. */
	async handIn(document: DocumentId, note: string): Promise<Result<void, ApiRefused>> {
		const update = await this.#unsent(document);
		if (!update) return refuse(notHere);
		const sent = await this.#api.send(document, toBase64(update), note);
		if (!sent.ok && sent.error.code !== 'proposal.empty') return sent;
		await this.#space.setAside(document);
		return ok(undefined);
	}

	/** A package as the text of a file. It stays here too. */
	async asFile({ document, title, changes }: Package): Promise<Result<string, ApiRefused>> {
		const update = await this.#unsent(document);
		if (!update) return refuse(notHere);
		const { me, id } = this.#space;
		const file: ProposalFile = {
			format: 'downbeat-proposal',
			version: 1,
			space: id,
			document,
			title,
			author: { person: me.id, name: me.name },
			writtenAt: new Date(this.#space.nowMs()).toISOString(),
			changes: changes.map(({ what, where }) => (where ? `${what}: ${where}` : what)),
			update: toBase64(update)
		};
		return ok(JSON.stringify(file, undefined, '\t'));
	}

	/** Lets go of what was refused: the document is as the server has it from then on. */
	async letGo(document: DocumentId): Promise<void> {
		await this.#space.setAside(document);
	}

	/** Hands in a file that somebody saved. */
	async handInFile(text: string): Promise<Result<ProposalFile, ApiRefused>> {
		const file = readFile(text);
		if (!file) return refuse(notAFile);
		if (file.space !== this.#space.id) return refuse(otherSpace);
		const from = `From a file by ${file.author.name}, ${file.writtenAt.slice(0, 10)}.`;
		const sent = await this.#api.send(file.document, file.update, from);
		return sent.ok ? ok(file) : sent;
	}

	async #unsent(document: DocumentId): Promise<Uint8Array | undefined> {
		const kind: AnyKind | undefined = this.#space.kindOf(document);
		if (!kind) return undefined;
		const { engine } = await this.#space.acquire(document, kind);
		await engine.untilExchanged(EXCHANGE_MS_MAX);
		const update = engine.unsent();
		await this.#space.release(document);
		return update;
	}
}

function readFile(text: string): ProposalFile | undefined {
	try {
		const parsed = z.safeParse(proposalFile, JSON.parse(text));
		return parsed.success ? parsed.data : undefined;
	} catch {
		return undefined; // Not JSON: the sentence says what a package is.
	}
}

const notHere: ApiRefused = {
	code: 'package.unreadable',
	sentence: 'This app does not know this kind of document. Update it, then try again.'
};
const notAFile: ApiRefused = {
	code: 'package.not-one',
	sentence: 'This is not a package of changes. Choose the .json file that Downbeat saved.'
};
const otherSpace: ApiRefused = {
	code: 'package.other-space',
	sentence: 'These changes are of another space. Open that one, then hand them in there.'
};
