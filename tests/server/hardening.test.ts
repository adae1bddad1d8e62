import { Agent, request } from 'node:http';
import { PassThrough } from 'node:stream';
import { Hono } from 'hono';
import { expect, onTestFinished, test } from 'vitest';
import {
	HEADER_BYTES_MAX,
	HEADERS_MAX,
	OPENING_BURST_MAX,
	REQUESTS_PER_CONNECTION_MAX
} from '#lib/protocol/limits.ts';
import { ManualClock } from '../../server/clock-manual.ts';
import type { App } from '../../server/http/env.ts';
import { Gate } from '../../server/http/gate.ts';
import { Listener } from '../../server/http/listener.ts';
import { HttpMeter } from '../../server/metrics/http-meter.ts';
import { startServer } from './in-process.ts';

type Asked = Record<string, string>;

/** The status and headers of a plain request, or of what an upgrade was answered with. */
function answerTo(url: string, headers: Asked, agent?: Agent) {
	return new Promise<{ status: number; headers: Asked }>((resolve, reject) => {
		const asked = request(url, { headers, ...(agent && { agent }) }, (response) => {
			response
				.resume()
				.once('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers as Asked }));
		});
		asked.on('upgrade', (response, socket) => {
			socket.destroy();
			resolve({ status: response.statusCode ?? 0, headers: response.headers as Asked });
		});
		asked.on('error', reject).end();
	});
}

const UPGRADE = {
	connection: 'Upgrade',
	upgrade: 'websocket',
	'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
	'sec-websocket-version': '13'
};

/** So many header lines in all, `Host` and `Connection` among them. */
const headerLines = (count: number, own: Asked): Asked => {
	const made = Array.from({ length: count - Object.keys(own).length - 1 }, (_, index) => [`x-${index}`, '1']);
	return { ...own, ...(Object.fromEntries(made) as Asked) };
};

test.each([
	['/healthz', { connection: 'close' }, 200],
	['/sync/ops/index', UPGRADE, 101]
])(
	'%s with as many header lines as are allowed is answered, with one more it is not',
	async (path, own, fine) => {
		const { url } = await startServer();
		expect((await answerTo(url + path, headerLines(HEADERS_MAX, own))).status).toBe(fine);
		expect((await answerTo(url + path, headerLines(HEADERS_MAX + 1, own))).status).toBe(431);
	}
);

test('headers are read up to a size', async () => {
	const { url } = await startServer();
	const ask = (bytes: number) =>
		answerTo(`${url}/healthz`, { connection: 'close', 'x-long': 'x'.repeat(bytes) });
	expect((await ask(HEADER_BYTES_MAX - 1_000)).status).toBe(200);
	expect((await ask(HEADER_BYTES_MAX)).status).toBe(431);
});

test('a connection is made anew after so many requests', async () => {
	const { url } = await startServer();
	const agent = new Agent({ keepAlive: true, maxSockets: 1 });
	onTestFinished(() => agent.destroy());
	const connections: (string | undefined)[] = [];
	for (let count = 0; count < REQUESTS_PER_CONNECTION_MAX; count++)
		connections.push((await answerTo(`${url}/healthz`, {}, agent)).headers['connection']);
	expect(new Set(connections.slice(0, -1))).toEqual(new Set(['keep-alive']));
	expect(connections.at(-1)).toBe('close');
});

test('no answer says which software gives it', async () => {
	const { url } = await startServer();
	for (const path of ['/', '/api/v1/setup', '/api/v1/nothing', '/metrics']) {
		const { headers } = await answerTo(url + path, {});
		expect([headers['server'], headers['x-powered-by']]).toEqual([undefined, undefined]);
	}
});

test('pages stand alone in their process', async () => {
	const { url } = await startServer();
	const { headers } = await answerTo(url, {});
	expect(headers).toMatchObject({
		'cross-origin-embedder-policy': 'require-corp',
		'cross-origin-opener-policy': 'same-origin',
		'origin-agent-cluster': '?1'
	});
});

test('who opens too many websockets waits, and is told so before one opens', async () => {
	const [clock, meter] = [new ManualClock(), new HttpMeter()];
	const gate = new Gate({ clock, meter, isOn: true });
	let opened = 0;
	const listener = new Listener({
		app: new Hono() as unknown as App,
		clock,
		host: '127.0.0.1',
		port: 0,
		publicOrigin: undefined,
		gate,
		meter,
		upgrade: (_, socket) => {
			opened++;
			socket.end('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
		}
	});
	await listener.start();
	onTestFinished(() => listener.drain());
	const open = (named?: string) =>
		answerTo(`${listener.url}/sync/ops/index`, { ...UPGRADE, ...(named && { 'x-forwarded-for': named }) });
	for (let count = 1; count < OPENING_BURST_MAX; count++) {
		const closed = new PassThrough();
		expect(gate.socket('127.0.0.1', closed)).toBe(0);
		closed.emit('close');
	}
	expect((await open()).status).toBe(101);
	expect(await open()).toMatchObject({ status: 429, headers: { 'retry-after': '1' } });
	expect((await open('203.0.113.7')).status).toBe(101);
	expect([opened, meter.refused.of('openings')]).toEqual([2, 1]);
	expect(
		(await answerTo(`${listener.url}/sync/ops/index`, { ...UPGRADE, origin: 'https://evil.example' })).status
	).toBe(403);
	expect(meter.refused.of('origin')).toBe(1);
});
