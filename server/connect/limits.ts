// What one run of a data source may cost, in one place.

/** From the first name that is looked up to the last row. */
export const RUN_MS_MAX = 10_000;

/** What another side may answer, over the whole run. */
export const ANSWER_BYTES_MAX = 10 * 1024 * 1024;

/** More is refused as a whole: half of an answer would look like all of it. */
export const ROWS_MAX = 50_000;

/** Each is checked as the first address was. */
export const REDIRECTS_MAX = 3;

/** Runs and tests at the same time, over the whole server. */
export const RUNS_AT_ONCE = 4;

/** Runs and tests that wait for their turn. */
export const RUNS_WAITING_MAX = 64;

/** Rows that were not taken whose reasons are kept. */
export const REASONS_MAX = 10;

/** Points that are stored at a time, so that others get their turn in between. */
export const POINTS_AT_ONCE = 2_000;

/** Rows that are taken from a database at a time. */
export const FETCH_ROWS = 500;

/** What the process that reads files and answers may hold in memory. */
export const APART_HEAP_MIB = 256;
