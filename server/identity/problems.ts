import type { Problem, ProblemStatus } from '../http/problem.ts';
import type { Need } from './endpoints.ts';

// better-auth answers with codes of its own and sentences for programmers. Here they become problems like all others.

const problem = (code: string, status: ProblemStatus, title: string, detail: string): Problem => ({
	type: `auth.${code}`,
	status,
	title,
	detail
});

const wrongSignIn = problem(
	'wrong-sign-in',
	401,
	'Not signed in',
	'This address and password do not go together. Check both, or choose a new password by mail.'
);
const linkUsed = problem(
	'link-used',
	400,
	'This link no longer works',
	'It was used already, or its time is over. Ask for a new one.'
);
const passkeyFailed = problem(
	'passkey-failed',
	400,
	'The passkey was not accepted',
	'It was not made for this Downbeat, or it took too long. Try again.'
);
const unknownPasskey = problem(
	'passkey-unknown',
	401,
	'Nobody here has this passkey',
	'It was removed, or belongs to another Downbeat. Sign in another way.'
);
const providerFailed = problem(
	'provider-failed',
	400,
	'The provider did not sign you in',
	'What it sent back could not be used. Begin again; if it goes on, tell who runs this Downbeat.'
);
const stateMismatch = problem(
	'state-mismatch',
	400,
	'This sign-in was not begun here',
	'It was begun in another browser, or too long ago. Begin again from the sign-in page.'
);
const noPassword = problem(
	'no-password',
	400,
	'This account has no password',
	'Sign in again instead, or choose a password by mail.'
);
const notFresh = problem(
	'not-fresh',
	403,
	'Sign in again first',
	'This needs a sign-in of the last hour. Sign out, sign in, and do it again.'
);

export const signedOut = problem('signed-out', 401, 'Not signed in', 'Sign in, then do it again.');

const alreadyExists = problem(
	'account-exists',
	409,
	'There is an account already',
	'Somebody has an account with this address. Sign in instead, or choose a new password by mail.'
);

/** By better-auth's code, in capitals. What is not here is told by its status alone. */
const known: Readonly<Record<string, Problem>> = {
	INVALID_EMAIL_OR_PASSWORD: wrongSignIn,
	INVALID_PASSWORD: problem(
		'wrong-password',
		403,
		'Not the password',
		'This is not the password of your account. Nothing was changed.'
	),
	CREDENTIAL_ACCOUNT_NOT_FOUND: noPassword,
	USER_ALREADY_EXISTS: alreadyExists,
	USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL: alreadyExists,
	INVALID_TOKEN: linkUsed,
	TOKEN_EXPIRED: linkUsed,
	NOT_INVITED: linkUsed,
	USER_NOT_FOUND: linkUsed,
	EMAIL_ALREADY_VERIFIED: problem(
		'already-verified',
		409,
		'Your address is proven already',
		'There is nothing more to do.'
	),
	SESSION_EXPIRED: notFresh,
	SESSION_NOT_FRESH: notFresh,
	UNAUTHORIZED: signedOut,
	CHALLENGE_NOT_FOUND: passkeyFailed,
	FAILED_TO_VERIFY_REGISTRATION: passkeyFailed,
	AUTHENTICATION_FAILED: passkeyFailed,
	PASSKEY_NOT_FOUND: unknownPasskey,
	PASSKEY_NOT_VERIFIED: problem(
		'passkey-unlocked',
		400,
		'The passkey must be unlocked',
		'Use a passkey that asks for your fingerprint, face or code.'
	),
	STATE_MISMATCH: stateMismatch,
	STATE_NOT_FOUND: stateMismatch,
	STATE_INVALID: stateMismatch,
	PLEASE_RESTART_THE_PROCESS: stateMismatch,
	ACCESS_DENIED: problem(
		'provider-refused',
		403,
		'The provider did not let you in',
		'It says that you did not agree, or may not. Begin again, or sign in another way.'
	),
	ACCOUNT_NOT_LINKED: problem(
		'not-linked',
		409,
		'There is an account with your address',
		'It was made another way, and your address is not proven on both sides. Sign in the way you did before.'
	),
	EMAIL_NOT_FOUND: problem(
		'no-email',
		400,
		'The provider gave no address',
		'Downbeat needs your e-mail address. Allow it at the provider, or sign in another way.'
	),
	UNABLE_TO_GET_USER_INFO: providerFailed,
	INVALID_CODE: providerFailed,
	ISSUER_MISMATCH: providerFailed,
	NO_CODE: providerFailed,
	NONCE_BINDING_MISSING: providerFailed,
	OAUTH_PROVIDER_NOT_FOUND: providerFailed
};

/** The problem for an answer of better-auth's. `code` as it wrote it, in any case. */
export function problemOf(status: number, code: string | undefined): Problem {
	const found = known[(code ?? '').toUpperCase()];
	if (found) return found;
	if (status === 401) return signedOut;
	if (status === 403) return problem('not-allowed', 403, 'Not allowed', 'This account may not do that.');
	if (status === 404) return nothingThere;
	if (status >= 500) return failed;
	return problem(
		'refused',
		400,
		'This could not be done',
		'Something in it is not as it should be. Try again.'
	);
}

export const failed = problem(
	'failed',
	500,
	'The server made a mistake',
	'This is our fault, and it is in the server’s log. Try again in a moment.'
);

export const nothingThere = problem('gone', 404, 'Not there', 'It was removed already. Reload the page.');

export const sessionGone = problem('session-gone', 404, 'Not there', 'This session has ended already.');

export const noProof = problem(
	'no-invite',
	403,
	'An invite is needed',
	'Accounts are made with an invite link. Ask somebody who is in already for one.'
);

/** `fault` is a sentence of the password rule. */
export const weakPassword = (fault: string): Problem => ({
	...problem('weak-password', 400, 'Choose another password', fault),
	errors: [{ path: 'body.password', detail: fault }]
});

export const providerAway = (name: string): Problem =>
	problem(
		'provider-away',
		503,
		'The provider does not answer',
		`${name} cannot be reached. Try again in a minute, or sign in another way.`
	);

const minutes = (seconds: number): string =>
	seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;

export const tooOften = (waitSeconds: number): Problem =>
	problem(
		'too-often',
		429,
		'Too many requests',
		`That was very often. Try again in ${minutes(waitSeconds)}.`
	);

export const tooManyFailures = (waitSeconds: number): Problem =>
	problem(
		'too-many-failures',
		429,
		'Too many wrong passwords',
		`Try again in ${minutes(waitSeconds)}, or sign in with a link or a passkey.`
	);

const lacking: Record<Need, Problem> = {
	passwords: problem(
		'passwords-off',
		403,
		'No passwords here',
		'This Downbeat does not use passwords. Sign in another way.'
	),
	passkeys: problem(
		'passkeys-off',
		403,
		'No passkeys here',
		'Passkeys need an address with https. Tell who runs this Downbeat.'
	),
	mail: problem(
		'mail-off',
		403,
		'This Downbeat sends no mail',
		'Links by mail need a mail server. Ask who runs this Downbeat for a way in.'
	),
	oidc: problem(
		'provider-off',
		403,
		'No provider here',
		'This Downbeat has no sign-in provider. Use another way.'
	)
};

export const lacks = (need: Need): Problem => lacking[need];
