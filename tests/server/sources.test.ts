import { spawn } from 'node:child_process';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { symlinkSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { AddressGate } from '../../server/connect/addresses.ts';
import { fetchText } from '../../server/connect/fetch.ts';
import { plainSources } from '../../server/config-sources.ts';
import { startServer } from './in-process.ts';
import { asked, sourceWorld } from './source-world.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** A web server that answers as told, and remembers what it was asked. */
async function site(handler: Handler) {
	const requests: IncomingMessage[] = [];
	const server = createServer((request, response) => {
		requests.push(request);
		handler(request, response);
	}).listen(0, '127.0.0.1');
	await new Promise((resolve) => server.once('listening', resolve));
	onTestFinished(() => void server.close().closeAllConnections());
	const { port } = server.address() as AddressInfo;
	return { requests, port, url: `http://127.0.0.1:${port}/numbers` };
}

const says =
	(body: string, type = 'application/json'): Handler =>
	(_request, response) =>
		response.setHeader('content-type', type).end(body);

const json = (url: string, more: Record<string, unknown> = {}) => ({
	kind: 'json',
	settings: { url, ...more }
});
const SECRET = 'a-secret-of-the-other-side';

test('rows of a JSON address go in by JSONPath, with the secret in the header and nowhere else', async () => {
	const world = await sourceWorld();
	const { url, requests } = await site(
		says(
			JSON.stringify({
				data: [
					{ t: '2026-06-08T10:00:00Z', v: { n: 5 }, where: 'EU' },
					{ t: '2026-06-08T11:00:00', v: { n: 6 } },
					{ t: '2026-06-08T12:00:00Z', v: {} },
					{ t: '2026-06-08T13:00:00Z', v: { n: '8.5' } }
				]
			})
		)
	);
	const paths = { rows: '$.data[*]', at: '$.t', value: '$.v.n', segment: '$.where' };
	const source = await world.added(json(url, { ...paths, headers: [{ name: 'X-Team', value: 'ops' }] }), {
		secret: SECRET
	});
	expect(await world.run(source.id)).toMatchObject({
		rows: 4,
		added: 2,
		rejected: 2,
		reasons: [{ row: 2 }, { row: 3, reason: 'The row has no value.' }]
	});
	expect(await world.points()).toMatchObject([
		{ at: '2026-06-08T10:00:00.000Z', value: 5, segment: 'EU' },
		{ at: '2026-06-08T13:00:00.000Z', value: 8.5 }
	]);
	expect(requests[0]?.headers).toMatchObject({ authorization: `Bearer ${SECRET}`, 'x-team': 'ops' });
	await world.stop();
	const said = JSON.stringify([storedIn(world.folder), world.lines, source]);
	for (const form of [SECRET, Buffer.from(SECRET).toString('base64')]) expect(said).not.toContain(form);
});

/** Everything that the database holds. */
function storedIn(folder: string): unknown {
	const database = new DatabaseSync(join(folder, 'downbeat.db'));
	const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
	const rows = tables.map(({ name }) => database.prepare(`SELECT * FROM "${String(name)}"`).all());
	database.close();
	return rows
		.flat()
		.map((row) =>
			Object.values(row).map((value) =>
				value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value
			)
		);
}

test('one value without a time is of now', async () => {
	const world = await sourceWorld();
	const { url } = await site(says('{"open": 17}'));
	const source = await world.added(json(url, { value: '$.open' }));
	const beganMs = Date.now();
	await world.run(source.id);
	const [point] = await world.points();
	expect(point).toMatchObject({ value: 17 });
	expect(Date.parse(point?.at ?? '') - beganMs).toBeLessThan(5_000);
});

test('what is no numbers is said in words', async () => {
	const world = await sourceWorld();
	const codeOf = async (handler: Handler, more?: Record<string, unknown>) => {
		const { error } = await world.test(json((await site(handler)).url, more), { secret: SECRET });
		expect(error?.sentence).toMatch(/^[A-Z].*[.?]$/);
		expect(JSON.stringify(error)).not.toContain(SECRET);
		return error?.code;
	};
	expect(await codeOf(says('<!doctype html><p>Sign in</p>', 'text/html'))).toBe('source.html');
	expect(await codeOf(says('<html>'))).toBe('source.html');
	expect(await codeOf(says('nothing'))).toBe('source.not-json');
	expect(await codeOf((_, response) => response.writeHead(500).end('broken'))).toBe('source.answer');
	const echo: Handler = ({ headers }, response) =>
		response.writeHead(401).end(`no: ${headers.authorization}`);
	expect(await codeOf(echo)).toBe('source.not-let-in');
	expect(await codeOf((_, response) => response.destroy())).toBe('source.no-connection');
	expect(await codeOf(says(`[${'1,'.repeat(60_000)}1]`), { rows: '$[*]' })).toBe('source.too-many-rows');
	expect(await codeOf(says('1'.repeat(11 * 1024 * 1024)))).toBe('source.too-large');
});

test('inner addresses are refused: at first, by a redirect, and by a name; an allowed one is not', async () => {
	const world = await sourceWorld();
	const codeOf = async (url: string) => (await world.test(json(url))).error?.code;
	for (const url of [
		'http://127.0.0.2:1/',
		'http://169.254.169.254/latest/meta-data',
		'http://[::1]/',
		'http://10.0.0.1/'
	])
		expect([url, await codeOf(url)]).toEqual([url, 'source.inner-address']);
	for (const location of [
		'http://127.0.0.2/',
		'http://169.254.169.254/',
		'http://0x7f.2/',
		'http://[::ffff:7f00:2]/'
	]) {
		const { url } = await site((_, response) => response.writeHead(302, { location }).end());
		expect([location, await codeOf(url)]).toEqual([location, 'source.inner-address']);
	}
	const { url, requests } = await site((request, response) =>
		request.url === '/end' ? response.end('[4]') : response.writeHead(302, { location: '/end' }).end()
	);
	expect((await world.test(json(url, { value: '$[0]' }))).points).toMatchObject([{ value: 4 }]);
	expect(requests).toHaveLength(2);
	const round = await site((_, response) => response.writeHead(302, { location: '/again' }).end());
	expect(await codeOf(round.url)).toBe('source.redirects');
	expect(round.requests).toHaveLength(4);
	const file = await site((_, response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end());
	expect(await codeOf(file.url)).toBe('source.redirects');
	const plain = await sourceWorld({ sources: plainSources });
	expect((await plain.test(json(url))).error?.code).toBe('source.inner-address');
});

test('a secret and headers go to no other origin', async () => {
	const world = await sourceWorld();
	const other = await site(says('{"value": 1}'));
	const { url } = await site((_, response) => response.writeHead(307, { location: other.url }).end());
	const headers = [{ name: 'X-Key', value: 'of-ours' }];
	expect((await world.test(json(url, { value: '$.value', headers }), { secret: SECRET })).rows).toBe(1);
	expect(JSON.stringify(other.requests[0]?.rawHeaders)).not.toMatch(/a-secret|of-ours/);
});

test('a name is looked up once for each connection, and that address is connected to', async () => {
	const { port } = await site(says('[1]'));
	const answers = ['127.0.0.1', '10.0.0.1'];
	const resolve = () => Promise.resolve([{ address: answers.shift() ?? '', family: 4 }]);
	const gate = new AddressGate(['127.0.0.1'], resolve);
	const ask = () =>
		fetchText(
			{ url: new URL(`http://rebinding.example:${port}/`), headers: {}, secretHeader: undefined },
			{ gate, signal: AbortSignal.timeout(5_000) }
		);
	expect(await ask()).toEqual({ ok: true, value: '[1]' });
	expect(answers).toEqual(['10.0.0.1']);
	expect(await ask()).toMatchObject({ error: { code: 'source.inner-address' } });
});

test('a SQLite file is read within its folder, by one SELECT', async () => {
	const world = await sourceWorld();
	const database = new DatabaseSync(join(world.sqliteFolder, 'orders.db'));
	database.exec(`
		CREATE TABLE orders (at TEXT, amount REAL, region TEXT);
		INSERT INTO orders VALUES ('2026-06-08T10:00:00Z', 12.5, 'EU'), ('2026-06-08T11:00:00', 3, 'EU'), (1780920000, 9007199254740993, NULL);
	`);
	database.close();
	writeFileSync(join(world.sqliteFolder, 'notes.txt'), 'no database');
	symlinkSync(join(world.folder, 'downbeat.db'), join(world.sqliteFolder, 'linked.db'));
	const sqlite = (query: string, file = 'orders.db') => ({ kind: 'sqlite', settings: { file, query } });
	const all = 'SELECT at, amount AS value, region AS segment FROM orders WHERE :from < :to';
	const source = await world.added(sqlite(all));
	expect(await world.run(source.id)).toMatchObject({
		rows: 3,
		added: 2,
		rejected: 1,
		reasons: [{ row: 2 }]
	});
	expect(await world.points()).toMatchObject([{ value: 12.5, segment: 'EU' }, { value: 9007199254740992 }]);
	const codeOf = async (query: string, file?: string) => (await world.test(sqlite(query, file))).error?.code;
	expect(await codeOf('DELETE FROM orders')).toBe('source.writes');
	expect(await codeOf("ATTACH 'linked.db' AS other")).toBe('source.writes');
	expect(await codeOf('PRAGMA journal_mode = DELETE')).toBe('source.writes');
	expect(await codeOf('WITH x AS (SELECT 1) DELETE FROM orders')).toBe('source.writes');
	expect(await codeOf("SELECT value FROM pragma_table_info('orders')")).toMatch(/writes|query/);
	expect(await codeOf("SELECT load_extension('x') AS value")).toBe('source.writes');
	expect(await codeOf('SELECT nothing')).toBe('source.query');
	expect(await codeOf('SELECT 1')).toBe('source.columns');
	expect(await codeOf(all, 'notes.txt')).toBe('source.not-sqlite');
	expect(await codeOf(all, 'linked.db')).toBe('source.no-file');
	expect(await codeOf(all, 'missing.db')).toBe('source.no-file');
	expect((await world.add(sqlite(all, '../downbeat.db'))).status).toBe(400);
	expect((await world.add(sqlite(all, '/etc/passwd'))).status).toBe(400);
});

test('settings that cannot be used are refused with a sentence', async () => {
	const { add } = await sourceWorld();
	const url = 'https://numbers.example.com/';
	for (const [connector, more] of [
		[json('ftp://numbers.example.com')],
		[json('https://name:password@numbers.example.com')],
		[json(url, { value: 'value' })],
		[json(url, { rows: '$[?' })],
		[json(url, { headers: [{ name: 'Host', value: 'inner' }] })],
		[json(url, { headers: [{ name: 'X', value: 'a\r\nb: c' }] })],
		[undefined],
		[{ kind: 'ldap', settings: {} }],
		[json(url), { schedule: '* * * * * *' }],
		[json(url), { schedule: 'often' }],
		[json(url), { zone: 'Nowhere/Else' }],
		[json(url), { kpi: '.hidden' }],
		[json(url), { name: ' ' }],
		[json(url), { secret: 'two\nlines' }]
	] as const) {
		const { status, body } = await add(connector, more);
		expect([status, body['type']]).toEqual([400, 'input.invalid']);
		expect(body['detail']).toMatch(/\.$/);
	}
});

test('members see that it runs, owners its settings; every change is recorded and no secret is given back', async () => {
	const world = await sourceWorld();
	const { ask, at, token, founded } = world;
	const { url } = await site(says('{"value": "x"}'));
	const source = await world.added(json(url, { value: '$.value' }), {
		secret: SECRET,
		schedule: '* * * * *'
	});
	expect(source).toMatchObject({ hasSecret: true, settings: { url }, isRunning: false });
	expect(Date.parse(source.nextAt ?? '') - Date.now()).toBeLessThan(80_000);
	await world.run(source.id);
	const invite = await ask('POST', `/api/v1/spaces/${founded.space}/invite?role=editor`, { token });
	const joined = await ask('POST', `/api/v1/spaces/${founded.space}/members`, {
		body: { invite: invite.body['invite'], name: 'Mei Lin' }
	});
	const member = String(joined.body['token']);
	const [seen] = await world.listed(member);
	expect(seen).toMatchObject({ name: 'A source', lastRun: { rejected: 1 }, hasSecret: true });
	for (const hidden of ['settings', 'url', 'reasons'])
		expect(JSON.stringify(seen)).not.toContain(`"${hidden}"`);
	expect((await world.listed())[0]?.lastRun?.reasons).toHaveLength(1);
	expect((await ask('GET', `${at}/${source.id}/runs`, { token: member })).body).toMatchObject({
		runs: [{ rows: 1 }]
	});
	expect((await ask('DELETE', `${at}/${source.id}`, { token: member })).status).toBe(403);

	const change = (body: unknown) => ask('PATCH', `${at}/${source.id}`, { token, body });
	const paused = await change({ isPaused: true, name: 'Paused' });
	expect(paused.body).toMatchObject({ isPaused: true, name: 'Paused', schedule: '* * * * *' });
	expect(paused.body).not.toHaveProperty('nextAt');
	expect((await change({ connector: json('https://elsewhere.example.com/') })).body).toMatchObject({
		type: 'source.other-place'
	});
	const elsewhere = { connector: json('https://elsewhere.example.com/'), source: source.id };
	expect((await ask('POST', `${at}/test`, { token, body: elsewhere })).status).toBe(422);
	expect((await change({ connector: json(url, { value: '$' }) })).body).toMatchObject({ hasSecret: true });
	expect((await change({ secret: null })).body).toMatchObject({ hasSecret: false });
	expect((await ask('DELETE', `${at}/${source.id}`, { token })).status).toBe(204);
	expect((await ask('DELETE', `${at}/${source.id}`, { token })).status).toBe(404);
	const { body } = await ask('GET', `/api/v1/spaces/${founded.space}/audit`, { token });
	const actions = (body['entries'] as { action: string }[]).map(({ action }) => action);
	const own = actions.filter((action) => action.startsWith('source.')).toReversed();
	expect(own).toEqual([
		'source.created',
		'source.run',
		'source.changed',
		'source.changed',
		'source.changed',
		'source.deleted'
	]);
	expect(JSON.stringify(body)).not.toContain(SECRET);
});

test('sources and their secrets outlive a restart', async () => {
	const world = await sourceWorld();
	const { url, requests } = await site(says('{"value": 3}'));
	const source = await world.added(json(url, { value: '$.value' }), { secret: SECRET });
	await world.run(source.id);
	await world.stop();
	const again = await startServer({
		dataFolder: world.folder,
		sources: { allow: ['127.0.0.1'], sqliteFolder: undefined }
	});
	const { run, listed } = asked(again, world.founded);
	expect((await listed())[0]).toMatchObject({ id: source.id, lastRun: { added: 1 } });
	await run(source.id);
	expect(requests.map(({ headers }) => headers.authorization)).toEqual(Array(2).fill(`Bearer ${SECRET}`));
});

test('what can be asked describes itself, with an example and the settings of each kind', async () => {
	const { ask } = await sourceWorld();
	const { body } = await ask('GET', '/api/openapi.json');
	const path = (body['paths'] as Record<string, Record<string, unknown>>)['/api/v1/spaces/{space}/sources'];
	const post = JSON.stringify(path?.['post']);
	expect(post).toContain('curl -X POST');
	for (const word of ['segmentLabel', 'lookback', 'postgresql', 'source.manage'])
		expect(post).toContain(word);
	const list = JSON.stringify(path?.['get']);
	expect(list).toContain('lastRun');
});

test('the process that reads is not left behind by its server', async () => {
	const child = new URL('../../server/connect/apart-child.ts', import.meta.url).pathname;
	const reader = spawn(process.execPath, [child], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
	await new Promise((resolve) => setTimeout(resolve, 300));
	reader.disconnect();
	expect(await new Promise((resolve) => reader.once('exit', resolve))).toBe(0);
});
