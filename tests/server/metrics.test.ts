import { WebSocket } from 'ws';
import { expect, onTestFinished, test } from 'vitest';
import * as Y from 'yjs';
import { PROTOCOL_VERSION } from '#lib/protocol/messages.ts';
import { plainOperation } from '../../server/config-operation.ts';
import { syncFrame } from '../../server/sync/joining.ts';
import { startFounded, startServer, type RunningServer } from './in-process.ts';

const TOKEN = 'a-token-for-the-scraper';

/** Every sample by its name and labels. Throws on a line that is not of the format. */
async function scrape(server: RunningServer, headers: Record<string, string> = {}) {
	const response = await fetch(`${server.url}/metrics`, { headers });
	expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
	const text = await response.text();
	const samples = new Map<string, number>();
	for (const line of text
		.trimEnd()
		.split('\n')
		.filter((one) => !one.startsWith('# '))) {
		const [, name = '', value = ''] = /^([a-z0-9_]+(?:\{[^}]*\})?) (\S+)$/.exec(line) ?? [];
		expect([line, Number.isFinite(Number(value))]).toEqual([`${name} ${value}`, true]);
		expect([name, samples.has(name)]).toEqual([name, false]);
		samples.set(name, Number(value));
	}
	return { text, samples };
}

const statusOf = async (server: RunningServer, headers: Record<string, string> = {}) =>
	(await fetch(`${server.url}/metrics`, { headers })).status;

test('without a token this machine reads the metrics, and nobody through a proxy', async () => {
	const server = await startServer();
	expect(await statusOf(server)).toBe(200);
	for (const name of ['x-forwarded-for', 'x-forwarded-proto', 'x-real-ip', 'forwarded', 'via']) {
		expect([name, await statusOf(server, { [name]: '127.0.0.1' })]).toEqual([name, 404]);
	}
});

test('with a token whoever shows it does, and nobody else', async () => {
	const server = await startServer({ operation: { ...plainOperation, metricsToken: TOKEN } });
	expect(await statusOf(server)).toBe(404);
	expect(await statusOf(server, { authorization: `Bearer ${TOKEN}x` })).toBe(404);
	expect(await statusOf(server, { authorization: `Bearer ${TOKEN}` })).toBe(200);
	expect(await statusOf(server, { authorization: `bearer ${TOKEN}`, via: '1.1 proxy' })).toBe(200);
});

test('what happened is counted, and no name, title or id is a label', async () => {
	const server = await startFounded();
	const { space, token } = server.founded;
	const socket = new WebSocket(
		`${server.url.replace('http', 'ws')}/sync/${space}/m-secret-plan?token=${token}&protocol=${PROTOCOL_VERSION}`
	);
	onTestFinished(() => socket.terminate());
	await new Promise((resolve) => socket.once('open', resolve));
	const doc = new Y.Doc();
	doc.getText('t').insert(0, 'hello');
	const frame = syncFrame(2, Y.encodeStateAsUpdate(doc));
	socket.send(frame);
	await expect.poll(async () => (await scrape(server)).samples.get('downbeat_updates_stored_total')).toBe(1);
	const refused = new WebSocket(`${server.url.replace('http', 'ws')}/sync/${space}/index?token=dbt_wrong`);
	await new Promise((resolve) => refused.once('close', resolve));
	socket.send(Uint8Array.of(99));
	await new Promise((resolve) => socket.once('close', resolve));
	await server.ask('GET', `/api/v1/spaces/${space}`, { token });

	const { samples, text } = await scrape(server);
	const value = (name: string) => samples.get(name);
	expect(value('downbeat_build_info{version="0.0.0-test",node="' + process.versions.node + '"}')).toBe(1);
	expect(value('downbeat_sockets_opened_total')).toBe(2);
	expect(value('downbeat_sockets_refused_total{reason="signedOut"}')).toBe(1);
	expect(value('downbeat_sockets_closed_total{reason="malformed"}')).toBe(1);
	expect(value('downbeat_updates_refused_total{reason="malformed"}')).toBe(1);
	expect(value('downbeat_sync_received_messages_total')).toBe(2);
	expect(value('downbeat_sync_received_bytes_total')).toBe(frame.length + 1);
	expect(value('downbeat_sync_sent_messages_total')).toBeGreaterThan(0);
	expect(value('downbeat_store_commit_seconds_count')).toBe(1);
	expect(value('downbeat_unacked_age_seconds')).toBe(0);
	const route = 'method="GET",route="/api/v1/spaces/:space",status="200"';
	expect(value(`downbeat_http_request_seconds_count{${route}}`)).toBe(1);
	for (const name of ['downbeat_database_bytes', 'downbeat_disk_free_bytes', 'process_resident_memory_bytes'])
		expect(value(name)).toBeGreaterThan(0);
	for (const secret of [space, token, 'secret-plan', server.founded.person, 'Engineering', 'Ada', 'dbt_'])
		expect(text).not.toContain(secret);
});

test('who has a document open is present until they leave', async () => {
	const server = await startFounded();
	const { space, token } = server.founded;
	const open = () => {
		const socket = new WebSocket(`${server.url.replace('http', 'ws')}/sync/${space}/index?token=${token}`);
		return new Promise<WebSocket>((resolve) => socket.once('open', () => resolve(socket)));
	};
	const sockets = [await open(), await open()];
	const there = (await scrape(server)).samples;
	expect(there.get('downbeat_sockets_open')).toBe(2);
	expect(there.get('downbeat_people_present')).toBe(1);
	expect(there.get('downbeat_documents_open')).toBeGreaterThan(0);
	for (const socket of sockets) socket.close();
	await expect.poll(async () => (await scrape(server)).samples.get('downbeat_people_present')).toBe(0);
	expect((await scrape(server)).samples.get('downbeat_sockets_closed_total{reason="left"}')).toBe(2);
});
