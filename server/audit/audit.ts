import type { AuditAction, AuditActorKind, AuditEntry, AuditOutcome, AuditPage } from '#lib/domain/audit.ts';
import type { Result } from '#lib/util/result.ts';
import type { AuditHead, ChainBroken } from './chain.ts';

/** Who did it. `name` cannot be taken out later: leave it away where the id is enough. */
export interface AuditActor {
	readonly kind: AuditActorKind;
	readonly id?: string | undefined;
	readonly name?: string | undefined;
}

/**
 * Something to record. Ids and short words only: no text of a document, no secret, no token (what looks like one of
 * ours is struck out). Texts beyond the limits of `domain/audit.ts` are cut.
 */
export interface AuditEvent {
	readonly atMs: number;
	readonly action: AuditAction;
	readonly actor: AuditActor;
	readonly outcome: AuditOutcome;
	/** Absent for what concerns the whole server. */
	readonly space?: string | undefined;
	/** The id of whom or what it was done to. */
	readonly target?: string | undefined;
	/** Such as `{ from: 'viewer', to: 'editor' }`. */
	readonly detail?: Readonly<Record<string, string | number>> | undefined;
	/** `clientAddress(…)`. */
	readonly address?: string | undefined;
	readonly request?: string | undefined;
}

/** Which entries. All that is given must fit; nothing given is everything. */
export interface AuditFilter {
	readonly actions?: readonly AuditAction[] | undefined;
	readonly actor?: string | undefined;
	readonly space?: string | undefined;
	readonly outcome?: AuditOutcome | undefined;
	/** From this instant on. */
	readonly fromMs?: number | undefined;
	/** Before this instant. */
	readonly toMs?: number | undefined;
	/** Some of the target's id, without regard to the case of A-Z. */
	readonly target?: string | undefined;
}

/** Nothing was recorded: the disk is full, the database is busy for seconds, or the event is no event. */
export interface AuditNotKept {
	readonly code: 'audit.not-kept';
	readonly cause: unknown;
}

/**
 * Entries that one page looks through. It bounds what a filter that fits nothing costs everybody else: 20 to 90 ms on a
 * busy machine of two cores, in a log of 100,000 (21 Nov 2026).
 */
export const AUDIT_SCAN_MAX = 5_000;

/**
 * What happened, in order, for good. Several processes may append to one log at the same time.
 *
 * Everything is synchronous. `append` takes one commit (measured in milliseconds) and never throws: the caller
 * decides what a refusal means. For most deeds that is `log.error('audit.not-kept', …)` and going on, because they
 * are done already; for one that must not happen unseen, such as an export, append first and do nothing when it is
 * refused. Do not call it inside a transaction of another store: it would wait in vain for that one to end, for two
 * seconds. What strangers can cause, such as failed sign-ins, is limited in rate by the caller, before it is
 * appended.
 */
export interface AuditLog {
	append(event: AuditEvent): Result<AuditEntry, AuditNotKept>;
	/** Newest first, from before `beforeSeq` on, at most `limit`. See `auditPage` for `next`. */
	page(filter: AuditFilter, place: { readonly beforeSeq: number; readonly limit: number }): AuditPage;
	/**
	 * Oldest first, up to and with `uptoSeq`. Reads a few at a time while it is iterated and holds nothing open in
	 * between, so the reader may be slow.
	 */
	entries(filter: AuditFilter, uptoSeq: number): Iterable<AuditEntry, void>;
	/**
	 * Reads everything: for a command, not for a request. Where the log ends, or the first thing that is wrong with
	 * it.
	 */
	verify(): Result<AuditHead, ChainBroken>;
}
