import { closeSync, openSync, readSync } from 'node:fs';
import { resolve } from 'node:path';
import type { SpaceId } from '#lib/domain/id.ts';
import { canonicalJson } from '#lib/util/canonical-json.ts';
import type { AuditLog } from './audit/audit.ts';
import { brokenSentence } from './audit/chain.ts';
import { readEntry } from './audit/event.ts';
import { exportLines, type ExportFormat } from './audit/export.ts';
import type { Clock } from './clock.ts';
import { StartRefused } from './start-refused.ts';
import { SqliteAuditLog } from './storage/sqlite/audit-log.ts';
import { allMigrations } from './storage/sqlite/migrations-all.ts';
import { openForCommand } from './storage/sqlite/open.ts';

export type AuditCommand =
	| {
			readonly is: 'audit verify';
			/** An export as JSONL, of which every entry must still be there. As it was written. */
			readonly file: string | undefined;
	  }
	| { readonly is: 'audit export'; readonly format: ExportFormat; readonly space: SpaceId | undefined };

export interface AuditCommandPorts {
	readonly cwd: string;
	readonly clock: Clock;
	readonly out: (line: string) => void;
}

/**
 * Beside a running server or without one. Throws `StartRefused` with what is wrong with the log, or with the wish.
 */
export function carryOutAudit(command: AuditCommand, folder: string, ports: AuditCommandPorts): void {
	const database = openForCommand(folder, allMigrations);
	try {
		const audit = new SqliteAuditLog(database.connect());
		if (command.is === 'audit export') printExport(audit, command, ports);
		else ports.out(JSON.stringify(verified(audit, command.file && resolve(ports.cwd, command.file))));
	} finally {
		database.close();
	}
}

/**
 * Where the log ends, and how many entries of `file` are in it. A log that was made up anew as a whole is whole;
 * that it is not the same any more, only what was kept elsewhere can tell.
 */
function verified(audit: AuditLog, file: string | undefined) {
	const checked = audit.verify();
	if (!checked.ok) throw new StartRefused(brokenSentence(checked.error));
	return { ...checked.value, ...(file !== undefined && { found: countFound(audit, file) }) };
}

function countFound(audit: AuditLog, file: string): number {
	const entries = Iterator.from(audit.entries({}, Number.MAX_SAFE_INTEGER));
	let count = 0;
	for (const line of linesOf(file)) {
		count++;
		const seq = readEntry(line)?.seq;
		if (seq === undefined)
			throw new StartRefused(
				`Line ${count} of ${file} is no entry of an audit log. Give an export as JSONL.`
			);
		let kept = entries.next();
		while (!kept.done && kept.value.seq < seq) kept = entries.next();
		if (kept.done || canonicalJson(kept.value) !== line)
			throw new StartRefused(
				`Entry ${seq} of the audit log is not the one in ${file}: one of the two was changed, or the log was ` +
					'restored from a backup that is older than the file. Keep both, and compare them.'
			);
	}
	return count;
}

/** Nothing leaves unseen: when the export cannot be recorded there is none. */
function printExport(
	audit: AuditLog,
	{ format, space }: Extract<AuditCommand, { is: 'audit export' }>,
	{ clock, out }: AuditCommandPorts
): void {
	const recorded = audit.append({
		atMs: clock.nowMs(),
		action: 'audit.exported',
		actor: { kind: 'operator' },
		space,
		outcome: 'done',
		detail: { format }
	});
	if (!recorded.ok)
		throw new StartRefused(
			'The export could not be recorded in the audit log, so there is none. Is there room on the disk?'
		);
	for (const line of exportLines(audit.entries({ space }, recorded.value.seq), format)) out(line);
}

const CHUNK_BYTES = 1024 * 1024;

/** A few at a time: the export of years does not fit into one text. */
function* linesOf(file: string): Generator<string, void> {
	const handle = open(file);
	try {
		const [decoder, chunk] = [new TextDecoder(), new Uint8Array(CHUNK_BYTES)];
		let rest = '';
		for (let bytes = readSync(handle, chunk); bytes > 0; bytes = readSync(handle, chunk)) {
			const lines = (rest + decoder.decode(chunk.subarray(0, bytes), { stream: true })).split('\n');
			rest = lines.pop() ?? '';
			yield* lines;
		}
		if (rest !== '') yield rest;
	} finally {
		closeSync(handle);
	}
}

function open(file: string): number {
	try {
		return openSync(file, 'r');
	} catch (cause) {
		throw new StartRefused(`${file} cannot be read. Is it there?`, { cause });
	}
}
