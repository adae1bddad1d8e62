import { Client } from '../client.ts';
import type { RunningServer } from '../contenders.ts';
import { keystroke, typedIn } from '../keystrokes.ts';
import { leaveAll, sleep } from '../trial.ts';

/** Bytes of one pasted block. */
const BLOCK = 50_000;
const TYPISTS = 8;

/** A document of so many characters typed one by one by eight people. Resolves when the server has all of it. */
export async function typeInto(server: RunningServer, document: string, count: number): Promise<void> {
	await fill(
		server,
		document,
		Array.from({ length: count }, () => 'x')
	);
}

/** A document of so many bytes, pasted in blocks. */
export async function pasteInto(server: RunningServer, document: string, bytes: number): Promise<void> {
	await fill(
		server,
		document,
		Array.from({ length: bytes / BLOCK }, (_, index) => String(index % 10).repeat(BLOCK))
	);
}

async function fill(server: RunningServer, document: string, texts: readonly string[]): Promise<void> {
	const clients = await Promise.all(
		Array.from({ length: TYPISTS }, (_, index) => Client.join(server, document, index + 1))
	);
	const clocks = new Map<Client, number>();
	let sent = 0;
	for (const text of texts) {
		const client = clients[sent % TYPISTS];
		if (!client) continue;
		const clock = clocks.get(client) ?? 0;
		client.change(keystroke(client.number, clock, text));
		clocks.set(client, clock + text.length);
		// No faster than the slowest can take in, and below every limit.
		if (++sent % 40 === 0) await sleep(text.length > 1 ? 50 : 4);
	}
	const total = texts.reduce((sum, text) => sum + text.length, 0);
	for (let time = 0; (await lengthOf(server, document)) < total; time++) {
		if (time > 100) throw new Error(`${server.contender.title} does not have all of ${document}`);
		await sleep(200);
	}
	leaveAll(clients);
}

/** Characters that somebody who joins is given. */
export async function lengthOf(server: RunningServer, document: string): Promise<number> {
	const client = await Client.connect(server, document, 99);
	const ends = new Map<number, number>();
	client.onUpdate = (update) => {
		for (const { client: number, clock, length } of typedIn(update))
			ends.set(number, Math.max(ends.get(number) ?? 0, clock + length));
	};
	await client.ask();
	client.leave();
	return [...ends.values()].reduce((sum, end) => sum + end, 0);
}
