import { expect, onTestFinished, test } from 'vitest';
import type { SpaceId } from '#lib/domain/id.ts';
import { SqliteDirectory } from '../../server/storage/sqlite/directory.ts';
import { SqliteDocStore } from '../../server/storage/sqlite/doc-store.ts';
import { allMigrations } from '../../server/storage/sqlite/migrations-all.ts';
import { openForCommand } from '../../server/storage/sqlite/open.ts';
import { SqliteSeriesStore } from '../../server/storage/sqlite/series-store.ts';
import { runCommand } from './child-process.ts';
import { readSpace } from './founding-helpers.ts';
import { newFolder, setupBody, startServer } from './in-process.ts';

/** The data folder of a server, looked into from beside it. */
function lookInto(folder: string) {
	const database = openForCommand(folder, allMigrations);
	onTestFinished(() => database.close());
	return {
		connection: database.connect(),
		directory: new SqliteDirectory(database.connect()),
		docs: new SqliteDocStore(database.connect()),
		series: new SqliteSeriesStore(database.connect())
	};
}

test('the setup makes the rhythm that was chosen', async () => {
	const { ask, folder } = await startServer();
	const body = setupBody({ series: ['ops-review', 'qbr'] });
	const { status, body: made } = await ask('POST', '/api/v1/setup', { body });
	expect(status).toBe(201);
	const { index, meetings, rejected } = await readSpace(made['space'] as SpaceId, lookInto(folder));
	expect(rejected).toEqual([]);
	expect(index.series.map(({ title }) => title)).toEqual(['Ops Review', 'QBR']);
	expect(meetings.size).toBe(2);
	expect(index.people).toMatchObject([{ id: made['person'], name: 'Ada Okafor' }]);
});

test('the setup makes a sample whose points can be asked for', async () => {
	const { ask, folder } = await startServer();
	const { status, body: made } = await ask('POST', '/api/v1/setup', { body: setupBody({ sample: true }) });
	expect(status).toBe(201);
	const space = made['space'] as SpaceId;
	const { index, kpis, rejected } = await readSpace(space, lookInto(folder));
	expect(rejected).toEqual([]);
	expect(index.series).toHaveLength(8);
	const { body: known } = await ask('GET', `/api/v1/spaces/${space}/kpis`, { token: String(made['token']) });
	const counts = known['kpis'] as { kpi: string; count: number }[];
	expect(counts).toHaveLength(kpis.kpis.length - 1);
	expect(counts.find(({ kpi }) => kpi === 'search-latency')?.count).toBe(14 * 24 + 1);
});

test('a meeting that there is not is said, and the setup stays open', async () => {
	const { ask, folder } = await startServer();
	const refused = await ask('POST', '/api/v1/setup', { body: setupBody({ series: ['retro'] }) });
	expect(refused).toMatchObject({ status: 400, body: { type: 'setup.not-founded' } });
	expect(refused.body['detail']).toMatch(
		/^There is no meeting called retro to begin with\. There are: ops-review, /
	);
	expect((await ask('GET', '/api/v1/setup')).body).toEqual({ isOpen: true });
	const { directory, connection } = lookInto(folder);
	expect(directory.spaces()).toEqual([]);
	expect(connection.prepare('SELECT count(*) AS count FROM doc').get()).toEqual({ count: 0 });
});

test('a founding that the disk stops halfway leaves nothing, and the next one succeeds', async () => {
	const { ask, folder } = await startServer();
	const { connection, directory } = lookInto(folder);
	// The documents are written by then, and some of the points.
	connection.exec(`
		CREATE TRIGGER full BEFORE INSERT ON point WHEN (SELECT count(*) FROM point) >= 1000
		BEGIN SELECT RAISE(ABORT, 'no more room'); END
	`);
	const failed = await ask('POST', '/api/v1/setup', { body: setupBody({ sample: true }) });
	expect(failed.status).toBe(500);
	for (const table of ['doc', 'doc_log', 'doc_author', 'point', 'series']) {
		expect([table, connection.prepare(`SELECT count(*) AS count FROM ${table}`).get()]).toEqual([
			table,
			{ count: 0 }
		]);
	}
	expect(directory.spaces()).toEqual([]);
	expect((await ask('GET', '/api/v1/setup')).body).toEqual({ isOpen: true });

	connection.exec('DROP TRIGGER full');
	const again = await ask('POST', '/api/v1/setup', { body: setupBody({ sample: true }) });
	expect(again.status).toBe(201);
});

test('the command line makes a space that lists its KPIs and is nobody’s', async () => {
	const folder = newFolder();
	const { code, out } = await runCommand(
		folder,
		'space',
		'create',
		'Weekly Ops',
		'--time-zone',
		'Asia/Tokyo'
	);
	expect(code).toBe(0);
	const { space } = JSON.parse(out) as { space: SpaceId };
	const { index, rejected } = await readSpace(space, lookInto(folder));
	expect(rejected).toEqual([]);
	expect(index).toMatchObject({
		fields: { title: 'Weekly Ops', timeZone: 'Asia/Tokyo' },
		documents: [{ id: 'kpis', kind: 'kpis', title: 'KPIs' }],
		people: [],
		series: []
	});
});
