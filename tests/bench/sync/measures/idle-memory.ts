import { collectGarbage, residentMib } from '../process-costs.ts';
import type { Client } from '../client.ts';
import type { RunningServer } from '../contenders.ts';
import { enter, leaveAll, SETTLE_MS, sleep, withServer, type Trial } from '../trial.ts';

/**
 * KiB that a connection costs where nothing happens: each in a document of its own, and all in one. Each on a fresh
 * server, whose code was warmed by a few.
 */
export const idleMemory: Trial = async (contender, { isQuick }) => {
	const count = isQuick ? 200 : 900;
	const own = await withServer(contender, (server) => measured(server, (from) => inOwn(server, from, count)));
	const shared = await withServer(contender, (server) =>
		measured(server, (name) => enter(server, name, { count }))
	);
	return {
		own: ((own.with - own.start) * 1024) / count,
		shared: ((shared.with - shared.start) * 1024) / count,
		after: Math.max(own.after / own.start, shared.after / shared.start),
		start: own.start
	};
};

/** Mebibytes before they come, while they are there, and when they have left. */
async function measured(server: RunningServer, come: (name: string) => Promise<readonly Client[]>) {
	leaveAll(await inOwn(server, 'warm', WARM));
	leaveAll(await enter(server, 'warm-shared', { count: WARM }));
	await sleep(SETTLE_MS);
	const start = await settled(server);
	const clients = await come('idle');
	const withThem = await settled(server);
	leaveAll(clients);
	await sleep(SETTLE_MS);
	return { start, with: withThem, after: await settled(server) };
}

const WARM = 100;

async function inOwn(server: RunningServer, name: string, count: number): Promise<readonly Client[]> {
	const clients: Client[] = [];
	for (let index = 0; index < count; index++)
		clients.push(...(await enter(server, `${name}-${index}`, { count: 1 })));
	return clients;
}

async function settled(server: RunningServer): Promise<number> {
	await sleep(500);
	await collectGarbage(server.pid);
	return residentMib(server.pid);
}
