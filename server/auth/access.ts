import type { Scope, Standing } from '#lib/domain/access.ts';
import type { DocumentId, PersonId, SpaceId } from '#lib/domain/id.ts';
import type { AccountId } from './directory.ts';

/**
 * Proof of who somebody is, already checked: a token that was found by its hash, or a session of an account. What it
 * opens at this moment is asked of `Access` again and again; the proof itself stays the same.
 */
export type Credential =
	| { readonly is: 'token'; readonly id: string; readonly space: SpaceId }
	| { readonly is: 'session'; readonly id: string; readonly account: AccountId; readonly name: string };

/** Somebody, or some tool, in one space, as their rights are at this moment. */
export interface Principal {
	/** Of the credential, not of the person: a person has one for each device. Safe to log. */
	readonly id: string;
	readonly space: SpaceId;
	readonly role: Standing;
	readonly scope: Scope;
	/** Absent for a tool and for a guest. Their changes are recorded under this id. */
	readonly person?: PersonId;
	/** The one document that a guest may read. */
	readonly document?: DocumentId;
	/** What the person or tool is called, for lists and logs of a space's own people only. */
	readonly name: string;
	/** Epoch milliseconds when the proof ends by itself. It may be renewed meanwhile. */
	readonly untilMs?: number;
}

/** What somebody shows at the door: a token, a cookie, or both; then the token counts. */
export interface Shown {
	readonly token: string | undefined;
	readonly cookie: string | undefined;
	/**
	 * Whose the cookie must be, when its sender says so: a page still holds what one account kept on the device while
	 * another account signs in beside it, and must not send that under the other one's name.
	 */
	readonly account?: string | undefined;
}

/**
 * The one door to the question “who is this, and what may they do here”. Nothing else in the server looks at a token
 * or a cookie.
 */
export interface Access {
	/** Who shows this, or undefined when it opens nothing: unknown, revoked, expired, malformed. */
	identify(shown: Shown): Promise<Credential | undefined>;
	/** How the holder stands to `space` now; undefined when they have nothing to do with it, or their proof ended. */
	principalIn(space: string, credential: Credential): Principal | undefined;
	/** Whether the credential still proves anything, in any space. */
	isOpen(credential: Credential): boolean;
	/** The person who looks after the instance by this proof; undefined when its holder does not. */
	adminOf(credential: Credential): PersonId | undefined;
	/** Whether there is such a space at all. */
	hasSpace(space: string): boolean;
	/** Calls back within a second after anybody's rights may have changed. Returns the unsubscriber. */
	onChange(callback: () => void): () => void;
}
