import { beforeAll, expect, test } from 'vitest';
import { startIdentity } from '../../tests/server/identity-world.ts';

const EMAIL = 'nadia@example.com';

beforeAll(async () => {
	await import('./library.ts'); // Once for the file: it takes its second here and not in the first test.
});

test('sessions are listed, and a revoked one is over at once', async () => {
	const { browser, identity, events, database } = startIdentity();
	const [laptop, phone] = [browser('198.51.100.7'), browser('198.51.100.8')];
	await laptop.signUp(EMAIL);
	await phone.signIn(EMAIL);
	const listed = (await laptop.get('/api/auth/list-sessions')).body['sessions'] as Record<string, unknown>[];
	expect(listed).toHaveLength(2);
	expect(listed.filter(({ isCurrent }) => isCurrent)).toHaveLength(1);
	expect(listed.map(({ address }) => address).toSorted()).toEqual(['198.51.100.7', '198.51.100.8']);
	const other = listed.find(({ isCurrent }) => !isCurrent);
	const mark = () => database.prepare('SELECT mark FROM access_mark').get()?.['mark'] as number;
	const before = mark();
	expect(identity.openUntilMs(other?.['id'] as string)).toBeGreaterThan(Date.now());
	events.length = 0;
	expect((await laptop.post('/api/auth/revoke-session', { id: other?.['id'] })).status).toBe(200);
	expect(await identity.sessionOf(phone.headers)).toBeUndefined();
	expect(await identity.sessionOf(laptop.headers)).toBeDefined();
	expect(identity.openUntilMs(other?.['id'] as string)).toBeUndefined();
	expect(mark()).toBeGreaterThan(before);
	expect(events).toMatchObject([{ type: 'session-revoked', session: other?.['id'] }]);
	expect((await phone.get('/api/auth/list-sessions')).body).toMatchObject({ type: 'auth.signed-out' });
});

test('nobody revokes the session of somebody else', async () => {
	const { browser, identity, database } = startIdentity();
	const [nadia, jonas] = [browser(), browser()];
	await nadia.signUp(EMAIL);
	await jonas.signUp('jonas@example.com');
	const session = await identity.sessionOf(nadia.headers);
	expect(await jonas.post('/api/auth/revoke-session', { id: session?.id })).toMatchObject({
		status: 404,
		body: { type: 'auth.session-gone' }
	});
	expect(database.prepare('SELECT count(*) AS count FROM auth_session').get()).toEqual({ count: 2 });
});

test('the others are signed out together', async () => {
	const { browser, identity, events } = startIdentity();
	const [here, there, elsewhere] = [browser(), browser(), browser()];
	await here.signUp(EMAIL);
	await there.signIn(EMAIL);
	await elsewhere.signIn(EMAIL);
	events.length = 0;
	await here.post('/api/auth/revoke-other-sessions');
	expect(await identity.sessionOf(here.headers)).toBeDefined();
	expect(await identity.sessionOf(there.headers)).toBeUndefined();
	expect(await identity.sessionOf(elsewhere.headers)).toBeUndefined();
	expect(events.map(({ type }) => type)).toEqual(['session-revoked', 'session-revoked']);
});

test('signing out ends the session and takes the cookie back', async () => {
	const { browser, identity, events } = startIdentity();
	const nadia = browser();
	await nadia.signUp(EMAIL);
	const before = nadia.headers;
	await nadia.post('/api/auth/sign-out');
	expect(nadia.cookies.size).toBe(0);
	expect(await identity.sessionOf(before)).toBeUndefined();
	expect(events.at(-1)).toMatchObject({ type: 'signed-out' });
});

test('a session is kept alive by the day, and not by looking it up', async () => {
	const { browser, identity, database } = startIdentity();
	const nadia = browser();
	await nadia.signUp(EMAIL);
	const soon = new Date(Date.now() + 3 * 86_400_000).toISOString();
	database.prepare('UPDATE auth_session SET expiresAt = ?').run(soon);
	expect((await identity.sessionOf(nadia.headers))?.expiresAtMs).toBe(Date.parse(soon));
	const looked = await nadia.get('/api/auth/get-session');
	expect(looked.headers.getSetCookie()[0]).toContain('Max-Age=2592000');
	expect((await identity.sessionOf(nadia.headers))?.expiresAtMs).toBeGreaterThan(Date.parse(soon));
	database.prepare("UPDATE auth_session SET expiresAt = '2020-01-01T00:00:00.000Z'").run();
	expect(await identity.sessionOf(nadia.headers)).toBeUndefined();
});

test('a forged or foreign cookie opens nothing', async () => {
	const { browser, identity } = startIdentity();
	const nadia = browser();
	await nadia.signUp(EMAIL);
	const [[name = '', value = ''] = []] = [...nadia.cookies];
	const [token = ''] = decodeURIComponent(value).split('.');
	for (const forged of [token, `${token}.`, `${token}.${'A'.repeat(43)}%3D`]) {
		const headers = new Headers({ cookie: `${name}=${encodeURIComponent(forged)}` });
		expect(await identity.sessionOf(headers)).toBeUndefined();
	}
	expect(await identity.sessionOf(nadia.headers)).toBeDefined();
});

test('what has run out is swept away by the hour', async () => {
	const { browser, identity, database, clock } = startIdentity();
	await identity.start();
	await browser().signUp(EMAIL);
	await browser().signIn(EMAIL);
	await browser().post('/api/auth/request-password-reset', { email: EMAIL });
	database.exec(`
		UPDATE auth_session SET expiresAt = '2020-01-01T00:00:00.000Z'
			WHERE id = (SELECT id FROM auth_session LIMIT 1);
		UPDATE auth_verification SET expiresAt = '2020-01-01T00:00:00.000Z'
	`);
	const count = (table: string) => database.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.['n'];
	expect([count('auth_session'), count('auth_verification')]).toEqual([2, 1]);
	clock.advance(60 * 60_000);
	expect([count('auth_session'), count('auth_verification')]).toEqual([1, 0]);
});
