import { expect, test } from 'vitest';
import { setupBody, startFounded, startServer } from './in-process.ts';

test('the first person sets up the space, once', async () => {
	const { ask } = await startServer();
	expect((await ask('GET', '/api/v1/setup')).body).toEqual({ isOpen: true });

	const first = await ask('POST', '/api/v1/setup', { body: setupBody() });
	expect(first.status).toBe(201);
	expect(first.body).toEqual({
		space: expect.stringMatching(/^engineering-ops-[a-z0-9]{5}$/) as string,
		person: expect.stringMatching(/^p-/) as string,
		token: expect.stringMatching(/^dbm_/) as string,
		invite: expect.stringMatching(/^dbi_/) as string
	});
	expect((await ask('GET', '/api/v1/setup')).body).toEqual({ isOpen: false });

	const second = await ask('POST', '/api/v1/setup', { body: setupBody({ name: 'Eve' }) });
	expect(second).toMatchObject({ status: 410, body: { type: 'setup.used' } });
	expect(second.headers.get('content-type')).toBe('application/problem+json');
});

test('two setups at once: exactly one wins', async () => {
	const { ask } = await startServer();
	const names = ['Ada', 'Ben', 'Chioma', 'Dag'];
	const answers = await Promise.all(
		names.map((name) => ask('POST', '/api/v1/setup', { body: setupBody({ name }) }))
	);
	expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 410, 410, 410]);
});

test('a wrong token sets up nothing and costs attempts, until a minute has passed', async () => {
	const { ask } = await startServer();
	const wrong = { body: setupBody({ token: 'not-the-one' }) };
	for (let attempt = 0; attempt < 10; attempt++) {
		expect((await ask('POST', '/api/v1/setup', wrong)).status).toBe(401);
	}
	const tooMany = await ask('POST', '/api/v1/setup', { body: setupBody() });
	expect(tooMany).toMatchObject({ status: 429, body: { type: 'attempts.too-many' } });
	expect(Number(tooMany.headers.get('retry-after'))).toBeGreaterThan(0);
	expect((await ask('GET', '/api/v1/setup')).body).toEqual({ isOpen: true });
});

test.each([
	['no name', { name: '  ' }, 'body.name', 'Give a name.'],
	['a name of a page', { name: 'x'.repeat(61) }, 'body.name', 'Keep a name to 60 characters.'],
	[
		'a name of two lines',
		{ name: 'Ada\nOkafor' },
		'body.name',
		'Write a name on one line, without control characters.'
	],
	['no title', { space: { title: '', timeZone: 'UTC' } }, 'body.space.title', 'Give the space a title.'],
	[
		'no such zone',
		{ space: { title: 'Ops', timeZone: 'Mars/Base' } },
		'body.space.timeZone',
		'Name a time zone of the IANA list, such as Europe/Berlin.'
	],
	['sample as a word', { sample: 'yes' }, 'body.sample', 'body.sample must be a boolean.'],
	['series as a word', { series: 'weekly' }, 'body.series', 'body.series must be an array.'],
	['no token', { token: undefined }, 'body.token', 'body.token must be a string.']
])('bad input: %s', async (_, over, path, detail) => {
	const { ask } = await startServer();
	const { status, body } = await ask('POST', '/api/v1/setup', { body: setupBody(over) });
	expect(status).toBe(400);
	expect(body).toMatchObject({ type: 'input.invalid', status: 400 });
	expect(body['errors']).toEqual([{ path, detail }]);
	expect((await ask('GET', '/api/v1/setup')).body).toEqual({ isOpen: true });
});

test.each([
	['half a JSON', '{"token":', 400, 'input.not-json'],
	['too much', JSON.stringify(setupBody({ name: 'x'.repeat(20_000) })), 413, 'input.too-large'],
	['an array', '[]', 400, 'input.invalid']
])('a body that is %s', async (_, body, status, type) => {
	const { ask } = await startServer();
	expect(await ask('POST', '/api/v1/setup', { body })).toMatchObject({ status, body: { type, status } });
});

test('a body that does not say that it is JSON', async () => {
	const { ask } = await startServer();
	const headers = { 'content-type': 'text/plain' };
	const answer = await ask('POST', '/api/v1/setup', { body: setupBody(), headers });
	expect(answer).toMatchObject({ status: 415, body: { type: 'input.not-json' } });
});

test('the setup stays done after a restart', async () => {
	const server = await startFounded();
	expect(await server.stop()).toBe(0);
	const again = await startServer({ dataFolder: server.folder });
	expect((await again.ask('GET', '/api/v1/setup')).body).toEqual({ isOpen: false });
	const space = await again.ask('GET', `/api/v1/spaces/${server.founded.space}`, {
		token: server.founded.token
	});
	expect(space).toMatchObject({ status: 200, body: { title: 'Engineering Ops', role: 'owner' } });
});
