import * as z from 'zod/mini';

// The audit log: who did what to whom and when, as far as it concerns rights, secrets and what left the house.
// Never what a document says, and never a secret. The server writes it, people with the right to read it see pages
// of it.

/** Everything that is recorded, and what people call it. An outcome of `refused` means that it was tried. */
export const AUDIT_WORDS = {
	'session.began': 'Signed in',
	'session.refused': 'Sign-in failed',
	'session.ended': 'Signed out',
	'session.revoked': 'Session ended by its owner',
	'account.created': 'Account created',
	'account.linked': 'Person joined to an account',
	'account.deleted': 'Account deleted',
	'account.exported': 'Account exported',
	'passkey.added': 'Passkey added',
	'passkey.removed': 'Passkey removed',
	'password.changed': 'Password changed',
	'member.invited': 'Invited by e-mail',
	'member.joined': 'Joined',
	'member.role-changed': 'Role changed',
	'member.removed': 'Removed from the space',
	'member.left': 'Left the space',
	'invite.replaced': 'Invite link replaced',
	'token.created': 'Token made',
	'token.revoked': 'Token withdrawn',
	'link.created': 'Guest link made',
	'link.revoked': 'Guest link withdrawn',
	'link.viewed': 'Guest link opened',
	'source.created': 'Data source made',
	'source.changed': 'Data source changed',
	'source.deleted': 'Data source removed',
	'source.tested': 'Data source tested',
	'source.run': 'Data source run by hand',
	'export.made': 'Exported',
	'proposal.sent': 'Proposal sent',
	'proposal.accepted': 'Proposal accepted',
	'proposal.declined': 'Proposal declined',
	'document.quarantined': 'Deletions held back',
	'document.restored': 'Document restored',
	'space.created': 'Space created',
	'space.settings': 'Space settings changed',
	'instance.settings': 'Server settings changed',
	'admin.granted': 'Made administrator',
	'admin.revoked': 'No longer administrator',
	'backup.made': 'Backup made',
	'backup.restored': 'Backup restored',
	'audit.exported': 'Audit log exported'
} as const satisfies Readonly<Record<string, string>>;

export type AuditAction = keyof typeof AUDIT_WORDS;

/** In the order in which people are shown them. */
export const AUDIT_ACTIONS = Object.keys(AUDIT_WORDS) as readonly AuditAction[];

/** What people call an action; itself when it is of a newer server than this program knows. */
export const auditWords = (action: string): string => (isAction(action) ? AUDIT_WORDS[action] : action);

const isAction = (action: string): action is AuditAction => Object.hasOwn(AUDIT_WORDS, action);

/**
 * `person` has an account or a member's token, `tool` a program's token, `guest` a link; `operator` is whoever runs
 * commands on the server's machine, `server` the server by itself, `stranger` nobody that it knows.
 */
export const AUDIT_ACTORS = ['person', 'tool', 'guest', 'operator', 'server', 'stranger'] as const;
export type AuditActorKind = (typeof AUDIT_ACTORS)[number];

export const AUDIT_OUTCOMES = ['done', 'refused'] as const;
export type AuditOutcome = (typeof AUDIT_OUTCOMES)[number];

// Limits. Some of these fields are chosen by strangers (an address tried at sign-in, a name), and an entry can
// never be taken out again: nobody shall be able to fill the disk or a page with one. Longer texts are cut, never
// refused, because what happened must be recorded whatever it was called.

/** Ids, and names of people: an id has at most 96 characters, a document's name on the wire two ids. */
export const AUDIT_ID_LENGTH_MAX = 200;

/** One value of `detail`: a role, a format, a label, an e-mail address (254 by RFC 5321). */
export const AUDIT_VALUE_LENGTH_MAX = 256;

/** Values in `detail`: what changed, from what, to what, and some room. */
export const AUDIT_DETAILS_MAX = 12;

/** Name of a value in `detail`. */
export const AUDIT_NAME_LENGTH_MAX = 32;

/** Entries on one page. */
export const AUDIT_PAGE_MAX = 200;

/** SHA-256 in hexadecimal. */
const hash = z.string().check(z.regex(/^[0-9a-f]{64}$/));

/**
 * One entry as it is stored, sent and exported. `seq` counts from 1 without gaps over the whole server; `at` is
 * when it happened by the server's clock, which may have been set back between two entries. `hash` is the SHA-256
 * of the entry's canonical JSON (RFC 8785) without `hash`, and `prev` is the `hash` of the entry before it.
 */
export const auditEntry = z.object({
	seq: z.int().check(z.positive()),
	at: z.iso.datetime(),
	/** One of `AUDIT_ACTIONS`, or of a newer server. */
	action: z.string(),
	actor: z.object({
		kind: z.enum(AUDIT_ACTORS),
		/** Of the person, the token or the link. */
		id: z.optional(z.string()),
		/** As they were called at the time. Cannot be taken out later: leave it away where the id is enough. */
		name: z.optional(z.string())
	}),
	/** Absent for what concerns the whole server. */
	space: z.optional(z.string()),
	/** The id of whom or what it was done to. */
	target: z.optional(z.string()),
	outcome: z.enum(AUDIT_OUTCOMES),
	detail: z.record(z.string(), z.union([z.string(), z.number()])),
	/** The IP address it came from. */
	address: z.optional(z.string()),
	/** Of the HTTP request, as in the server's log. */
	request: z.optional(z.string()),
	prev: hash,
	hash
});
export type AuditEntry = z.infer<typeof auditEntry>;

/**
 * Newest first. Ask again with `before` set to `next` while there is one. A page may hold fewer than was asked for,
 * even none, and have a `next`: one call looks through a limited number of entries.
 */
export const auditPage = z.object({ entries: z.array(auditEntry), next: z.optional(z.int()) });
export type AuditPage = z.infer<typeof auditPage>;

/** How a page or an export is asked for in the query of its address. All that is given must fit. */
export interface AuditQuery {
	/** Several, parted by commas. */
	readonly action?: string;
	/** An id. */
	readonly actor?: string;
	/** An id. Of the whole server's log only. */
	readonly space?: string;
	readonly outcome?: AuditOutcome;
	/** Instants with a zone: from the first on, and before the second. */
	readonly from?: string;
	readonly to?: string;
	/** Some of the target's id, without regard to the case of A-Z. */
	readonly target?: string;
}
