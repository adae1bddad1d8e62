import { Client } from '../client.ts';
import type { RunningServer } from '../contenders.ts';
import { keystroke } from '../keystrokes.ts';
import { collectGarbage, residentMib } from '../process-costs.ts';
import { enter, sleep, withServer, type Trial } from '../trial.ts';
import { randomOf, Typing } from '../typing.ts';

const PEOPLE = 20;
const TYPISTS = 4;
const RUBBISH_EVERY_MS = 5;
const GIANT_EVERY = 200;
const GIANT_BYTES = 32_000_000;

/** What others notice while one sends what is no message: cut short, at random, gigantic; and comes back when thrown out. */
export const hostile: Trial = (contender, { workMs, warmMs }) =>
	withServer(contender, async (server) => {
		const clients = await enter(server, 'calm', { count: PEOPLE });
		const typing = new Typing([{ clients, typists: clients.slice(0, TYPISTS) }]);
		const perSecond = TYPISTS * 10;
		await typing.type(warmMs, perSecond);
		await typing.arrived(1_000);
		typing.clear();
		const memory = await settled(server);
		await typing.type(workMs, perSecond);
		await typing.arrived(1_000);
		const calm = typing.latencies.percentile(99);
		typing.clear();
		const stop = new AbortController();
		const attack = contender.isRelay ? Promise.resolve() : rubbish(server, stop.signal);
		await typing.type(workMs, perSecond);
		const isWhole = await typing.arrived(3_000);
		const p99 = typing.latencies.percentile(99);
		stop.abort();
		await attack;
		const share = isWhole ? 1 : typing.delivered / typing.expected;
		const isAlive = server.isAlive;
		const after = isAlive ? await settled(server) : Number.NaN;
		return {
			calm,
			p99,
			ratio: p99 / calm,
			delivered: share * 100,
			alive: isAlive ? 1 : 0,
			memory: after / memory
		};
	});

async function settled(server: RunningServer): Promise<number> {
	await sleep(500);
	await collectGarbage(server.pid);
	return residentMib(server.pid);
}

async function rubbish(server: RunningServer, stop: AbortSignal): Promise<void> {
	const random = randomOf(7);
	let client: Client | undefined;
	for (let sent = 0; !stop.aborted && server.isAlive; sent++) {
		if (!client?.socket.isOpen) {
			client = await Client.connect(server, 'calm', 666).catch(() => undefined);
		}
		if (!client) await sleep(50);
		else if (sent % GIANT_EVERY === GIANT_EVERY - 1) client.socket.send(Buffer.alloc(GIANT_BYTES, 1));
		else client.socket.send(badFrame(client, random));
		await sleep(RUBBISH_EVERY_MS);
	}
	client?.leave();
}

function badFrame(client: Client, random: () => number): Uint8Array {
	const good = client.changeMessage(keystroke(client.number, Math.floor(random() * 1_000)));
	const kind = Math.floor(random() * 3);
	if (kind === 0) return good.subarray(0, 3 + Math.floor(random() * (good.length - 3)));
	const frame = Buffer.from(Array.from({ length: 1 + Math.floor(random() * 200) }, () => random() * 256));
	if (kind === 1) return frame;
	return Buffer.concat([good.subarray(0, good.length - 8), frame]);
}
