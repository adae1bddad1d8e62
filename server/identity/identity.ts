import type { Service } from '../service.ts';

/** Somebody who signed in, on one device. */
export interface AuthSession {
	readonly id: string;
	/** Id of the account. It says nothing about spaces. */
	readonly user: string;
	/** In lower case. */
	readonly email: string;
	/** Whether the mailbox was proven to be theirs: by a mail of ours, or by the provider's word. */
	readonly isEmailVerified: boolean;
	readonly name: string;
	readonly expiresAtMs: number;
}

/** By which ways people may sign in here, given how the server is set up. */
export interface SignInMethods {
	readonly passwords: boolean;
	readonly passkeys: boolean;
	/** Sign-in links, password reset and invitations by mail. */
	readonly emailLinks: boolean;
	readonly oidc: { readonly name: string } | undefined;
}

/** Accounts: who somebody is, apart from what they may do. Everything under `/api/auth/`. */
export interface Identity extends Service {
	readonly accounts: 'optional' | 'required' | 'off';
	readonly methods: SignInMethods;
	/** Answers a request under `/api/auth/`. `address` is whom to count it against, see `client-address.ts`. */
	handle(request: Request, address: string): Promise<Response>;
	/** Who is signed in, by the cookie. Undefined without a session, and once it ended or was revoked. */
	sessionOf(headers: Headers): Promise<AuthSession | undefined>;
	/** Epoch milliseconds when a session ends by itself; undefined when it was ended. Cheap: asked on every message. */
	openUntilMs(session: string): number | undefined;
	/** Everything that is kept of an account, without anything that opens it. Empty when there is none. */
	kept(user: string): Readonly<Record<string, unknown>>;
}

export type SignInMethod = 'password' | 'passkey' | 'oidc' | 'email-link' | 'sign-up';

/** What happened to an account, for the audit log and for sockets that must close. Never a secret, never an e-mail. */
export type IdentityEvent = {
	/** Where it came from, as `clientAddress` says. */
	readonly address: string;
} & (
	| {
			readonly type: 'signed-in';
			readonly user: string;
			readonly session: string;
			readonly method: SignInMethod;
	  }
	/** `user` only when there is such an account: never tell the caller. */
	| { readonly type: 'sign-in-failed'; readonly user: string | undefined; readonly method: SignInMethod }
	| { readonly type: 'signed-out'; readonly user: string; readonly session: string }
	| { readonly type: 'session-revoked'; readonly user: string; readonly session: string }
	| { readonly type: 'account-created'; readonly user: string; readonly method: SignInMethod }
	| { readonly type: 'account-deleted'; readonly user: string }
	| { readonly type: 'passkey-added'; readonly user: string; readonly passkey: string }
	| { readonly type: 'passkey-removed'; readonly user: string; readonly passkey: string }
	| { readonly type: 'password-changed'; readonly user: string; readonly how: 'changed' | 'reset' }
	| { readonly type: 'email-verified'; readonly user: string }
);

/** What accounts ask of the rest of the server. */
export interface IdentityWorld {
	/**
	 * Whether whoever sends this may make an account with a password: they hold an invite (headers
	 * `x-downbeat-invite` and `x-downbeat-space`), a member's token as bearer, or the setup token.
	 */
	maySignUp(request: Request): boolean;
	/** Whether an invitation by mail waits for this address, given in lower case. */
	isInvited(email: string): boolean;
	/** Why an account cannot be deleted yet, in a sentence for its owner; undefined when it can. */
	whyKept?(user: string): string | undefined;
	/** Called after the fact. Must not throw. */
	onEvent(event: IdentityEvent): void;
}
