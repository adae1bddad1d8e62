import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import { expect, onTestFinished, test } from 'vitest';
import { describeAuditLog, type AuditWorld } from '../../../tests/contracts/audit-log.ts';
import type { AuditEvent } from '../../audit/audit.ts';
import { auditMigrations, SqliteAuditLog } from './audit-log.ts';
import { directoryMigrations } from './directory-migrations.ts';
import { inOrder, migrate } from './migrations.ts';
import { openDatabase } from './open.ts';

/** A database in a file, and connections to it, all gone after the test. */
function place() {
	const folder = mkdtempSync(join(tmpdir(), 'downbeat-audit-'));
	const file = join(folder, 'downbeat.db');
	const connections: DatabaseSync[] = [];
	onTestFinished(() => {
		for (const connection of connections) connection.close();
		rmSync(folder, { recursive: true });
	});
	const connect = () => {
		const connection = openDatabase(file);
		connection.exec('PRAGMA synchronous = OFF');
		connections.push(connection);
		return connection;
	};
	const database = connect();
	migrate(database, inOrder(directoryMigrations, auditMigrations));
	return { file, database, connect };
}

const TRIGGERS = ['audit_is_not_changed', 'audit_is_not_deleted', 'audit_is_not_replaced'];

describeAuditLog('in SQLite', (): AuditWorld => {
	const { database, connect } = place();
	const raw = connect();
	const disarm = () => raw.exec(TRIGGERS.map((name) => `DROP TRIGGER IF EXISTS ${name}`).join(';'));
	return {
		log: new SqliteAuditLog(database),
		again: new SqliteAuditLog(connect()),
		hasty: (scanMax) => new SqliteAuditLog(connect(), scanMax),
		tamper(seq, text) {
			disarm();
			const { changes } =
				text === undefined
					? raw.prepare('DELETE FROM audit WHERE seq = ?').run(seq)
					: raw.prepare('UPDATE audit SET entry = ? WHERE seq = ?').run(text, seq);
			expect(changes).toBe(1);
		},
		textOf: (seq) => String(raw.prepare('SELECT entry FROM audit WHERE seq = ?').get(seq)?.['entry']),
		forgetHead: () => void raw.exec("DELETE FROM instance WHERE name = 'audit.head'")
	};
});

const event: AuditEvent = {
	atMs: Date.UTC(2026, 5, 8),
	action: 'token.created',
	actor: { kind: 'operator' },
	space: 'ops',
	outcome: 'done'
};

test.each([
	"UPDATE audit SET entry = '{}'",
	'DELETE FROM audit WHERE seq = 2',
	"INSERT OR REPLACE INTO audit (seq, entry) VALUES (1, '{}')",
	"INSERT INTO audit (entry, seq) VALUES ('{}', 1) ON CONFLICT DO UPDATE SET entry = excluded.entry",
	"INSERT INTO audit (entry) VALUES ('{}')"
])('whoever forgets that the log is append-only is stopped: %s', (sql) => {
	const { database } = place();
	const log = new SqliteAuditLog(database);
	for (let count = 0; count < 2; count++) expect(log.append(event).ok).toBe(true);
	expect(() => database.exec(sql)).toThrow('the audit log is append-only');
	expect(log.verify()).toMatchObject({ ok: true, value: { seq: 2 } });
});

test('three processes at once make one chain and lose nothing', async () => {
	const { file, database } = place();
	const own = (name: string) => JSON.stringify(new URL(name, import.meta.url).href);
	const code = `
		const { openDatabase } = await import(${own('./open.ts')});
		const { SqliteAuditLog } = await import(${own('./audit-log.ts')});
		const { workerData } = await import('node:worker_threads');
		const connection = openDatabase(workerData.file);
		const log = new SqliteAuditLog(connection);
		Atomics.add(workerData.gate, 0, 1);
		Atomics.notify(workerData.gate, 0);
		for (let here = 0; (here = Atomics.load(workerData.gate, 0)) < 3; ) Atomics.wait(workerData.gate, 0, here);
		for (let index = 0; index < 60; index++) {
			const kept = log.append({ ...workerData.event, target: workerData.name + '-' + index });
			if (!kept.ok) throw kept.error.cause;
			await new Promise((resolve) => setTimeout(resolve)); // Let another one in.
		}
		connection.close();`;
	const gate = new Int32Array(new SharedArrayBuffer(4));
	const ended = ['a', 'b', 'c'].map((name) => {
		const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`), {
			workerData: { file, event, name, gate }
		});
		return new Promise<void>((resolve, reject) => {
			worker.once('error', reject);
			worker.once('exit', () => resolve());
		});
	});
	await Promise.all(ended);
	const log = new SqliteAuditLog(database);
	expect(log.verify()).toMatchObject({ ok: true, value: { seq: 180 } });
	const order = [...log.entries({}, 180)].map(({ target = '' }) => target);
	expect(new Set(order).size).toBe(180);
	expect(order.filter((target, index) => order[index - 1]?.[0] !== target[0]).length).toBeGreaterThan(10);
});

test('a full or busy disk is answered, not thrown, and the next one goes on', () => {
	const { database, connect } = place();
	const log = new SqliteAuditLog(database);
	database.exec('PRAGMA busy_timeout = 1');
	const other = connect();
	other.exec('BEGIN IMMEDIATE');
	expect(log.append(event)).toMatchObject({ ok: false, error: { code: 'audit.not-kept' } });
	other.exec('COMMIT');
	expect(log.append(event)).toMatchObject({ ok: true, value: { seq: 1 } });
});

test('one space and one actor are found by index, in order', () => {
	const { database } = place();
	for (const column of ['space', 'actor']) {
		const plan = database
			.prepare(`EXPLAIN QUERY PLAN SELECT seq FROM audit WHERE ${column} = ? AND seq < ? ORDER BY seq DESC`)
			.all()
			.map((row) => String(row['detail']));
		expect(plan).toEqual([expect.stringMatching(`SEARCH audit USING .*audit_by_${column}`)]);
	}
});

test('the log goes on behind an end that somebody made unreadable, and does not hide it', () => {
	const { database } = place();
	const log = new SqliteAuditLog(database);
	log.append(event);
	database.exec("UPDATE instance SET value = 'gone' WHERE name = 'audit.head'");
	database.exec("INSERT INTO audit (seq, entry) VALUES (9, '{}')");
	expect(log.append(event)).toMatchObject({ ok: true, value: { seq: 10 } });
	expect(log.verify()).toEqual({ ok: false, error: { code: 'audit.missing', seq: 2, upto: 8 } });
});
