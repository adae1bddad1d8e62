import { cpuMs } from '../process-costs.ts';
import { enter, leaveAll, sleep, withServer, type Numbers, type Trial } from '../trial.ts';
import { Typing } from '../typing.ts';

/** People in the document, and how many of them type: ten characters a second each. */
const SHAPES = [
	[10, 1],
	[100, 5],
	[300, 10]
] as const;
const CHARACTERS_PER_SECOND = 10;

export const fanOut: Trial = (contender, { workMs, warmMs }) =>
	withServer(contender, async (server) => {
		const numbers: Record<string, number> = {};
		for (const [count, typing] of SHAPES) Object.assign(numbers, await shape(count, typing));
		return numbers;

		async function shape(count: number, typing: number): Promise<Numbers> {
			const clients = await enter(server, `fan-${count}`, { count });
			const work = new Typing([{ clients, typists: clients.slice(0, typing) }], count);
			await work.type(warmMs, typing * CHARACTERS_PER_SECOND);
			await work.arrived(1_000);
			work.clear();
			const before = cpuMs(server.pid);
			await work.type(workMs, typing * CHARACTERS_PER_SECOND);
			await work.arrived(2_000);
			const used = cpuMs(server.pid) - before;
			leaveAll(clients);
			await sleep(300);
			return {
				[`${count}.cpu`]: (used * 1_000) / work.delivered,
				[`${count}.p50`]: work.latencies.percentile(50),
				[`${count}.p99`]: work.latencies.percentile(99),
				[`${count}.missing`]: work.expected - work.delivered
			};
		}
	});
