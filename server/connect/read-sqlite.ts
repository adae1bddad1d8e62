import { constants, DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import { ok, refuse, type Result } from '#lib/util/result.ts';
import type { Range } from './apart.ts';
import { ANSWER_BYTES_MAX, ROWS_MAX } from './limits.ts';
import { isReading, queryRefused, readsOnly, rowByColumns } from './read-columns.ts';
import { RowReader, type Reading, type RowRules } from './rows.ts';
import { refused, tooManyRows, type Trouble } from './trouble.ts';

export interface SqliteJob {
	/** Absolute, and checked to lie where the operator allows it. */
	readonly file: string;
	readonly query: string;
	readonly range: Range;
	readonly rules: RowRules;
}

/** How long it waits while somebody else writes. */
const LOCK_MS_MAX = 2_000;

/** Reads with one SELECT. Runs until it is done: in a process of its own, which can be killed. */
export function readSqlite({ file, query, range, rules }: SqliteJob): Result<Reading, Trouble> {
	if (!isReading(query)) return readsOnly();
	let database: DatabaseSync;
	try {
		database = new DatabaseSync(file, {
			readOnly: true,
			allowExtension: false,
			timeout: LOCK_MS_MAX,
			// Of one value. Rows are taken one by one, and Node's SQLite counts no memory beyond that.
			limits: { length: ANSWER_BYTES_MAX }
		});
		database.exec('PRAGMA trusted_schema = OFF');
		database.prepare('SELECT count(*) FROM sqlite_schema').get();
	} catch (error) {
		return refused('source.not-sqlite', 'The file is no SQLite database that can be read.', messageOf(error));
	}
	database.setAuthorizer(onlyReading);
	try {
		return rowsOf(database, query, range, rules);
	} catch (error) {
		const message = messageOf(error);
		return /not authorized|readonly/.test(message) ? readsOnly(message) : queryRefused(message);
	} finally {
		database.close();
	}
}

function rowsOf(
	database: DatabaseSync,
	query: string,
	range: Range,
	rules: RowRules
): Result<Reading, Trouble> {
	const statement = database.prepare(query);
	statement.setReadBigInts(true);
	statement.setAllowUnknownNamedParameters(true);
	const names = statement.columns().map(({ name }) => name);
	const rowOf = rowByColumns(names);
	if (!rowOf.ok) return rowOf;
	const reader = new RowReader(rules);
	const parameters = { from: isoOf(range.fromMs), to: isoOf(range.toMs) };
	for (const row of statement.iterate(parameters)) {
		if (reader.rows === ROWS_MAX) return refuse(tooManyRows);
		reader.take(rowOf.value(names.map((name) => plain(row[name]))));
	}
	return ok(reader.reading());
}

const ALLOWED: readonly number[] = [
	constants.SQLITE_SELECT,
	constants.SQLITE_READ,
	constants.SQLITE_FUNCTION,
	constants.SQLITE_RECURSIVE
];

const onlyReading = (action: number): number =>
	ALLOWED.includes(action) ? constants.SQLITE_OK : constants.SQLITE_DENY;

const plain = (value: SQLOutputValue | undefined): unknown => {
	if (typeof value === 'bigint') return Number(value);
	return value instanceof Uint8Array ? 'bytes' : value;
};

const isoOf = (ms: number): string => new Date(ms).toISOString();

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
