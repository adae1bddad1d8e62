/**
 * One step of the database. Applied once, in a transaction of its own that also raises `PRAGMA user_version` to
 * `to`. Written steps are never edited: a correction is a new step.
 */
export interface Migration {
	/** Unique over all parts of the server, because the file has one version. */
	readonly to: number;
	readonly name: string;
	readonly sql: string;
}
