import { Client } from '../client.ts';
import type { RunningServer } from '../contenders.ts';
import { median } from '../../report.ts';
import { peakMib, residentMib, forgetPeak } from '../process-costs.ts';
import { RawSocket } from '../raw-socket.ts';
import { SETTLE_MS, sleep, withServer, type Trial } from '../trial.ts';
import { lengthOf, pasteInto, typeInto } from './filling.ts';

/** Cold: nobody has it open, and the server was started again since. */
const COPIES = 3;
const WARM = 2_000;
const LARGE_BYTES = 5_000_000;
const HERD = 100;
const HERD_BYTES = 1_000_000;

export const join: Trial = (contender, { isQuick }) =>
	withServer(contender, async (server) => {
		const sizes = { '10k': 10_000, '100k': isQuick ? 20_000 : 100_000 };
		if (contender.isRelay) return floorOf(server, sizes);
		if (!contender.isStored) return {};
		const copies = Array.from({ length: isQuick ? 1 : COPIES }, (_, copy) => copy);
		await typeInto(server, 'join-warm', WARM);
		for (const copy of copies) {
			for (const [name, count] of Object.entries(sizes))
				await typeInto(server, `join-${name}-${copy}`, count);
			await pasteInto(server, `join-5M-${copy}`, LARGE_BYTES);
		}
		await sleep(SETTLE_MS);
		await server.end();
		await server.startAgain();
		// The first of all pays for code that was never run.
		for (let time = 0; time < 3; time++) await coldMs(server, 'join-warm', WARM);
		const numbers: Record<string, number> = {};
		for (const [name, length] of [...Object.entries(sizes), ['5M', LARGE_BYTES] as const]) {
			const tookMs: number[] = [];
			for (const copy of copies) tookMs.push(await coldMs(server, `join-${name}-${copy}`, length));
			numbers[name] = median(tookMs);
		}
		return numbers;
	});

async function coldMs(server: RunningServer, document: string, length: number): Promise<number> {
	const startMs = performance.now();
	const client = await Client.connect(server, document);
	const atMs = await client.askForAll(length);
	client.leave();
	return atMs - startMs;
}

/** As many bytes as those documents have, sent at once. A character typed alone costs next to nothing when encoded. */
async function floorOf(
	server: RunningServer,
	sizes: Record<string, number>
): Promise<Record<string, number>> {
	const bytes = { ...sizes, '5M': LARGE_BYTES };
	await receivedMs(server, 10);
	const numbers: Record<string, number> = {};
	for (const [name, count] of Object.entries(bytes)) {
		const tookMs: number[] = [];
		for (let copy = 0; copy < COPIES; copy++) tookMs.push(await receivedMs(server, count));
		numbers[name] = median(tookMs);
	}
	return numbers;
}

async function receivedMs(server: RunningServer, bytes: number): Promise<number> {
	const startMs = performance.now();
	const socket = await RawSocket.connect(server.port, `/bytes/${bytes}`);
	await new Promise((resolve) => (socket.onMessage = resolve));
	const tookMs = performance.now() - startMs;
	socket.end();
	return tookMs;
}

/** A hundred people open the same megabyte in the same moment, after the server was started again. */
export const herd: Trial = (contender, { isQuick }) =>
	withServer(contender, async (server) => {
		if (contender.isRelay) return herdOfFloor(server);
		await pasteInto(server, 'herd', HERD_BYTES);
		if (contender.isStored) {
			await sleep(isQuick ? SETTLE_MS / 2 : SETTLE_MS);
			await server.end();
			await server.startAgain();
		}
		await lengthOf(server, 'herd-nothing');
		await sleep(500);
		const before = residentMib(server.pid);
		forgetPeak(server.pid);
		const startMs = performance.now();
		const clients = await Promise.all(
			Array.from({ length: HERD }, (_, index) => joinHerd(server, index + 1))
		);
		const lastMs = performance.now() - startMs;
		await sleep(500);
		const extra = peakMib(server.pid) - before;
		clients.forEach((client) => client.leave());
		return { last: lastMs, extra };
	});

/** Ready when the megabyte is there: some answer before they have read it. */
async function joinHerd(server: RunningServer, number: number): Promise<Client> {
	const client = await Client.connect(server, 'herd', number);
	const isThere = new Promise<void>((resolve) => {
		client.onUpdate = () => client.socket.bytesDown >= HERD_BYTES && resolve();
	});
	await client.ask();
	await isThere;
	return client;
}

async function herdOfFloor(server: RunningServer): Promise<Record<string, number>> {
	await receivedMs(server, 10);
	const before = residentMib(server.pid);
	forgetPeak(server.pid);
	const startMs = performance.now();
	await Promise.all(Array.from({ length: HERD }, () => receivedMs(server, HERD_BYTES)));
	return { last: performance.now() - startMs, extra: peakMib(server.pid) - before };
}
