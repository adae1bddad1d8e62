import { auditEntry, type AuditEntry, type AuditPage } from '#lib/domain/audit.ts';
import { canonicalJson } from '#lib/util/canonical-json.ts';
import { ok, refuse, type Result } from '#lib/util/result.ts';
import {
	AUDIT_SCAN_MAX,
	type AuditEvent,
	type AuditFilter,
	type AuditLog,
	type AuditNotKept
} from '../../audit/audit.ts';
import { BEFORE_FIRST, checkChain, sealed, type AuditHead, type ChainBroken } from '../../audit/chain.ts';
import { isMatch, readEntry, writtenEvent } from '../../audit/event.ts';

/** What a log is kept in. Two logs over one are as two processes on one file. */
export interface AuditShelf {
	/** Canonical texts by `seq`. */
	readonly rows: Map<number, string>;
	head: AuditHead | undefined;
}

/** For tests and for trying things: keeps everything, and loses it with the process. */
export class MemoryAuditLog implements AuditLog {
	readonly #shelf: AuditShelf;
	readonly #scanMax: number;

	constructor(shelf: AuditShelf = { rows: new Map(), head: undefined }, scanMax = AUDIT_SCAN_MAX) {
		this.#shelf = shelf;
		this.#scanMax = scanMax;
	}

	append(event: AuditEvent): Result<AuditEntry, AuditNotKept> {
		try {
			const entry = auditEntry.parse(sealed(writtenEvent(event), this.#shelf.head ?? BEFORE_FIRST));
			this.#shelf.rows.set(entry.seq, canonicalJson(entry));
			this.#shelf.head = { seq: entry.seq, hash: entry.hash };
			return ok(entry);
		} catch (cause) {
			return refuse({ code: 'audit.not-kept', cause });
		}
	}

	page(filter: AuditFilter, { beforeSeq, limit }: { beforeSeq: number; limit: number }): AuditPage {
		const candidates = this.#seqs()
			.filter((seq) => seq < beforeSeq && this.#isIndexed(seq, filter))
			.toReversed();
		const seen = candidates.slice(0, this.#scanMax);
		const found = seen.flatMap((seq) => this.#entry(seq)).filter((entry) => isMatch(entry, filter));
		const entries = found.slice(0, limit);
		if (found.length > limit) return { entries, next: entries.at(-1)?.seq };
		return { entries, ...(candidates.length > seen.length && { next: seen.at(-1) }) };
	}

	*entries(filter: AuditFilter, uptoSeq: number): Iterable<AuditEntry, void> {
		for (const seq of this.#seqs()) {
			if (seq <= uptoSeq) yield* this.#entry(seq).filter((entry) => isMatch(entry, filter));
		}
	}

	verify(): Result<AuditHead, ChainBroken> {
		const { rows, head } = this.#shelf;
		return checkChain(
			this.#seqs().map((seq) => ({ seq, text: rows.get(seq) ?? '' })),
			head
		);
	}

	#seqs(): readonly number[] {
		return [...this.#shelf.rows.keys()].toSorted((a, b) => a - b);
	}

	/** What is found without looking through the others. */
	#isIndexed(seq: number, { space, actor }: AuditFilter): boolean {
		const indexed = actor === undefined ? { space } : { actor };
		return this.#entry(seq).some((entry) => isMatch(entry, indexed));
	}

	/** None when what is kept is no entry. */
	#entry(seq: number): readonly AuditEntry[] {
		const entry = readEntry(this.#shelf.rows.get(seq) ?? '');
		return entry ? [entry] : [];
	}
}
