import { expect, test } from 'vitest';
import { startFounded } from './in-process.ts';

const release = { at: '2026-06-08T12:05:00+02:00', kind: 'release', label: 'v2.14.0' };

async function world() {
	const { ask, founded } = await startFounded();
	const path = `/api/v1/spaces/${founded.space}`;
	const { token } = founded;
	const made = await ask('POST', `${path}/tokens`, { token, body: { label: 'Pipeline' } });
	const pipeline = String(made.body['token']);
	return {
		pin: (body: unknown, key?: string) =>
			ask('POST', `${path}/markers`, {
				token: pipeline,
				body,
				...(key !== undefined && { headers: { 'idempotency-key': key } })
			}),
		list: async () => (await ask('GET', `${path}/markers`, { token })).body['markers'] as unknown[]
	};
}

test('a pipeline pins its release, and people read it', async () => {
	const { pin, list } = await world();
	const pinned = await pin(release);
	expect(pinned).toMatchObject({
		status: 201,
		body: { at: '2026-06-08T10:05:00.000Z', kind: 'release', label: 'v2.14.0' }
	});
	await pin({ kind: 'incident', label: 'Checkout down' });
	expect(await list()).toMatchObject([{ label: 'Checkout down' }, { id: pinned.body['id'] }]);
});

test('with a key of its own it is pinned once, also by calls at the same time', async () => {
	const { pin, list } = await world();
	const answers = await Promise.all([
		pin(release, 'v2.14.0'),
		pin(release, 'v2.14.0'),
		pin(release, 'v2.14.0')
	]);
	const again = await pin({ ...release, label: 'another text' }, 'v2.14.0');
	expect(again).toMatchObject({ status: 200, body: { label: 'v2.14.0' } });
	expect(new Set(answers.map(({ body }) => body['id']))).toEqual(new Set([again.body['id']]));
	expect(await list()).toHaveLength(1);
	expect((await pin(release, 'v2.14.1')).status).toBe(201);
	expect(await list()).toHaveLength(2);
});

test.each([
	['a moment without a zone', { ...release, at: '2026-06-08 12:05' }, 400, /at must be an ISO 8601 instant/],
	['a moment far ahead', { ...release, at: '2999-01-01T00:00:00Z' }, 400, /24 hours ahead/],
	['a kind that is none', { ...release, kind: 'party' }, 400, /kind/],
	['no words', { ...release, label: '  ' }, 400, /label/],
	['too many words', { ...release, label: 'x'.repeat(61) }, 400, /label/],
	['a KPI that is not there', { ...release, kpi: 'nothing' }, 404, /no KPI “nothing”/]
])('%s is refused in words, and nothing is pinned', async (_, body, status, words) => {
	const { pin, list } = await world();
	const answer = await pin(body);
	expect(answer.status).toBe(status);
	expect(JSON.stringify(answer.body)).toMatch(words);
	expect(await list()).toEqual([]);
});
