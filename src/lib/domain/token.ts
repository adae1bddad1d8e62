/**
 * `invite`: lets people join one space, and opens nothing by itself. `member`: a person on one device.
 * `tool`: a program that reads, or reads and writes. `points`: a program that pushes numbers. `guest`: a link that
 * shows one document.
 */
export type TokenKind = 'invite' | 'member' | 'tool' | 'points' | 'guest';

/** The prefix lets people, and programs that search for leaked secrets, tell what they are looking at. */
export const TOKEN_PREFIX: Record<TokenKind, string> = {
	invite: 'dbi_',
	member: 'dbm_',
	tool: 'dbt_',
	points: 'dbp_',
	guest: 'dbg_'
};
