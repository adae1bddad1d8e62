import { WebSocket } from 'ws';
import { expect, test } from 'vitest';
import { CLOSE } from '#lib/protocol/close.ts';
import { PROTOCOL_VERSION } from '#lib/protocol/messages.ts';
import { startFounded, type RunningServer } from './in-process.ts';

/** The code that a websocket ends with: after `send`, if it gets that far. */
function socketTo({ url }: RunningServer, path: string, send: readonly Uint8Array[] = []): Promise<number> {
	const socket = new WebSocket(`${url.replace('http', 'ws')}/sync/${path}`);
	socket.once('open', () => {
		for (const frame of send) socket.send(frame);
		if (send.length === 0) socket.once('message', () => socket.close());
	});
	return new Promise((resolve, reject) => {
		socket.once('close', resolve);
		socket.once('error', reject);
	});
}

test('whatever people, programs and strangers do, the log has ids and numbers, and none of what they hold or typed', async () => {
	const server = await startFounded();
	const { ask, founded, lines } = server;
	const { space, token, invite } = founded;
	const root = `/api/v1/spaces/${space}`;
	const joined = await ask('POST', `${root}/members`, { body: { invite, name: 'Priya Raman' } });
	const made = await ask('POST', `${root}/tokens`, { token, body: { label: 'Nightly import' } });
	const secrets = [token, invite, String(joined.body['token']), String(made.body['token'])];
	expect(secrets.every((secret) => /^db\w_.{20}/.test(secret))).toBe(true);

	await ask('POST', `${root}/kpis/kpi-of-mine/points`, {
		token: String(made.body['token']),
		body: { points: [{ at: '2026-11-20T17:00:00Z', value: 7411.25, segment: 'Ruritania' }] }
	});
	await ask('GET', `${root}/kpis?token=${token}&q=typed-into-the-query`, { token });
	await ask('GET', `${root}/members`, { token: 'dbm_a-token-that-is-wrong' });
	await ask('POST', `${root}/members`, { body: { invite: 'dbi_a-guess', name: 'Rafael Costa' } });
	await ask('POST', '/api/v1/setup', { body: '{"token": "a-setup-guess", ' });
	await ask('GET', '/api/v1/typed-into-the-path', { headers: { cookie: 'session=a-cookie' } });
	await ask('GET', '/api/v1/time', {
		headers: {
			'x-forwarded-for': '198.51.100.77',
			'user-agent': 'An agent',
			referer: 'https://from.example/page'
		}
	});
	const end = `token=${token}&protocol=${PROTOCOL_VERSION}&extra=typed-into-the-query`;
	await socketTo(server, `${space}/m-a-secret-plan?${end}`);
	const malformed = await socketTo(server, `${space}/m-a-secret-plan?${end}`, [
		Buffer.from('typed-into-a-frame')
	]);
	const refused = await socketTo(server, `${space}/index?token=dbm_another-wrong-one`);
	expect([malformed, refused]).toEqual([CLOSE.malformed, CLOSE.signedOut]);
	await expect.poll(() => lines.filter(({ name }) => name === 'sync.closed')).toHaveLength(2);

	const said = JSON.stringify(lines);
	for (const secret of [...secrets, ...TYPED, space])
		expect([secret, said.includes(secret)]).toEqual([secret, false]);
	const answers = lines.filter(({ name }) => name === 'http.answer');
	expect(answers.length).toBeGreaterThan(8);
	expect(answers.every(({ request }) => /^[a-z0-9]{16}$/.test(String(request)))).toBe(true);
});

const TYPED = [
	'a-fixed-setup-token',
	'Ada Okafor',
	'Engineering',
	'Priya',
	'Nightly',
	'Rafael',
	'Ruritania',
	'7411',
	'kpi-of-mine',
	'typed-into',
	'a-token-that',
	'a-guess',
	'a-setup-guess',
	'a-cookie',
	'198.51.100.77',
	'An agent',
	'from.example',
	'secret-plan',
	'another-wrong',
	'?'
];

test('a connection is one id from when it opened to when it ended, with how much passed', async () => {
	const server = await startFounded();
	const { space, token } = server.founded;
	await socketTo(server, `${space}/index?token=${token}`);
	await expect
		.poll(() => server.lines.filter(({ name }) => String(name).startsWith('sync.')))
		.toHaveLength(2);
	const [opened, closed] = server.lines.filter(({ name }) => String(name).startsWith('sync.'));
	expect(opened).toMatchObject({
		name: 'sync.opened',
		socket: expect.stringMatching(/^[a-z0-9]{16}$/) as string
	});
	expect(closed).toMatchObject({
		name: 'sync.closed',
		socket: opened?.['socket'],
		code: 1005,
		bytesIn: 0,
		messagesIn: 0
	});
	expect(closed?.['ms']).toBeGreaterThanOrEqual(0);
	expect(closed?.['bytesOut']).toBeGreaterThan(0);
	expect(closed?.['messagesOut']).toBeGreaterThan(0);
});
