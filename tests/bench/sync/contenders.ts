import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { PROTOCOL_PARAM, PROTOCOL_VERSION, TOKEN_PARAM } from '#lib/protocol/messages.ts';

// The servers that are compared. Each runs as a process of its own, under the same Node.

const root = join(import.meta.dirname, '..', '..', '..');
export const peersFolder = join(root, 'tests', 'bench', 'peers');

export interface Contender {
	readonly name: ContenderName;
	readonly title: string;
	/** Whether documents outlive the process. */
	readonly isStored: boolean;
	/** Messages carry the document's name in front, and begin with authentication. */
	readonly isHocuspocus: boolean;
	/** Passes on what it gets and answers nothing: nobody can join it. */
	readonly isRelay: boolean;
}

const plain = { isStored: false, isHocuspocus: false, isRelay: false };

/** In the order in which they take turns. */
export const contenders = [
	{ ...plain, name: 'ours', title: 'Downbeat', isStored: true },
	{ ...plain, name: 'floor', title: 'floor (relay)', isRelay: true },
	{ ...plain, name: 'y-memory', title: '@y/websocket-server 0.1.5' },
	{ ...plain, name: 'y-leveldb', title: '… + y-leveldb', isStored: true },
	{ ...plain, name: 'hocuspocus', title: 'Hocuspocus 4.7 + SQLite', isStored: true, isHocuspocus: true }
] as const satisfies readonly (Omit<Contender, 'name'> & { name: string })[];

export type ContenderName = 'ours' | 'floor' | 'y-memory' | 'y-leveldb' | 'hocuspocus';

const ready: Record<ContenderName, { file: string; env: Record<string, string> }> = {
	ours: { file: join(root, 'server', 'main.ts'), env: {} },
	floor: { file: join(peersFolder, 'floor.js'), env: {} },
	'y-memory': { file: join(peersFolder, 'y-websocket.js'), env: {} },
	'y-leveldb': { file: join(peersFolder, 'y-websocket.js'), env: { STORAGE: 'leveldb' } },
	hocuspocus: { file: join(peersFolder, 'hocuspocus.js'), env: {} }
};

/** Whether what this one is made of is installed. */
export const isInstalled = ({ name }: Contender): boolean =>
	name === 'ours' ||
	existsSync(join(peersFolder, 'node_modules', name === 'floor' ? 'ws' : '.package-lock.json'));

/** One server on a data folder of its own, which can be ended and started again where it was. */
export class RunningServer {
	readonly contender: Contender;
	readonly port: number;
	readonly #folder = mkdtempSync(join(tmpdir(), 'downbeat-bench-'));
	#child: ChildProcess | undefined;
	/** The path of a document, up to its name, and what follows it. */
	#address: readonly [string, string] = ['/', ''];

	static async start(contender: Contender): Promise<RunningServer> {
		const server = new RunningServer(contender, await freePort());
		await server.startAgain();
		if (contender.name === 'ours') await server.#found();
		return server;
	}

	private constructor(contender: Contender, port: number) {
		this.contender = contender;
		this.port = port;
	}

	get pid(): number {
		return this.#child?.pid ?? -1;
	}

	get isAlive(): boolean {
		return !!this.#child && this.#child.exitCode === null && this.#child.signalCode === null;
	}

	/** Hocuspocus takes the name from its messages and not from the path. */
	pathOf(document: string): string {
		return `${this.#address[0]}${document}${this.#address[1]}`;
	}

	async startAgain(): Promise<void> {
		const { file } = ready[this.contender.name];
		const gc = join(peersFolder, 'gc-on-signal.js');
		const profile = process.env['DOWNBEAT_BENCH_PROFILE'];
		const profiling = profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : [];
		const child = this.#spawn(['--expose-gc', '--import', gc, ...profiling, file]);
		this.#child = child;
		await said(child, /ready at/);
	}

	/** SIGTERM, as an operator does; SIGKILL, as the power does. Resolves when it is gone. */
	async end(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
		const child = this.#child;
		if (!child || !this.isAlive) return;
		const ended = new Promise((resolve) => child.once('close', resolve));
		child.kill(signal);
		const impatient = setTimeout(() => child.kill('SIGKILL'), 10_000);
		await ended;
		clearTimeout(impatient);
	}

	async stop(): Promise<void> {
		await this.end();
		rmSync(this.#folder, { recursive: true });
	}

	async #found(): Promise<void> {
		const child = this.#spawn([join(root, 'server', 'cli.ts'), 'space', 'create', 'Bench']);
		const output = JSON.parse(await said(child, /\n/)) as unknown;
		const { space, token } = z.object({ space: z.string(), token: z.string() }).parse(output);
		this.#address = [`/sync/${space}/m-`, `?${PROTOCOL_PARAM}=${PROTOCOL_VERSION}&${TOKEN_PARAM}=${token}`];
	}

	#spawn(args: readonly string[]): ChildProcess {
		return spawn(process.execPath, args, {
			cwd: root,
			env: {
				PATH: process.env['PATH'] ?? '',
				PORT: String(this.port),
				DOWNBEAT_DATA: this.#folder,
				FOLDER: this.#folder,
				...ready[this.contender.name].env
			},
			stdio: ['ignore', 'pipe', 'pipe']
		});
	}
}

async function freePort(): Promise<number> {
	const probe = createServer();
	await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
	const { port } = probe.address() as AddressInfo;
	await new Promise((resolve) => probe.close(resolve));
	return port;
}

/** Resolves with everything said on the standard output once `pattern` is in it. Goes on reading. */
function said(child: ChildProcess, pattern: RegExp): Promise<string> {
	return new Promise((resolve, reject) => {
		let [out, err] = ['', ''];
		child.stdout?.on('data', (chunk: Buffer) => {
			if (pattern.test(out)) return;
			out += chunk.toString();
			if (pattern.test(out)) resolve(out);
		});
		child.stderr?.on('data', (chunk: Buffer) => (err = (err + chunk.toString()).slice(-2_000)));
		child.once('close', () => reject(new Error(`ended without saying ${pattern.source}: ${out}${err}`)));
	});
}
