import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { beforeAll, expect, test, vi } from 'vitest';
import { INVITE, ORIGIN, PASSWORD, startIdentity, tokenIn } from '../../tests/server/identity-world.ts';

const EMAIL = 'nadia@example.com';
const TEN = Array.from({ length: 10 }, (_, index) => index);

beforeAll(async () => {
	await import('./library.ts'); // Once for the file: it takes its second here and not in the first test.
});

test('an account is made with an invite, and is signed in by a cookie that no script can read', async () => {
	const { browser, identity, events } = startIdentity();
	const nadia = browser();
	const made = await nadia.signUp('Nadia@Example.com');
	expect(made).toMatchObject({
		status: 201,
		body: { user: { email: EMAIL, name: 'Nadia Okafor', isEmailVerified: false } }
	});
	const [cookie = ''] = made.headers.getSetCookie();
	expect(cookie).toMatch(/^__Secure-downbeat\.session_token=/);
	for (const part of ['HttpOnly', 'SameSite=Lax', 'Secure', 'Path=/', 'Max-Age=2592000'])
		expect(cookie).toContain(part);
	const session = await identity.sessionOf(nadia.headers);
	expect(session).toMatchObject({ email: EMAIL, name: 'Nadia Okafor', isEmailVerified: false });
	expect(session?.expiresAtMs).toBeGreaterThan(Date.now() + 29 * 86_400_000);
	expect(events).toEqual([
		{ type: 'account-created', user: session?.user, method: 'sign-up', address: '198.51.100.7' },
		{
			type: 'signed-in',
			user: session?.user,
			session: session?.id,
			method: 'sign-up',
			address: '198.51.100.7'
		}
	]);
});

test('no answer gives a session token away', async () => {
	const { browser, database } = startIdentity();
	const nadia = browser();
	const bodies = [await nadia.signUp(EMAIL), await browser().signIn(EMAIL)];
	bodies.push(await nadia.get('/api/auth/get-session'), await nadia.get('/api/auth/list-sessions'));
	const tokens = database
		.prepare('SELECT token FROM auth_session')
		.all()
		.map(({ token }) => String(token));
	expect(tokens).toHaveLength(2);
	for (const token of tokens) expect(JSON.stringify(bodies.map(({ body }) => body))).not.toContain(token);
});

test('without a proof nobody makes an account', async () => {
	const { browser, database } = startIdentity();
	const body = { name: 'X', email: EMAIL, password: PASSWORD };
	expect(await browser().post('/api/auth/sign-up/email', body)).toMatchObject({
		status: 403,
		body: { type: 'auth.no-invite' }
	});
	expect(
		await browser().post('/api/auth/sign-up/email', body, { 'x-downbeat-invite': 'dbi_x' })
	).toMatchObject({ status: 403 });
	expect(database.prepare('SELECT count(*) AS count FROM auth_user').get()).toEqual({ count: 0 });
});

test('a second account with the same address is refused, and the first stays as it is', async () => {
	const { browser } = startIdentity();
	await browser().signUp(EMAIL);
	expect(await browser().signUp(EMAIL.toUpperCase(), { password: 'another long one' })).toMatchObject({
		status: 409,
		body: { type: 'auth.account-exists' }
	});
	expect((await browser().signIn(EMAIL)).status).toBe(200);
});

test.each([
	['nine chars', 'ninechars', /at least 10/],
	['its address', 'nadia.okafor@example.com', /other than your name/],
	['the name, spaced and capital', 'NADIA  OKAFOR', /other than your name/],
	['a run', '9876543210', /fewer people/],
	['a common one', 'Password123', /fewer people/],
	['129 characters', 'x'.repeat(64) + 'y'.repeat(65), /at most 128/]
])('a password that is %s is refused with the reason', async (_, password, detail) => {
	const { browser } = startIdentity();
	const answer = await browser().signUp('nadia.okafor@example.com', { password });
	expect(answer).toMatchObject({ status: 400, body: { detail: expect.stringMatching(detail) as string } });
});

test('passwords of 10 and of 128 characters are taken', async () => {
	const { browser } = startIdentity();
	expect((await browser().signUp('a@example.com', { password: 'tenletterz' })).status).toBe(201);
	expect((await browser().signUp('b@example.com', { password: 'xy'.repeat(64) })).status).toBe(201);
});

test('an unknown address and a wrong password get one answer, for the same work', async () => {
	const { browser, events } = startIdentity();
	const made = await browser().signUp(EMAIL);
	events.length = 0;
	const hashing = vi.spyOn(crypto, 'scrypt');
	syncBuiltinESMExports();
	const wrong = await browser().signIn(EMAIL, 'not the password');
	expect(hashing).toHaveBeenCalledTimes(1);
	const unknown = await browser().signIn('nobody@example.com', 'not the password');
	expect(hashing).toHaveBeenCalledTimes(2);
	hashing.mockRestore();
	syncBuiltinESMExports();
	expect(wrong).toMatchObject({ status: 401, body: { type: 'auth.wrong-sign-in' } });
	expect(unknown.body).toEqual(wrong.body);
	expect(unknown.status).toBe(wrong.status);
	const strip = (headers: Headers) => [...headers.keys()].filter((name) => name !== 'x-request-id');
	expect(strip(unknown.headers)).toEqual(strip(wrong.headers));
	const { id } = made.body['user'] as { id: string };
	expect(events).toEqual([
		{ type: 'sign-in-failed', user: id, method: 'password', address: '198.51.100.7' },
		{ type: 'sign-in-failed', user: undefined, method: 'password', address: '198.51.100.7' }
	]);
});

test('ten wrong passwords close an account to passwords for a quarter of an hour, known or not', async () => {
	const { browser, clock } = startIdentity();
	await browser().signUp(EMAIL);
	for (const email of [EMAIL, 'nobody@example.com']) {
		const guesses = TEN.map((n) => browser(`203.0.113.${n}`).signIn(email, 'a wrong guess'));
		expect((await Promise.all(guesses)).map(({ status }) => status)).toEqual(TEN.map(() => 401));
		const closed = await browser('203.0.113.99').signIn(email);
		expect(closed).toMatchObject({ status: 429, body: { type: 'auth.too-many-failures' } });
		expect(Number(closed.headers.get('retry-after'))).toBeGreaterThan(0);
	}
	clock.advance(15 * 60_000);
	expect((await browser().signIn(EMAIL)).status).toBe(200);
});

test('one address may ask so often a minute, and what a client writes about its address does not help', async () => {
	const { browser, clock } = startIdentity();
	const guesser = browser('203.0.113.5');
	const ask = (n: number) =>
		guesser.post(
			'/api/auth/magic-link/verify',
			{ token: `t${n}` },
			{
				'x-downbeat-address': `10.0.0.${n}`,
				'x-forwarded-for': `10.0.0.${n}`
			}
		);
	const statuses = [];
	for (let n = 0; n < 31; n++) statuses.push((await ask(n)).status);
	expect(statuses.slice(0, 30)).toEqual(Array.from({ length: 30 }, () => 400));
	expect(statuses[30]).toBe(429);
	expect((await browser('203.0.113.6').post('/api/auth/magic-link/verify', { token: 'x' })).status).toBe(400);
	clock.advance(60_000);
	expect((await ask(32)).status).toBe(400);
});

test('a changed password signs the others out, and only the old one lets it change', async () => {
	const { browser, identity, events } = startIdentity();
	const [here, there] = [browser(), browser()];
	await here.signUp(EMAIL);
	await there.signIn(EMAIL);
	const change = (currentPassword: string, newPassword: string) =>
		here.post('/api/auth/change-password', { currentPassword, newPassword });
	expect(await change('not the old one', 'a whole new one')).toMatchObject({
		status: 403,
		body: { type: 'auth.wrong-password' }
	});
	expect((await change(PASSWORD, EMAIL)).body).toMatchObject({ type: 'auth.weak-password' });
	expect((await change(PASSWORD, 'a whole new one')).status).toBe(200);
	expect(await identity.sessionOf(here.headers)).toBeDefined();
	expect(await identity.sessionOf(there.headers)).toBeUndefined();
	expect((await browser().signIn(EMAIL)).status).toBe(401);
	expect((await browser().signIn(EMAIL, 'a whole new one')).status).toBe(200);
	expect(events.map(({ type }) => type)).toContain('password-changed');
});

test('a stolen session is no place to guess the password in', async () => {
	const { browser } = startIdentity();
	const nadia = browser();
	await nadia.signUp(EMAIL);
	const guesses = TEN.map((n) => nadia.post('/api/auth/delete-user', { password: `guess number ${n}` }));
	expect((await Promise.all(guesses)).map(({ status }) => status)).toEqual(TEN.map(() => 403));
	const body = { currentPassword: PASSWORD, newPassword: 'a whole new one' };
	expect((await nadia.post('/api/auth/change-password', body)).status).toBe(429);
	expect((await browser().signIn(EMAIL)).status).toBe(429);
});

test('the name can be changed, the address cannot', async () => {
	const { browser, identity } = startIdentity();
	const nadia = browser();
	await nadia.signUp(EMAIL);
	const body = { name: ' Nadia O. ', email: 'other@example.com', image: 'https://evil.example/x.png' };
	expect((await nadia.post('/api/auth/update-user', body)).status).toBe(200);
	expect(await identity.sessionOf(nadia.headers)).toMatchObject({ name: 'Nadia O.', email: EMAIL });
	expect((await nadia.post('/api/auth/update-user', { name: 'two\nlines' })).status).toBe(400);
});

test('an account is deleted with its password, and takes everything of it along', async () => {
	const { browser, identity, database, events } = startIdentity();
	const [nadia, phone] = [browser(), browser()];
	await nadia.signUp(EMAIL);
	await phone.signIn(EMAIL);
	expect((await nadia.post('/api/auth/delete-user', { password: 'a wrong guess' })).status).toBe(403);
	expect((await nadia.post('/api/auth/delete-user', { password: PASSWORD })).status).toBe(200);
	expect(await identity.sessionOf(phone.headers)).toBeUndefined();
	for (const table of ['auth_user', 'auth_session', 'auth_account', 'auth_passkey']) {
		expect(database.prepare(`SELECT count(*) AS count FROM ${table}`).get()).toEqual({ count: 0 });
	}
	expect(
		events.at(-1)?.type === 'account-deleted' || events.some(({ type }) => type === 'account-deleted')
	).toBe(true);
});

test('without the password, deleting an account needs a sign-in of the last hour', async () => {
	const { browser, database } = startIdentity();
	const nadia = browser();
	await nadia.signUp(EMAIL);
	const old = new Date(Date.now() - 61 * 60_000).toISOString();
	database.prepare('UPDATE auth_session SET createdAt = ?').run(old);
	expect(await nadia.post('/api/auth/delete-user')).toMatchObject({
		status: 403,
		body: { type: 'auth.not-fresh' }
	});
	database.prepare('UPDATE auth_session SET createdAt = ?').run(new Date().toISOString());
	expect((await nadia.post('/api/auth/delete-user')).status).toBe(200);
	expect(database.prepare('SELECT count(*) AS count FROM auth_user').get()).toEqual({ count: 0 });
});

test('a page of another site changes nothing, and a form cannot speak for one', async () => {
	const { browser, app } = startIdentity();
	const nadia = browser();
	await nadia.signUp(EMAIL);
	expect(await nadia.post('/api/auth/sign-out', {}, { origin: 'https://evil.example' })).toMatchObject({
		status: 403,
		body: { type: 'origin.foreign' }
	});
	const form = await app.request(
		'/api/auth/sign-out',
		{
			method: 'POST',
			headers: { 'content-type': 'text/plain', cookie: nadia.headers.get('cookie') ?? '' },
			body: '{}'
		},
		{}
	);
	expect(form.status).toBe(415);
	expect((await nadia.get('/api/auth/get-session')).body).toMatchObject({ user: { email: EMAIL } });
});

test('bodies are refused over 16 KB, and when they are no JSON', async () => {
	const { browser, app } = startIdentity();
	const long = { email: EMAIL, password: 'x'.repeat(17 * 1024) };
	expect((await browser().post('/api/auth/sign-in/email', long)).status).toBe(413);
	const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"email":' };
	expect((await app.request('/api/auth/sign-in/email', init, {})).status).toBe(400);
	expect(await browser().post('/api/auth/sign-in/email', { email: 'x', password: 1 })).toMatchObject({
		status: 400,
		body: { type: 'input.invalid' }
	});
});

test('without passwords and mail their ways are closed, and say so', async () => {
	const { browser, identity } = startIdentity({ settings: { passwords: false }, mailer: false });
	expect(identity.methods).toEqual({ passwords: false, passkeys: true, emailLinks: false, oidc: undefined });
	expect((await browser().signUp(EMAIL)).body).toMatchObject({ type: 'auth.passwords-off' });
	expect((await browser().post('/api/auth/sign-in/magic-link', { email: EMAIL })).body).toMatchObject({
		type: 'auth.mail-off',
		detail: expect.stringContaining('mail server') as string
	});
	expect((await browser().post('/api/auth/sign-in/social')).body).toMatchObject({
		type: 'auth.provider-off'
	});
});

test('with accounts off every address of theirs leads nowhere', async () => {
	const { browser, identity } = startIdentity({ settings: { accounts: 'off' } });
	expect((await browser().signUp(EMAIL)).status).toBe(404);
	expect(await identity.sessionOf(new Headers({ cookie: 'downbeat.session_token=x.y' }))).toBeUndefined();
	expect((await browser().get('/api/v1/sign-in')).body).toEqual({
		accounts: 'off',
		passwords: false,
		passkeys: false,
		emailLinks: false
	});
});

test('how one may sign in is public', async () => {
	const { browser } = startIdentity({ settings: { accounts: 'required' } });
	expect((await browser().get('/api/v1/sign-in')).body).toEqual({
		accounts: 'required',
		passwords: true,
		passkeys: true,
		emailLinks: true
	});
});

test('accounts hold no lock while they think: other stores write whenever they like', async () => {
	const { browser, database } = startIdentity();
	database.exec('PRAGMA busy_timeout = 0; CREATE TABLE probe (n INTEGER)');
	const write = database.prepare('INSERT INTO probe VALUES (?)');
	let isDone = false;
	let writes = 0;
	const writing = (async () => {
		while (!isDone) {
			write.run(writes++); // Throws “database is locked” if anybody holds it.
			await new Promise(setImmediate);
		}
	})();
	const emails = ['a@example.com', 'b@example.com', 'c@example.com'];
	const made = await Promise.all(emails.map((email) => browser().signUp(email)));
	isDone = true;
	await writing;
	expect(made.map(({ status }) => status)).toEqual([201, 201, 201]);
	expect(writes).toBeGreaterThan(0);
});

test('the log tells what happened, and nothing that opens or names anything', async () => {
	const { browser, mails, logged, database } = startIdentity();
	const nadia = browser();
	await nadia.signUp(EMAIL);
	await nadia.signIn(EMAIL, 'a wrong guess');
	await nadia.signUp(EMAIL);
	await nadia.post('/api/auth/sign-in/magic-link', { email: EMAIL });
	await nadia.post('/api/auth/magic-link/verify', { token: 'a-wrong-token' });
	await nadia.post('/api/auth/request-password-reset', { email: EMAIL });
	const reset = tokenIn(mails.at(-1), 'reset');
	await nadia.post('/api/auth/reset-password', { token: reset, newPassword: 'a whole new one' });
	const cookies = [...nadia.cookies.values()];
	const tokens = database
		.prepare('SELECT token FROM auth_session')
		.all()
		.map(({ token }) => String(token));
	await nadia.post('/api/auth/sign-out');
	const secrets = [PASSWORD, 'a wrong guess', 'a-wrong-token', 'a whole new one', reset, EMAIL, INVITE];
	expect(reset).not.toBe('');
	expect(logged()).toContain('/api/auth/sign-in/email');
	for (const secret of [...secrets, ...cookies, ...tokens, ORIGIN, 'Nadia'])
		expect(logged()).not.toContain(secret);
});
