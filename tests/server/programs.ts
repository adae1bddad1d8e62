import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chownSync, existsSync, globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { Client } from 'pg';

// Real programs beside the tests: they run on this machine's loopback, in a folder of their own, and end with the file.

export interface Program {
	readonly port: number;
	readonly stop: () => Promise<void>;
}

export interface PostgresqlProgram extends Program {
	readonly user: string;
	readonly password: string;
	/** As its owner, who may write. */
	readonly query: (sql: string) => Promise<void>;
}

/** Where a program is installed; undefined when it is not. */
export function installed(name: string): string | undefined {
	const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...globSync('/usr/lib/postgresql/*/bin')];
	return folders.map((folder) => join(folder, name)).find((file) => existsSync(file));
}

/** PostgreSQL refuses to run as root: then it runs as nobody. */
function unprivileged(): { uid?: number; gid?: number } {
	if (process.getuid?.() !== 0) return {};
	const idOf = (flag: string) => Number(spawnSync('id', [flag, 'nobody']).stdout.toString());
	return { uid: idOf('-u'), gid: idOf('-g') };
}

export async function startPostgresql(): Promise<PostgresqlProgram> {
	const who = unprivileged();
	const folder = mkdtempSync(join(tmpdir(), 'downbeat-postgresql-'));
	const [user, password] = ['owner', 'a-password-of-the-owner'];
	const passwordFile = join(folder, 'password');
	writeFileSync(passwordFile, password);
	for (const path of [folder, passwordFile]) if (who.uid) chownSync(path, who.uid, who.gid ?? who.uid);
	const data = join(folder, 'data');
	const made = spawnSync(
		installed('initdb') ?? '',
		[
			'-D',
			data,
			'-U',
			user,
			'-A',
			'scram-sha-256',
			'--pwfile',
			passwordFile,
			'--no-sync',
			'--locale=C',
			'-E',
			'UTF8'
		],
		{ ...who, cwd: folder, encoding: 'utf8' }
	);
	if (made.status !== 0) throw new Error(made.stderr);
	selfSigned(folder, who);
	const port = await freePort();
	const settings = [
		'fsync=off',
		'ssl=on',
		`ssl_cert_file=${folder}/cert.pem`,
		`ssl_key_file=${folder}/key.pem`
	];
	const where = ['-D', data, '-p', String(port), '-k', folder, '-h', '127.0.0.1'];
	const args = [...where, ...settings.flatMap((setting) => ['-c', setting])];
	const child = spawn(installed('postgres') ?? '', args, { ...who, cwd: folder, stdio: 'ignore' });
	const query = async (sql: string) => {
		const client = new Client({ host: '127.0.0.1', port, database: 'postgres', user, password });
		await client.connect();
		await client.query(sql).finally(() => client.end());
	};
	await untilWorks(() => query('SELECT 1'));
	return { port, user, password, query, stop: () => stopped(child, folder, 'SIGQUIT') };
}

/** A certificate that no authority knows. */
function selfSigned(folder: string, who: { uid?: number; gid?: number }): void {
	const form = [
		'-x509',
		'-newkey',
		'ec',
		'-pkeyopt',
		'ec_paramgen_curve:prime256v1',
		'-nodes',
		'-subj',
		'/CN=localhost'
	];
	const files = ['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'cert.pem')];
	const made = spawnSync('openssl', ['req', ...form, ...files], { ...who, cwd: folder, encoding: 'utf8' });
	if (made.status !== 0) throw new Error(made.stderr);
}

export async function startPrometheus(): Promise<Program> {
	const folder = mkdtempSync(join(tmpdir(), 'downbeat-prometheus-'));
	const [port, config] = [await freePort(), join(folder, 'prometheus.yml')];
	writeFileSync(config, 'global: { scrape_interval: 1s }\n');
	const args = [
		`--config.file=${config}`,
		`--storage.tsdb.path=${folder}/data`,
		`--web.listen-address=127.0.0.1:${port}`
	];
	const child = spawn(installed('prometheus') ?? '', args, { stdio: 'ignore' });
	await untilWorks(async () => {
		const { ok } = await fetch(`http://127.0.0.1:${port}/-/ready`);
		if (!ok) throw new Error('not ready');
	});
	return { port, stop: () => stopped(child, folder, 'SIGTERM') };
}

async function stopped(child: ChildProcess, folder: string, signal: NodeJS.Signals): Promise<void> {
	const ended = new Promise((resolve) => child.once('exit', resolve));
	if (child.exitCode === null && child.kill(signal)) await ended;
	rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

async function untilWorks(attempt: () => Promise<void>): Promise<void> {
	const GIVE_UP_MS = 30_000;
	const endMs = Date.now() + GIVE_UP_MS;
	for (;;) {
		try {
			return await attempt();
		} catch (error) {
			if (Date.now() > endMs) throw error;
			await new Promise((resolve) => setTimeout(resolve, 100));
		}
	}
}

function freePort(): Promise<number> {
	return new Promise((resolve) => {
		const server = createServer().listen(0, '127.0.0.1', () => {
			const address = server.address();
			server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
		});
	});
}
