import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { expect, test } from 'vitest';
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
