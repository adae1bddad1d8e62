import {
	closeSync,
	cpSync,
	existsSync,
	ftruncateSync,
	mkdtempSync,
	openSync,
	statSync,
	writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { StartRefused } from '../../start-refused.ts';
import type { Migration } from './migration.ts';
import { inOrder, migrate, versionOf } from './migrations.ts';
import { openForCommand, openForServer, type Database } from './open.ts';

const migrations: readonly Migration[] = [
	{ to: 1, name: 'notes', sql: 'CREATE TABLE notes (text TEXT) STRICT' },
	{ to: 2, name: 'authors', sql: 'ALTER TABLE notes ADD COLUMN author TEXT' }
];
const newFolder = () => join(mkdtempSync(join(tmpdir(), 'downbeat-open-')), 'data');
const sentenceOf = (open: () => Database): string => {
	try {
		open().close();
	} catch (error) {
		if (error instanceof StartRefused) return error.message;
		throw error;
	}
	return 'opened';
};

test('a missing folder is made for its owner alone, and the database brought to the latest version', () => {
	const folder = newFolder();
	const database = openForServer(folder, migrations);
	expect(statSync(folder).mode & 0o777).toBe(0o700);
	const connection = database.connect();
	expect(versionOf(connection)).toBe(2);
	expect(connection.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
	expect(connection.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 2 });
	expect(connection.prepare('PRAGMA foreign_keys').get()).toEqual({ foreign_keys: 1 });
	database.close();
});

test('a folder that holds something else keeps its mode', () => {
	const folder = mkdtempSync(join(tmpdir(), 'downbeat-open-'));
	writeFileSync(join(folder, 'letter.txt'), 'Dear Ada');
	const before = statSync(folder).mode;
	openForServer(folder, migrations).close();
	expect(statSync(folder).mode).toBe(before);
});

test('closing leaves neither a write-ahead log nor a lock', () => {
	const folder = newFolder();
	openForServer(folder, migrations).close();
	expect(existsSync(join(folder, 'downbeat.db-wal'))).toBe(false);
	openForServer(folder, migrations).close();
});

test('a second server on the folder is told so, and the first notices nothing', () => {
	const folder = newFolder();
	const first = openForServer(folder, migrations);
	expect(sentenceOf(() => openForServer(folder, migrations))).toMatch(
		/^Another Downbeat is already running on/
	);
	first.connect().exec("INSERT INTO notes VALUES ('still here', NULL)");
	first.close();
});

test('a command works beside the server and sees what it wrote', () => {
	const folder = newFolder();
	const server = openForServer(folder, migrations);
	server.connect().exec("INSERT INTO notes VALUES ('hello', NULL)");
	const command = openForCommand(folder, migrations);
	expect(command.connect().prepare('SELECT text FROM notes').all()).toEqual([{ text: 'hello' }]);
	command.close();
	server.close();
});

test('a command on a missing folder makes it', () => {
	const folder = newFolder();
	openForCommand(folder, migrations).close();
	openForServer(folder, migrations).close();
});

test('a newer command does not migrate under an older server', () => {
	const folder = newFolder();
	const server = openForServer(folder, migrations.slice(0, 1));
	expect(sentenceOf(() => openForCommand(folder, migrations))).toMatch(/^Another Downbeat/);
	expect(versionOf(server.connect())).toBe(1);
	server.close();
});

test('a database from a newer version is left as it is', () => {
	const folder = newFolder();
	openForServer(folder, [...migrations, { to: 7, name: 'future', sql: 'CREATE TABLE future (x)' }]).close();
	const opened = [openForServer, openForCommand].map((open) => sentenceOf(() => open(folder, migrations)));
	for (const sentence of opened) {
		expect(sentence).toContain('was written by a newer Downbeat (version 7; this one knows 2)');
	}
	const connection = new DatabaseSync(join(folder, 'downbeat.db'));
	expect(versionOf(connection)).toBe(7);
	connection.close();
});

test('a step that does not work leaves nothing, and the steps before it stay', () => {
	const connection = new DatabaseSync(':memory:');
	const broken = { to: 2, name: 'broken', sql: 'CREATE TABLE half (x); INSERT INTO nowhere VALUES (1)' };
	expect(() => migrate(connection, inOrder(migrations.slice(0, 1), [broken]))).toThrow(/nowhere/);
	expect(versionOf(connection)).toBe(1);
	expect(connection.prepare("SELECT name FROM sqlite_schema WHERE name = 'half'").all()).toEqual([]);
});

test('steps of several parts are applied by number, and a number is used once', () => {
	const [first, second] = migrations;
	expect(inOrder([second!], [first!]).map(({ to }) => to)).toEqual([1, 2]);
	expect(() => inOrder(migrations, [{ to: 2, name: 'twin', sql: '' }])).toThrow(/version 2/);
});

test('a file in the place of the folder', () => {
	const file = newFolder();
	writeFileSync(file, '');
	expect(sentenceOf(() => openForServer(file, migrations))).toMatch(
		/a file stands in its way. Give it a folder\.$/
	);
	expect(sentenceOf(() => openForServer(join(file, 'below'), migrations))).toMatch(/Give it a folder\.$/);
});

test('something else under the name of the database', () => {
	const folder = newFolder();
	openForServer(folder, migrations).close();
	writeFileSync(join(folder, 'downbeat.db'), 'these are my holiday pictures '.repeat(200));
	expect(sentenceOf(() => openForServer(folder, migrations))).toMatch(
		/damaged or is not a Downbeat database/
	);
});

test('damage is found after an unclean stop', () => {
	const [folder, crashed] = [newFolder(), newFolder()];
	const server = openForServer(folder, migrations);
	const connection = server.connect();
	for (let row = 0; row < 500; row++)
		connection.exec(`INSERT INTO notes VALUES ('${'x'.repeat(200)}', NULL)`);
	connection.exec('PRAGMA wal_checkpoint(TRUNCATE)');
	connection.exec("INSERT INTO notes VALUES ('in the log', NULL)");
	cpSync(folder, crashed, { recursive: true }); // What a crash leaves: the log beside the database.
	server.close();
	openForServer(crashed, migrations).close();

	cpSync(folder, crashed, { recursive: true });
	const file = openSync(join(crashed, 'downbeat.db'), 'r+');
	ftruncateSync(file, 3 * 4096);
	closeSync(file);
	writeFileSync(join(crashed, 'downbeat.db-wal'), 'torn');
	expect(sentenceOf(() => openForServer(crashed, migrations))).toMatch(/damaged/);
});

test('the disk can be made to take the log, also after it was begun anew, and not after the end', async () => {
	const database = openForServer(newFolder(), migrations);
	const connection = database.connect();
	connection.exec("INSERT INTO notes (text) VALUES ('one')");
	await database.flushLog();
	connection.exec("PRAGMA wal_checkpoint(TRUNCATE); INSERT INTO notes (text) VALUES ('two')");
	await database.flushLog();
	database.close();
	await expect(database.flushLog()).rejects.toThrow(/ENOENT/);
});

test('what was flushed often enough is copied into the database, away from the event loop', async () => {
	const folder = newFolder();
	const database = openForServer(folder, migrations);
	const connection = database.connect();
	connection.exec('PRAGMA wal_autocheckpoint = 0');
	for (let count = 0; count < 100; count++) {
		connection.exec("INSERT INTO notes (text) VALUES ('one')");
		await database.flushLog();
	}
	const copied = () => {
		cpSync(join(folder, 'downbeat.db'), join(folder, 'copy.db'));
		const copy = new DatabaseSync(join(folder, 'copy.db'));
		const row = copy.prepare('SELECT count(*) AS n FROM notes').get();
		copy.close();
		return row;
	};
	await expect.poll(copied, { timeout: 10_000 }).toEqual({ n: 100 });
	database.close();
	expect(existsSync(join(folder, 'downbeat.db-wal'))).toBe(false);
});
