import * as z from 'zod';
import { personName, secret, tokenLabel } from '../auth/schema.ts';
import { PASSWORD_LENGTH_MAX } from './passwords.ts';

// What may be reached under /api/auth/, and nothing else: better-auth has more, and may grow more with any release.
// Bodies are parsed here and passed on field by field, so that its own options (redirects, id tokens, images,
// metadata) are out of a client's reach.

/** What the server must be set up for. */
export type Need = 'passwords' | 'passkeys' | 'mail' | 'oidc';

export interface Endpoint {
	readonly method: 'GET' | 'POST';
	/** After `/api/auth`. */
	readonly path: string;
	/** What it is for, for people who read the API's description. */
	readonly purpose: string;
	/** Whether somebody must be signed in. */
	readonly session: boolean;
	readonly needs: readonly Need[];
	/** Calls a minute from one address: an office behind one address signs in at nine, a guesser goes on. */
	readonly perMinuteMax: number;
	/** What is read of the body. Undefined: nothing is. */
	readonly body?: z.ZodType<object>;
	/** What is read of the query string. */
	readonly query?: readonly string[];
}

/** RFC 5321: 254 characters at the most. */
const email = z
	.string()
	.trim()
	.toLowerCase()
	.pipe(z.email('Give an e-mail address, such as nadia@example.com.').max(254, 'This address is too long.'));

/** Looked at by the password rule where it is chosen; here only its length. */
const password = z
	.string()
	.min(1, 'Give a password.')
	.max(PASSWORD_LENGTH_MAX, `Use at most ${PASSWORD_LENGTH_MAX} characters.`);

/** A place in the app, never another site: one slash, then anything but a slash or a backslash. */
const place = z
	.string()
	.max(512)
	.regex(/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/, 'Name a place in Downbeat, such as /ops/meetings.');

/** What the browser's WebAuthn gives, checked by the library that verifies it. */
const credential = z.looseObject({
	id: z.string().min(1).max(1400),
	response: z.looseObject({ clientDataJSON: z.string().min(1) })
});

const signedOut = { session: false } as const;
const signedIn = { session: true } as const;

export const endpoints = [
	{
		method: 'GET',
		path: '/get-session',
		purpose: 'Who is signed in on this device. Keeps the session alive.',
		...signedOut,
		needs: [],
		perMinuteMax: 600
	},
	{
		method: 'POST',
		path: '/sign-up/email',
		purpose: 'Make an account with a password. Only with an invite, a member token or the setup token.',
		...signedOut,
		needs: ['passwords'],
		perMinuteMax: 20,
		body: z.object({ name: personName, email, password })
	},
	{
		method: 'POST',
		path: '/sign-in/email',
		purpose: 'Sign in with a password.',
		...signedOut,
		needs: ['passwords'],
		perMinuteMax: 30,
		body: z.object({ email, password })
	},
	{
		method: 'POST',
		path: '/sign-in/magic-link',
		purpose:
			'Ask for a sign-in link by mail. The answer is the same whether or not there is such an account.',
		...signedOut,
		needs: ['mail'],
		perMinuteMax: 10,
		body: z.object({ email, name: personName.optional() })
	},
	{
		method: 'POST',
		path: '/magic-link/verify',
		purpose: 'Sign in with the token of a sign-in link. Works once.',
		...signedOut,
		needs: ['mail'],
		perMinuteMax: 30,
		body: z.object({ token: secret })
	},
	{
		method: 'POST',
		path: '/sign-in/social',
		purpose: 'Begin to sign in with the provider: gives the address to go to.',
		...signedOut,
		needs: ['oidc'],
		perMinuteMax: 30,
		body: z.object({ next: place.optional() })
	},
	{
		method: 'GET',
		path: '/callback/oidc',
		purpose: 'Where the provider sends people back to.',
		...signedOut,
		needs: ['oidc'],
		perMinuteMax: 30,
		query: ['code', 'state', 'error', 'error_description', 'iss']
	},
	{
		method: 'POST',
		path: '/sign-out',
		purpose: 'End the session of this device.',
		...signedOut,
		needs: [],
		perMinuteMax: 60
	},
	{
		method: 'POST',
		path: '/request-password-reset',
		purpose:
			'Ask for a mail to choose a new password. The answer is the same whether or not there is an account.',
		...signedOut,
		needs: ['passwords', 'mail'],
		perMinuteMax: 10,
		body: z.object({ email })
	},
	{
		method: 'POST',
		path: '/reset-password',
		purpose: 'Choose a new password with the token of the mail. Ends all sessions.',
		...signedOut,
		needs: ['passwords', 'mail'],
		perMinuteMax: 20,
		body: z.object({ token: secret, newPassword: password })
	},
	{
		method: 'POST',
		path: '/send-verification-email',
		purpose: 'Ask for a mail that proves the address of this account.',
		...signedIn,
		needs: ['mail'],
		perMinuteMax: 10
	},
	{
		method: 'POST',
		path: '/verify-email',
		purpose: 'Prove an address with the token of the mail.',
		...signedOut,
		needs: ['mail'],
		perMinuteMax: 30,
		body: z.object({ token: z.string().min(1).max(4096) })
	},
	{
		method: 'POST',
		path: '/change-password',
		purpose: 'Change the password. Ends all other sessions and renews this one.',
		...signedIn,
		needs: ['passwords'],
		perMinuteMax: 20,
		body: z.object({ currentPassword: password, newPassword: password })
	},
	{
		method: 'POST',
		path: '/update-user',
		purpose: 'Change the name of the account.',
		...signedIn,
		needs: [],
		perMinuteMax: 30,
		body: z.object({ name: personName })
	},
	{
		method: 'POST',
		path: '/delete-user',
		purpose: 'Delete the account, with its password or within an hour of signing in.',
		...signedIn,
		needs: [],
		perMinuteMax: 10,
		body: z.object({ password: password.optional() })
	},
	{
		method: 'GET',
		path: '/list-accounts',
		purpose: 'By which ways this account signs in.',
		...signedIn,
		needs: [],
		perMinuteMax: 60
	},
	{
		method: 'GET',
		path: '/list-sessions',
		purpose: 'Where this account is signed in.',
		...signedIn,
		needs: [],
		perMinuteMax: 60
	},
	{
		method: 'POST',
		path: '/revoke-session',
		purpose: 'Sign out one device of this account.',
		...signedIn,
		needs: [],
		perMinuteMax: 60,
		body: z.object({ id: secret })
	},
	{
		method: 'POST',
		path: '/revoke-other-sessions',
		purpose: 'Sign out all other devices of this account.',
		...signedIn,
		needs: [],
		perMinuteMax: 30
	},
	{
		method: 'GET',
		path: '/passkey/generate-authenticate-options',
		purpose: 'Begin to sign in with a passkey.',
		...signedOut,
		needs: ['passkeys'],
		perMinuteMax: 60
	},
	{
		method: 'POST',
		path: '/passkey/verify-authentication',
		purpose: 'Sign in with what the passkey signed.',
		...signedOut,
		needs: ['passkeys'],
		perMinuteMax: 30,
		body: z.object({ response: credential })
	},
	{
		method: 'GET',
		path: '/passkey/generate-register-options',
		purpose: 'Begin to add a passkey, within an hour of signing in.',
		...signedIn,
		needs: ['passkeys'],
		perMinuteMax: 30
	},
	{
		method: 'POST',
		path: '/passkey/verify-registration',
		purpose: 'Add the passkey that the browser made.',
		...signedIn,
		needs: ['passkeys'],
		perMinuteMax: 30,
		body: z.object({ response: credential, name: tokenLabel.optional() })
	},
	{
		method: 'GET',
		path: '/passkey/list-user-passkeys',
		purpose: 'The passkeys of this account.',
		...signedIn,
		needs: [],
		perMinuteMax: 60
	},
	{
		method: 'POST',
		path: '/passkey/update-passkey',
		purpose: 'Rename a passkey.',
		...signedIn,
		needs: [],
		perMinuteMax: 30,
		body: z.object({ id: secret, name: tokenLabel })
	},
	{
		method: 'POST',
		path: '/passkey/delete-passkey',
		purpose: 'Remove a passkey.',
		...signedIn,
		needs: [],
		perMinuteMax: 30,
		body: z.object({ id: secret })
	}
] as const satisfies readonly Endpoint[];

export type EndpointPath = (typeof endpoints)[number]['path'];

/** An endpoint as the table has it. */
export type KnownEndpoint = Endpoint & { readonly path: EndpointPath };

export const AUTH_PATH = '/api/auth';

/** The endpoint at an address, letter by letter: no trailing slash, nothing encoded. */
export function endpointAt(method: string, pathname: string): KnownEndpoint | undefined {
	return endpoints.find((one) => one.method === method && AUTH_PATH + one.path === pathname);
}
