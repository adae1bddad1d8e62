import * as z from 'zod/mini';
import { personId } from './id.ts';

// Who is in a space, and what else opens something of it, as the server lists it.

const role = z.enum(['owner', 'editor', 'commenter', 'viewer']);

/** Somebody of a space. `slot`: the presence colour, 1-8. */
export const member = z.object({ person: personId, name: z.string(), role, slot: z.int() });
export type Member = z.infer<typeof member>;

/** An invite for one address. */
export const invitation = z.object({
	id: z.string(),
	address: z.string(),
	role,
	createdAt: z.string(),
	expiresAt: z.string()
});
export type Invitation = z.infer<typeof invitation>;

/** The roles that a link for many can give. Owners are made one by one. */
export const INVITE_ROLES = ['editor', 'commenter', 'viewer'] as const;
export type InviteRole = (typeof INVITE_ROLES)[number];

/** Which invites are open. The secrets themselves were shown when they were made. */
export const openInvites = z.object({
	links: z.array(z.object({ id: z.string(), role, createdAt: z.string() })),
	invitations: z.array(invitation),
	sendsMail: z.boolean()
});
export type OpenInvites = z.infer<typeof openInvites>;

/** A link by which guests see one document. */
export const guestLink = z.object({
	id: z.string(),
	document: z.string(),
	label: z.string(),
	createdAt: z.string(),
	expiresAt: z.string()
});
export type GuestLink = z.infer<typeof guestLink>;

/** What a program may do with its token. */
export const TOKEN_SCOPES = ['points', 'read', 'write'] as const;
export type TokenScope = (typeof TOKEN_SCOPES)[number];

/** A program's token. Without `expiresAt` it lasts until somebody withdraws it. */
export const programToken = z.object({
	id: z.string(),
	scope: z.enum(TOKEN_SCOPES),
	label: z.string(),
	createdAt: z.string(),
	expiresAt: z.optional(z.string())
});
export type ProgramToken = z.infer<typeof programToken>;
