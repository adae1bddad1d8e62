/**
 * Who may do what. One pure function decides, for the server that enforces it and for the client that only reflects
 * it.
 */
export type Role = 'owner' | 'editor' | 'commenter' | 'viewer';

/** Every role, from most to least. */
export const ROLES: readonly Role[] = ['owner', 'editor', 'commenter', 'viewer'];

export const isRole = (text: string): text is Role => (ROLES as readonly string[]).includes(text);

/** What a role lets somebody do, in one sentence. */
export const ROLE_WORDS: Record<Role, { readonly name: string; readonly may: string }> = {
	owner: { name: 'Owner', may: 'Everything, also roles, people and the audit log.' },
	editor: { name: 'Editor', may: 'Reads and writes every document.' },
	commenter: { name: 'Commenter', may: 'Reads everything, comments, explains their own KPIs.' },
	viewer: { name: 'Viewer', may: 'Reads everything.' }
};

/**
 * How somebody stands to a space. `guest`: was shown one document by a link. `former`: was in it, and may still hand
 * in what they wrote before they heard of that.
 */
export type Standing = Role | 'guest' | 'former';

/** “Viewer”; how somebody is called who is in no role. */
export const standingWord = (standing: Standing): string =>
	standing === 'guest'
		? 'Guest'
		: standing === 'former'
			? 'No longer in this space'
			: ROLE_WORDS[standing].name;

/**
 * What a credential was made for. `space`: all that its holder may do. `program`: reading and writing, but no say over
 * people, links and tokens. `points`: pushing numbers and nothing else.
 */
export type Scope = 'space' | 'program' | 'points';

/** Everything that can be done in a space. */
export const DEEDS = [
	'space.read',
	'space.invite',
	'space.leave',
	'member.manage',
	'document.read',
	'document.write',
	'history.read',
	'points.read',
	'points.write',
	'source.read',
	'source.manage',
	'token.create',
	'link.create',
	'proposal.send',
	'proposal.decide',
	'audit.read'
] as const;
export type Deed = (typeof DEEDS)[number];

const READ: readonly Deed[] = [
	'space.read',
	'space.leave',
	'document.read',
	'history.read',
	'points.read',
	'source.read',
	'proposal.send'
];
const WRITE: readonly Deed[] = [
	...READ,
	'document.write',
	'points.write',
	'space.invite',
	'token.create',
	'link.create'
];

const deedsOf: Record<Standing, readonly Deed[]> = {
	owner: [...WRITE, 'member.manage', 'source.manage', 'proposal.decide', 'audit.read'],
	editor: WRITE,
	commenter: READ,
	viewer: READ,
	guest: ['document.read'],
	former: ['proposal.send']
};

const deedsIn: Record<Scope, readonly Deed[]> = {
	space: DEEDS,
	program: ['space.read', 'document.read', 'document.write', 'history.read', 'points.read', 'points.write'],
	points: ['points.write']
};

/** Whether somebody who stands so to a space, holding a credential of `scope`, may do `deed` in it. */
export function mayDo(standing: Standing, scope: Scope, deed: Deed): boolean {
	return deedsOf[standing].includes(deed) && deedsIn[scope].includes(deed);
}

/** How much of a document somebody may write. `own`: only what is theirs in it, which each change has to show. */
export type Writing = 'all' | 'own' | 'none';

/** `kind`: the id of the kind of the document. Commenters write comments, and the commentary on KPIs they own. */
export function mayWrite(standing: Standing, scope: Scope, kind: string | undefined): Writing {
	if (mayDo(standing, scope, 'document.write')) return 'all';
	if (standing !== 'commenter' || !deedsIn[scope].includes('document.write')) return 'none';
	if (kind === 'comments') return 'all';
	return kind === 'commentary' ? 'own' : 'none';
}
