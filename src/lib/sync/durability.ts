import type { SyncState } from '../domain/sync-state.ts';
import type { LinkState } from './link.ts';

// The pill's state, out of facts. Pure, so that every sentence it can say has a test.

/** Below this a change is not yet “syncing”: the pill would only flicker. */
export const SYNCING_AFTER_MS = 800;

/** A connection that was lost for less is “reconnecting”, not “offline”. */
export const OFFLINE_AFTER_MS = 3_000;

/** A change that is not acknowledged by now is not on the server, whatever the socket says. */
export const OVERDUE_MS = 10_000;

export interface SyncFacts {
	readonly link: LinkState;
	/** When the connection was last lost, or first sought. */
	readonly downSinceMs: number;
	/** Changes that the server has not acknowledged, as a person would count them. */
	readonly kept: number;
	/** When the oldest of them was made in this visit; undefined when there is none. */
	readonly oldestKeptMs: number | undefined;
	/** How many of them are in memory alone because the device refuses to keep them. */
	readonly inMemory: number;
	/** Why it refuses, for a person. */
	readonly refusal: string;
	/** Why the server refuses what is kept here; empty while it does not. */
	readonly rejection: string;
	/** How many it refuses. */
	readonly rejected: number;
	readonly lastSyncedAtMs: number | undefined;
	/** Whether the first exchange of this connection is done. */
	readonly hasExchanged: boolean;
}

export function syncStateOf(facts: SyncFacts, nowMs: number): SyncState {
	const { link, kept, inMemory, lastSyncedAtMs } = facts;
	if (inMemory > 0) return { is: 'memory', count: inMemory, sentence: facts.refusal };
	if (link.is === 'refused') return { is: 'paused', kept, why: link.why, sentence: link.sentence };
	if (link.is === 'down') {
		const isLong = passedMs(facts.downSinceMs, nowMs) >= OFFLINE_AFTER_MS;
		return isLong ? { is: 'offline', kept, lastSyncedAtMs } : { is: 'reconnecting', kept };
	}
	if (facts.rejected > 0) return { is: 'refused', kept, count: facts.rejected, sentence: facts.rejection };
	if (!facts.hasExchanged) return { is: 'reconnecting', kept };
	const waitingMs = facts.oldestKeptMs === undefined ? 0 : passedMs(facts.oldestKeptMs, nowMs);
	if (kept > 0 && waitingMs >= OVERDUE_MS) return { is: 'reconnecting', kept };
	if (kept > 0 && waitingMs >= SYNCING_AFTER_MS) return { is: 'syncing', count: kept };
	return { is: 'synced', atMs: lastSyncedAtMs };
}

/** A clock that was set back meanwhile hides how long it was: then it is taken for long. */
const passedMs = (fromMs: number, nowMs: number) => Math.abs(nowMs - fromMs);

/** In how many milliseconds the state may change by time alone; undefined when only an event can change it. */
export function nextChangeMs(facts: SyncFacts, nowMs: number): number | undefined {
	const moments = [
		...(facts.link.is === 'down' ? [facts.downSinceMs + OFFLINE_AFTER_MS] : []),
		...(facts.oldestKeptMs === undefined
			? []
			: [facts.oldestKeptMs + SYNCING_AFTER_MS, facts.oldestKeptMs + OVERDUE_MS])
	].filter((atMs) => atMs > nowMs);
	return moments.length > 0 ? Math.min(...moments) - nowMs : undefined;
}
