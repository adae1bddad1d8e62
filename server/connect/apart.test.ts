import { createServer } from 'node:http';
import { mkdtempSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { AddressGate } from './addresses.ts';
import { readApart } from './apart.ts';
import { fetchText } from './fetch.ts';

// What never ends by itself. Each is given a second here; a run is given ten.

const SECOND_MS = 1_000;
const rules = { zone: undefined, nowMs: 0 };
const timedOut = { ok: false, error: { code: 'source.timed-out' } };

const readers = () => process.getActiveResourcesInfo().filter((name) => name === 'ProcessWrap').length;

function sqliteJob(query: string) {
	const file = join(mkdtempSync(join(tmpdir(), 'downbeat-apart-')), 'empty.db');
	const database = new DatabaseSync(file);
	database.exec('CREATE TABLE empty (here)');
	database.close();
	return { job: 'sqlite', file, query, range: { fromMs: 0, toMs: 0 }, rules } as const;
}

const COUNTING = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)';

test('a query that never gives a row is killed in the middle of it', async () => {
	const before = readers();
	const job = sqliteJob(`${COUNTING} SELECT count(*) AS value FROM n`);
	expect(await readApart(job, AbortSignal.timeout(SECOND_MS))).toMatchObject(timedOut);
	await expect.poll(readers).toBe(before);
});

test('a query that never stops giving rows is given up at the most that are taken', async () => {
	const job = sqliteJob(`${COUNTING} SELECT i AS value FROM n`);
	const read = await readApart(job, AbortSignal.timeout(10 * SECOND_MS));
	expect(read).toMatchObject({ error: { code: 'source.too-many-rows' } });
});

test('a query that makes one value of all memory gets none', async () => {
	const job = sqliteJob("SELECT length(replace(hex(zeroblob(100000000)), '00', 'aaaaaaaa')) AS value");
	const read = await readApart(job, AbortSignal.timeout(10 * SECOND_MS));
	expect(read).toMatchObject({
		error: { code: 'source.query', detail: expect.stringMatching(/big/) as string }
	});
});

test('a JSONPath that compares everything with everything is killed', async () => {
	const text = JSON.stringify(Array.from({ length: 20_000 }, (_, index) => ({ a: { index } })));
	const settings = {
		url: '',
		headers: [],
		auth: { as: 'bearer' as const },
		rows: '$[?count($..index) > 1]',
		value: '$'
	};
	const job = { job: 'json' as const, text, settings, rules };
	expect(await readApart(job, AbortSignal.timeout(SECOND_MS))).toMatchObject(timedOut);
});

test('an answer that breaks its reader is said to be unreadable, and the server goes on', async () => {
	const text = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
	const settings = { url: '', headers: [], auth: { as: 'bearer' as const }, rows: '$..*', value: '$' };
	const read = await readApart({ job: 'json', text, settings, rules }, AbortSignal.timeout(8 * SECOND_MS));
	expect(read).toMatchObject({ ok: false, error: { sentence: expect.stringMatching(/\.$/) as string } });
});

test('an address that says nothing, or a letter now and then, is given up', async () => {
	const server = createServer((request, response) => {
		if (request.url !== '/drips') return;
		const drip = setInterval(() => response.write('['), 50);
		response.once('close', () => clearInterval(drip));
	}).listen(0, '127.0.0.1');
	onTestFinished(() => void server.close().closeAllConnections());
	await new Promise((resolve) => server.once('listening', resolve));
	const { port } = server.address() as AddressInfo;
	const gate = new AddressGate(['127.0.0.1']);
	const ask = (path: string) =>
		fetchText(
			{ url: new URL(`http://127.0.0.1:${port}${path}`), headers: {}, secretHeader: undefined },
			{ gate, signal: AbortSignal.timeout(SECOND_MS) }
		);
	expect(await Promise.all(['/silent', '/drips'].map(ask))).toMatchObject([timedOut, timedOut]);
});
