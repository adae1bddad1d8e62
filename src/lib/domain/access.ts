/**
 * Who may do what in a space. One pure function decides, for the server that enforces it and for the client
 * that only reflects it.
 */
export type Role = 'owner' | 'editor' | 'commenter' | 'viewer';

export type Deed =
	| 'space.read'
	| 'space.invite'
	| 'space.settings'
	| 'document.read'
	| 'document.write'
	| 'points.read'
	| 'points.write'
	| 'token.create';

/** What a token was made for. A `points` token can push numbers and do nothing else. */
export type Scope = 'space' | 'points';

const READ: readonly Deed[] = ['space.read', 'document.read', 'points.read'];
const WRITE: readonly Deed[] = [...READ, 'document.write', 'points.write', 'space.invite', 'token.create'];

const deedsOf: Record<Role, readonly Deed[]> = {
	owner: [...WRITE, 'space.settings'],
	editor: WRITE,
	commenter: READ,
	viewer: READ
};

/** Whether somebody with `role`, holding a token of `scope`, may do `deed` in that role's space. */
export function mayDo(role: Role, scope: Scope, deed: Deed): boolean {
	if (scope === 'points') return deed === 'points.write' && deedsOf[role].includes(deed);
	return deedsOf[role].includes(deed);
}
