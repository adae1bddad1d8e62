import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { CLOSE } from '#lib/protocol/close.ts';
import { plainIdentity } from '../../server/config-identity.ts';
import { SETUP_TOKEN, startFounded, startServer, type RunningServer } from './in-process.ts';
import { startMailCatcher } from './mail-catcher.ts';

const PASSWORD = 'slow hiking boots';

const signUp = ({ ask }: Pick<RunningServer, 'ask'>, email: string, proof: Record<string, string>) =>
	ask('POST', '/api/auth/sign-up/email', {
		body: { name: 'Jonas Weber', email, password: PASSWORD },
		headers: proof
	});

const cookieOf = (headers: Headers) =>
	headers
		.getSetCookie()
		.map((cookie) => cookie.split(';')[0])
		.join('; ');

test('an invite, a member’s token or the setup token proves that one may make an account', async () => {
	const server = await startFounded();
	const { invite, token, space } = server.founded;
	const proofs = [
		{ 'x-downbeat-invite': invite },
		{ 'x-downbeat-invite': invite, 'x-downbeat-space': space },
		{ authorization: `Bearer ${token}` }
	];
	for (const [index, proof] of proofs.entries()) {
		expect((await signUp(server, `a${index}@example.com`, proof)).status).toBe(201);
	}
	const fresh = await startServer();
	expect((await signUp(fresh, 'b@example.com', { 'x-downbeat-setup': 'a-wrong-one' })).status).toBe(403);
	expect((await signUp(fresh, 'b@example.com', { 'x-downbeat-setup': SETUP_TOKEN })).status).toBe(201);
});

test('what opens nothing proves nothing', async () => {
	const server = await startFounded();
	const { invite, space } = server.founded;
	const tool = await server.ask('POST', `/api/v1/spaces/${space}/tokens`, {
		body: { label: 'Tool' },
		token: server.founded.token
	});
	expect(tool.status).toBe(201);
	const proofs = [
		{},
		{ 'x-downbeat-invite': `${invite.slice(0, -1)}!` },
		{ 'x-downbeat-invite': invite, 'x-downbeat-space': 'another-space' },
		{ authorization: `Bearer ${String(tool.body['token'])}` },
		{ authorization: `Bearer ${invite}` },
		{ 'x-downbeat-setup': SETUP_TOKEN }
	];
	for (const proof of proofs) {
		const answer = await signUp(server, 'a@example.com', proof);
		expect({ proof, type: answer.body['type'] }).toEqual({ proof, type: 'auth.no-invite' });
	}
	await server.ask('POST', `/api/v1/spaces/${space}/invite`, { body: {}, token: server.founded.token });
	expect((await signUp(server, 'a@example.com', { 'x-downbeat-invite': invite })).status).toBe(403);
});

test('what happens to accounts is in the audit log, without addresses of people', async () => {
	const server = await startFounded();
	const made = await signUp(server, 'jonas@example.com', { 'x-downbeat-invite': server.founded.invite });
	const cookie = cookieOf(made.headers);
	await server.ask('POST', '/api/auth/sign-in/email', {
		body: { email: 'jonas@example.com', password: 'wrong one' }
	});
	await server.ask('POST', '/api/auth/delete-user', {
		body: { password: PASSWORD },
		headers: { cookie, origin: server.url }
	});
	const database = new DatabaseSync(join(server.folder, 'downbeat.db'), { readOnly: true });
	const entries = database.prepare('SELECT action, outcome, entry FROM audit ORDER BY seq').all();
	database.close();
	const of = (action: string) => entries.filter((entry) => entry['action'] === action);
	for (const action of [
		'account.created',
		'session.began',
		'session.refused',
		'session.revoked',
		'account.deleted'
	])
		expect({ action, count: of(action).length }).toEqual({ action, count: 1 });
	expect(of('session.refused')[0]).toMatchObject({ outcome: 'refused' });
	expect(JSON.stringify(entries)).not.toContain('jonas@example.com');
	expect(JSON.stringify(server.lines)).not.toContain('jonas@example.com');
});

test('an invitation by mail lets its reader make an account by a link', async () => {
	const catcher = await startMailCatcher();
	const origin = 'http://downbeat.example.com';
	const identity = { ...plainIdentity, mail: { url: catcher.url, from: 'downbeat@example.com' } };
	const server = await startFounded({ origin, identity });
	const { space, token } = server.founded;
	const invited = await server.ask('POST', `/api/v1/spaces/${space}/invitations`, {
		body: { address: 'mei@example.com', role: 'editor' },
		token
	});
	expect(invited.status).toBe(201);
	await catcher.arrived('invites you to work in');
	for (const email of ['nobody@example.com', 'mei@example.com']) {
		await server.ask('POST', '/api/auth/sign-in/magic-link', { body: { email, name: 'Mei Lin' } });
	}
	const mail = await catcher.arrived('#link=');
	expect(catcher.recipients).toEqual(['mei@example.com', 'mei@example.com']);
	const [, link] = /#link=(\S+)/.exec(mail.text ?? '') ?? [];
	const opened = await server.ask('POST', '/api/auth/magic-link/verify', { body: { token: link } });
	expect(opened).toMatchObject({
		status: 200,
		body: { user: { email: 'mei@example.com', name: 'Mei Lin' } }
	});
});

/** Somebody who has made an account with the invite, and is signed in. */
async function signedIn(server: RunningServer & { founded: { invite: string } }, email: string) {
	const made = await signUp(server, email, { 'x-downbeat-invite': server.founded.invite });
	expect(made.status).toBe(201);
	return { cookie: cookieOf(made.headers) };
}

test('an account joins with the invite, is one person everywhere, and its session opens the space', async () => {
	const server = await startFounded();
	const { space, invite, token } = server.founded;
	const headers = await signedIn(server, 'jonas@example.com');
	expect((await server.ask('GET', `/api/v1/spaces/${space}`, { headers })).status).toBe(403);
	const joined = await server.ask('POST', `/api/v1/spaces/${space}/members`, {
		body: { invite, name: 'Jonas Weber' },
		headers
	});
	expect(joined.status).toBe(201);
	expect(joined.body).toMatchObject({ role: 'editor' });
	expect(joined.body).not.toHaveProperty('token');
	const me = await server.ask('GET', '/api/v1/me', { headers });
	expect(me.body).toMatchObject({
		persons: [joined.body['person']],
		isAdmin: false,
		spaces: [{ space, role: 'editor', name: 'Jonas Weber' }]
	});
	expect((await server.ask('GET', `/api/v1/spaces/${space}`, { headers })).body).toMatchObject({
		role: 'editor'
	});

	const person = String(joined.body['person']);
	await server.ask('DELETE', `/api/v1/spaces/${space}/members/${person}`, { token });
	expect((await server.ask('GET', `/api/v1/spaces/${space}`, { headers })).status).toBe(403);
	await server.ask('POST', '/api/auth/sign-out', { headers, body: {} });
	expect((await server.ask('GET', '/api/v1/me', { headers })).status).toBe(401);
});

test('a page that still is somebody else’s opens nothing with the cookie of who signed in beside it', async () => {
	const server = await startFounded();
	const { space, invite } = server.founded;
	const { cookie } = await signedIn(server, 'jonas@example.com');
	const path = `/api/v1/spaces/${space}`;
	const as = (account: string) => ({ cookie, 'x-downbeat-account': account });
	const { body } = await server.ask('GET', '/api/v1/me', { headers: { cookie } });
	const jonas = as(String(body['account']));
	const joining = { invite, name: 'Jonas Weber' };
	expect((await server.ask('POST', `${path}/members`, { body: joining, headers: jonas })).status).toBe(201);
	expect((await server.ask('GET', path, { headers: jonas })).status).toBe(200);
	const asNadia = { body: joining, headers: as('nadia') };
	expect((await server.ask('POST', `${path}/members`, asNadia)).body).toMatchObject({
		type: 'account.required'
	});
	expect((await server.ask('GET', path, { headers: as('nadia') })).status).toBe(401);
	expect((await server.ask('GET', '/api/v1/me', { headers: as('nadia') })).status).toBe(401);
	const devices = (headers: Record<string, string>) =>
		server.ask('GET', '/api/auth/list-sessions', { headers });
	expect((await devices(jonas)).status).toBe(200);
	expect((await devices(as('nadia'))).body).toMatchObject({ type: 'auth.signed-out' });
	for (const [account, code] of [
		[jonas['x-downbeat-account'], undefined],
		['nadia', CLOSE.signedOut]
	] as const) {
		const address = `${server.url.replace('http', 'ws')}/sync/${space}/space?protocol=2&account=${account}`;
		expect({ account, code: await closed(address, cookie) }).toEqual({ account, code });
	}
});

/** With which code the server ends a connection at once; undefined when it speaks instead. */
function closed(address: string, cookie: string): Promise<number | undefined> {
	const socket = new WebSocket(address, { headers: { cookie } });
	return new Promise<number | undefined>((resolve) => {
		socket.once('close', (code) => resolve(code));
		socket.once('message', () => resolve(undefined));
	}).finally(() => socket.terminate());
}

test('a device that was somebody before stays who it is when it gets an account', async () => {
	const server = await startFounded();
	const { space, person, token } = server.founded;
	const headers = await signedIn(server, 'ada@example.com');
	const linked = await server.ask('POST', '/api/v1/me/persons', { headers, body: { token } });
	expect(linked.body).toEqual({ person });
	const me = await server.ask('GET', '/api/v1/me', { headers });
	expect(me.body).toMatchObject({ isAdmin: true, persons: [person], spaces: [{ space, role: 'owner' }] });

	const thief = await signedIn(server, 'eve@example.com');
	const taken = await server.ask('POST', '/api/v1/me/persons', { headers: thief, body: { token } });
	expect(taken).toMatchObject({ status: 409, body: { type: 'account.other' } });
	const guess = { headers: thief, body: { token: 'dbm_guess' } };
	expect((await server.ask('POST', '/api/v1/me/persons', guess)).status).toBe(400);
	expect((await server.ask('POST', '/api/v1/me/persons', { token, body: { token } })).status).toBe(403);
});

test('what is kept of an account leaves with it, without what opens it', async () => {
	const server = await startFounded();
	const headers = await signedIn(server, 'jonas@example.com');
	const exported = await server.ask('GET', '/api/v1/me/export', { headers });
	expect(exported.headers.get('content-disposition')).toContain('downbeat-account.json');
	expect(exported.body).toMatchObject({ account: { email: 'jonas@example.com', sessions: [{}] } });
	const text = JSON.stringify(exported.body);
	expect(text).not.toContain(headers.cookie.split('=')[1]?.split('.')[0] ?? 'no cookie');
	expect(text).not.toMatch(/password|publicKey|"token"/i);
});

test('an account goes once its spaces can do without it, and takes its rights along', async () => {
	const server = await startFounded();
	const { space, invite, person, token } = server.founded;
	const headers = await signedIn(server, 'ada@example.com');
	await server.ask('POST', '/api/v1/me/persons', { headers, body: { token } });
	const ben = await server.ask('POST', `/api/v1/spaces/${space}/members`, { body: { invite, name: 'Ben' } });
	const gone = { headers, body: { password: PASSWORD } };
	const kept = await server.ask('POST', '/api/auth/delete-user', gone);
	expect(kept).toMatchObject({ status: 409, body: { type: 'auth.still-needed' } });
	expect(String(kept.body['detail'])).toContain('Engineering Ops');
	const members = `/api/v1/spaces/${space}/members`;
	await server.ask('PATCH', `${members}/${String(ben.body['person'])}`, { token, body: { role: 'owner' } });
	expect((await server.ask('POST', '/api/auth/delete-user', gone)).status).toBe(200);
	const left = await server.ask('GET', members, { token: String(ben.body['token']) });
	expect((left.body['members'] as { person: string }[]).map((one) => one.person)).not.toContain(person);
});

test('administrators see everybody, make others administrators, and there is always one', async () => {
	const server = await startFounded();
	const { space, invite, person, token } = server.founded;
	const ben = await server.ask('POST', `/api/v1/spaces/${space}/members`, { body: { invite, name: 'Ben' } });
	const benId = String(ben.body['person']);
	const listed = await server.ask('GET', '/api/v1/admin/people', { token });
	expect(listed.body['people']).toMatchObject([
		{ name: 'Ada Okafor', isAdmin: true, hasAccount: false, spaces: [{ space, role: 'owner' }] },
		{ name: 'Ben', isAdmin: false }
	]);
	const admin = (who: string, isAdmin: boolean) =>
		server.ask('PUT', `/api/v1/admin/people/${who}/admin`, { token, body: { isAdmin } });
	expect((await admin(person, false)).body).toMatchObject({ type: 'admin.last' });
	expect((await admin('p-nobody', true)).status).toBe(404);
	expect((await admin(benId, true)).status).toBe(200);
	const asBen = { token: String(ben.body['token']) };
	expect((await server.ask('GET', '/api/v1/admin/spaces', asBen)).body).toMatchObject({
		spaces: [{ space, people: 2 }]
	});
	expect((await server.ask('DELETE', `/api/v1/admin/people/${person}`, asBen)).body).toEqual({
		removed: [],
		kept: [space]
	});
});
