import { createHash } from 'node:crypto';
import type { AuditEntry } from '#lib/domain/audit.ts';
import { canonicalJson, type Json } from '#lib/util/canonical-json.ts';
import { ok, refuse, type Result } from '#lib/util/result.ts';

// Each entry holds the hash of the one before it, so none can be changed, taken out, put in or moved without
// changing all that follow; and where the log ends is kept in a second place, so that its end cannot be cut off.
// Who can write the database can still make up all of it anew: against that, keep the last hash where they cannot
// write.

/** Where a log ends. `seq` 0 is an empty one. */
export interface AuditHead {
	readonly seq: number;
	readonly hash: string;
}

/** What the first entry follows. */
export const BEFORE_FIRST: AuditHead = { seq: 0, hash: '0'.repeat(64) };

/**
 * The first thing that does not fit. `altered`: entry `seq` is not what was written. `unlinked`: it does not follow
 * from the one before it, so one of the two was written anew. `missing`: `seq` to `upto` are not there. `cut-off`:
 * the same, at the end. `head`: the record of the end is gone, or is not of the last entry, `seq`.
 */
export type ChainBroken =
	| { readonly code: 'audit.altered' | 'audit.unlinked' | 'audit.head'; readonly seq: number }
	| { readonly code: 'audit.missing' | 'audit.cut-off'; readonly seq: number; readonly upto: number };

/** The entry that follows `head`. */
export function sealed(event: Omit<AuditEntry, 'seq' | 'prev' | 'hash'>, head: AuditHead): AuditEntry {
	const entry = { ...event, seq: head.seq + 1, prev: head.hash };
	return { ...entry, hash: hashOf(entry) };
}

/** One entry as text: what is stored, and a line of an export. */
export interface ChainRow {
	/** Under which it is stored. */
	readonly seq: number;
	readonly text: string;
}

/** Looks at every entry, in order of `seq`. `head` is the record of the end; undefined when there is none. */
export function checkChain(
	rows: Iterable<ChainRow>,
	head: AuditHead | undefined
): Result<AuditHead, ChainBroken> {
	let last = BEFORE_FIRST;
	for (const { seq, text } of rows) {
		if (seq > last.seq + 1) return refuse({ code: 'audit.missing', seq: last.seq + 1, upto: seq - 1 });
		const link = readLink(text);
		if (seq <= last.seq || link?.seq !== seq) return refuse({ code: 'audit.altered', seq });
		if (link.prev !== last.hash) return refuse({ code: 'audit.unlinked', seq });
		last = { seq, hash: link.hash };
	}
	const end = head ?? BEFORE_FIRST;
	if (end.seq > last.seq) return refuse({ code: 'audit.cut-off', seq: last.seq + 1, upto: end.seq });
	return end.hash === last.hash ? ok(last) : refuse({ code: 'audit.head', seq: last.seq });
}

/** For people: what is wrong, what is safe, what to do. */
export function brokenSentence(broken: ChainBroken): string {
	const isAllSaid = broken.seq === 1 || broken.code === 'audit.head';
	const before = isAllSaid ? '' : ` Entries 1 to ${broken.seq - 1} are as they were written.`;
	const toDo = 'Keep the database as it is, and compare it with a backup or an export.';
	return `${whatIsWrong(broken)}${before} ${toDo}`;
}

function whatIsWrong(broken: ChainBroken): string {
	switch (broken.code) {
		case 'audit.altered':
			return `The audit log was tampered with: entry ${broken.seq} is not what was written.`;
		case 'audit.unlinked':
			return `The audit log was tampered with: entry ${broken.seq} does not follow from the one before it.`;
		case 'audit.missing':
			return `The audit log was tampered with: ${entriesWords(broken)} missing.`;
		case 'audit.cut-off':
			return `The audit log was cut off: ${entriesWords(broken)} missing at its end.`;
		case 'audit.head':
			return `The record of where the audit log ends does not fit its last entry, ${broken.seq}.`;
	}
}

const entriesWords = ({ seq, upto }: { seq: number; upto: number }): string =>
	seq === upto ? `entry ${seq} is` : `entries ${seq} to ${upto} are`;

const hashOf = (entry: Json): string => createHash('sha256').update(canonicalJson(entry)).digest('hex');

/**
 * What links an entry to its neighbours, or undefined when its text is not, letter for letter, what its hash is of.
 */
function readLink(text: string): (AuditHead & { readonly prev: string }) | undefined {
	try {
		const { hash, ...entry } = JSON.parse(text) as Record<string, Json>;
		const { seq, prev } = entry;
		if (typeof hash !== 'string' || typeof seq !== 'number' || typeof prev !== 'string') return undefined;
		// A name that is there twice reads differently here and in the database: only the canonical text counts.
		const isAsWritten = canonicalJson({ ...entry, hash }) === text && hashOf(entry) === hash;
		return isAsWritten ? { seq, hash, prev } : undefined;
	} catch {
		return undefined; // Not JSON, no object, or deeper than anything we write.
	}
}
