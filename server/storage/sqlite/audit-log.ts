import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
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
import { asciiLower, instantText, readEntry, writtenEvent } from '../../audit/event.ts';
import type { Migration } from './migration.ts';

/**
 * An entry is its canonical text; what it is looked up by is made of that text by SQLite, so the two cannot
 * disagree. The trigger on INSERT is against `INSERT OR REPLACE`, which takes rows out without asking the one on
 * DELETE. `seq` is given by `append`, not by AUTOINCREMENT, whose counters a restore lets jump.
 */
export const auditMigrations: readonly Migration[] = [
	{
		to: 14,
		name: 'the audit log',
		sql: `
			CREATE TABLE audit (
				seq INTEGER PRIMARY KEY,
				entry TEXT NOT NULL,
				at TEXT GENERATED ALWAYS AS (entry ->> '$.at') STORED,
				action TEXT GENERATED ALWAYS AS (entry ->> '$.action') STORED,
				actor TEXT GENERATED ALWAYS AS (entry ->> '$.actor.id') STORED,
				space TEXT GENERATED ALWAYS AS (entry ->> '$.space') STORED,
				target TEXT GENERATED ALWAYS AS (entry ->> '$.target') STORED,
				outcome TEXT GENERATED ALWAYS AS (entry ->> '$.outcome') STORED
			) STRICT;
			CREATE INDEX audit_by_space ON audit (space) WHERE space IS NOT NULL;
			CREATE INDEX audit_by_actor ON audit (actor) WHERE actor IS NOT NULL;
			CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
				BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
			CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit
				BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
			CREATE TRIGGER audit_is_not_replaced BEFORE INSERT ON audit
				WHEN NEW.seq <= (SELECT coalesce(max(seq), 0) FROM audit)
				BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
		`
	}
];

/** Where the end of the log is kept, in the table `instance`. */
const HEAD = 'audit.head';

/** Entries read at a time while others are exported: a few milliseconds, in which nobody else is served. */
const EXPORT_ROWS = 500;

interface Scan {
	readonly filter: AuditFilter;
	/** Which rows, by `seq`, and in which order. */
	readonly range: 'seq < :edge ORDER BY seq DESC' | 'seq > :edge AND seq <= :upto ORDER BY seq';
	readonly bounds: Readonly<Record<'edge', number> & Partial<Record<'upto', number>>>;
	readonly scanMax: number;
}

type Row = Record<string, SQLOutputValue>;

export class SqliteAuditLog implements AuditLog {
	readonly #database: DatabaseSync;
	readonly #sql: ReturnType<typeof prepare>;
	readonly #scanMax: number;

	/** `database` is this log's own connection: a transaction of another on it would collide. */
	constructor(database: DatabaseSync, scanMax = AUDIT_SCAN_MAX) {
		this.#database = database;
		this.#sql = prepare(database);
		this.#scanMax = scanMax;
	}

	append(event: AuditEvent): Result<AuditEntry, AuditNotKept> {
		try {
			const written = writtenEvent(event);
			return ok(
				this.#transaction('BEGIN IMMEDIATE', () => {
					// Read inside: whoever else appends has to wait until this one stands.
					const entry = auditEntry.parse(sealed(written, this.#furthest()));
					this.#sql.insert.run(entry.seq, canonicalJson(entry));
					this.#sql.keep.run(HEAD, canonicalJson({ seq: entry.seq, hash: entry.hash }));
					return entry;
				})
			);
		} catch (cause) {
			return refuse({ code: 'audit.not-kept', cause });
		}
	}

	page(filter: AuditFilter, { beforeSeq, limit }: { beforeSeq: number; limit: number }): AuditPage {
		const entries: AuditEntry[] = [];
		let [seen, last] = [0, beforeSeq];
		const scan: Scan = {
			filter,
			range: 'seq < :edge ORDER BY seq DESC',
			bounds: { edge: beforeSeq },
			scanMax: this.#scanMax + 1
		};
		for (const row of this.#scan(scan)) {
			const found = entryOf(row);
			if (seen++ === this.#scanMax) return { entries, next: last };
			if (found && entries.length === limit) return { entries, next: entries.at(-1)?.seq };
			if (found) entries.push(found);
			last = Number(row['seq']);
		}
		return { entries };
	}

	*entries(filter: AuditFilter, uptoSeq: number): Iterable<AuditEntry, void> {
		let edge = 0;
		for (;;) {
			const range = 'seq > :edge AND seq <= :upto ORDER BY seq';
			const rows = [...this.#scan({ filter, range, bounds: { edge, upto: uptoSeq }, scanMax: EXPORT_ROWS })];
			for (const row of rows) {
				const found = entryOf(row);
				if (found) yield found;
			}
			if (rows.length < EXPORT_ROWS) return;
			edge = Number(rows.at(-1)?.['seq']);
		}
	}

	verify(): Result<AuditHead, ChainBroken> {
		return this.#transaction('BEGIN', () => {
			const rows = this.#sql.all.iterate() as Iterable<Row>;
			return checkChain(Iterator.from(rows).map(chainRow), this.#head());
		});
	}

	/** The rows of a range that an index finds; `entry` is null where the rest of the filter does not fit. */
	#scan({ filter, range, bounds, scanMax }: Scan): Iterable<Row> {
		const { actions, actor, space, outcome, fromMs, toMs, target } = filter;
		const values: Record<string, string | number> = { ...bounds, scan: scanMax };
		const fits = (value: string | undefined, name: string, sql: string) => {
			if (value === undefined) return [];
			values[name] = value;
			return [sql];
		};
		// One index finds the rows; what else must fit is looked at row by row, so that `scanMax` bounds the work.
		const byActor = fits(actor, 'actor', 'actor = :actor');
		const bySpace = fits(space, 'space', 'space = :space');
		const indexed = actor === undefined ? bySpace : byActor;
		const rest = [
			...(actor === undefined ? [] : bySpace),
			...fits(
				actions && JSON.stringify(actions),
				'actions',
				'action IN (SELECT value FROM json_each(:actions))'
			),
			...fits(outcome, 'outcome', 'outcome = :outcome'),
			...fits(fromMs === undefined ? undefined : instantText(fromMs), 'from', 'at >= :from'),
			...fits(toMs === undefined ? undefined : instantText(toMs), 'to', 'at < :to'),
			...fits(target && asciiLower(target), 'target', 'instr(lower(target), :target) > 0')
		];
		return this.#database
			.prepare(
				`SELECT seq, CASE WHEN ${['1', ...rest].join(' AND ')} THEN entry END AS entry
				FROM audit WHERE ${[...indexed, range].join(' AND ')} LIMIT :scan`
			)
			.iterate(values) as Iterable<Row>;
	}

	/**
	 * What the next entry follows: the record of the end also when the entries before it were cut off, so that the
	 * gap stays; the last entry when that is further.
	 */
	#furthest(): AuditHead {
		const head = this.#head() ?? BEFORE_FIRST;
		const row = this.#sql.last.get();
		const seq = Number(row?.['seq'] ?? 0);
		return seq > head.seq ? { seq, hash: (row && entryOf(row))?.hash ?? head.hash } : head;
	}

	/** Undefined when there is none, or none that can be read. */
	#head(): AuditHead | undefined {
		const text = this.#sql.kept.get(HEAD)?.['value'];
		if (typeof text !== 'string') return undefined;
		try {
			const { seq, hash } = JSON.parse(text) as Record<string, unknown>;
			return Number.isSafeInteger(seq) && typeof hash === 'string' ? { seq: Number(seq), hash } : undefined;
		} catch {
			return undefined; // Somebody wrote over it: `verify` says that it is gone.
		}
	}

	#transaction<T>(begin: 'BEGIN' | 'BEGIN IMMEDIATE', work: () => T): T {
		this.#database.exec(begin);
		try {
			const result = work();
			this.#database.exec('COMMIT');
			return result;
		} finally {
			if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
		}
	}
}

function prepare(database: DatabaseSync) {
	return {
		insert: database.prepare('INSERT INTO audit (seq, entry) VALUES (?, ?)'),
		last: database.prepare('SELECT seq, entry FROM audit ORDER BY seq DESC LIMIT 1'),
		all: database.prepare('SELECT seq, entry FROM audit ORDER BY seq'),
		kept: database.prepare('SELECT value FROM instance WHERE name = ?'),
		keep: database.prepare(
			'INSERT INTO instance (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value'
		)
	};
}

const chainRow = (row: Row) => ({ seq: Number(row['seq']), text: String(row['entry']) });

/** Undefined when what is stored is no entry, or none that was asked for. */
const entryOf = ({ entry }: Row): AuditEntry | undefined =>
	typeof entry === 'string' ? readEntry(entry) : undefined;
