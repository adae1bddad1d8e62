import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { get as askFor } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gunzipSync, brotliDecompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { compressBuild } from '../../server/start-compress.ts';
import { startServer } from './in-process.ts';

const POLICY = "default-src 'self'; script-src 'self' 'sha256-abc='";
const PAGE = `<html><meta http-equiv="content-security-policy" content="${POLICY}"><p>${'Downbeat '.repeat(200)}</p></html>`;

/** What SvelteKit leaves behind, in small. `name` is in the files' content and in the version. */
function newBuild(name: string, over: Record<string, string> = {}): string {
	const folder = mkdtempSync(join(tmpdir(), 'downbeat-build-'));
	const files = {
		'200.html': PAGE,
		'_app/version.json': JSON.stringify({ version: name }),
		[`_app/immutable/${name}.js`]: `export const name = '${name}';`.padEnd(3_000, ' '),
		'service-worker.js': 'self.skipWaiting();',
		'manifest.webmanifest': '{"name":"Downbeat"}',
		'fonts/inter.woff2': 'wOF2',
		'favicon.svg': '<svg/>',
		...over
	};
	for (const [path, content] of Object.entries(files)) {
		mkdirSync(dirname(join(folder, path)), { recursive: true });
		writeFileSync(join(folder, path), content);
	}
	return folder;
}

async function startWithApp(name = 'v1') {
	const server = await startServer({ buildFolder: newBuild(name) });
	const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
		fetch(`${server.url}${path}`, { method, headers: { 'accept-encoding': 'identity', ...headers } });
	return { ...server, get };
}

test.each(['/', '/setup', '/engineering-ops-k7f3d/meeting/m-1', '/ops/commentary/c-2026.W47'])(
	'%s is a page of the app',
	async (path) => {
		const { get } = await startWithApp();
		const response = await get(path);
		expect(response.status).toBe(200);
		expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
		expect(response.headers.get('cache-control')).toBe('no-cache');
		expect(await response.text()).toBe(PAGE);
	}
);

test.each([
	'/_app/immutable/gone.js',
	'/_app/immutable/gone',
	'/_app/immutable/',
	'/_app',
	'/missing.js',
	'/missing.PNG',
	'/wp-login.php',
	'/service-worker.js.br',
	'/api',
	'/api/v1/nothing',
	'/sync/ops/index',
	'/.git/config'
])('%s is not there, and no page either', async (path) => {
	const { get } = await startWithApp();
	const response = await get(path, { accept: 'text/html' });
	expect(response.status).toBe(404);
	expect(response.headers.get('content-type')).toBe('application/problem+json');
});

test('what a page asks for is never answered with a page', async () => {
	const { get } = await startWithApp();
	expect((await get('/some/address', { accept: 'application/json' })).status).toBe(404);
});

test.each([
	['/_app/immutable/v1.js', 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable'],
	['/_app/version.json', 'application/json; charset=utf-8', 'no-cache'],
	['/service-worker.js', 'text/javascript; charset=utf-8', 'no-cache'],
	['/manifest.webmanifest', 'application/manifest+json; charset=utf-8', 'no-cache'],
	['/fonts/inter.woff2', 'font/woff2', 'no-cache'],
	['/favicon.svg', 'image/svg+xml', 'no-cache']
])('%s has its type and its time', async (path, type, caching) => {
	const { get } = await startWithApp();
	const response = await get(path);
	expect([
		response.status,
		response.headers.get('content-type'),
		response.headers.get('cache-control')
	]).toEqual([200, type, caching]);
});

test('nothing outside the build can be reached', async () => {
	const { url, get } = await startWithApp();
	for (const path of [
		'/%2e%2e/%2e%2e/etc/passwd.txt',
		'/..%2fpackage.json',
		'/..%5cpackage.json',
		'/%00.json',
		'/%ff.js'
	]) {
		expect((await get(path)).status).toBe(404);
	}
	// `fetch` would tidy this path up before it is sent.
	const { hostname, port } = new URL(url);
	const answer = await new Promise<string>((resolve, reject) => {
		const socket = connect(Number(port), hostname, () => {
			socket.write(
				`GET /../../../../etc/passwd.txt HTTP/1.1\r\nHost: ${hostname}\r\nConnection: close\r\n\r\n`
			);
		});
		let text = '';
		socket
			.on('data', (bytes) => (text += bytes.toString()))
			.on('end', () => resolve(text))
			.on('error', reject);
	});
	expect(answer).toMatch(/^HTTP\/1.1 404/);
});

test('a page that did not change is not sent again, and keeps its policy', async () => {
	const { get } = await startWithApp();
	const first = await get('/');
	const etag = first.headers.get('etag') ?? '';
	expect(etag).toMatch(/^"/);
	const again = await get('/', { 'if-none-match': `"other", W/${etag}` });
	expect(again.status).toBe(304);
	expect(await again.text()).toBe('');
	expect(again.headers.get('content-security-policy')).toBe(`${POLICY}; frame-ancestors 'none'`);
	expect((await get('/', { 'if-none-match': '"other"' })).status).toBe(200);
});

test('HEAD says the same as GET, without the file', async () => {
	const { get } = await startWithApp();
	const [got, head] = [await get('/favicon.svg'), await get('/favicon.svg', {}, 'HEAD')];
	expect(await head.text()).toBe('');
	for (const name of ['content-length', 'content-type', 'etag', 'cache-control']) {
		expect(head.headers.get(name)).toBe(got.headers.get(name));
	}
	expect(head.headers.get('content-length')).toBe('6');
});

test('other methods have nothing to do with files', async () => {
	const { get } = await startWithApp();
	expect((await get('/favicon.svg', {}, 'POST')).status).toBe(404);
	expect((await get('/', {}, 'DELETE')).status).toBe(404);
});

test('text is sent packed to whoever can unpack it', async () => {
	const buildFolder = newBuild('v1');
	await compressBuild(buildFolder);
	const { url } = await startServer({ buildFolder });
	const raw = (path: string, accepted: string) => {
		return new Promise<{ headers: Record<string, unknown>; body: Buffer }>((resolve, reject) => {
			askFor(`${url}${path}`, { headers: { 'accept-encoding': accepted } }, (response) => {
				const chunks: Buffer[] = [];
				response.on('data', (chunk: Buffer) => chunks.push(chunk));
				response.on('end', () => resolve({ headers: response.headers, body: Buffer.concat(chunks) }));
			}).on('error', reject);
		});
	};
	const brotli = await raw('/', 'gzip, deflate, br');
	expect(brotli.headers['content-encoding']).toBe('br');
	expect(brotliDecompressSync(brotli.body).toString()).toBe(PAGE);
	const zipped = await raw('/', 'gzip, br;q=0');
	expect(zipped.headers['content-encoding']).toBe('gzip');
	expect(gunzipSync(zipped.body).toString()).toBe(PAGE);
	const plain = await raw('/', 'identity');
	expect(plain.headers['content-encoding']).toBeUndefined();
	expect(plain.body.toString()).toBe(PAGE);
	const etags = [brotli, zipped, plain].map(({ headers }) => headers['etag']);
	expect(new Set(etags).size).toBe(3);
	for (const { headers } of [brotli, zipped, plain]) expect(headers['vary']).toBe('accept-encoding');
	expect((await raw('/fonts/inter.woff2', 'br')).headers['content-encoding']).toBeUndefined();
});

test('files of the release before stay served, those of the one before that do not', async () => {
	const first = await startWithApp('v1');
	await first.stop();
	const dataFolder = first.folder;
	const second = await startServer({ dataFolder, buildFolder: newBuild('v2') });
	const kept = await fetch(`${second.url}/_app/immutable/v1.js`);
	expect(kept.status).toBe(200);
	expect(kept.headers.get('cache-control')).toMatch(/immutable/);
	expect(await kept.text()).toContain("name = 'v1'");
	await second.stop();

	const third = await startServer({ dataFolder, buildFolder: newBuild('v3') });
	const statuses = await Promise.all(
		['v1', 'v2', 'v3'].map(async (name) => (await fetch(`${third.url}/_app/immutable/${name}.js`)).status)
	);
	expect(statuses).toEqual([404, 200, 200]);
	expect(readdirSync(join(dataFolder, 'assets')).toSorted()).toEqual(['v2', 'v3']);
	await third.stop();

	const back = await startServer({ dataFolder, buildFolder: newBuild('v2') });
	expect((await fetch(`${back.url}/_app/immutable/v3.js`)).status).toBe(200);
});

test('without a build the API works and the page says what to do', async () => {
	const { ask } = await startServer();
	expect(await ask('GET', '/')).toMatchObject({ status: 404, body: { type: 'app.not-built' } });
	expect((await ask('GET', '/healthz')).status).toBe(200);
});
