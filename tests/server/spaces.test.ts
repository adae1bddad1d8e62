import { expect, test } from 'vitest';
import { startFounded } from './in-process.ts';

test('a colleague joins with the invite and sees who is there', async () => {
	const { ask, founded } = await startFounded();
	const path = `/api/v1/spaces/${founded.space}`;
	const joined = await ask('POST', `${path}/members`, {
		body: { invite: founded.invite, name: ' Ben Adeyemi ' }
	});
	expect(joined).toMatchObject({ status: 201, body: { title: 'Engineering Ops' } });
	const token = String(joined.body['token']);

	expect((await ask('GET', path, { token })).body).toEqual({
		space: founded.space,
		title: 'Engineering Ops',
		timeZone: 'Europe/Berlin',
		role: 'editor',
		name: 'Ben Adeyemi',
		person: joined.body['person']
	});
	expect((await ask('GET', `${path}/members`, { token })).body).toEqual({
		members: [
			{ person: founded.person, name: 'Ada Okafor', role: 'owner', slot: 1 },
			{ person: joined.body['person'], name: 'Ben Adeyemi', role: 'editor', slot: 2 }
		]
	});
});

test('joining again from the same device changes the name and nothing else', async () => {
	const { ask, founded } = await startFounded();
	const { space, invite, person, token } = founded;
	const body = { invite, name: 'Ada Lovelace', person };
	const again = await ask('POST', `/api/v1/spaces/${space}/members`, { body, token });
	expect(again.body).toEqual({ person, role: 'owner', token, title: 'Engineering Ops' });
});

test('a wrong invite lets nobody in, and too many of them nobody from there for a minute', async () => {
	const { ask, founded } = await startFounded();
	const path = `/api/v1/spaces/${founded.space}/members`;
	const wrong = { body: { invite: 'dbi_wrong', name: 'Eve' } };
	for (let attempt = 0; attempt < 30; attempt++) {
		expect(await ask('POST', path, wrong)).toMatchObject({ status: 403, body: { type: 'invite.unknown' } });
	}
	expect((await ask('POST', path, { body: { invite: founded.invite, name: 'Ben' } })).status).toBe(429);
});

test('an unknown space and a wrong invite look alike to a stranger', async () => {
	const { ask, founded } = await startFounded();
	const body = { invite: founded.invite, name: 'Eve' };
	expect(await ask('POST', '/api/v1/spaces/nowhere/members', { body })).toMatchObject({
		status: 403,
		body: { type: 'invite.unknown' }
	});
});

test('a new invite replaces the old one', async () => {
	const { ask, founded } = await startFounded();
	const { space, token, invite } = founded;
	const path = `/api/v1/spaces/${space}`;
	expect((await ask('GET', `${path}/invite`, { token })).body).toMatchObject({ exists: true });
	const replaced = await ask('POST', `${path}/invite`, { token });
	expect(replaced.status).toBe(201);

	const joinWith = (one: unknown) => ask('POST', `${path}/members`, { body: { invite: one, name: 'Ben' } });
	expect((await joinWith(invite)).status).toBe(403);
	expect((await joinWith(replaced.body['invite'])).status).toBe(201);
});

test('a points token is made, listed without its secret, and withdrawn', async () => {
	const { ask, founded } = await startFounded();
	const { space, token } = founded;
	const path = `/api/v1/spaces/${space}/tokens`;
	const made = await ask('POST', path, { token, body: { label: 'Prometheus' } });
	expect(made).toMatchObject({ status: 201, body: { kind: 'points', label: 'Prometheus' } });
	const { token: secret, ...listed } = made.body;
	expect((await ask('GET', path, { token })).body).toEqual({ tokens: [listed] });

	const points = String(secret);
	expect(points).toMatch(/^dbp_/);
	expect(await ask('GET', `/api/v1/spaces/${space}`, { token: points })).toMatchObject({
		status: 403,
		body: { type: 'access.not-allowed' }
	});

	const revoke = () => ask('DELETE', `${path}/${String(made.body['id'])}`, { token });
	expect((await revoke()).status).toBe(204);
	expect(await revoke()).toMatchObject({ status: 404, body: { type: 'token.unknown' } });
	expect(await ask('GET', `/api/v1/spaces/${space}`, { token: points })).toMatchObject({
		status: 401,
		body: { type: 'access.unknown-token' }
	});
});

test('a space has so many tokens and not one more', async () => {
	const { ask, founded } = await startFounded();
	const path = `/api/v1/spaces/${founded.space}/tokens`;
	const make = () => ask('POST', path, { token: founded.token, body: { label: 'Feed' } });
	for (let count = 0; count < 100; count++) expect((await make()).status).toBe(201);
	expect(await make()).toMatchObject({ status: 409, body: { type: 'token.too-many' } });
});

test('the settings of a space withdraw programs, not people', async () => {
	const { ask, founded } = await startFounded();
	const { space, token } = founded;
	const own = (await ask('GET', `/api/v1/spaces/${space}/tokens`, { token })).body;
	expect(own).toEqual({ tokens: [] });
	const answer = await ask('DELETE', `/api/v1/spaces/${space}/tokens/t-anything`, { token });
	expect(answer.status).toBe(404);
});

test.each([
	['GET', '', undefined],
	['GET', '/members', undefined],
	['GET', '/invite', undefined],
	['POST', '/invite', undefined],
	['GET', '/tokens', undefined],
	['POST', '/tokens', { label: 'x' }],
	['DELETE', '/tokens/t-1', undefined]
])('%s %s asks for a token, and for one of this space', async (method, path, body) => {
	const { ask, founded } = await startFounded();
	const url = `/api/v1/spaces/${founded.space}${path}`;
	const none = await ask(method, url, { body });
	expect(none).toMatchObject({ status: 401, body: { type: 'access.no-token' } });
	expect(none.headers.get('www-authenticate')).toMatch(/^Bearer/);
	expect(await ask(method, url, { body, token: 'nonsense' })).toMatchObject({ status: 401 });
	expect(await ask(method, url, { body, token: founded.invite })).toMatchObject({ status: 401 });
	const elsewhere = url.replace(founded.space, 'nowhere');
	expect(await ask(method, elsewhere, { body, token: founded.token })).toMatchObject({
		status: 404,
		body: { type: 'access.no-space' }
	});
});

test('a stranger’s body is not read', async () => {
	const { ask, founded } = await startFounded();
	const path = `/api/v1/spaces/${founded.space}/tokens`;
	expect((await ask('POST', path, { body: '{"label":' })).status).toBe(401);
});
