import * as z from 'zod/mini';
import { call, type Answer, type Question } from './api-call.ts';

// The calls by which somebody comes to be signed in. Whoever's cookie this browser holds goes along: it is about to
// be another.

const ways = z.object({
	accounts: z.enum(['off', 'optional', 'required']),
	passwords: z.boolean(),
	passkeys: z.boolean(),
	emailLinks: z.boolean(),
	oidc: z.optional(z.object({ name: z.string() }))
});
const user = z.object({
	id: z.string(),
	email: z.string(),
	name: z.string(),
	isEmailVerified: z.boolean()
});
const signedIn = z.object({ user });
const done = z.object({ isDone: z.literal(true) });

/** How people sign in here. */
export type SignInWays = z.infer<typeof ways>;
/** Whoever has just signed in, as the server knows them. */
export type SignedInUser = z.infer<typeof user>;
type Done = z.infer<typeof done>;

/** What shows that somebody may make an account: an invite of a space, or a token of a device that is in one. */
export type SignUpProof = { readonly invite: string; readonly space: string } | { readonly token: string };

const auth = <T>(ask: Omit<Question, 'root'> & { readonly answer: z.core.$ZodType<T> }): Answer<T> =>
	call({ ...ask, root: '/api/auth' });

const post = <T>(path: string, body: object, answer: z.core.$ZodType<T>): Answer<T> =>
	auth({ path, method: 'POST', body, answer });

export const signInWays = (): Answer<SignInWays> => call({ path: '/sign-in', answer: ways });

/** Whose cookie this browser holds; null for nobody's. Keeps their session alive. */
export const whoIsSignedIn = (): Answer<{ readonly user: SignedInUser } | null> =>
	auth({ path: '/get-session', answer: z.nullable(signedIn) });

export function signUp(
	wish: { readonly name: string; readonly email: string; readonly password: string },
	proof: SignUpProof
): Answer<{ readonly user: SignedInUser }> {
	const headers =
		'invite' in proof ? { 'x-downbeat-invite': proof.invite, 'x-downbeat-space': proof.space } : undefined;
	return auth({
		path: '/sign-up/email',
		method: 'POST',
		body: wish,
		headers,
		token: 'token' in proof ? proof.token : undefined,
		answer: signedIn
	});
}

export const signInWithPassword = (email: string, password: string) =>
	post('/sign-in/email', { email, password }, signedIn);

/** The answer is the same whether or not there is such an account. */
export const askForLink = (email: string): Answer<Done> => post('/sign-in/magic-link', { email }, done);

export const openLink = (token: string) => post('/magic-link/verify', { token }, signedIn);

/** Where to go to sign in with the provider; it comes back to `next`, a place in the app. */
export const addressOfProvider = (next: string): Answer<{ readonly url: string }> =>
	post('/sign-in/social', { next }, z.object({ url: z.string() }));

export const passkeyQuestion = (): Answer<object> =>
	auth({ path: '/passkey/generate-authenticate-options', answer: z.looseObject({ challenge: z.string() }) });

export const signInWithPasskey = (response: unknown) =>
	post('/passkey/verify-authentication', { response }, signedIn);

export const askForReset = (email: string): Answer<Done> => post('/request-password-reset', { email }, done);

export const resetPassword = (token: string, newPassword: string): Answer<Done> =>
	post('/reset-password', { token, newPassword }, done);

export const proveAddress = (token: string): Answer<Done> => post('/verify-email', { token }, done);

/** Ends the session of this browser, whoever's it is. */
export const endSession = (): Answer<Done> => post('/sign-out', {}, done);
