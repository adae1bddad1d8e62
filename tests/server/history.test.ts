import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import { VERSION_NAME_LENGTH_MAX } from '#lib/domain/history.ts';
import { VERSIONS_PER_CALL_MAX } from '#lib/protocol/limits.ts';
import { runCommand } from './child-process.ts';
import { startFounded, startServer, type RunningServer } from './in-process.ts';

type Founded = Awaited<ReturnType<typeof startFounded>>['founded'];

/** Writes into the KPIs of a space as a person would: through a socket, until the server has it. */
async function write(url: string, founded: Founded, change: (doc: Y.Doc) => void): Promise<void> {
	const doc = new Y.Doc();
	const provider = new WebsocketProvider(`${url.replace('http', 'ws')}/sync`, `${founded.space}/kpis`, doc, {
		params: { token: founded.token },
		WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
		disableBc: true
	});
	await new Promise((resolve) => provider.once('sync', resolve));
	doc.transact(() => change(doc));
	const reader = new WebsocketProvider(
		provider.url.slice(0, provider.url.lastIndexOf('/sync')) + '/sync',
		`${founded.space}/kpis`,
		new Y.Doc(),
		{
			params: { token: founded.token },
			WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
			disableBc: true
		}
	);
	const wanted = Y.encodeStateVector(doc).join();
	await new Promise<void>((resolve) => {
		const look = () => Y.encodeStateVector(reader.doc).join() === wanted && resolve();
		reader.doc.on('update', look);
		look();
	});
	provider.destroy();
	reader.destroy();
}

const pathOf = ({ space }: Founded, rest: string) => `/api/v1/spaces/${space}/documents/kpis/${rest}`;

async function stateAt(server: RunningServer, founded: Founded, seq: number): Promise<Y.Doc> {
	const response = await fetch(`${server.url}${pathOf(founded, `state?seq=${seq}`)}`, {
		headers: { authorization: `Bearer ${founded.token}` }
	});
	expect(response.headers.get('content-type')).toBe('application/octet-stream');
	const doc = new Y.Doc();
	Y.applyUpdate(doc, new Uint8Array(await response.arrayBuffer()));
	return doc;
}

const target = (doc: Y.Doc) => (doc.getMap('kpis').get('mttr') as Y.Map<unknown> | undefined)?.get('target');

test('the past is listed, named, read and still there after a restart', async () => {
	const first = await startFounded();
	const { founded, folder } = first;
	const named = (name: string, seq: number) =>
		first.ask('POST', pathOf(founded, 'names'), { token: founded.token, body: { seq, name } });
	await write(first.url, founded, (doc) => {
		doc.getMap('kpis').set('mttr', new Y.Map(Object.entries({ id: 'mttr', target: 45 })));
	});
	const list = async (server: RunningServer) =>
		(await server.ask('GET', pathOf(founded, 'versions'), { token: founded.token })).body['versions'] as {
			seq: number;
			fromSeq: number;
		}[];
	const [{ seq: agreed } = { seq: 0 }] = await list(first);
	expect(await named(' Agreed in June ', agreed)).toMatchObject({
		status: 201,
		body: { seq: agreed, name: 'Agreed in June', by: founded.person }
	});
	await write(first.url, founded, (doc) => {
		(doc.getMap('kpis').get('mttr') as Y.Map<unknown>).set('target', 30);
	});
	await first.stop();

	const second = await startServer({ dataFolder: folder });
	const versions = await list(second);
	expect(versions).toMatchObject([
		{ authors: [founded.person], changes: 1 },
		{
			seq: agreed,
			authors: [founded.person],
			changes: 1,
			name: { name: 'Agreed in June', by: founded.person }
		}
	]);
	expect(target(await stateAt(second, founded, versions[0]?.seq ?? 0))).toBe(30);
	expect(target(await stateAt(second, founded, (versions[0]?.fromSeq ?? 0) - 1))).toBe(45);
	expect(target(await stateAt(second, founded, 0))).toBeUndefined();

	const writers = await second.ask('GET', pathOf(founded, 'writers'), { token: founded.token });
	expect(writers.body).toMatchObject({ authors: [founded.person], hasMore: false });
	expect(writers.body['runs']).toContainEqual([
		0,
		expect.any(Number),
		expect.any(Number),
		0,
		expect.any(Number)
	]);

	const off = () => second.ask('DELETE', pathOf(founded, `names/${agreed}`), { token: founded.token });
	expect((await off()).status).toBe(204);
	expect(await off()).toMatchObject({ status: 404, body: { type: 'version.unknown' } });
});

test('a document that nobody wrote has no past, and a version that is not there takes no name', async () => {
	const { ask, founded } = await startFounded();
	const path = `/api/v1/spaces/${founded.space}/documents/nothing`;
	const { token } = founded;
	expect(await ask('GET', `${path}/versions`, { token })).toMatchObject({
		status: 200,
		body: { versions: [] }
	});
	expect(await ask('POST', `${path}/names`, { token, body: { seq: 1, name: 'x' } })).toMatchObject({
		status: 404,
		body: { type: 'version.unknown' }
	});
});

test.each([
	['GET', `versions?limit=${VERSIONS_PER_CALL_MAX + 1}`, undefined, 'query.limit'],
	['GET', 'versions?before=-1', undefined, 'query.before'],
	['GET', 'state', undefined, 'query.seq'],
	['GET', 'state?seq=1.5', undefined, 'query.seq'],
	['GET', 'writers?after=soon', undefined, 'query.after'],
	['POST', 'names', { seq: 1, name: ' ' }, 'body.name'],
	['POST', 'names', { seq: 1, name: 'x'.repeat(VERSION_NAME_LENGTH_MAX + 1) }, 'body.name'],
	['POST', 'names', { seq: 1, name: 'a\nb' }, 'body.name'],
	['POST', 'names', { name: 'x' }, 'body.seq'],
	['DELETE', 'names/last', undefined, 'path.seq']
])('%s %s is refused with what is wrong with it', async (method, rest, body, where) => {
	const { ask, founded } = await startFounded();
	const answer = await ask(method, pathOf(founded, rest), { token: founded.token, body });
	expect(answer).toMatchObject({ status: 400, body: { type: 'input.invalid', errors: [{ path: where }] } });
});

const ROUTES = [
	['GET', 'versions', undefined],
	['GET', 'state?seq=1', undefined],
	['GET', 'writers', undefined],
	['POST', 'names', { seq: 1, name: 'x' }],
	['DELETE', 'names/1', undefined]
] as const;

test.each(ROUTES)(
	'%s %s is for who may open the document, in that very space',
	async (method, rest, body) => {
		const { ask, founded } = await startFounded();
		const feed = await ask('POST', `/api/v1/spaces/${founded.space}/tokens`, {
			token: founded.token,
			body: { label: 'Feed' }
		});
		const url = pathOf(founded, rest);
		expect(await ask(method, url, { body })).toMatchObject({
			status: 401,
			body: { type: 'access.no-token' }
		});
		expect(await ask(method, url, { body, token: founded.invite })).toMatchObject({ status: 401 });
		expect(await ask(method, url, { body, token: String(feed.body['token']) })).toMatchObject({
			status: 403,
			body: { type: 'access.not-allowed' }
		});
		const elsewhere = url.replace(founded.space, 'nowhere');
		expect(await ask(method, elsewhere, { body, token: founded.token })).toMatchObject({ status: 404 });
	}
);

test('another space of the same server tells nothing of it', async () => {
	const { ask, founded, folder } = await startFounded();
	const { out } = await runCommand(folder, 'space', 'create', 'Other');
	const other = JSON.parse(out) as { token: string };
	for (const [method, rest, body] of ROUTES) {
		expect((await ask(method, pathOf(founded, rest), { body, token: other.token })).status).toBe(403);
	}
});
