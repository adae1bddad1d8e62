import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import type { AuditEntry } from '#lib/domain/audit.ts';
import { cli } from '../../server/cli.ts';
import { ManualClock } from '../../server/clock-manual.ts';
import { SqliteAuditLog } from '../../server/storage/sqlite/audit-log.ts';
import { newFolder, startServer } from './in-process.ts';

/** A command in this process: a new one takes a second, and has nothing to say that this does not. */
async function run(folder: string, ...args: string[]) {
	let [out, err] = ['', ''];
	const code = await cli(args, {
		env: { DOWNBEAT_DATA: folder },
		cwd: process.cwd(),
		clock: new ManualClock(),
		hostZone: 'UTC',
		out: (line) => void (out += `${line}\n`),
		err: (line) => void (err += `${line}\n`)
	});
	return { code, out, err };
}

/** Something done to the database by whoever can write it. */
function inDatabase(folder: string, work: (connection: DatabaseSync) => void): void {
	const connection = new DatabaseSync(join(folder, 'downbeat.db'));
	try {
		work(connection);
	} finally {
		connection.close();
	}
}

/** An instance whose log has three entries, the second of another space. */
async function logged() {
	const folder = newFolder();
	expect((await run(folder, 'space', 'list')).code).toBe(0);
	inDatabase(folder, (connection) => {
		const log = new SqliteAuditLog(connection);
		const event = { atMs: 1, actor: { kind: 'operator' }, outcome: 'done' } as const;
		for (const space of ['ops', 'hr', 'ops'])
			expect(log.append({ ...event, action: 'token.created', space }).ok).toBe(true);
	});
	return folder;
}

const entriesIn = (out: string) =>
	out
		.trim()
		.split('\n')
		.map((line) => JSON.parse(line) as AuditEntry);

test('a whole log is said to be, also beside a running server, and doctor says the same', async () => {
	const folder = await logged();
	await startServer({ dataFolder: folder });
	const { code, out } = await run(folder, 'audit', 'verify');
	const head = JSON.parse(out) as object;
	expect(code).toBe(0);
	expect(head).toEqual({ seq: 3, hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string });
	const doctor = await run(folder, 'doctor');
	expect(doctor.err).toBe('');
	expect(JSON.parse(doctor.out)).toMatchObject({ audit: head, isServerRunning: true });
});

test('a log that was tampered with is named by both, in a sentence', async () => {
	const folder = await logged();
	inDatabase(folder, (connection) =>
		connection.exec(`
			DROP TRIGGER audit_is_not_changed;
			UPDATE audit SET entry = replace(entry, '"ops"', '"hr"') WHERE seq = 3`)
	);
	for (const words of [['audit', 'verify'], ['doctor']]) {
		const { code, out, err } = await run(folder, ...words);
		expect([code, out]).toEqual([1, '']);
		expect(err).toMatch(/entry 3 is not what was written\. Entries 1 to 2 are as they were written\./);
	}
});

test('the log is printed, whole or of one space, and each time that is recorded', async () => {
	const folder = await logged();
	const all = entriesIn((await run(folder, 'audit', 'export')).out);
	expect(all.map(({ seq, action }) => [seq, action])).toEqual([
		[1, 'token.created'],
		[2, 'token.created'],
		[3, 'token.created'],
		[4, 'audit.exported']
	]);
	expect(all.at(-1)).toMatchObject({ actor: { kind: 'operator' }, detail: { format: 'jsonl' } });
	const own = entriesIn((await run(folder, 'audit', 'export', '--space', 'ops')).out);
	expect(own.map(({ seq }) => seq)).toEqual([1, 3, 5]);
	const csv = await run(folder, 'audit', 'export', '--format', 'csv', '--space', 'hr');
	expect(csv.out.split('\n')).toEqual([
		expect.stringMatching(/^seq,at,action,/),
		expect.stringMatching(/^2,/),
		expect.stringMatching(/^6,.*audit\.exported/),
		''
	]);
});

test('an export kept elsewhere tells a log that was made up anew from the one it was', async () => {
	const folder = await logged();
	const { out } = await run(folder, 'audit', 'export', '--space', 'ops');
	const file = join(folder, '..', 'kept.jsonl');
	writeFileSync(file, out);
	const verified = await run(folder, 'audit', 'verify', '--export', file);
	expect([verified.err, JSON.parse(verified.out)]).toEqual([
		'',
		expect.objectContaining({ seq: 4, found: 3 })
	]);

	inDatabase(folder, (connection) => {
		connection.exec(`
			DROP TRIGGER audit_is_not_deleted;
			DELETE FROM audit;
			DELETE FROM instance WHERE name = 'audit.head'`);
		const event = { atMs: 1, actor: { kind: 'operator' }, outcome: 'done', space: 'ops' } as const;
		for (let count = 0; count < 4; count++)
			new SqliteAuditLog(connection).append({ ...event, action: 'token.revoked' });
	});
	expect((await run(folder, 'audit', 'verify')).code).toBe(0);
	const { code, err } = await run(folder, 'audit', 'verify', '--export', file);
	expect(code).toBe(1);
	expect(err).toMatch(/^Entry 1 of the audit log is not the one in /);
});

test.each([
	[['audit'], 2, /^There is no command “audit”/],
	[['audit', 'export', '--format', 'xml'], 2, /^There are two formats: jsonl and csv\./],
	[['audit', 'export', '--space', '../x'], 2, /^A space's id has/],
	[['audit', 'verify', '--format', 'csv'], 2, /^“audit verify” has no option --format/],
	[['audit', 'verify', '--export', 'nowhere.jsonl'], 1, /nowhere\.jsonl cannot be read/],
	[['audit', 'verify', '--export', 'package.json'], 1, /^Line 1 of .*package\.json is no entry/]
])('downbeat %j is refused in a sentence', async (args, expected, sentence) => {
	const { code, out, err } = await run(newFolder(), ...args);
	expect([code, out]).toEqual([expected, '']);
	expect(err).toMatch(sentence);
	expect(err.trim().split('\n')).toHaveLength(1);
});
