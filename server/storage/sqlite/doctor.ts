import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { brokenSentence, type AuditHead } from '../../audit/chain.ts';
import { StartRefused } from '../../start-refused.ts';
import { auditMigrations, SqliteAuditLog } from './audit-log.ts';
import { verifyBackup, type BackupFacts } from './backup.ts';
import { latestOf } from './migrations.ts';
import type { Migration } from './migration.ts';
import { databaseFile } from './open.ts';
import { freeBytes, lockFolder, prepareFolder } from './open-folder.ts';

/** What an operator wants to know of an instance that behaves oddly. */
export interface Examined extends Omit<BackupFacts, 'file'> {
	readonly folder: string;
	readonly freeBytes: number;
	readonly isServerRunning: boolean;
	/** A server that starts brings the tables to this version. */
	readonly latestVersion: number;
	/** Where the audit log ends; absent before there was one. */
	readonly audit?: AuditHead;
}

/**
 * Looks at folder, disk, lock, every row and the chain of the audit log. Changes nothing. Throws `StartRefused`
 * with what is wrong first.
 */
export function examine(folder: string, migrations: readonly Migration[]): Examined {
	prepareFolder(folder);
	const file = databaseFile(folder);
	if (!existsSync(file))
		throw new StartRefused(
			`There is no database in ${folder}: no server has run on it yet. Is DOWNBEAT_DATA the right folder?`
		);
	const { file: _, ...facts } = verifyBackup(file, migrations);
	return {
		folder,
		...facts,
		freeBytes: freeBytes(folder),
		isServerRunning: isLocked(folder),
		latestVersion: latestOf(migrations),
		...(facts.version >= latestOf(auditMigrations) && { audit: auditHead(file) })
	};
}

function auditHead(file: string): AuditHead {
	const connection = new DatabaseSync(file, { readOnly: true });
	try {
		const checked = new SqliteAuditLog(connection).verify();
		if (!checked.ok) throw new StartRefused(brokenSentence(checked.error));
		return checked.value;
	} finally {
		connection.close();
	}
}

function isLocked(folder: string): boolean {
	try {
		lockFolder(folder)();
		return false;
	} catch (error) {
		if (error instanceof StartRefused) return true;
		throw error;
	}
}
