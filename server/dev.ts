import { spawn, type ChildProcess } from 'node:child_process';
import { createServer as createNetServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createServer } from 'vite';
import { SYNC_PATH } from '#lib/protocol/names.ts';
import { CONFIG_EXIT_CODE, readConfig } from './config.ts';

// `npm run dev`: the app with hot reload and the server, restarted when its sources change, behind one address.

const config = readConfig(process.env, process.cwd());
if (!config.ok) {
	for (const sentence of config.error) process.stderr.write(`${sentence}\n`);
	process.exit(CONFIG_EXIT_CODE);
}

const { host, port } = config.value;
const serverPort = await freePort();
const target = `http://127.0.0.1:${serverPort}`;
const vite = await createServer({
	root: join(import.meta.dirname, '..'),
	clearScreen: false,
	server: {
		host,
		port,
		strictPort: true,
		proxy: {
			'/api': { target },
			'/healthz': { target },
			'/readyz': { target },
			[SYNC_PATH]: { target, ws: true }
		}
	}
});
await vite.listen().catch((error: unknown) => {
	process.stderr.write(
		`${error instanceof Error ? error.message : String(error)}. Choose another with PORT.\n`
	);
	process.exit(1);
});
const address = vite.resolvedUrls?.local[0]?.replace(/\/$/, '') ?? `http://${host}:${port}`;
const server = startServer();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void end());
server.once('exit', () => void end());
// Vite ends the process by itself at a SIGTERM: the server goes with it, whoever comes first.
process.once('exit', () => server.kill('SIGTERM'));

function startServer(): ChildProcess {
	// It prints the address people use, which is Vite's.
	const env = { ...process.env, HOST: '127.0.0.1', PORT: String(serverPort), DOWNBEAT_ORIGIN: address };
	const args = ['--watch', '--watch-preserve-output', join(import.meta.dirname, 'main.ts')];
	return spawn(process.execPath, args, { env, stdio: 'inherit' });
}

async function end(): Promise<void> {
	await vite.close();
	if (server.exitCode === null && server.signalCode === null) {
		const ended = new Promise((resolve) => server.once('exit', resolve));
		server.kill('SIGTERM');
		await ended;
	}
	process.exit(0);
}

/** One that nobody has at this moment. */
function freePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const probe = createNetServer();
		probe.once('error', reject);
		probe.listen(0, '127.0.0.1', () => {
			const { port: free } = probe.address() as AddressInfo;
			probe.close(() => resolve(free));
		});
	});
}
