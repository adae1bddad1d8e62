import type { Role, Scope } from '#lib/domain/access.ts';
import type { PersonId, SpaceId } from '#lib/domain/id.ts';

/** Somebody, or some tool, that showed a token which opens a space. */
export interface Principal {
	/** Of the token, not of the person: a person has one for each device. Safe to log. */
	readonly id: string;
	readonly space: SpaceId;
	readonly role: Role;
	readonly scope: Scope;
	/** Absent for a tool. Their changes are recorded under this id. */
	readonly person?: PersonId;
	/** What the person or tool is called, for lists and logs of a space's own people only. */
	readonly name: string;
}

/**
 * The one door to the question “who is this, and what may they do here”. Accounts and roles will stand behind
 * it; nothing else in the server looks at a token.
 */
export interface Access {
	/** Who holds `token`, or undefined when it opens nothing: unknown, revoked, expired, malformed. */
	principalOf(token: string | undefined): Principal | undefined;
	/** Whether there is such a space at all. */
	hasSpace(space: string): boolean;
	/** Calls back with the id of a token the moment it stops opening anything. Returns the unsubscriber. */
	onRevoked(callback: (principalId: string) => void): () => void;
}
