import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { encodeClockQuestion } from '#lib/protocol/messages.ts';
import { Random } from '#lib/util/random.ts';
import { stock, synced, until, type Stock } from '../sync/harness.ts';
import { hostileFrame } from './frames.ts';
import { requests } from './requests.ts';

// A real server in a process of its own, two people who edit together, and somebody with a token who means no good.

const root = join(import.meta.dirname, '..', '..');

export interface Attack {
	readonly seed: number;
	readonly frames: number;
	readonly sockets: number;
}

export interface Aftermath {
	readonly frames: number;
	readonly sockets: number;
	/** First lines of what the server answered to tricks over HTTP, each once. */
	readonly answers: readonly string[];
	/** Words of the two people that somebody who comes afterwards does not find. */
	readonly lost: readonly string[];
	readonly words: number;
	readonly doAgree: boolean;
	readonly isAlive: boolean;
	/** What the server wrote to its log that looks like a stack. */
	readonly stacks: readonly string[];
	readonly exitCode: number | null;
	readonly p99Ms: { readonly calm: number; readonly meanwhile: number };
	readonly rssBytes: { readonly calm: number; readonly afterwards: number };
}

export async function attack({ seed, frames, sockets }: Attack): Promise<Aftermath> {
	const folder = mkdtempSync(join(tmpdir(), 'downbeat-hostile-'));
	const env = {
		PATH: process.env['PATH'] ?? '',
		DOWNBEAT_DATA: folder,
		PORT: '0',
		DOWNBEAT_RATE_LIMITS: 'off'
	};
	const { space, token } = await foundedSpace(env);
	const server = await startServer(env);
	const url = `${server.url.replace('http', 'ws')}/sync`;
	const name = `${space}/m-honest`;
	const pair: [Stock, Stock] = [stock(url, name, { token }), stock(url, name, { token })];
	await Promise.all(pair.map(synced));
	const talk = new Talk(pair);
	const calm = await talk.while(async () => talk.words(300));
	const calmBytes = await server.rssBytes();

	const random = new Random(seed);
	const answers = new Set<string>();
	const meanwhile = await talk.while(async () => {
		const slow = await slowloris(server.port, 100);
		await sendFrames({ url, doors: [name, `${space}/m-other`, 'nowhere/x'], token, random, count: frames });
		await openAndDrop({ url: `${url}/${name}?token=${token}`, random, count: sockets });
		for (const request of requests) answers.add(await answerTo(server.port, request));
		for (const socket of slow) socket.destroy();
	});
	const afterwardsBytes = await server.rssBytes();
	const late = stock(url, name, { token });
	await synced(late);
	await until([late.doc], () => late.doc.getMap('agenda').size >= talk.count);
	const there = late.doc.getMap('agenda');
	const isAlive = (await fetch(`${server.url}/healthz`)).ok;
	const saidIn = ({ doc }: Stock) => JSON.stringify(Object.entries(doc.getMap('agenda').toJSON()).toSorted());
	const doAgree = new Set([...pair, late].map(saidIn)).size === 1;
	for (const one of [...pair, late]) one.stop();
	const exitCode = await server.stop();
	rmSync(folder, { recursive: true });
	return {
		frames,
		sockets,
		answers: [...answers],
		lost: talk.said.filter((word) => !there.has(word)),
		words: talk.count,
		doAgree,
		isAlive,
		stacks: server.log().match(/^\s+at .+:\d+:\d+\)?$|\\n\s+at [^"]+/gm) ?? [],
		exitCode,
		p99Ms: { calm, meanwhile },
		rssBytes: { calm: calmBytes, afterwards: afterwardsBytes }
	};
}

/** Two people who answer each other, word by word. */
class Talk {
	readonly #pair: readonly [Stock, Stock];
	readonly said: string[] = [];

	constructor(pair: readonly [Stock, Stock]) {
		this.#pair = pair;
	}

	get count(): number {
		return this.said.length;
	}

	/** Milliseconds until the other one saw it, in 99 of 100 cases, while `work` goes on. */
	async while(work: () => Promise<void>): Promise<number> {
		let isOver = false;
		const working = work().finally(() => (isOver = true));
		const tookMs: number[] = [];
		while (!isOver) tookMs.push(await this.#word());
		await working;
		return tookMs.toSorted((a, b) => a - b)[Math.floor(tookMs.length * 0.99)] ?? 0;
	}

	async words(count: number): Promise<void> {
		const enough = this.count + count;
		await until([this.#pair[0].doc], () => this.count >= enough);
	}

	async #word(): Promise<number> {
		const [from, to] = this.count % 2 === 0 ? this.#pair : this.#pair.toReversed();
		const word = `word-${this.count}`;
		const began = performance.now();
		from?.doc.getMap('agenda').set(word, true);
		if (to) await until([to.doc], () => to.doc.getMap('agenda').has(word));
		this.said.push(word);
		return performance.now() - began;
	}
}

interface Frames {
	readonly url: string;
	readonly doors: readonly string[];
	readonly token: string;
	readonly random: Random;
	readonly count: number;
}

/** A few at a time over one socket, until the server hangs up or has answered what came last. */
async function sendFrames({ url, doors, token, random, count }: Frames): Promise<void> {
	for (let sent = 0; sent < count;) {
		const batch = Array.from({ length: 8 }, () => {
			const frames = Array.from({ length: 1 + random.below(8) }, () => hostileFrame(random));
			sent += frames.length;
			const shown = random.chance(0.9) ? token : 'wrong';
			const protocol = random.chance(0.5) ? '&protocol=2' : '';
			return sendOver(`${url}/${random.pick(doors)}?token=${shown}${protocol}`, frames);
		});
		await Promise.all(batch);
	}
}

function sendOver(url: string, frames: readonly Uint8Array[]): Promise<void> {
	const socket = new WebSocket(url);
	return new Promise((resolve) => {
		socket.on('error', () => undefined);
		socket.on('close', () => resolve());
		socket.on('open', () => [...frames, encodeClockQuestion(4242)].forEach((frame) => socket.send(frame)));
		socket.on(
			'message',
			(frame: Buffer) => frame[0] === 102 && frame.readDoubleBE(1) === 4242 && socket.terminate()
		);
	});
}

async function openAndDrop(options: { url: string; random: Random; count: number }): Promise<void> {
	for (let opened = 0; opened < options.count; opened += 50) {
		const batch = Array.from({ length: 50 }, async () => {
			const socket = new WebSocket(options.url);
			socket.on('error', () => undefined);
			// Not `once` of Node: a socket that is dropped early says `error` before `close`.
			const closed = new Promise((resolve) => socket.on('close', resolve));
			const opened = new Promise((resolve) => socket.on('open', resolve));
			if (options.random.chance(0.8)) await Promise.race([opened, closed]);
			socket.terminate();
			await closed;
		});
		await Promise.all(batch);
	}
}

/** Requests that never end, held until the end. */
const slowloris = (port: number, count: number) =>
	Promise.all(
		Array.from({ length: count }, async () => {
			const socket = connect(port, '127.0.0.1').on('error', () => undefined);
			await once(socket, 'connect');
			socket.write('GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ');
			return socket;
		})
	);

/** The status line, or that there was none. */
async function answerTo(port: number, request: string): Promise<string> {
	const socket = connect(port, '127.0.0.1').on('error', () => undefined);
	let heard = '';
	await new Promise<void>((resolve) => {
		socket.on('data', (chunk) => {
			heard += chunk.toString('latin1');
			if (heard.includes('\r\n\r\n')) resolve();
		});
		socket.on('close', () => resolve());
		socket.write(request, 'latin1');
	});
	socket.destroy();
	if (/root:.*:0:0:/.test(heard)) return `a file of the system to ${request.slice(0, 60)}`;
	return heard.split('\r\n')[0] || 'hung up';
}

async function foundedSpace(env: Record<string, string>): Promise<{ space: string; token: string }> {
	const child = spawn(process.execPath, ['server/cli.ts', 'space', 'create', 'Hostile'], { cwd: root, env });
	let out = '';
	child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
	await once(child, 'close');
	return JSON.parse(out) as { space: string; token: string };
}

async function startServer(env: Record<string, string>) {
	const args = ['--expose-gc', '--import', join(import.meta.dirname, 'memory.ts'), 'server/main.ts'];
	const child: ChildProcess = spawn(process.execPath, args, {
		cwd: root,
		env,
		stdio: ['ignore', 'pipe', 'pipe', 'ipc']
	});
	let [out, log] = ['', ''];
	child.stderr?.on('data', (chunk: Buffer) => (log += chunk.toString()));
	const ended = once(child, 'close').then(([code]) => code as number | null);
	const ready = new Promise<string>((resolve, reject) => {
		child.stdout?.on('data', (chunk: Buffer) => {
			const found = /ready at (\S+)/.exec((out += chunk.toString()));
			if (found?.[1]) resolve(found[1]);
		});
		void ended.then(() => reject(new Error(`the server ended: ${log}`)));
	});
	const url = await ready;
	return {
		url,
		port: Number(new URL(url).port),
		log: () => log,
		async rssBytes(): Promise<number> {
			child.send('how much');
			return (await once(child, 'message'))[0] as number;
		},
		stop(): Promise<number | null> {
			child.kill('SIGTERM');
			return ended;
		}
	};
}
