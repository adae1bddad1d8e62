import { Latencies } from '../latencies.ts';
import { keystroke } from '../keystrokes.ts';
import { enter, sleep, withServer, type Trial } from '../trial.ts';

const PEOPLE = 10;
const KEY_EVERY_MS = 100;

/** From the keystroke until its author knows: ours says so when it is on the disk, Hocuspocus when it is applied. */
export const acknowledged: Trial = (contender, { workMs, warmMs }) =>
	withServer(contender, async (server) => {
		if (contender.name !== 'ours' && !contender.isHocuspocus) return {};
		const clients = await enter(server, 'ack', { count: PEOPLE });
		const latencies = new Latencies();
		const fromMs = performance.now() + warmMs;
		await Promise.all(
			clients.map(async (client, index) => {
				const sentAtMs: number[] = [];
				let heard = 0;
				client.onAcknowledged = (count) => {
					const nowMs = performance.now();
					for (; heard < count; heard++) {
						const sentMs = sentAtMs[heard] ?? Number.NaN;
						if (sentMs > fromMs) latencies.add(nowMs - sentMs);
					}
				};
				await sleep((index * KEY_EVERY_MS) / PEOPLE);
				while (performance.now() < fromMs + workMs) {
					sentAtMs.push(performance.now());
					client.change(keystroke(client.number, sentAtMs.length - 1));
					await sleep(KEY_EVERY_MS);
				}
			})
		);
		if (latencies.count < (workMs / KEY_EVERY_MS) * PEOPLE * 0.8)
			throw new Error('acknowledgements are missing');
		return { p50: latencies.percentile(50), p95: latencies.percentile(95), p99: latencies.percentile(99) };
	});
