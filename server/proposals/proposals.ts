import { createHash } from 'node:crypto';
import * as Y from 'yjs';
import { newId, type DocumentId, type PersonId, type SpaceId } from '#lib/domain/id.ts';
import { PROPOSAL_BYTES_MAX, type ProposalReason } from '#lib/domain/proposal.ts';
import { wireName } from '#lib/protocol/names.ts';
import { ok, refuse, type Result } from '#lib/util/result.ts';
import type { Clock } from '../clock.ts';
import type { HeldBack } from '../sync/write-guard.ts';
import type { Proposal, ProposalStore } from './proposal-store.ts';

export interface ProposalPorts {
	readonly store: ProposalStore;
	readonly clock: Clock;
	/** A document as it stands, on a copy. */
	readonly stateOf: (name: string) => Promise<Y.Doc>;
	/** Writes into a document in somebody's name. Resolves when it is durable and told. */
	readonly write: (name: string, update: Uint8Array, author: string) => Promise<void>;
}

/** Packages that wait in a space, and of one author: more is a program that does not listen. */
export const WAITING_MAX = 500;
export const WAITING_OF_ONE_MAX = 50;

/** Of a hash: enough that two different changes are never taken for one. */
const ID_LENGTH = 32;

/**
 * `proposal.unreadable`: no Yjs update. `proposal.incomplete`: it rests on changes that are neither in it nor here.
 * `proposal.empty`: everything in it is here already.
 */
export interface ProposalRefused {
	readonly code:
		| 'proposal.too-large'
		| 'proposal.unreadable'
		| 'proposal.incomplete'
		| 'proposal.empty'
		| 'proposal.too-many';
}

export interface SentPackage {
	readonly space: SpaceId;
	readonly document: DocumentId;
	readonly author: string;
	readonly person: PersonId | undefined;
	readonly name: string;
	readonly reason: ProposalReason;
	readonly note: string;
	readonly update: Uint8Array;
}

/** Hands packages in, and carries out what is decided about them. */
export class Proposals {
	readonly #ports: ProposalPorts;

	constructor(ports: ProposalPorts) {
		this.#ports = ports;
	}

	/** Looks at it on a copy first: what could never be accepted is refused while its author still has it. */
	async send(sent: SentPackage): Promise<Result<Proposal, ProposalRefused>> {
		const { store } = this.#ports;
		if (sent.update.length > PROPOSAL_BYTES_MAX) return refuse({ code: 'proposal.too-large' });
		const waiting = store.waiting(sent.space, sent.author);
		if (waiting.all >= WAITING_MAX || waiting.own >= WAITING_OF_ONE_MAX)
			return refuse({ code: 'proposal.too-many' });
		const news = newsIn(await this.#ports.stateOf(wireName(sent)), sent.update);
		if (!news.ok) return news;
		return ok(this.#keep({ ...sent, update: news.value }));
	}

	/**
	 * Keeps what the server held back by itself. Undefined when it is here already, as when its client came back with it,
	 * or when too many wait: its author has it either way.
	 */
	holdBack({ principal, document, update }: HeldBack): Proposal | undefined {
		const { store } = this.#ports;
		const { space, person, name } = principal;
		const author = person ?? principal.id;
		const id = `held-${createHash('sha256').update(update).digest('hex').slice(0, ID_LENGTH)}`;
		if (store.find(space, id) || store.waiting(space, author).own >= WAITING_OF_ONE_MAX) return undefined;
		return this.#keep({ space, document, author, person, name, reason: 'wipe', note: '', update }, id);
	}

	#keep(sent: SentPackage, id = newId()): Proposal {
		const { store, clock } = this.#ports;
		const proposal = { ...sent, id, sentAtMs: clock.nowMs() };
		store.add(proposal);
		const { update, ...rest } = proposal;
		const undecided = { state: 'waiting', decidedAtMs: undefined, decidedBy: undefined } as const;
		return { ...rest, ...undecided, bytes: update.length };
	}

	/**
	 * Decides about one that waits. Accepted changes are written under their author's name; what others did since stands
	 * beside them, as after any merge. Undefined when there is no such package, or somebody was quicker.
	 */
	async decide(
		{ space, id }: { space: SpaceId; id: string },
		decision: { readonly isAccepted: boolean; readonly by: PersonId | undefined }
	): Promise<Proposal | undefined> {
		const { store, clock } = this.#ports;
		const proposal = store.find(space, id);
		const update = store.update(space, id);
		if (!proposal || !update || proposal.state !== 'waiting') return undefined;
		// Written first: a package that is written twice is written once, one that is only said to be is lost.
		if (decision.isAccepted) await this.#ports.write(wireName(proposal), update, proposal.author);
		const state = decision.isAccepted ? 'accepted' : 'declined';
		const isFirst = store.decide(space, id, { state, by: decision.by, atMs: clock.nowMs() });
		return isFirst ? store.find(space, id) : undefined;
	}
}

/** What in `update` is not in `doc` yet, as one update. `doc` is used up. */
function newsIn(doc: Y.Doc, update: Uint8Array): Result<Uint8Array, ProposalRefused> {
	const before = Y.encodeStateVector(doc);
	let isChanged = false;
	doc.on('update', () => (isChanged = true));
	try {
		Y.applyUpdate(doc, update);
		if (doc.store.pendingStructs || doc.store.pendingDs) return refuse({ code: 'proposal.incomplete' });
		if (!isChanged) return refuse({ code: 'proposal.empty' });
		return ok(Y.encodeStateAsUpdate(doc, before));
	} catch {
		return refuse({ code: 'proposal.unreadable' });
	} finally {
		doc.destroy();
	}
}
