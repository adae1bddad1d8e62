import { ok, type Result } from '#lib/util/result.ts';
import type { RawRow } from './rows.ts';
import { refused, type Trouble } from './trouble.ts';

/** Makes a row of a database's values by the names of its columns. Without a column `at` a row is of now. */
export function rowByColumns(
	names: readonly string[]
): Result<(values: readonly unknown[]) => RawRow, Trouble> {
	const lower = names.map((name) => name.toLowerCase());
	const [at, value, segment] = ['at', 'value', 'segment'].map((name) => lower.indexOf(name));
	if (value === undefined || value < 0)
		return refused(
			'source.columns',
			'The query gives no column called value. Name it, such as in SELECT day AS at, amount AS value FROM sales.'
		);
	const cell = (values: readonly unknown[], index = -1) => (index < 0 ? undefined : (values[index] ?? null));
	return ok((values) => ({
		at: cell(values, at),
		value: cell(values, value),
		segment: cell(values, segment)
	}));
}

/** Whatever else begins a statement does more than read. A comment may hide one, so none may come first. */
const READS = /^[\s(]*(?:select|with|values|table)\b/i;

/** Undefined for a query that may be tried; the database's own read-only mode has the last word. */
export const isReading = (query: string): boolean => READS.test(query);

export const readsOnly = (detail?: string): Result<never, Trouble> =>
	refused(
		'source.writes',
		'A query may only read, and this one would write or do something else. Nothing was changed. Begin it with SELECT, WITH or VALUES.',
		detail
	);

export const queryRefused = (detail: string): Result<never, Trouble> =>
	refused('source.query', 'The database does not take the query. Correct it.', detail);
