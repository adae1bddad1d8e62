import * as z from 'zod/mini';
import type { ConnectionFacts } from '../domain/connection.ts';
import type { SyncBoard } from './sync-board.svelte.ts';
import { call } from '../sync/api-call.ts';

/** Longer, and a person would say that it does not answer. */
const ANSWER_MS_MAX = 5_000;

/** Asks the server and the browser how things stand. */
export async function checkConnection(board: SyncBoard): Promise<ConnectionFacts> {
	const fromMs = performance.now();
	const [time, isStorageKept] = await Promise.all([
		call({ path: '/time', answer: z.object({ serverMs: z.number() }), waitMsMax: ANSWER_MS_MAX }),
		navigator.storage?.persisted?.().catch(() => undefined)
	]);
	const tookMs = performance.now() - fromMs;
	const isConnected = board.state.is === 'synced' || board.state.is === 'syncing';
	return {
		answersInMs: time.ok ? tookMs : undefined,
		live: board.isByRequests && time.ok ? 'requests' : isConnected ? 'live' : 'none',
		clockAheadMs: time.ok ? Date.now() - (time.value.serverMs + tookMs / 2) : undefined,
		isStorageKept
	};
}
