import {
	closeSync,
	copyFileSync,
	existsSync,
	fsyncSync,
	openSync,
	renameSync,
	rmSync,
	statSync,
	type PathLike
} from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as Y from 'yjs';
import { StartRefused } from '../../start-refused.ts';
import { latestOf, versionOf } from './migrations.ts';
import type { Migration } from './migration.ts';
import { databaseFile, type Database } from './open.ts';
import { SQLITE, sqliteCodeOf } from './open-errors.ts';
import { folderRefusal, freeBytes, fullSentence, lockFolder, prepareFolder } from './open-folder.ts';

// A backup is one file: the database as it stood in one moment, without what writing leaves behind. What the server
// has acknowledged before it began is in it.

/** What a backup holds, for the operator to compare. */
export interface BackupFacts {
	readonly file: string;
	readonly bytes: number;
	/** Of the tables, not of the program. */
	readonly version: number;
	readonly spaces: number;
	readonly documents: number;
	readonly updates: number;
	readonly points: number;
}

export interface Restored extends BackupFacts {
	readonly isDryRun: boolean;
	/** Where what was there before lies now; absent when there was nothing. */
	readonly before?: string;
}

/**
 * How far counters jump on a restore. Devices ask for what came after a number they know: what is written from now on
 * must not carry one that was given out after the backup.
 */
const COUNTERS_JUMP = 1_000_000_000;

/** Needed beside the file itself. */
const SPARE_BYTES = 16 * 1024 * 1024;

/** Writes a backup beside a running server. Throws `StartRefused`; then there is no file. */
export function backUp(database: Database, file: string, migrations: readonly Migration[]): BackupFacts {
	if (existsSync(file)) throw new StartRefused(`${file} is there already. Name a new file for each backup.`);
	const part = `${file}.part`;
	return withSentences(file, () => {
		const { size } = statSync(databaseFile(database.folder));
		if (freeBytes(dirname(file)) < size + SPARE_BYTES)
			throw new StartRefused(
				`The disk of ${file} has no room for ${size} bytes. Free some, or choose another.`
			);
		rmSync(part, { force: true });
		try {
			database.connect().prepare('VACUUM INTO ?').run(part);
			const facts = verifyBackup(part, migrations);
			sync(part);
			renameSync(part, file);
			sync(dirname(file));
			return { ...facts, file };
		} finally {
			rmSync(part, { force: true });
		}
	});
}

/** Reads all of a backup: its pages, its references, every update of every document. Throws `StartRefused`. */
export function verifyBackup(file: string, migrations: readonly Migration[]): BackupFacts {
	if (!existsSync(file)) throw new StartRefused(`There is no ${file}.`);
	return withSentences(file, () => {
		const connection = new DatabaseSync(file, { readOnly: true });
		try {
			const version = versionOf(connection);
			if (version === 0) throw new StartRefused(notABackup(file));
			if (version > latestOf(migrations))
				throw new StartRefused(
					`${file} was written by a newer Downbeat (version ${version}; this one knows ${latestOf(migrations)}). ` +
						'Use the newer one.'
				);
			const [first] = connection.prepare('PRAGMA integrity_check(1)').all();
			if (first?.['integrity_check'] !== 'ok')
				throw new StartRefused(
					`${file} is damaged: ${String(first?.['integrity_check'])}. Use another backup.`
				);
			if (connection.prepare('PRAGMA foreign_key_check').all().length > 0)
				throw new StartRefused(`${file} is damaged: some of its rows belong to nothing. Use another backup.`);
			const count = (table: string) =>
				Number(connection.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.['n'] ?? 0);
			return {
				file,
				bytes: statSync(file).size,
				version,
				spaces: count('space'),
				documents: readDocuments(connection, file),
				updates: count('doc_log'),
				points: count('point')
			};
		} finally {
			connection.close();
		}
	});
}

/**
 * Puts a backup in the place of what is in `folder`, which is moved aside and kept. The server must not be running.
 * Throws `StartRefused`; then the folder is as it was.
 */
export function restoreBackup(
	file: string,
	folder: string,
	options: { migrations: readonly Migration[]; isDryRun: boolean; nowMs: number }
): Restored {
	const facts = verifyBackup(file, options.migrations);
	prepareFolder(folder);
	return withSentences(file, () => {
		const unlock = lockFolder(folder);
		try {
			const [present, part] = [databaseFile(folder), join(folder, 'restoring.db')];
			if (freeBytes(folder) < facts.bytes + SPARE_BYTES)
				throw new StartRefused(
					`The disk of ${folder} has no room for ${facts.bytes} bytes. Free some first.`
				);
			const stamp = new Date(options.nowMs).toISOString().replaceAll(/[:.]/g, '-');
			const before = existsSync(present) ? join(folder, `before-restore-${stamp}.db`) : undefined;
			if (!options.isDryRun) replace(file, { present, part, before });
			return { ...facts, isDryRun: options.isDryRun, ...(before ? { before } : {}) };
		} finally {
			unlock();
		}
	});
}

/** All or nothing: what goes wrong on the way leaves the folder as it was. */
function replace(file: string, names: { present: string; part: string; before: string | undefined }): void {
	const { present, part, before } = names;
	const moved: [string, string][] = [];
	try {
		copyFileSync(file, part);
		jumpCounters(part);
		sync(part);
		// Its log goes with it, under the name SQLite looks for: nothing of it is lost when it was not closed well.
		for (const end of before ? ['', '-wal', '-shm'] : []) {
			if (!existsSync(`${present}${end}`)) continue;
			renameSync(`${present}${end}`, `${before}${end}`);
			moved.push([`${present}${end}`, `${before}${end}`]);
		}
		renameSync(part, present);
	} catch (error) {
		for (const [from, to] of moved) renameSync(to, from);
		throw error;
	} finally {
		for (const end of ['', '-wal', '-shm', '-journal']) rmSync(`${part}${end}`, { force: true });
	}
	sync(dirname(present));
}

/** Puts every document together from its updates, as a server would. Gives how many there are. */
function readDocuments(connection: DatabaseSync, file: string): number {
	const documents = connection.prepare('SELECT id, name FROM doc').all();
	const updates = connection.prepare('SELECT data FROM doc_log WHERE doc = ? ORDER BY seq');
	for (const { id, name } of documents) {
		const doc = new Y.Doc();
		try {
			doc.transact(() => {
				for (const { data } of updates.iterate(Number(id))) Y.applyUpdate(doc, data as Uint8Array);
			});
		} catch {
			throw new StartRefused(
				`${file} is damaged: the document ${String(name)} cannot be read. Use another backup.`
			);
		} finally {
			doc.destroy();
		}
	}
	return documents.length;
}

function jumpCounters(file: string): void {
	const connection = new DatabaseSync(file);
	try {
		connection.exec(`UPDATE sqlite_sequence SET seq = seq + ${COUNTERS_JUMP}`);
	} finally {
		connection.close();
	}
}

function sync(path: PathLike): void {
	const handle = openSync(path, 'r');
	try {
		fsyncSync(handle);
	} finally {
		closeSync(handle);
	}
}

/** What SQLite says of a file that is none of its own, or has other tables. */
const NOT_OURS = new Set<number>([SQLITE.generic, SQLITE.corrupt, SQLITE.cannotOpen, SQLITE.notADatabase]);

const notABackup = (file: string) => `${file} is not a backup of a Downbeat.`;

/** Turns what the disk and SQLite say into a sentence. */
function withSentences<T>(file: string, work: () => T): T {
	try {
		return work();
	} catch (error) {
		const code = error instanceof Error && 'code' in error ? error.code : undefined;
		if (code === 'ENOENT') throw new StartRefused(`The folder of ${file} does not exist. Make it first.`);
		const sqlite = sqliteCodeOf(error);
		if (sqlite === SQLITE.full) throw new StartRefused(fullSentence(dirname(file)));
		if (sqlite !== undefined && NOT_OURS.has(sqlite)) throw new StartRefused(notABackup(file));
		throw folderRefusal(dirname(file), error) ?? error;
	}
}
