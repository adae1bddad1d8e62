import { beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { ORIGIN, startIdentity, tokenIn, type Browser } from '../../tests/server/identity-world.ts';
import { startImpostor, startIssuer, visitIssuer, type Claims } from '../../tests/server/oidc-issuer.ts';
import { PROVIDER_ANSWER_MS_MAX } from './accounts.ts';

const EMAIL = 'nadia@example.com';
const NADIA: Claims = { email: EMAIL, email_verified: true, name: 'Nadia Okafor' };

beforeAll(async () => {
	await import('./library.ts');
});

beforeEach(() => {
	// The provider tells on the console that it is not set up for the world. It is not in it.
	for (const way of ['info', 'warn', 'error'] as const)
		vi.spyOn(console, way).mockImplementation(() => undefined);
});

async function world(people: Readonly<Record<string, Claims>> = { nadia: NADIA }) {
	const issuer = await startIssuer();
	for (const [login, claims] of Object.entries(people)) issuer.people.set(login, claims);
	return { issuer, ...startIdentity({ settings: { oidc: issuer.settings } }) };
}

const begin = (browser: Browser, next?: string) =>
	browser.post('/api/auth/sign-in/social', next === undefined ? {} : { next });

async function signIn(browser: Browser, login: string, next?: string) {
	const { url } = (await begin(browser, next)).body as { url: string };
	return browser.get(await visitIssuer(url, login));
}

test('somebody whom the provider knows signs in, and has an account from then on', async () => {
	const { browser, identity, events, database } = await world();
	const nadia = browser();
	const back = await signIn(nadia, 'nadia', '/ops/meetings?view=week');
	expect(back.status).toBe(302);
	expect(back.headers.get('location')).toBe('/ops/meetings?view=week');
	expect(await identity.sessionOf(nadia.headers)).toMatchObject({
		email: EMAIL,
		isEmailVerified: true,
		name: 'Nadia Okafor'
	});
	expect(events).toMatchObject([
		{ type: 'account-created', method: 'oidc', address: '198.51.100.7' },
		{ type: 'signed-in', method: 'oidc', address: '198.51.100.7' }
	]);
	const again = browser();
	await signIn(again, 'nadia');
	expect((await identity.sessionOf(again.headers))?.user).toBe(events[0]?.user);
	expect((await nadia.get('/api/auth/list-accounts')).body).toMatchObject({ ways: [{ way: 'oidc' }] });
	const kept = database
		.prepare('SELECT accessToken, refreshToken, idToken, providerId FROM auth_account')
		.all();
	expect(kept).toEqual([{ accessToken: null, refreshToken: null, idToken: null, providerId: 'oidc' }]);
});

test('it is asked with PKCE, a state and a nonce, and for no more than who it is', async () => {
	const { browser, issuer, identity } = await world();
	const url = new URL((await begin(browser())).body['url'] as string);
	expect(url.origin).toBe(issuer.settings.issuer);
	expect(Object.fromEntries(url.searchParams)).toMatchObject({
		response_type: 'code',
		client_id: 'downbeat',
		redirect_uri: `${ORIGIN}/api/auth/callback/oidc`,
		scope: 'openid email profile',
		code_challenge_method: 'S256',
		code_challenge: expect.stringMatching(/^[\w-]{43}$/) as string,
		state: expect.stringMatching(/.{16,}/) as string,
		nonce: expect.stringMatching(/.{16,}/) as string
	});
	expect(identity.methods.oidc).toEqual({ name: 'Example ID' });
});

test.each(['https://evil.example/', '//evil.example', '/\\evil.example', '/a b', 'ops', '/ops\n'])(
	'nobody is sent on to %j',
	async (next) => {
		const { browser } = await world();
		expect((await begin(browser(), next)).status).toBe(400);
	}
);

test('an account whose address is proven is the same account, by either way', async () => {
	const { browser, mails, identity, database } = await world();
	const nadia = browser();
	await nadia.signUp(EMAIL);
	await nadia.post('/api/auth/verify-email', { token: tokenIn(mails.at(-1), 'verify') });
	const other = browser();
	await signIn(other, 'nadia');
	const [first, second] = [await identity.sessionOf(nadia.headers), await identity.sessionOf(other.headers)];
	expect(second?.user).toBe(first?.user);
	expect((await other.get('/api/auth/list-accounts')).body).toMatchObject({
		ways: [{ way: 'password' }, { way: 'oidc' }]
	});
	expect(database.prepare('SELECT count(*) AS count FROM auth_user').get()).toEqual({ count: 1 });
});

test.each([
	['here', true, false],
	['at the provider', false, true],
	['on neither side', false, false]
])('an address that is not proven %s joins no accounts', async (_, isProvenThere, isProvenHere) => {
	const { browser, mails, identity, events } = await world({
		nadia: { ...NADIA, email_verified: isProvenThere }
	});
	const nadia = browser();
	await nadia.signUp(EMAIL);
	if (isProvenHere) await nadia.post('/api/auth/verify-email', { token: tokenIn(mails.at(-1), 'verify') });
	const other = browser();
	const back = await signIn(other, 'nadia');
	expect(back.headers.get('location')).toBe('/sign-in?problem=auth.not-linked');
	expect(await identity.sessionOf(other.headers)).toBeUndefined();
	expect(events.at(-1)).toMatchObject({ type: 'sign-in-failed', method: 'oidc' });
});

test('without an address there is no account', async () => {
	const { browser, database } = await world({ nadia: { name: 'Nadia' } });
	const back = await signIn(browser(), 'nadia');
	expect(back.headers.get('location')).toBe('/sign-in?problem=auth.no-email');
	expect(database.prepare('SELECT count(*) AS count FROM auth_user').get()).toEqual({ count: 0 });
});

test('who turns back at the provider is told so', async () => {
	const { browser } = await world();
	const nadia = browser();
	const { url } = (await begin(nadia)).body as { url: string };
	const back = await nadia.get(await visitIssuer(url, 'nadia', { agrees: false }));
	expect(back.headers.get('location')).toBe('/sign-in?problem=auth.provider-refused');
});

test('a sign-in that was begun in another browser, or by nobody, is refused', async () => {
	const { browser, identity } = await world();
	const [attacker, victim] = [browser(), browser()];
	const { url } = (await begin(attacker)).body as { url: string };
	const callback = await visitIssuer(url, 'nadia');
	for (const address of [
		callback,
		callback.replace(/state=[^&]+/, 'state=another'),
		'/api/auth/callback/oidc'
	]) {
		const back = await victim.get(address);
		expect(back.headers.get('location')).toBe('/sign-in?problem=auth.state-mismatch');
	}
	expect(await identity.sessionOf(victim.headers)).toBeUndefined();
});

test('an answer in the name of another issuer, or with a used code, is refused', async () => {
	const { browser, identity } = await world();
	const nadia = browser();
	const { url } = (await begin(nadia)).body as { url: string };
	const callback = await visitIssuer(url, 'nadia');
	const forged = callback.replace(/iss=[^&]+/, `iss=${encodeURIComponent('https://evil.example')}`);
	expect(forged).not.toBe(callback);
	expect((await nadia.get(forged)).headers.get('location')).toBe('/sign-in?problem=auth.provider-failed');
	expect((await nadia.get(callback)).headers.get('location')).toMatch(/^\/sign-in\?problem=auth\./);
	expect(await identity.sessionOf(nadia.headers)).toBeUndefined();
});

test('a provider that is down when the server starts is there once it is up', async () => {
	const first = await startIssuer();
	await first.stop();
	const { browser, identity, clock, logged } = startIdentity({ settings: { oidc: first.settings } });
	await identity.start();
	clock.advance(0);
	const nadia = browser();
	expect(await begin(nadia)).toMatchObject({
		status: 503,
		body: {
			type: 'auth.provider-away',
			detail: 'Example ID cannot be reached. Try again in a minute, or sign in another way.'
		}
	});
	expect(logged()).toContain('"name":"auth.provider-away","code":"unreachable"');
	expect((await nadia.signUp('jonas@example.com')).status).toBe(201);
	const port = Number(new URL(first.settings.issuer).port);
	const second = await startIssuer(port);
	second.people.set('nadia', NADIA);
	const other = browser();
	expect((await signIn(other, 'nadia')).headers.get('location')).toBe('/');
	expect(await identity.sessionOf(other.headers)).toMatchObject({ email: EMAIL });
});

test.each([
	[
		'speaks for another issuer',
		'wrong-issuer',
		(issuer: string) => ({
			issuer: `${issuer}/other`,
			authorization_endpoint: `${issuer}/auth`,
			token_endpoint: `${issuer}/token`,
			jwks_uri: `${issuer}/jwks`,
			id_token_signing_alg_values_supported: ['RS256']
		})
	],
	[
		'would leave its own scheme',
		'not-openid',
		(issuer: string) => ({
			issuer,
			authorization_endpoint: `${issuer}/auth`,
			token_endpoint: 'ftp://127.0.0.1/token',
			jwks_uri: `${issuer}/jwks`,
			id_token_signing_alg_values_supported: ['RS256']
		})
	],
	['is no provider', 'not-openid', () => ({ hello: 'world' })]
])('what %s is not gone to', async (_, code, answer) => {
	const { issuer } = await startImpostor(answer);
	const oidc = { issuer, clientId: 'downbeat', clientSecret: 'x', name: 'Example ID' };
	const { browser, logged } = startIdentity({ settings: { oidc } });
	expect((await begin(browser())).body).toMatchObject({ type: 'auth.provider-away' });
	expect(logged()).toContain(`"code":"${code}"`);
});

test('a provider that stops answering halfway keeps nobody waiting', async () => {
	const { issuer, asked } = await startImpostor((own) => ({
		issuer: own,
		authorization_endpoint: `${own}/auth`,
		token_endpoint: `${own}/token`,
		jwks_uri: `${own}/jwks`,
		id_token_signing_alg_values_supported: ['RS256']
	}));
	const oidc = { issuer, clientId: 'downbeat', clientSecret: 'x', name: 'Example ID' };
	const { browser, clock } = startIdentity({ settings: { oidc } });
	const nadia = browser();
	const state = new URL((await begin(nadia)).body['url'] as string).searchParams.get('state') ?? '';
	const back = nadia.get(`/api/auth/callback/oidc?code=a-code&state=${state}`);
	await asked;
	clock.advance(PROVIDER_ANSWER_MS_MAX);
	expect((await back).headers.get('location')).toBe('/sign-in?problem=auth.provider-away');
});

test('neither codes nor tokens nor secrets of the provider are in the log', async () => {
	const { browser, logged, issuer } = await world();
	const nadia = browser();
	const { url } = (await begin(nadia)).body as { url: string };
	const callback = await visitIssuer(url, 'nadia');
	await nadia.get(callback);
	await browser().get(callback);
	const query = new URLSearchParams(callback.split('?')[1]);
	expect(query.get('code')).toBeTruthy();
	const secrets = [
		query.get('code'),
		query.get('state'),
		issuer.settings.clientSecret,
		EMAIL,
		...nadia.cookies.values()
	];
	expect(logged()).toContain('/api/auth/callback/oidc');
	for (const secret of secrets) expect(logged()).not.toContain(secret);
});
