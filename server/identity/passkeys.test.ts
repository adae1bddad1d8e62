import { beforeAll, expect, test } from 'vitest';
import { ORIGIN, startIdentity, type Browser } from '../../tests/server/identity-world.ts';
import { PasskeyDevice, type Ceremony } from '../../tests/server/passkey-device.ts';

const EMAIL = 'nadia@example.com';

beforeAll(async () => {
	await import('./library.ts');
});

const optionsFor = async (browser: Browser, ceremony: 'register' | 'authenticate') =>
	(await browser.get(`/api/auth/passkey/generate-${ceremony}-options`)).body as unknown as Ceremony &
		Record<string, unknown>;

async function add(
	browser: Browser,
	device: PasskeyDevice,
	over: { origin?: string; isUnlocked?: boolean } = {}
) {
	const options = await optionsFor(browser, 'register');
	const response = device.register(options, { origin: ORIGIN, ...over });
	return browser.post('/api/auth/passkey/verify-registration', { response, name: 'Laptop' });
}

async function signIn(
	browser: Browser,
	device: PasskeyDevice,
	over: { origin?: string; isUnlocked?: boolean } = {}
) {
	const options = await optionsFor(browser, 'authenticate');
	const response = device.authenticate(options, { origin: ORIGIN, ...over });
	return browser.post('/api/auth/passkey/verify-authentication', { response });
}

async function withPasskey() {
	const world = startIdentity();
	const [nadia, device] = [world.browser(), new PasskeyDevice()];
	await nadia.signUp(EMAIL);
	const added = await add(nadia, device);
	return { ...world, nadia, device, added };
}

test('a passkey is added by who is signed in, and signs in without a password', async () => {
	const { browser, device, added, identity, events } = await withPasskey();
	expect(added).toMatchObject({ status: 201, body: { id: expect.any(String) as string } });
	const fresh = browser();
	const options = await optionsFor(fresh, 'authenticate');
	expect(options).toMatchObject({ rpId: 'downbeat.example.com', userVerification: 'required' });
	const answer = await signIn(fresh, device);
	expect(answer).toMatchObject({ status: 200, body: { user: { email: EMAIL } } });
	expect(JSON.stringify(answer.body)).not.toContain('token');
	expect(await identity.sessionOf(fresh.headers)).toMatchObject({ email: EMAIL });
	expect(events.map(({ type }) => type)).toEqual([
		'account-created',
		'signed-in',
		'passkey-added',
		'signed-in'
	]);
	expect(events.at(-1)).toMatchObject({ method: 'passkey' });
});

test('it is listed without its key, renamed, and removed', async () => {
	const { nadia, browser, device, added, events } = await withPasskey();
	const { id } = added.body;
	await nadia.post('/api/auth/passkey/update-passkey', { id, name: 'Old laptop' });
	const listed = await nadia.get('/api/auth/passkey/list-user-passkeys');
	expect(listed.body).toEqual({
		passkeys: [{ id, name: 'Old laptop', createdAt: expect.any(String) as string, isSynced: false }]
	});
	expect((await nadia.post('/api/auth/passkey/delete-passkey', { id })).status).toBe(200);
	expect(events.at(-1)).toMatchObject({ type: 'passkey-removed', passkey: id });
	expect(await signIn(browser(), device)).toMatchObject({
		status: 401,
		body: { type: 'auth.passkey-unknown' }
	});
	expect(events.at(-1)).toMatchObject({ type: 'sign-in-failed', user: undefined, method: 'passkey' });
});

test('nobody touches the passkey of somebody else', async () => {
	const { browser, added, nadia } = await withPasskey();
	const jonas = browser();
	await jonas.signUp('jonas@example.com');
	const { id } = added.body;
	for (const [path, body] of [
		['update-passkey', { id, name: 'Mine' }],
		['delete-passkey', { id }]
	] as const) {
		expect((await jonas.post(`/api/auth/passkey/${path}`, body)).body).toMatchObject({ type: 'auth.gone' });
	}
	expect((await nadia.get('/api/auth/passkey/list-user-passkeys')).body).toMatchObject({
		passkeys: [{ id, name: 'Laptop' }]
	});
});

test.each([
	['made for another site', { origin: 'https://evil.example' }, 'auth.passkey-failed'],
	['that was not unlocked', { isUnlocked: false }, 'auth.passkey-unlocked']
])('a passkey %s neither signs in nor is added', async (_, over, type) => {
	const { browser, nadia, device } = await withPasskey();
	expect((await signIn(browser(), device, over)).body).toMatchObject({ type });
	expect((await add(nadia, new PasskeyDevice(), over)).status).toBeGreaterThanOrEqual(400);
	const { passkeys } = (await nadia.get('/api/auth/passkey/list-user-passkeys')).body;
	expect(passkeys).toHaveLength(1);
});

test('what was signed once does not sign in twice, nor does another device with the same name', async () => {
	const { browser, device } = await withPasskey();
	const thief = browser();
	const options = await optionsFor(thief, 'authenticate');
	const response = device.authenticate(options, { origin: ORIGIN });
	const post = () => thief.post('/api/auth/passkey/verify-authentication', { response });
	expect((await post()).status).toBe(200);
	expect((await post()).body).toMatchObject({ type: 'auth.passkey-failed' });
	const other = new PasskeyDevice().authenticate(await optionsFor(thief, 'authenticate'), { origin: ORIGIN });
	const forged = { ...other, id: (response as { id: string }).id, rawId: (response as { id: string }).id };
	expect((await thief.post('/api/auth/passkey/verify-authentication', { response: forged })).status).toBe(
		400
	);
});

test('adding one needs a sign-in of the last hour', async () => {
	const { nadia, database } = await withPasskey();
	const old = new Date(Date.now() - 61 * 60_000).toISOString();
	database.prepare('UPDATE auth_session SET createdAt = ?').run(old);
	expect(await nadia.get('/api/auth/passkey/generate-register-options')).toMatchObject({
		status: 403,
		body: { type: 'auth.not-fresh' }
	});
});

test('without an origin they work on this machine by its own name, on any port', async () => {
	const { browser } = startIdentity({ origin: undefined, mailer: false });
	const [nadia, device] = [browser(), new PasskeyDevice()];
	await nadia.signUp(EMAIL);
	const habits = { origin: 'http://localhost:4380' };
	expect((await add(nadia, device, habits)).status).toBe(201);
	expect((await signIn(browser(), device, habits)).status).toBe(200);
	expect((await signIn(browser(), device, { origin: 'http://localhost:9999' })).status).toBe(400);
	expect((await browser().get('/api/v1/sign-in')).body).toMatchObject({ passkeys: true });
	expect((await browser().get('/api/v1/sign-in', { host: '127.0.0.1:4380' })).body).toMatchObject({
		passkeys: false
	});
});

test('without TLS there are none', async () => {
	const { browser } = startIdentity({ origin: 'http://downbeat.example.com' });
	expect((await browser().get('/api/v1/sign-in')).body).toMatchObject({ passkeys: false });
	expect((await browser().get('/api/auth/passkey/generate-authenticate-options')).body).toMatchObject({
		type: 'auth.passkeys-off'
	});
});
