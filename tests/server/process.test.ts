import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { runChild, startChild } from './child-process.ts';
import { newFolder, setupBody } from './in-process.ts';

/** Said and nothing else: no stack trace, no second line. */
const oneSentence = (err: string) => {
	expect(err.trim().split('\n')).toHaveLength(1);
	expect(err).not.toMatch(/\bat .*:\d+:\d+/);
	return err.trim();
};

test.each(['SIGTERM', 'SIGINT'] as const)('%s ends it with 0, and the database closed', async (signal) => {
	const folder = newFolder();
	const server = await startChild({ DOWNBEAT_DATA: folder });
	expect(existsSync(join(folder, 'downbeat.db-wal'))).toBe(true);
	server.process.kill(signal);
	expect((await server.ended).code).toBe(0);
	expect(existsSync(join(folder, 'downbeat.db-wal'))).toBe(false);
});

test('whatever it writes is for its owner alone', async () => {
	const folder = newFolder();
	await startChild({ DOWNBEAT_DATA: folder });
	expect(statSync(folder).mode & 0o777).toBe(0o700);
	for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o077).toBe(0);
});

test('an answer under way is finished before the end', async () => {
	const server = await startChild({ DOWNBEAT_DATA: newFolder(), DOWNBEAT_SETUP_TOKEN: 'automated-install' });
	const { hostname, port } = new URL(server.url);
	const body = JSON.stringify(setupBody({ token: 'automated-install' }));
	const socket = connect(Number(port), hostname);
	let answer = '';
	const answered = new Promise((resolve) => {
		socket.on('data', (bytes) => resolve((answer += bytes.toString())));
	});
	socket.write(`POST /api/v1/setup HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n`);
	socket.write(`Content-Length: ${body.length}\r\n\r\n${body.slice(0, 10)}`);
	await fetch(`${server.url}/healthz`);
	server.process.kill('SIGTERM');
	await expect.poll(() => fetch(`${server.url}/healthz`).catch(() => 'refused')).toBe('refused');
	socket.write(body.slice(10));
	await answered;
	expect(answer).toMatch(/^HTTP\/1.1 201 /);
	expect((await server.ended).code).toBe(0);
});

test('under npm start it ends with the shell that npm put in between', async () => {
	const program = join(import.meta.dirname, '..', '..', 'server', 'main.ts');
	const shell = spawn('sh', ['-c', `"${process.execPath}" "${program}"; true`], {
		env: { PORT: '0', DOWNBEAT_DATA: newFolder(), npm_lifecycle_event: 'start' },
		stdio: ['ignore', 'pipe', 'ignore']
	});
	const url = await new Promise<string>((resolve) => {
		let out = '';
		shell.stdout.on('data', (bytes: Buffer) => {
			const said = /ready at (\S+)/.exec((out += bytes.toString()))?.[1];
			if (said) resolve(said);
		});
	});
	shell.kill('SIGTERM');
	await expect
		.poll(() => fetch(`${url}/healthz`).catch(() => 'refused'), { timeout: 20_000 })
		.toBe('refused');
});

test('a request that hangs does not keep it from ending, and a second signal ends it at once', async () => {
	const folder = newFolder();
	const server = await startChild({ DOWNBEAT_DATA: folder });
	const { hostname, port } = new URL(server.url);
	const socket = connect(Number(port), hostname);
	socket.on('error', () => undefined);
	// A body that never comes: the answer is under way for as long as we like.
	socket.write(
		'POST /api/v1/setup HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{'
	);
	await fetch(`${server.url}/healthz`);
	server.process.kill('SIGTERM');
	await expect.poll(() => fetch(`${server.url}/healthz`).catch(() => 'refused')).toBe('refused');
	server.process.kill('SIGTERM');
	expect((await server.ended).code).toBe(1);
});

test('the setup link is printed until it is used, the same at every start', async () => {
	const env = { DOWNBEAT_DATA: newFolder() };
	const first = await startChild(env);
	const [, link = ''] = await first.says(/(http\S+\/setup#\S+)/);
	first.process.kill('SIGTERM');
	await first.ended;

	const second = await startChild(env);
	const [, again = ''] = await second.says(/(http\S+\/setup#\S+)/);
	const token = new URL(again).hash.slice(1);
	expect(token).toBe(new URL(link).hash.slice(1));
	expect(again.startsWith(second.url)).toBe(true);
	const done = await fetch(`${second.url}/api/v1/setup`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(setupBody({ token }))
	});
	expect(done.status).toBe(201);
	second.process.kill('SIGTERM');
	await second.ended;

	const third = await startChild(env);
	expect(third.out()).not.toContain('/setup#');
	expect(third.err()).not.toContain(token);
});

test('what people type is said, when it is not where the server listens', async () => {
	const server = runChild('server/main.ts', [], {
		PORT: '0',
		DOWNBEAT_DATA: newFolder(),
		DOWNBEAT_ORIGIN: 'https://downbeat.example.com',
		DOWNBEAT_SETUP_TOKEN: 'automated-install'
	});
	await server.says(/https:\/\/downbeat\.example\.com\/setup#automated-install\n/);
});

test('every bad setting is named in one sentence each, and nothing is started', async () => {
	const folder = newFolder();
	const { code, err } = await runChild('server/main.ts', [], {
		PORT: 'eighty',
		DOWNBEAT_ORIGIN: 'nonsense',
		DOWNBEAT_DATA: folder
	}).ended;
	expect(code).toBe(78);
	const lines = err.trim().split('\n');
	expect(lines.map((line) => line.split(' ')[0])).toEqual(['PORT', 'DOWNBEAT_ORIGIN']);
	expect(existsSync(folder)).toBe(false);
});

test('a port in use', async () => {
	const taken = createServer();
	await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
	onTestFinished(() => void taken.close());
	const { port } = taken.address() as AddressInfo;
	const folder = newFolder();
	const { code, err, out } = await runChild('server/main.ts', [], {
		PORT: String(port),
		DOWNBEAT_DATA: folder
	}).ended;
	expect([code, out]).toEqual([1, '']);
	expect(oneSentence(err)).toMatch(new RegExp(`^Port ${port} on 127.0.0.1 is in use.*choose another port`));
	await startChild({ DOWNBEAT_DATA: folder }); // Nothing was left locked.
});

test('an address that this machine does not have', async () => {
	const env = { PORT: '0', HOST: '192.0.2.1', DOWNBEAT_DATA: newFolder() };
	const { code, err } = await runChild('server/main.ts', [], env).ended;
	expect(code).toBe(1);
	expect(oneSentence(err)).toMatch(/^HOST is 192\.0\.2\.1, which is not an address of this machine\./);
});

test('a second server on one folder', async () => {
	const folder = newFolder();
	const first = await startChild({ DOWNBEAT_DATA: folder });
	const { code, err } = await runChild('server/main.ts', [], { PORT: '0', DOWNBEAT_DATA: folder }).ended;
	expect(code).toBe(1);
	expect(oneSentence(err)).toMatch(/^Another Downbeat is already running on/);
	expect((await fetch(`${first.url}/readyz`)).status).toBe(200);
});

test('after kill -9 it starts again as if nothing had been', async () => {
	const env = { DOWNBEAT_DATA: newFolder() };
	const first = await startChild(env);
	first.process.kill('SIGKILL');
	await first.ended;
	const second = await startChild(env);
	expect((await fetch(`${second.url}/readyz`)).status).toBe(200);
});

test('a file in the place of the data folder', async () => {
	const file = join(mkdtempSync(join(tmpdir(), 'downbeat-')), 'data');
	writeFileSync(file, 'mine');
	const { code, err } = await runChild('server/main.ts', [], { PORT: '0', DOWNBEAT_DATA: file }).ended;
	expect(code).toBe(1);
	expect(oneSentence(err)).toMatch(/Give it a folder\.$/);
});

test('a database from a newer version stays as it is', async () => {
	const folder = newFolder();
	mkdirSync(folder, { recursive: true });
	const newer = new DatabaseSync(join(folder, 'downbeat.db'));
	newer.exec('CREATE TABLE future (x); PRAGMA user_version = 9999');
	newer.close();
	const { code, err } = await runChild('server/main.ts', [], { PORT: '0', DOWNBEAT_DATA: folder }).ended;
	expect(code).toBe(1);
	expect(oneSentence(err)).toMatch(
		/was written by a newer Downbeat \(version 9999.*Start the newer Downbeat/
	);
	const after = new DatabaseSync(join(folder, 'downbeat.db'));
	expect(after.prepare('SELECT name FROM sqlite_schema').all()).toEqual([{ name: 'future' }]);
	after.close();
});

/** A file system of its own, where root may mount one; root writes to whatever is only marked read-only. */
function mounted(options: string): string | undefined {
	const folder = mkdtempSync(join(tmpdir(), 'downbeat-mount-'));
	try {
		execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], { stdio: 'ignore' });
	} catch {
		return undefined; // Not root, or not allowed: the two tests below are skipped, as on a developer's laptop.
	}
	onTestFinished(() => void execFileSync('umount', ['-l', folder]));
	return folder;
}

test('a read-only data folder', async ({ skip }) => {
	const folder = mounted('ro') ?? skip('needs the right to mount');
	const { code, err } = await runChild('server/main.ts', [], { PORT: '0', DOWNBEAT_DATA: folder }).ended;
	expect(code).toBe(1);
	expect(oneSentence(err)).toMatch(/^Downbeat may not write to .*DOWNBEAT_DATA\.$/);
});

test('a full disk, at the start and later', async ({ skip }) => {
	const folder = mounted('size=24m') ?? skip('needs the right to mount');
	const server = await startChild({ DOWNBEAT_DATA: join(folder, 'data') });
	const fill = (name: string) => {
		try {
			for (;;) writeFileSync(join(folder, name), Buffer.alloc(64 * 1024), { flag: 'a' });
		} catch (error) {
			return (error as NodeJS.ErrnoException).code;
		}
	};
	expect(fill('others')).toBe('ENOSPC');
	await expect
		.poll(async () => (await fetch(`${server.url}/readyz`)).status, { timeout: 5_000, interval: 200 })
		.toBe(503);
	const refused = await fetch(`${server.url}/api/v1/setup`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(setupBody({ token: /setup#(\S+)/.exec(server.out())?.[1] }))
	});
	expect(refused.status).toBe(507);
	expect(await refused.json()).toMatchObject({ type: 'storage.full' });
	expect(await (await fetch(`${server.url}/api/v1/setup`)).json()).toEqual({ isOpen: true });
	server.process.kill('SIGKILL');
	await server.ended;

	const { code, err } = await runChild('server/main.ts', [], {
		PORT: '0',
		DOWNBEAT_DATA: join(folder, 'data')
	}).ended;
	expect(code).toBe(1);
	expect(oneSentence(err)).toMatch(
		/^The disk that holds .* is full\. Free at least 16 MB and start again\.$/
	);
});

test('the log is for people or for programs, and as quiet as it is told to be', async () => {
	const told = async (env: Record<string, string>) => {
		const server = await startChild({ DOWNBEAT_DATA: newFolder(), ...env });
		await fetch(`${server.url}/api/v1/setup`);
		server.process.kill('SIGTERM');
		return (await server.ended).err.trim().split('\n');
	};
	expect(await told({ DOWNBEAT_LOG: 'text' })).toContainEqual(
		expect.stringMatching(/^\d\d:\d\d:\d\d info {2}http\.answer code=200 .*route=\/api\/v1\/setup/)
	);
	expect(await told({ DOWNBEAT_LOG_LEVEL: 'warn' })).toEqual(['']);
});

test('whoever reads the output may stop reading', async () => {
	const server = await startChild({ DOWNBEAT_DATA: newFolder() });
	server.process.stdout?.destroy();
	server.process.stderr?.destroy();
	for (let count = 0; count < 20; count++) await fetch(`${server.url}/api/v1/setup`);
	expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
});
