import { assert } from '#lib/util/assert.ts';
import { answerProblem, type Problem } from '../http/problem.ts';
import { answers, authenticateOptions, registerOptions } from './answers.ts';
import type { EndpointPath, KnownEndpoint } from './endpoints.ts';
import type { Ask, Refused, Reply } from './exchange.ts';
import type { AuthSession, IdentityEvent, IdentityWorld, SignInMethod } from './identity.ts';
import type { Limits } from './limits.ts';
import { OIDC_ID } from './oidc-id.ts';
import { passwordFault } from './passwords.ts';
import {
	noProof,
	nothingThere,
	providerAway,
	sessionGone,
	tooManyFailures,
	weakPassword
} from './problems.ts';
import type { IdentityRows, UserRow } from './rows.ts';
import type { Result } from '#lib/util/result.ts';

/** One request to an endpoint, after what goes for all of them: limits, the body's form, whether one is signed in. */
export interface Call {
	readonly endpoint: KnownEndpoint;
	readonly request: Request;
	readonly address: string;
	/** As the endpoint's schema read it. */
	readonly body: Readonly<Record<string, unknown>>;
	/** Of the parameters the endpoint takes. */
	readonly query: Readonly<Record<string, string>>;
	/** Of an endpoint that needs one. */
	readonly session: AuthSession | undefined;
}

/** What a flow works with. */
export interface Desk {
	readonly base: string;
	readonly world: IdentityWorld;
	readonly rows: IdentityRows;
	readonly limits: Limits;
	readonly nowMs: () => number;
	readonly providerName: string;
	ask(call: Call, ask: Ask): Promise<Result<Reply, Refused>>;
	/** The same, with the provider known. Undefined while it is away. */
	askProvider(call: Call, ask: Ask): Promise<Result<Reply, Refused> | undefined>;
	/** Whose the token of a password mail is. */
	ownerOfReset(token: string): Promise<UserRow | undefined>;
}

type Flow = (call: Call, desk: Desk) => Promise<Response>;

/** How each endpoint is answered. */
export const flows: Readonly<Record<EndpointPath, Flow>> = {
	'/get-session': passOn(answers.session),
	'/sign-out': passOn(answers.done),
	'/sign-up/email': signUp,
	'/sign-in/email': signIn,
	'/sign-in/magic-link': passOn(answers.done),
	'/magic-link/verify': openLink,
	'/sign-in/social': toProvider,
	'/callback/oidc': fromProvider,
	'/request-password-reset': passOn(answers.done),
	'/reset-password': resetPassword,
	'/send-verification-email': (call, desk) => {
		const ask: Ask = { method: 'POST', path: call.endpoint.path, body: { email: signedInOf(call).email } };
		return answered(desk.ask(call, ask), answers.done);
	},
	'/verify-email': verifyEmail,
	'/change-password': changePassword,
	'/update-user': passOn(answers.done),
	'/delete-user': deleteAccount,
	'/list-accounts': passOn(answers.ways),
	'/list-sessions': listSessions,
	'/revoke-session': revokeSession,
	'/revoke-other-sessions': passOn(answers.done),
	'/passkey/generate-authenticate-options': passOn(authenticateOptions),
	'/passkey/verify-authentication': signInWithPasskey,
	'/passkey/generate-register-options': passOn(registerOptions),
	'/passkey/verify-registration': addPasskey,
	'/passkey/list-user-passkeys': passOn(answers.passkeys),
	'/passkey/update-passkey': (call, desk) => ofMine(call, desk, passOn(answers.done)),
	'/passkey/delete-passkey': (call, desk) => ofMine(call, desk, removePasskey)
};

/** Endpoints whose success is a sign-in, and which. */
export const methodOf: Readonly<Partial<Record<EndpointPath, SignInMethod>>> = {
	'/sign-up/email': 'sign-up',
	'/sign-in/email': 'password',
	'/magic-link/verify': 'email-link',
	'/callback/oidc': 'oidc',
	'/passkey/verify-authentication': 'passkey'
};

const asIs = ({ endpoint: { method, path }, body }: Call): Ask => ({ method, path, body });

function passOn(shape: (body: unknown) => object | null): Flow {
	return (call, desk) => answered(desk.ask(call, asIs(call)), shape);
}

async function signUp(call: Call, desk: Desk): Promise<Response> {
	if (!desk.world.maySignUp(call.request)) return answerProblem(noProof);
	const fault = passwordFault(text(call, 'password'), {
		email: text(call, 'email'),
		name: text(call, 'name')
	});
	if (fault) return answerProblem(weakPassword(fault));
	return answered(desk.ask(call, asIs(call)), answers.signedIn, 201);
}

async function signIn(call: Call, desk: Desk): Promise<Response> {
	const user = desk.rows.userByEmail(text(call, 'email'));
	const account = user?.id ?? strangerKey(text(call, 'email'));
	const waitSeconds = desk.limits.passwordWaitSeconds(account);
	if (waitSeconds > 0) return tooMany(waitSeconds);
	const result = await desk.ask(call, asIs(call));
	if (!result.ok && result.error.problem.type === 'auth.wrong-sign-in') {
		desk.limits.passwordFailed(account);
		failedSignIn(call, desk, user?.id);
	}
	return reply(result, answers.signedIn);
}

/** Addresses without an account share few counters, so that guessing many fills no memory and drowns no account. */
function strangerKey(email: string): string {
	let sum = 0;
	for (const letter of email) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % STRANGER_KEYS;
	return `stranger-${sum}`;
}
const STRANGER_KEYS = 1024;

/** better-auth opens links by GET. A mail scanner that looks at links would use them up: the page posts the token. */
async function openLink(call: Call, desk: Desk): Promise<Response> {
	const ask: Ask = { method: 'GET', path: '/magic-link/verify', query: { token: text(call, 'token') } };
	const result = await desk.ask(call, ask);
	if (!result.ok) failedSignIn(call, desk, undefined);
	return reply(result, answers.signedIn);
}

async function verifyEmail(call: Call, desk: Desk): Promise<Response> {
	const ask: Ask = { method: 'GET', path: '/verify-email', query: { token: text(call, 'token') } };
	return answered(desk.ask(call, ask), answers.done);
}

async function toProvider(call: Call, desk: Desk): Promise<Response> {
	const next = call.body['next'];
	const result = await desk.askProvider(call, {
		method: 'POST',
		path: '/sign-in/social',
		body: {
			provider: OIDC_ID,
			callbackURL: desk.base + (typeof next === 'string' ? next : '/'),
			errorCallbackURL: `${desk.base}/sign-in`,
			disableRedirect: true
		}
	});
	if (!result) return answerProblem(providerAway(desk.providerName), { 'retry-after': '60' });
	return reply(result, (body) => ({ url: (body as { url: string }).url }));
}

/** A browser comes here, not a program: whatever goes wrong, it is sent to the sign-in page with the code. */
async function fromProvider(call: Call, desk: Desk): Promise<Response> {
	const result = await desk.askProvider(call, { method: 'GET', path: '/callback/oidc', query: call.query });
	if (!result) return toSignIn(desk, providerAway(desk.providerName), []);
	if (result.ok && result.value.location?.origin === desk.base) {
		return redirect(result.value.location, result.value.cookies);
	}
	failedSignIn(call, desk, undefined);
	return result.ok
		? toSignIn(desk, providerAway(desk.providerName), result.value.cookies)
		: toSignIn(desk, result.error.problem, result.error.cookies);
}

export function toSignIn(desk: { base: string }, { type }: Problem, cookies: readonly string[]): Response {
	return redirect(new URL(`/sign-in?problem=${encodeURIComponent(type)}`, desk.base), cookies);
}

function redirect(to: URL, cookies: readonly string[]): Response {
	const headers = new Headers({ location: to.pathname + to.search + to.hash, 'cache-control': 'no-store' });
	for (const cookie of cookies) headers.append('set-cookie', cookie);
	return new Response(null, { status: 302, headers });
}

async function resetPassword(call: Call, desk: Desk): Promise<Response> {
	const owner = await desk.ownerOfReset(text(call, 'token'));
	const fault = owner && passwordFault(text(call, 'newPassword'), owner);
	if (fault) return answerProblem(weakPassword(fault));
	const result = await desk.ask(call, asIs(call));
	if (result.ok && owner) happened(call, desk, { type: 'password-changed', user: owner.id, how: 'reset' });
	return reply(result, answers.done);
}

async function changePassword(call: Call, desk: Desk): Promise<Response> {
	const { user, email, name } = signedInOf(call);
	const fault = passwordFault(text(call, 'newPassword'), { email, name });
	if (fault) return answerProblem(weakPassword(fault));
	return withPassword(call, desk, async () => {
		const body = { ...call.body, revokeOtherSessions: true };
		const result = await desk.ask(call, { method: 'POST', path: '/change-password', body });
		if (result.ok) happened(call, desk, { type: 'password-changed', user, how: 'changed' });
		return result;
	});
}

const stillNeeded = (detail: string): Problem => ({
	type: 'auth.still-needed',
	title: 'Still needed',
	status: 409,
	detail
});

async function deleteAccount(call: Call, desk: Desk): Promise<Response> {
	const kept = desk.world.whyKept?.(signedInOf(call).user);
	if (kept !== undefined) return answerProblem(stillNeeded(kept));
	const proof = call.body['password'];
	if (proof === undefined) return answered(desk.ask(call, asIs(call)), answers.done);
	return withPassword(call, desk, () => desk.ask(call, asIs(call)));
}

/** A stolen session must not be a place to guess the password in. */
async function withPassword(
	call: Call,
	desk: Desk,
	act: () => Promise<Result<Reply, Refused>>
): Promise<Response> {
	const { user } = signedInOf(call);
	const waitSeconds = desk.limits.passwordWaitSeconds(user);
	if (waitSeconds > 0) return tooMany(waitSeconds);
	const result = await act();
	if (!result.ok && result.error.problem.type === 'auth.wrong-password') desk.limits.passwordFailed(user);
	return reply(result, answers.done);
}

function listSessions(call: Call, desk: Desk): Promise<Response> {
	const { id, user } = signedInOf(call);
	const sessions = desk.rows.sessions(user, desk.nowMs());
	return Promise.resolve(
		answer(200, { sessions: sessions.map((one) => ({ ...one, isCurrent: one.id === id })) })
	);
}

async function revokeSession(call: Call, desk: Desk): Promise<Response> {
	const token = desk.rows.sessionToken(signedInOf(call).user, text(call, 'id'));
	if (token === undefined) return answerProblem(sessionGone);
	return answered(desk.ask(call, { method: 'POST', path: '/revoke-session', body: { token } }), answers.done);
}

async function signInWithPasskey(call: Call, desk: Desk): Promise<Response> {
	const result = await desk.ask(call, asIs(call));
	if (!result.ok) {
		const { id } = call.body['response'] as { id: string };
		failedSignIn(call, desk, desk.rows.passkeyOwner(id));
	}
	return reply(result, answers.signedIn);
}

async function addPasskey(call: Call, desk: Desk): Promise<Response> {
	const result = await desk.ask(call, asIs(call));
	if (result.ok) {
		const { id } = answers.passkey(result.value.body);
		happened(call, desk, { type: 'passkey-added', user: signedInOf(call).user, passkey: id });
	}
	return reply(result, answers.passkey, 201);
}

/** What is somebody else's is not there. */
function ofMine(call: Call, desk: Desk, flow: Flow): Promise<Response> {
	if (desk.rows.hasPasskey(signedInOf(call).user, text(call, 'id'))) return flow(call, desk);
	return Promise.resolve(answerProblem(nothingThere));
}

async function removePasskey(call: Call, desk: Desk): Promise<Response> {
	const result = await desk.ask(call, asIs(call));
	const passkey = text(call, 'id');
	if (result.ok) happened(call, desk, { type: 'passkey-removed', user: signedInOf(call).user, passkey });
	return reply(result, answers.done);
}

type Unplaced<E> = E extends unknown ? Omit<E, 'address'> : never;

function happened({ address }: Call, { world }: Desk, event: Unplaced<IdentityEvent>): void {
	world.onEvent({ ...event, address });
}

function failedSignIn(call: Call, desk: Desk, user: string | undefined): void {
	const method = methodOf[call.endpoint.path];
	if (method) happened(call, desk, { type: 'sign-in-failed', user, method });
}

function signedInOf({ session }: Call): AuthSession {
	assert(session !== undefined, 'an endpoint that needs a session was called without one');
	return session;
}

function text({ body }: Call, name: string): string {
	const value = body[name];
	assert(typeof value === 'string', `the body was read without ${name}`);
	return value;
}

const tooMany = (waitSeconds: number): Response =>
	answerProblem(tooManyFailures(waitSeconds), { 'retry-after': String(waitSeconds) });

const answered = async (
	asked: Promise<Result<Reply, Refused>>,
	shape: (body: unknown) => object | null,
	status = 200
): Promise<Response> => reply(await asked, shape, status);

function reply(
	result: Result<Reply, Refused>,
	shape: (body: unknown) => object | null,
	status = 200
): Response {
	const response = result.ok ? answer(status, shape(result.value.body)) : answerProblem(result.error.problem);
	const { cookies } = result.ok ? result.value : result.error;
	for (const cookie of cookies) response.headers.append('set-cookie', cookie);
	return response;
}

const answer = (status: number, body: object | null): Response =>
	new Response(JSON.stringify(body), {
		status,
		headers: { 'content-type': 'application/json', 'cache-control': 'no-store' }
	});
