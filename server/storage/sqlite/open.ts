import { closeSync, fdatasync, openSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { StartRefused } from '../../start-refused.ts';
import { Checkpoints } from './checkpoints.ts';
import { latestOf, migrate, versionOf } from './migrations.ts';
import type { Migration } from './migration.ts';
import { SQLITE, sqliteCodeOf } from './open-errors.ts';
import { folderRefusal, fullSentence, lockFolder, prepareFolder } from './open-folder.ts';

/** How long a statement waits for another process, such as the command line, to finish its transaction. */
const BUSY_MS = 2_000;

/** After a checkpoint the write-ahead log is cut back to this, so that one large paste does not stay on disk. */
const WAL_BYTES_KEPT = 64 * 1024 * 1024;

/** The one file that holds everything of an instance. */
export interface Database {
	readonly folder: string;
	/** A connection of its own: a transaction on it is not another store's. Closed together with the database. */
	connect(): DatabaseSync;
	/**
	 * Has the disk take everything that was committed on any connection so far, away from the event loop. Needed by
	 * connections that do not wait for the disk themselves.
	 */
	flushLog(): Promise<void>;
	close(): void;
}

/** For the server: alone on its folder, checked after an unclean stop, at the latest version. */
export function openForServer(folder: string, migrations: readonly Migration[]): Database {
	prepareFolder(folder);
	return refusing(folder, () => {
		const unlock = lockFolder(folder);
		const database = connections(folder, unlock);
		return orClosed(database, () => {
			const wasUnclean = hasLeftovers(folder);
			const connection = database.connect();
			refuseNewer(connection, folder, migrations);
			if (wasUnclean) check(connection, folder);
			migrate(connection, migrations);
		});
	});
}

/** For a command: beside a running server of the same version, or alone. */
export function openForCommand(folder: string, migrations: readonly Migration[]): Database {
	prepareFolder(folder);
	return refusing(folder, () => {
		const database = connections(folder, () => {});
		return orClosed(database, () => {
			const connection = database.connect();
			refuseNewer(connection, folder, migrations);
			if (versionOf(connection) === latestOf(migrations)) return;
			// Nobody's database is changed under their feet: a server on an older one is stopped first.
			const unlock = lockFolder(folder);
			try {
				migrate(connection, migrations);
			} finally {
				unlock();
			}
		});
	});
}

/** A connection with the settings every part of the server relies on. */
export function openDatabase(file: string): DatabaseSync {
	const connection = new DatabaseSync(file, { timeout: BUSY_MS, enableForeignKeyConstraints: true });
	try {
		const mode = connection.prepare('PRAGMA journal_mode = WAL').get();
		if (mode?.['journal_mode'] !== 'wal') {
			throw new StartRefused(`${file} is on a file system without shared memory. Put it on a local disk.`);
		}
		connection.exec(`PRAGMA synchronous = FULL; PRAGMA journal_size_limit = ${WAL_BYTES_KEPT}`);
		return connection;
	} catch (error) {
		connection.close();
		throw error;
	}
}

/** The file of the database in `folder`. */
export const databaseFile = (folder: string): string => join(folder, 'downbeat.db');

const flush = promisify(fdatasync);

function connections(folder: string, unlock: () => void): Database {
	const open: DatabaseSync[] = [];
	/** The write-ahead log, which stays the same file as long as anybody is connected. SQLite locks nothing in it. */
	let log: number | undefined;
	const checkpoints = new Checkpoints(databaseFile(folder));
	return {
		folder,
		connect() {
			const connection = openDatabase(databaseFile(folder));
			open.push(connection);
			return connection;
		},
		async flushLog() {
			log ??= openSync(`${databaseFile(folder)}-wal`, 'r+');
			await flush(log);
			checkpoints.flushed();
		},
		close() {
			if (log !== undefined) closeSync(log);
			log = undefined;
			for (const connection of open.splice(0)) if (connection.isOpen) connection.close();
			unlock();
		}
	};
}

function orClosed(database: Database, prepare: () => void): Database {
	try {
		prepare();
		return database;
	} catch (error) {
		database.close();
		throw error;
	}
}

/** SQLite removes its write-ahead log when the last connection closes; one that is left means that none did. */
function hasLeftovers(folder: string): boolean {
	return (statSync(`${databaseFile(folder)}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

function check(connection: DatabaseSync, folder: string): void {
	const [first] = connection.prepare('PRAGMA quick_check(1)').all();
	if (first?.['quick_check'] !== 'ok') throw new StartRefused(damagedSentence(folder));
}

function refuseNewer(connection: DatabaseSync, folder: string, migrations: readonly Migration[]): void {
	const [found, latest] = [versionOf(connection), latestOf(migrations)];
	if (found <= latest) return;
	throw new StartRefused(
		`${databaseFile(folder)} was written by a newer Downbeat (version ${found}; this one knows ${latest}). ` +
			'Start the newer Downbeat, or restore a backup made before the upgrade.'
	);
}

const damagedSentence = (folder: string): string =>
	`${databaseFile(folder)} is damaged or is not a Downbeat database. ` +
	'Restore it from a backup, or move it away to begin anew.';

/** Turns what SQLite and the disk say into a sentence; anything else passes as it is. */
function refusing<T>(folder: string, open: () => T): T {
	try {
		return open();
	} catch (error) {
		throw databaseRefusal(folder, error) ?? folderRefusal(folder, error) ?? error;
	}
}

function databaseRefusal(folder: string, error: unknown): StartRefused | undefined {
	switch (sqliteCodeOf(error)) {
		case SQLITE.full:
			return new StartRefused(fullSentence(folder));
		case SQLITE.corrupt:
		case SQLITE.notADatabase:
			return new StartRefused(damagedSentence(folder));
		case SQLITE.readOnly:
		case SQLITE.cannotOpen:
			return new StartRefused(
				`${databaseFile(folder)} cannot be written. Let Downbeat's user write to it and to its folder.`
			);
		case SQLITE.busy:
			return new StartRefused(
				`${databaseFile(folder)} is in use by another program. Close it and start again.`
			);
		case SQLITE.inputOutput:
			return new StartRefused(
				`The disk under ${databaseFile(folder)} does not answer as it should. Check the disk.`
			);
		default:
			return undefined;
	}
}
