import type { DocumentId, PersonId, SpaceId } from '#lib/domain/id.ts';
import type { ProposalReason, ProposalState } from '#lib/domain/proposal.ts';

/** A package of changes that waits for somebody to decide, or was decided. */
export interface Proposal {
	readonly id: string;
	readonly space: SpaceId;
	readonly document: DocumentId;
	/** Under which the changes are recorded when they are accepted: a person, or a program's token. */
	readonly author: string;
	/** Absent for a program. */
	readonly person: PersonId | undefined;
	readonly name: string;
	readonly reason: ProposalReason;
	readonly note: string;
	/** Of the Yjs update. */
	readonly bytes: number;
	readonly sentAtMs: number;
	readonly state: ProposalState;
	readonly decidedAtMs: number | undefined;
	readonly decidedBy: PersonId | undefined;
}

export type NewProposal = Omit<Proposal, 'bytes' | 'state' | 'decidedAtMs' | 'decidedBy'> & {
	readonly update: Uint8Array;
};

export interface Decision {
	readonly state: 'accepted' | 'declined';
	readonly by: PersonId | undefined;
	readonly atMs: number;
}

/** The port behind which packages are kept. Every call is done, and durable, when it returns. */
export interface ProposalStore {
	add(proposal: NewProposal): void;
	find(space: SpaceId, id: string): Proposal | undefined;
	/** The changes themselves. */
	update(space: SpaceId, id: string): Uint8Array | undefined;
	/** Waiting ones first, then by time, newest first. `author`: of theirs alone. At most `limit`. */
	list(space: SpaceId, options: { author?: string; limit: number }): readonly Proposal[];
	/** How many wait in a space, and how many of them are by `author`. */
	waiting(space: SpaceId, author: string): { readonly all: number; readonly own: number };
	/** False when it was decided already, or never was: then nothing is changed. */
	decide(space: SpaceId, id: string, decision: Decision): boolean;
	removeSpace(space: SpaceId): void;
}
