import { request } from 'node:http';
import { expect, test } from 'vitest';
import { BODY_BYTES_MAX } from '#lib/protocol/limits.ts';
import { startFounded, startServer } from './in-process.ts';

test.each(['/', '/healthz', '/api/v1/setup', '/api/v1/nothing', '/api/openapi.json'])(
	'%s comes with the security headers',
	async (path) => {
		const { url } = await startServer();
		const { headers } = await fetch(`${url}${path}`);
		expect(headers.get('x-content-type-options')).toBe('nosniff');
		expect(headers.get('referrer-policy')).toBe('no-referrer');
		expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
		expect(headers.get('permissions-policy')).toMatch(/camera=\(\)/);
		expect(headers.get('content-security-policy')).toMatch(/frame-ancestors 'none'$/);
		expect(headers.get('x-request-id')).toMatch(/^[a-z0-9]{16}$/);
	}
);

test('a page of another site changes nothing, a program and our own page do', async () => {
	const { url, ask, founded } = await startFounded();
	const invite = (headers: Record<string, string>) =>
		ask('POST', `/api/v1/spaces/${founded.space}/invite`, { token: founded.token, headers });
	expect(await invite({ origin: 'https://evil.example' })).toMatchObject({
		status: 403,
		body: { type: 'origin.foreign' }
	});
	expect((await invite({ origin: url })).status).toBe(201);
	expect((await invite({})).status).toBe(201);
	expect((await ask('GET', '/api/v1/setup', { headers: { origin: 'https://evil.example' } })).status).toBe(
		200
	);
});

test('the configured origin is our own whatever a proxy makes of the host, and promises TLS', async () => {
	const origin = 'https://downbeat.example.com';
	const { ask, founded } = await startFounded({ origin });
	const invite = (from: string) =>
		ask('POST', `/api/v1/spaces/${founded.space}/invite`, {
			token: founded.token,
			headers: { origin: from }
		});
	const answer = await invite(origin);
	expect(answer.status).toBe(201);
	expect(answer.headers.get('strict-transport-security')).toBe('max-age=31536000');
	expect((await invite('https://evil.example')).status).toBe(403);
});

test('a websocket from another site, or to nowhere, is refused before it opens', async () => {
	const { url } = await startServer();
	const upgrade = (path: string, origin: string) =>
		new Promise<number>((resolve, reject) => {
			const asked = request(`${url}${path}`, {
				headers: {
					connection: 'Upgrade',
					upgrade: 'websocket',
					'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
					'sec-websocket-version': '13',
					origin
				}
			});
			asked.on('response', (response) => resolve(response.statusCode ?? 0));
			asked.on('upgrade', (response, socket) => {
				socket.destroy();
				resolve(response.statusCode ?? 0);
			});
			asked.on('error', reject);
			asked.end();
		});
	expect(await upgrade('/sync/ops/index', 'https://evil.example')).toBe(403);
	expect(await upgrade('/elsewhere', url)).toBe(404);
	expect(await upgrade('/sync/ops/index', url)).toBe(101);
});

test('a body at the limit is read, one byte more is not, said or unsaid how long it is', async () => {
	const { url, founded } = await startFounded();
	const send = (bytes: number, isChunked: boolean) => {
		const body = JSON.stringify({ label: 'x' }).padEnd(bytes, ' ');
		const stream = new Blob([body]).stream();
		return fetch(`${url}/api/v1/spaces/${founded.space}/tokens`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', authorization: `Bearer ${founded.token}` },
			...(isChunked ? { body: stream, duplex: 'half' } : { body })
		});
	};
	expect((await send(BODY_BYTES_MAX, false)).status).toBe(201);
	expect((await send(BODY_BYTES_MAX, true)).status).toBe(201);
	expect((await send(BODY_BYTES_MAX + 1, false)).status).toBe(413);
	expect((await send(BODY_BYTES_MAX + 1, true)).status).toBe(413);
});

test('the log tells the route and the code, and nothing that anybody typed or holds', async () => {
	const { ask, lines, founded } = await startFounded();
	await ask('GET', `/api/v1/spaces/${founded.space}?token=${founded.token}`, { token: founded.token });
	await ask('GET', '/api/v1/secret-typed-into-the-address');
	const said = JSON.stringify(lines);
	for (const secret of [
		founded.token,
		founded.invite,
		'Ada Okafor',
		'Engineering Ops',
		'secret-typed',
		'?token'
	]) {
		expect(said).not.toContain(secret);
	}
	expect(lines).toContainEqual(
		expect.objectContaining({
			level: 'info',
			name: 'http.answer',
			code: 200,
			method: 'GET',
			route: '/api/v1/spaces/:space',
			ms: expect.any(Number) as number,
			request: expect.stringMatching(/^[a-z0-9]{16}$/) as string
		})
	);
	expect(lines.some((line) => 'stack' in line)).toBe(false);
});

test('the description of the API names every route, with what goes in and what comes out', async () => {
	const { ask } = await startServer();
	const { body } = await ask('GET', '/api/openapi.json');
	expect(body['openapi']).toBe('3.1.0');
	const paths = body['paths'] as Record<string, Record<string, { responses: object }>>;
	expect(Object.keys(paths)).toEqual(
		expect.arrayContaining([
			'/api/v1/setup',
			'/api/v1/time',
			'/api/v1/spaces/{space}',
			'/api/v1/spaces/{space}/members',
			'/api/v1/spaces/{space}/invite',
			'/api/v1/spaces/{space}/tokens',
			'/api/v1/spaces/{space}/tokens/{token}',
			'/api/v1/spaces/{space}/documents/{document}/versions',
			'/api/v1/spaces/{space}/documents/{document}/state',
			'/api/v1/spaces/{space}/documents/{document}/writers',
			'/api/v1/spaces/{space}/documents/{document}/names',
			'/api/v1/spaces/{space}/documents/{document}/names/{seq}',
			'/healthz',
			'/readyz'
		])
	);
	for (const methods of Object.values(paths)) {
		for (const { responses } of Object.values(methods)) {
			expect(Object.keys(responses)).toContain('default');
			expect(Object.keys(responses).length).toBeGreaterThan(1);
		}
	}
});

test('the clock is the server’s, and nobody keeps the answer', async () => {
	const { ask } = await startServer();
	const before = Date.now();
	const { body, headers } = await ask('GET', '/api/v1/time');
	expect(body['serverMs']).toBeGreaterThanOrEqual(before);
	expect(body['serverMs']).toBeLessThanOrEqual(Date.now());
	expect(headers.get('cache-control')).toBe('no-store');
});

test('alive and ready', async () => {
	const { ask } = await startServer();
	expect((await ask('GET', '/healthz')).body).toEqual({ status: 'ok' });
	const ready = await ask('GET', '/readyz');
	expect(ready).toMatchObject({ status: 200, body: { status: 'ready' } });
	expect(ready.body['freeBytes']).toBeGreaterThan(0);
});
