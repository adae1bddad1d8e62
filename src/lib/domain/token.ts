/**
 * `invite`: lets people join one space, and opens nothing by itself. `member`: a person on one device.
 * `tool`: a program that writes like an editor. `points`: a program that pushes numbers.
 */
export type TokenKind = 'invite' | 'member' | 'tool' | 'points';

/** The prefix lets people, and programs that search for leaked secrets, tell what they are looking at. */
export const TOKEN_PREFIX: Record<TokenKind, string> = {
	invite: 'dbi_',
	member: 'dbm_',
	tool: 'dbt_',
	points: 'dbp_'
};
