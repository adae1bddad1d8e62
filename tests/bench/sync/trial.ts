import { Client } from './client.ts';
import type { Contender } from './contenders.ts';
import { RunningServer } from './contenders.ts';

/** What one trial of one server gives, by the names that the measure's table reads. */
export type Numbers = Readonly<Record<string, number>>;

/** How thorough a run is. `quick` is for trying: its numbers say little. */
export interface Pace {
	readonly isQuick: boolean;
	/** How long people work while it is measured. */
	readonly workMs: number;
	readonly warmMs: number;
}

export const paceOf = (isQuick: boolean): Pace =>
	isQuick ? { isQuick, workMs: 1_500, warmMs: 500 } : { isQuick, workMs: 4_000, warmMs: 1_500 };

export type Trial = (contender: Contender, pace: Pace) => Promise<Numbers>;

/** Runs `work` with a server of its own, which is gone afterwards. */
export async function withServer<T>(
	contender: Contender,
	work: (server: RunningServer) => Promise<T>
): Promise<T> {
	const server = await RunningServer.start(contender);
	try {
		return await work(server);
	} finally {
		await server.stop();
	}
}

/** So many people in one document, ten at a time. Their client numbers count from `from`. */
export async function enter(
	server: RunningServer,
	document: string,
	{ count, from = 1 }: { count: number; from?: number }
): Promise<readonly Client[]> {
	const clients: Client[] = [];
	while (clients.length < count) {
		const wave = Math.min(10, count - clients.length);
		const numbers = Array.from({ length: wave }, (_, index) => from + clients.length + index);
		clients.push(...(await Promise.all(numbers.map((number) => Client.join(server, document, number)))));
	}
	return clients;
}

export const leaveAll = (clients: readonly Client[]): void => clients.forEach((client) => client.leave());

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** How long documents need at most to be put away after the last one left. */
export const SETTLE_MS = 7_000;
