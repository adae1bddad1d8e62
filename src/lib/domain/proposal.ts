import * as z from 'zod/mini';
import { documentId, personId, spaceId } from './id.ts';

// A proposal package: changes that the server did not take from their author, because of a role that was lost, a
// record that is sealed or a document that would have been wiped. They stay with their author, who can look at them,
// take them along as a file, and hand them in to an owner, who can accept them.

/** Longest word from the author to whoever decides. */
export const PROPOSAL_NOTE_LENGTH_MAX = 500;

/** Bytes of changes in one package: what fits a body over HTTP in base64. */
export const PROPOSAL_BYTES_MAX = 2.5 * 1024 * 1024;

/** `refused`: their author may not write there. `wipe`: held back by the server, it would delete most of a document. */
export const proposalReason = z.enum(['refused', 'wipe']);
export type ProposalReason = z.infer<typeof proposalReason>;

export const proposalState = z.enum(['waiting', 'accepted', 'declined']);
export type ProposalState = z.infer<typeof proposalState>;

/** A package as the server lists it, without the changes. */
export const listedProposal = z.object({
	id: z.string(),
	document: documentId,
	/** Whose it is; absent for a program's. */
	person: z.optional(personId),
	name: z.string(),
	reason: proposalReason,
	note: z.string(),
	bytes: z.int(),
	sentAt: z.iso.datetime(),
	state: proposalState,
	decidedAt: z.optional(z.iso.datetime()),
	decidedBy: z.optional(personId)
});
export type ListedProposal = z.infer<typeof listedProposal>;

/** A package as a file: whoever gets it can hand it in. */
export const proposalFile = z.object({
	format: z.literal('downbeat-proposal'),
	version: z.literal(1),
	space: spaceId,
	document: documentId,
	/** What the document was called. */
	title: z.string(),
	author: z.object({ person: personId, name: z.string() }),
	writtenAt: z.iso.datetime(),
	/** What was changed, in words, for whoever opens the file without Downbeat. */
	changes: z.array(z.string()),
	/** The changes: one Yjs update in base64. */
	update: z.string()
});
export type ProposalFile = z.infer<typeof proposalFile>;
