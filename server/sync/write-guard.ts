import type * as Y from 'yjs';
import type { Writing } from '#lib/domain/access.ts';
import type { DocumentId } from '#lib/domain/id.ts';
import type { Result } from '#lib/util/result.ts';
import type { Principal } from '../auth/access.ts';

/** A change that somebody may make only if all of it is theirs. */
export interface GuardedChange {
	readonly principal: Principal;
	readonly document: DocumentId;
	readonly update: Uint8Array;
	/** The document as it is durable now, to be tried on. */
	readonly state: () => Promise<Y.Doc>;
}

/** A change that the server did not write by itself. */
export type HeldBack = Omit<GuardedChange, 'state'>;

/** Says how much of a document somebody may write, and whether one change keeps to that. */
export interface WriteGuard {
	rightOf(principal: Principal, document: DocumentId): Writing;
	/** Refuses with a sentence for whoever wrote it. */
	judge(change: GuardedChange): Promise<Result<void, string>>;
}
