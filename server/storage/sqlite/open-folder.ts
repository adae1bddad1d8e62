import { chmodSync, mkdirSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StartRefused } from '../../start-refused.ts';
import { sqliteCodeOf, SQLITE } from './open-errors.ts';

/**
 * Free space below which the server neither starts nor calls itself ready: twice the largest message, which is
 * written once to the write-ahead log and once to the database.
 */
export const DISK_FREE_BYTES_MIN = 16 * 1024 * 1024;

/** How long a second server, or a restart of this one, waits for the first to let go. */
const LOCK_WAIT_MS = 1_000;

const PROBE_BYTES = 4_096;

/** Makes the folder when it is missing, for its owner alone, and sees that it can be written to. */
export function prepareFolder(folder: string): void {
	try {
		const created = mkdirSync(folder, { recursive: true, mode: 0o700 });
		// A folder that was here before and holds something may be somebody's home: its mode is theirs.
		if (!created && readdirSync(folder).length === 0) chmodSync(folder, 0o700);
		if (freeBytes(folder) < DISK_FREE_BYTES_MIN) throw new StartRefused(fullSentence(folder));
		const probe = join(folder, `.write-check-${process.pid}`);
		writeFileSync(probe, Buffer.alloc(PROBE_BYTES));
		rmSync(probe);
	} catch (error) {
		throw folderRefusal(folder, error) ?? error;
	}
}

/** Bytes that the server may still write on the disk that holds `folder`. */
export function freeBytes(folder: string): number {
	const { bavail, bsize } = statfsSync(folder);
	return bavail * bsize;
}

/**
 * Keeps the folder for this process alone, and returns what gives it back. The lock is SQLite's own on an empty
 * file: the system drops it with the process, however that ends, so there is no stale one to clear by hand.
 */
export function lockFolder(folder: string): () => void {
	const lock = new DatabaseSync(join(folder, 'downbeat.lock'), { timeout: LOCK_WAIT_MS });
	try {
		lock.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
	} catch (error) {
		lock.close();
		if (sqliteCodeOf(error) !== SQLITE.busy) throw error;
		throw new StartRefused(
			`Another Downbeat is already running on ${folder}. ` +
				'Stop it, or give this one a folder of its own with DOWNBEAT_DATA.'
		);
	}
	return () => lock.close();
}

export const fullSentence = (folder: string): string =>
	`The disk that holds ${folder} is full. Free at least ${DISK_FREE_BYTES_MIN / 1024 / 1024} MB and start again.`;

/** The sentence for what a file system says, or undefined when it is not the world's fault. */
export function folderRefusal(folder: string, error: unknown): StartRefused | undefined {
	if (error instanceof StartRefused) return error;
	const code = error instanceof Error && 'code' in error ? error.code : undefined;
	switch (code) {
		case 'ENOTDIR':
		case 'EEXIST':
			return new StartRefused(`DOWNBEAT_DATA is ${folder}, but a file stands in its way. Give it a folder.`);
		case 'EROFS':
		case 'EACCES':
		case 'EPERM':
			return new StartRefused(
				`Downbeat may not write to ${folder}. ` +
					'Let its user write there, or choose another folder with DOWNBEAT_DATA.'
			);
		case 'ENOSPC':
		case 'EDQUOT':
			return new StartRefused(fullSentence(folder));
		default:
			return undefined;
	}
}
