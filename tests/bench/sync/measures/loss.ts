import { Client } from '../client.ts';
import type { Contender, RunningServer } from '../contenders.ts';
import { keystroke, typedIn } from '../keystrokes.ts';
import { enter, leaveAll, sleep, withServer, type Pace, type Trial } from '../trial.ts';
import { randomOf } from '../typing.ts';

const WRITERS = 6;
const KEY_EVERY_MS = 40;
const TRIALS = { ours: 20, others: 4 };

/** `kill -9` while six people type: how many characters that others had seen, or that were acknowledged, are gone. */
export const loss: Trial = (contender, pace) => {
	if (!contender.isStored) return Promise.resolve({});
	return withServer(contender, async (server) => {
		const totals = {
			seen: 0,
			acknowledged: 0,
			lostSeen: 0,
			lostAcknowledged: 0,
			trials: trialsOf(contender, pace)
		};
		const random = randomOf(11);
		for (let trial = 0; trial < totals.trials; trial++) {
			const document = `loss-${trial}`;
			const writers = await enter(server, document, { count: WRITERS });
			const known = new Known(writers);
			const stop = new AbortController();
			const typing = Promise.all(writers.map((writer) => type(writer, stop.signal)));
			await sleep(1_000 + random() * 2_000);
			await server.end('SIGKILL');
			stop.abort();
			await typing;
			leaveAll(writers);
			await server.startAgain();
			const stored = await storedIn(server, document);
			totals.seen += known.sum(known.seen);
			totals.acknowledged += known.sum(known.acknowledged);
			totals.lostSeen += known.missing(known.seen, stored);
			totals.lostAcknowledged += known.missing(known.acknowledged, stored);
		}
		return totals;
	});
};

function trialsOf(contender: Contender, { isQuick }: Pace): number {
	if (isQuick) return 2;
	return contender.name === 'ours' ? TRIALS.ours : TRIALS.others;
}

async function type(writer: Client, stop: AbortSignal): Promise<void> {
	for (let clock = 0; !stop.aborted && writer.socket.isOpen; clock++) {
		writer.change(keystroke(writer.number, clock));
		await sleep(KEY_EVERY_MS * (0.5 + Math.random()));
	}
}

/** Per writer, how many of their characters somebody else has seen, and how many were acknowledged to them. */
class Known {
	readonly seen = new Map<number, number>();
	readonly acknowledged = new Map<number, number>();

	constructor(writers: readonly Client[]) {
		for (const writer of writers) {
			writer.onUpdate = (update) => {
				for (const { client, clock, length } of typedIn(update))
					if (client !== writer.number) raise(this.seen, client, clock + length);
			};
			writer.onAcknowledged = (count) => raise(this.acknowledged, writer.number, count);
		}
	}

	sum(of: ReadonlyMap<number, number>): number {
		return [...of.values()].reduce((sum, end) => sum + end, 0);
	}

	missing(of: ReadonlyMap<number, number>, stored: ReadonlyMap<number, number>): number {
		return [...of].reduce((sum, [client, end]) => sum + Math.max(0, end - (stored.get(client) ?? 0)), 0);
	}
}

async function storedIn(server: RunningServer, document: string): Promise<ReadonlyMap<number, number>> {
	const stored = new Map<number, number>();
	const reader = await Client.connect(server, document, 99);
	reader.onUpdate = (update) => {
		for (const { client, clock, length } of typedIn(update)) raise(stored, client, clock + length);
	};
	await reader.ask();
	await sleep(1_000); // Some answer before they have read it.
	reader.leave();
	return stored;
}

function raise(ends: Map<number, number>, client: number, end: number): void {
	ends.set(client, Math.max(ends.get(client) ?? 0, end));
}
