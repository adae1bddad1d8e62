import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';

// A process starts in a third of a second, on a machine that has nothing else to do.
vi.setConfig({ testTimeout: 60_000 });

const root = join(import.meta.dirname, '..', '..');

export interface Child {
	readonly process: ChildProcess;
	/** Everything said so far, on each output. */
	readonly out: () => string;
	readonly err: () => string;
	/** Resolves with the first match on the standard output; rejects when the process ends without it. */
	readonly says: (pattern: RegExp) => Promise<RegExpExecArray>;
	readonly ended: Promise<Ending>;
}

export interface Ending {
	readonly code: number | null;
	readonly out: string;
	readonly err: string;
}

/** Runs one of our programs as an operator would, ended with the test. Nothing of the environment but `env`. */
export function runChild(file: string, args: readonly string[], env: Record<string, string>): Child {
	const child = spawn(process.execPath, [join(root, file), ...args], {
		cwd: root,
		env: { PATH: process.env['PATH'] ?? '', TZ: 'Europe/Berlin', ...env },
		stdio: ['ignore', 'pipe', 'pipe']
	});
	let [out, err] = ['', ''];
	const listeners = new Set<() => void>();
	const tell = () => {
		for (const listener of listeners) listener();
	};
	child.stdout.setEncoding('utf8').on('data', (text: string) => {
		out += text;
		tell();
	});
	child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
	const ended = new Promise<Ending>((resolve) => {
		child.once('close', (code) => resolve({ code, out, err }));
	});
	onTestFinished(async () => {
		child.kill('SIGKILL');
		await ended;
	});

	const says = (pattern: RegExp) =>
		new Promise<RegExpExecArray>((resolve, reject) => {
			const look = () => {
				const match = pattern.exec(out);
				if (match) resolve(match);
			};
			listeners.add(look);
			void ended.then(() => reject(new Error(`ended without saying ${pattern.source}: ${out}${err}`)));
			look();
		});
	return { process: child, out: () => out, err: () => err, says, ended };
}

/** The server on a port of its own, ready. */
export async function startChild(env: Record<string, string>): Promise<Child & { readonly url: string }> {
	const child = runChild('server/main.ts', [], { PORT: '0', ...env });
	const [, url = ''] = await child.says(/ready at (\S+)/);
	return { ...child, url };
}

/** One command of the command line, from start to end. */
export const runCommand = (folder: string, ...args: string[]): Promise<Ending> =>
	runChild('server/cli.ts', args, { DOWNBEAT_DATA: folder }).ended;
