import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SettingsOf } from '#lib/domain/source.ts';
import { readApart } from '../../server/connect/apart.ts';
import {
	installed,
	startPostgresql,
	startPrometheus,
	type PostgresqlProgram,
	type Program
} from './programs.ts';
import { sourceWorld } from './source-world.ts';

// Sources against the programs themselves. Debian's packages are called postgresql and prometheus.

const without = (name: string) =>
	installed(name) ? '' : ` (left out: ${name} is not installed on this machine)`;

describe.skipIf(!installed('postgres'))(`PostgreSQL${without('postgres')}`, () => {
	let database: PostgresqlProgram;
	beforeAll(async () => {
		database = await startPostgresql();
		await database.query(`
			CREATE TABLE sale (at timestamptz PRIMARY KEY, local timestamp, amount numeric, region text, big bigint);
			INSERT INTO sale VALUES
				('2026-06-08T10:00:00+02', '2026-06-08 10:00', 12.50, 'EU', 9000000000),
				('2026-06-08T11:00:00+02', '2026-06-08 11:00', 'NaN', 'EU', 1),
				('2026-06-08T12:00:00+02', '2026-06-08 12:00', NULL, 'US', 2),
				('2026-06-08T13:00:00+02', '2026-06-08 13:00', 7, 'US', 3);
			CREATE FUNCTION writes() RETURNS bigint LANGUAGE sql AS 'INSERT INTO sale (at) VALUES (now()) RETURNING 1::bigint';
		`);
	}, 60_000);
	afterAll(() => database.stop());

	const settings = (query: string, more: Record<string, unknown> = {}) => ({
		kind: 'postgresql',
		settings: {
			host: '127.0.0.1',
			port: database.port,
			database: 'postgres',
			user: database.user,
			tls: 'off',
			lookback: 3_660 * 86_400,
			query,
			...more
		}
	});

	test('rows go in by their columns, and each that is none is named', async () => {
		const { added, run, points } = await sourceWorld();
		const query =
			'SELECT at, amount AS value, region AS segment FROM sale WHERE at >= :from AND at <= :to ORDER BY at';
		const source = await added(settings(query), { secret: database.password });
		expect(source).toMatchObject({ hasSecret: true, kind: 'postgresql', settings: { database: 'postgres' } });
		const first = await run(source.id);
		expect(first).toMatchObject({ rows: 4, added: 2, rejected: 2, by: 'person' });
		expect(first.reasons).toEqual([
			{ row: 2, reason: 'The value is “NaN”, which is no finite number.' },
			{ row: 3, reason: 'The value is empty (null).' }
		]);
		expect(await points()).toMatchObject([
			{ at: '2026-06-08T08:00:00.000Z', value: 12.5, segment: 'EU' },
			{ at: '2026-06-08T11:00:00.000Z', value: 7, segment: 'US' }
		]);
		expect(await run(source.id)).toMatchObject({ added: 0 });
	});

	test('a value that was changed there is a correction here, and the old one is kept', async () => {
		const world = await sourceWorld();
		await database.query("CREATE TABLE daily AS SELECT now() - interval '1 hour' AS at, 10 AS value");
		const source = await world.added(settings('SELECT at, value FROM daily WHERE at >= :from'), {
			secret: database.password
		});
		await world.run(source.id);
		const [before] = await world.points();
		await database.query('UPDATE daily SET value = 11');
		expect(await world.run(source.id)).toMatchObject({ rows: 1, added: 1 });
		expect(await world.points()).toMatchObject([{ at: before?.at, value: 11 }]);
		await world.stop();
		const kept = new DatabaseSync(join(world.folder, 'downbeat.db'));
		expect(kept.prepare('SELECT value, author FROM point ORDER BY seq').all()).toEqual([
			{ value: 10, author: source.id },
			{ value: 11, author: source.id }
		]);
		kept.close();
	});

	test('a test shows rows and reasons and stores nothing; a time needs a zone', async () => {
		const { test: tried, points } = await sourceWorld();
		const query = 'SELECT local AS at, big AS value FROM sale ORDER BY local';
		const blind = await tried(settings(query), { secret: database.password });
		expect(blind).toMatchObject({ rows: 4, rejected: 4, points: [] });
		expect(blind.reasons[0]?.reason).toMatch(/has no zone/);
		const seen = await tried(settings(query), { secret: database.password, zone: 'Europe/Berlin' });
		expect(seen.points[0]).toEqual({ at: '2026-06-08T08:00:00.000Z', value: 9e9 });
		expect(await points()).toEqual([]);
	});

	test('a query that writes or does anything but read is refused in words, and changes nothing', async () => {
		const { test: tried } = await sourceWorld();
		const secret = database.password;
		for (const [query, code] of [
			['DELETE FROM sale', 'source.writes'],
			['WITH gone AS (DELETE FROM sale RETURNING 1) SELECT count(*) AS value FROM gone', 'source.writes'],
			['SELECT writes() AS value', 'source.writes'],
			["SELECT set_config('transaction_read_only', 'off', false), writes() AS value", 'source.query'],
			['SELECT 1 AS value; DELETE FROM sale', 'source.query'],
			['/* /* */ select */ COPY sale TO STDOUT', 'source.writes'],
			['COPY sale TO STDOUT', 'source.writes'],
			['SELECT * INTO other FROM sale', 'source.writes'],
			['SELECT nothing FROM nowhere', 'source.query'],
			['SELECT amount FROM sale', 'source.columns']
		] as const) {
			const { error } = await tried(settings(query), { secret });
			expect([query, error?.code]).toEqual([query, code]);
			expect(error?.sentence).toMatch(/^[A-Z].*\.$/);
		}
		const count = await tried(settings('SELECT count(*) AS value FROM sale'), { secret });
		expect(count.points).toMatchObject([{ value: 4 }]);
	});

	test('ten million rows and large ones are ended, while others are answered', async () => {
		const { test: tried, ask } = await sourceWorld();
		const secret = database.password;
		const many = tried(settings('SELECT i AS value FROM generate_series(1, 10000000) AS i'), { secret });
		const large = tried(settings("SELECT 1 AS value, repeat('x', 100000) FROM generate_series(1, 40000)"), {
			secret
		});
		const beganMs = Date.now();
		expect((await ask('GET', '/api/v1/time')).status).toBe(200);
		expect(Date.now() - beganMs).toBeLessThan(2_000);
		expect((await many).error?.code).toBe('source.too-many-rows');
		expect((await large).error?.code).toBe('source.too-large');
	});

	test('over TLS the same comes in, and no more', async () => {
		const { test: tried } = await sourceWorld();
		const [secret, tls] = [database.password, { tls: 'require' }];
		const query = 'SELECT ssl::int AS value FROM pg_stat_ssl WHERE pid = pg_backend_pid()';
		expect((await tried(settings(query, tls), { secret })).points).toMatchObject([{ value: 1 }]);
		const large = "SELECT 1 AS value, repeat('x', 100000) FROM generate_series(1, 40000)";
		expect((await tried(settings(large, tls), { secret })).error?.code).toBe('source.too-large');
	});

	test('a query that sleeps is given up, and the database is told to end it by itself', async () => {
		const settings: SettingsOf<'postgresql'> = {
			host: 'localhost',
			port: database.port,
			database: 'postgres',
			user: database.user,
			tls: 'off',
			query: 'SELECT 1 AS value FROM pg_sleep(600)',
			lookback: 60,
			overlap: 0
		};
		const address = { address: '127.0.0.1', family: 4 } as const;
		const [range, rules] = [
			{ fromMs: 0, toMs: 0 },
			{ zone: undefined, nowMs: 0 }
		];
		const job = { job: 'postgresql', settings, address, password: database.password, range, rules } as const;
		expect(await readApart(job, AbortSignal.timeout(1_500))).toMatchObject({
			error: { code: 'source.timed-out' }
		});
		const limit = {
			...settings,
			query: "SELECT setting AS value FROM pg_settings WHERE name = 'statement_timeout'"
		};
		expect(await readApart({ ...job, settings: limit }, AbortSignal.timeout(5_000))).toMatchObject({
			value: { points: [{ value: 10_000 }] }
		});
	});

	test('a wrong password, an unknown database and a certificate that nobody knows are said, without the password', async () => {
		const { test: tried } = await sourceWorld();
		const query = 'SELECT 1 AS value';
		const wrong = await tried(settings(query), { secret: 'a-wrong-password' });
		expect(wrong.error?.code).toBe('source.not-let-in');
		expect(JSON.stringify(wrong)).not.toContain('a-wrong-password');
		const missing = await tried(settings(query, { database: 'nope' }), { secret: database.password });
		expect(missing.error?.code).toBe('source.no-database');
		const foreign = await tried(settings(query, { tls: 'verify' }), { secret: database.password });
		expect(foreign.error?.code).toBe('source.certificate');
	});
});

describe.skipIf(!installed('prometheus'))(`Prometheus${without('prometheus')}`, () => {
	let prometheus: Program;
	beforeAll(async () => {
		prometheus = await startPrometheus();
	}, 60_000);
	afterAll(() => prometheus.stop());

	const settings = (query: string, more: Record<string, unknown> = {}) => ({
		kind: 'prometheus',
		settings: { url: `http://127.0.0.1:${prometheus.port}/`, query, step: 60, lookback: 3_600, ...more }
	});

	test('a range comes in on whole steps, and again only what is new', async () => {
		const { added, run, points } = await sourceWorld();
		const source = await added(settings('vector(time() % 3600)'));
		const first = await run(source.id);
		expect(first.rows).toBeGreaterThanOrEqual(60);
		expect(first).toMatchObject({ added: first.rows, rejected: 0 });
		for (const { at, value } of await points()) {
			expect(Date.parse(at) % 60_000).toBe(0);
			expect(value).toBe((Date.parse(at) / 1000) % 3600);
		}
		expect((await run(source.id)).added).toBeLessThanOrEqual(1);
	});

	test('segments by a label; several series without one are refused in words', async () => {
		const { test: tried } = await sourceWorld();
		const two =
			'label_replace(vector(1), "region", "EU", "", "") or label_replace(vector(2), "region", "US", "", "")';
		const told = await tried(settings(two, { segmentLabel: 'region' }));
		expect(told.points[0]).toMatchObject({ value: 1, segment: 'EU' });
		expect((await tried(settings(two))).error).toMatchObject({ code: 'source.series' });
	});

	test('NaN and infinity are refused row by row, a wrong query in words, a long range in pieces', async () => {
		const { test: tried } = await sourceWorld();
		const nan = await tried(settings('vector(0) / 0'));
		expect(nan).toMatchObject({ points: [], rejected: nan.rows });
		expect(nan.reasons[0]?.reason).toMatch(/“NaN”, which is no finite number/);
		expect((await tried(settings('vector(1) / 0'))).reasons[0]?.reason).toMatch(/“\+Inf”/);
		const wrong = await tried(settings('sum(('));
		expect(wrong.error?.code).toBe('source.answer');
		expect(wrong.error?.detail).toMatch(/parse error/);
		const long = await tried(settings('vector(1)', { step: 15, lookback: 2 * 86_400 + 7_200 }));
		expect(long.error).toBeUndefined();
		expect(long.rows).toBeGreaterThan(11_500);
		expect((await tried(settings('vector(1)', { step: 1, lookback: 86_400 }))).error?.code).toBe(
			'source.too-many-rows'
		);
	});
});
