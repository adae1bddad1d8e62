import 'fake-indexeddb/auto'; // First: Dexie looks for it when it is loaded.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { Device, type Tab } from '../sync/devices.ts';
import { runCommand, startChild } from './child-process.ts';
import { newFolder } from './in-process.ts';

interface Place {
	readonly space: string;
	readonly token: string;
}

async function spaceIn(folder: string): Promise<Place> {
	const { out } = await runCommand(folder, 'space', 'create', 'Weekly Ops');
	return JSON.parse(out) as Place;
}

async function tabOn(url: string, { space, token }: Place): Promise<Tab> {
	const device = new Device(`${url.replace('http', 'ws')}/sync`);
	onTestFinished(() => device.closeAll());
	return device.tab({ name: `${space}/m-ops`, token });
}

/** Somewhere to put a file, gone after the test. */
function shelf(): string {
	const made = mkdtempSync(join(tmpdir(), 'downbeat-backup-'));
	onTestFinished(() => rmSync(made, { recursive: true }));
	return made;
}

const answered = (out: string) => JSON.parse(out) as Record<string, unknown>;

/** What a folder holds that a server would use, byte for byte. */
const bytesIn = (folder: string) => readFileSync(join(folder, 'downbeat.db')).toString('base64');

/** A stopped instance with one document, and a backup of it. */
async function backedUp(text = 'in the backup') {
	const folder = newFolder();
	const at = await spaceIn(folder);
	const server = await startChild({ DOWNBEAT_DATA: folder });
	const tab = await tabOn(server.url, at);
	tab.set('a', text);
	await tab.settled();
	await tab.close();
	const file = join(shelf(), 'one.db');
	expect((await runCommand(folder, 'backup', file)).err).toBe('');
	server.process.kill('SIGTERM');
	await server.ended;
	return { folder, at, file };
}

test('a backup made while people write holds everything that was acknowledged before it began', async () => {
	const folder = newFolder();
	const at = await spaceIn(folder);
	const server = await startChild({ DOWNBEAT_DATA: folder });
	const tabs = [await tabOn(server.url, at), await tabOn(server.url, at)];
	const acknowledged: string[] = [];
	const writing = { isOn: true };
	const writers = tabs.map(async (tab, writer) => {
		for (let index = 0; writing.isOn; index++) {
			tab.set(`w${writer}-${index}`, 'x'.repeat(200));
			await tab.settled();
			acknowledged.push(`w${writer}-${index}`);
		}
	});
	await expect.poll(() => acknowledged.length, { timeout: 30_000 }).toBeGreaterThan(60);

	const before = [...acknowledged];
	const file = join(shelf(), 'under-load.db');
	const { code, out } = await runCommand(folder, 'backup', file);
	const during = acknowledged.length - before.length;
	writing.isOn = false;
	await Promise.all(writers);
	expect(code).toBe(0);
	expect(during).toBeGreaterThan(0);
	expect(answered(out)).toMatchObject({ file, spaces: 1, points: 0 });
	for (const tab of tabs) await tab.close();

	const elsewhere = newFolder();
	expect((await runCommand(elsewhere, 'restore', file)).err).toBe('');
	const restored = await startChild({ DOWNBEAT_DATA: elsewhere });
	const reader = await tabOn(restored.url, at);
	await reader.settled();
	expect(before.filter((key) => !reader.rows.has(key))).toEqual([]);
});

test('a restore keeps what was there, and devices bring back what they had since the backup', async () => {
	const { folder, at, file } = await backedUp();
	const server = await startChild({ DOWNBEAT_DATA: folder });
	const device = new Device(`${server.url.replace('http', 'ws')}/sync`);
	onTestFinished(() => device.closeAll());
	const name = `${at.space}/m-ops`;
	const tab = await device.tab({ name, token: at.token });
	await tab.settled();
	tab.set('b', 'after the backup');
	await tab.settled();
	await tab.close();
	server.process.kill('SIGKILL'); // A log is left beside the database.
	await server.ended;

	const { code, out } = await runCommand(folder, 'restore', file);
	expect(code).toBe(0);
	const { before } = answered(out) as { before: string };
	expect((await runCommand(folder, 'verify', before)).err).toBe('');

	const { port } = new URL(server.url);
	const again = await startChild({ DOWNBEAT_DATA: folder, PORT: port });
	const newcomer = await tabOn(again.url, at);
	await newcomer.settled();
	expect(newcomer.text).toBe('a=in the backup');
	const back = await device.tab({ name, token: at.token });
	await back.settled();
	await newcomer.until(({ text }) => text === 'a=in the backup b=after the backup');
});

test('what is written after a restore carries no number that was given out before it', async () => {
	const { folder, file } = await backedUp();
	await runCommand(folder, 'restore', file);
	const connection = new DatabaseSync(join(folder, 'downbeat.db'), { readOnly: true });
	const row = connection.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'doc_log'").get();
	connection.close();
	expect(Number(row?.['seq'])).toBeGreaterThan(1_000_000_000);
});

test('a dry run says what would be done and does nothing', async () => {
	const { folder, file } = await backedUp();
	const there = bytesIn(folder);
	const { code, out } = await runCommand(folder, 'restore', file, '--dry-run');
	expect([code, answered(out)['isDryRun'], answered(out)['documents']]).toEqual([0, true, 2]);
	expect(bytesIn(folder)).toBe(there);
	expect(readdirSync(folder).filter((name) => name.startsWith('before-restore'))).toEqual([]);
});

test('nothing is restored under a running server, and no backup is written over', async () => {
	const { folder, file } = await backedUp();
	await startChild({ DOWNBEAT_DATA: folder });
	const there = bytesIn(folder);
	const refused = await runCommand(folder, 'restore', file);
	expect([refused.code, refused.out]).toEqual([1, '']);
	expect(refused.err).toContain('Another Downbeat is already running');
	expect(bytesIn(folder)).toBe(there);
	const over = await runCommand(folder, 'backup', file);
	expect([over.code, over.err]).toEqual([1, `${file} is there already. Name a new file for each backup.\n`]);
});

test('a damaged backup, another file and one of a newer Downbeat are refused in words, and nothing is touched', async () => {
	const { folder, file } = await backedUp('words '.repeat(4_000));
	const there = bytesIn(folder);
	const copy = (name: string, change: (bytes: Buffer) => Buffer) => {
		const made = join(shelf(), name);
		writeFileSync(made, change(readFileSync(file)));
		return made;
	};
	const newer = copy('newer.db', (bytes) => bytes);
	const connection = new DatabaseSync(newer);
	connection.exec('PRAGMA user_version = 999');
	connection.close();
	const bent = copy('bent.db', (bytes) => {
		const at = bytes.indexOf('words words');
		expect(at).toBeGreaterThan(0);
		return bytes.fill(0xff, bytes.length - 4_096);
	});
	for (const [wrong, sentence] of [
		[join(folder, 'none.db'), /^There is no /],
		[copy('text.db', () => Buffer.from('Not a database at all.')), /is not a backup of a Downbeat/],
		[copy('short.db', (bytes) => bytes.subarray(0, bytes.length - 8_192)), /is damaged|is not a backup/],
		[bent, /is damaged|is not a backup/],
		[newer, /was written by a newer Downbeat \(version 999/]
	] as const) {
		for (const verb of ['verify', 'restore']) {
			const { code, err, out } = await runCommand(folder, verb, wrong);
			expect([code, out]).toEqual([1, '']);
			expect(err).toMatch(sentence);
			expect(err).not.toContain('    at ');
		}
	}
	expect(bytesIn(folder)).toBe(there);
	expect(existsSync(join(folder, 'restoring.db'))).toBe(false);
});

test('doctor tells what is there, with and without a server, and that a folder was never used', async () => {
	const { folder } = await backedUp();
	const still = answered((await runCommand(folder, 'doctor')).out);
	expect(still).toMatchObject({ folder, spaces: 1, documents: 2, isServerRunning: false });
	expect(still['version']).toBe(still['latestVersion']);
	await startChild({ DOWNBEAT_DATA: folder });
	expect(answered((await runCommand(folder, 'doctor')).out)['isServerRunning']).toBe(true);
	const { code, err } = await runCommand(newFolder(), 'doctor');
	expect([code, err]).toEqual([1, expect.stringContaining('no server has run on it yet')]);
});
