import { expect, test } from 'vitest';
import { STRANGER_BURST_MAX } from '#lib/protocol/limits.ts';
import { ManualClock } from '../clock-manual.ts';
import { createLog } from '../log.ts';
import { HttpMeter } from '../metrics/http-meter.ts';
import { createApp } from './app.ts';
import { Gate } from './gate.ts';

function newApp() {
	const clock = new ManualClock();
	const meter = new HttpMeter();
	const lines: Record<string, unknown>[] = [];
	const write = (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>);
	const app = createApp(
		{
			clock,
			log: createLog({ write, clock, isJson: true }),
			version: 'test',
			publicOrigin: undefined,
			gate: new Gate({ clock, meter, isOn: true }),
			meter,
			isDiskTrouble: () => false,
			serveFiles: () => Promise.resolve(new Response('a file'))
		},
		(it) => {
			it.get('/api/v1/open', (context) => context.text('yes'));
			it.get('/api/v1/closed', (context) => context.text('no', 401));
		}
	);
	const get = (path: string, headers: Record<string, string> = {}, remoteAddress = '203.0.113.9') =>
		app.request(path, { headers }, { incoming: { socket: { remoteAddress }, headers } });
	return { clock, meter, lines, get };
}

const GIVEN = 'proxy.Gave_it-01';

test.each([
	['127.0.0.1', GIVEN, true],
	['10.1.2.3', GIVEN, true],
	['203.0.113.9', GIVEN, false],
	['127.0.0.1', 'x'.repeat(64), true],
	['127.0.0.1', 'x'.repeat(65), false],
	['127.0.0.1', 'two words', false],
	['127.0.0.1', 'quote"', false]
])('from %s the request id %s is taken over: %s', async (peer, given, isTaken) => {
	const { get, lines } = newApp();
	const response = await get('/api/v1/open', { 'x-request-id': given }, peer);
	const id = response.headers.get('x-request-id') ?? '';
	expect(id === given).toBe(isTaken);
	if (!isTaken) expect(id).toMatch(/^[a-z0-9]{16}$/);
	expect(lines).toEqual([expect.objectContaining({ name: 'http.answer', request: id })]);
});

test('every answer of the API is a line with a request id, also where there is no route', async () => {
	const { get, lines, meter } = newApp();
	for (const path of ['/api/v1/open', '/api/v1/closed', '/api/v1/nowhere', '/api/openapi.json'])
		await get(path);
	expect(lines.map(({ route, code }) => [route, code])).toEqual([
		['/api/v1/open', 200],
		['/api/v1/closed', 401],
		['/api/*', 404],
		['/api/openapi.json', 200]
	]);
	expect(new Set(lines.map(({ request }) => request)).size).toBe(4);
	await get('/favicon.svg');
	expect(lines).toHaveLength(4);
	expect(meter.answers().map(([labels]) => labels['route'])).toContain('files');
});

test('strangers who ask too often wait; who shows a token, another address and files do not', async () => {
	const { get, clock, meter, lines } = newApp();
	for (let count = 0; count < STRANGER_BURST_MAX; count++) await get('/api/v1/open');
	const refused = await get('/api/v1/open');
	expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
	expect(await refused.json()).toMatchObject({ type: 'requests.too-many' });
	expect(refused.headers.get('x-request-id')).toBe(lines.at(-1)?.['request']);
	expect(meter.refused.of('strangers')).toBe(1);
	expect((await get('/api/v1/open', { authorization: 'Bearer dbm_x' })).status).toBe(200);
	expect((await get('/api/v1/open', { cookie: 'session=x' })).status).toBe(200);
	expect((await get('/api/v1/open', {}, '203.0.113.10')).status).toBe(200);
	expect((await get('/favicon.svg')).status).toBe(200);
	clock.advance(1_000);
	expect((await get('/api/v1/open')).status).toBe(200);
});

test('showing something that opens nothing counts as being a stranger', async () => {
	const { get } = newApp();
	for (let count = 0; count < STRANGER_BURST_MAX; count++)
		expect((await get('/api/v1/closed', { authorization: 'Bearer wrong' })).status).toBe(401);
	expect((await get('/api/v1/open')).status).toBe(429);
});
