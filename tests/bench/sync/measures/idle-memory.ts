import { collectGarbage, residentMib } from '../process-costs.ts';
import type { Client } from '../client.ts';
import { enter, leaveAll, SETTLE_MS, sleep, withServer, type Trial } from '../trial.ts';

/** KiB that a connection costs where nothing happens: each in a document of its own, and all in one. */
export const idleMemory: Trial = (contender, { isQuick }) =>
	withServer(contender, async (server) => {
		const count = isQuick ? 200 : 900;
		// What comes once and stays, code above all, is not what a connection costs.
		leaveAll(await inOwn('warm'));
		leaveAll(await enter(server, 'warm-shared', { count }));
		await sleep(SETTLE_MS);
		const start = await settled();
		const own = await inOwn('own');
		const withOwn = await settled();
		leaveAll(own);
		await sleep(SETTLE_MS);
		const between = await settled();
		const shared = await enter(server, 'shared', { count });
		const withShared = await settled();
		leaveAll(shared);
		await sleep(SETTLE_MS);
		return {
			own: ((withOwn - start) * 1024) / count,
			shared: ((withShared - between) * 1024) / count,
			after: (await settled()) / start,
			start
		};

		async function inOwn(name: string): Promise<readonly Client[]> {
			const clients: Client[] = [];
			for (let index = 0; index < count; index++)
				clients.push(...(await enter(server, `${name}-${index}`, { count: 1 })));
			return clients;
		}

		async function settled(): Promise<number> {
			await sleep(500);
			await collectGarbage(server.pid);
			return residentMib(server.pid);
		}
	});
