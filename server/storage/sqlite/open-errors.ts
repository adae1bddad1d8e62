/** Result codes of SQLite (https://sqlite.org/rescode.html) that the server has a sentence for. */
export const SQLITE = {
	/** No such table, for one. */
	generic: 1,
	busy: 5,
	readOnly: 8,
	inputOutput: 10,
	corrupt: 11,
	full: 13,
	cannotOpen: 14,
	constraint: 19,
	notADatabase: 26
} as const;

const PRIMARY_MASK = 0xff;

/** The primary result code of an error thrown by `node:sqlite`, or undefined when it is another error. */
export function sqliteCodeOf(error: unknown): number | undefined {
	if (!(error instanceof Error) || !('errcode' in error)) return undefined;
	return typeof error.errcode === 'number' ? error.errcode & PRIMARY_MASK : undefined;
}

/** Whether the disk, not we, kept something from being stored. Worth a try later. */
export function isDiskTrouble(error: unknown): boolean {
	const code = sqliteCodeOf(error);
	return code === SQLITE.full || code === SQLITE.inputOutput || code === SQLITE.readOnly;
}
