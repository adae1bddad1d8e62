import { expect, test } from 'vitest';
import { startFounded } from './in-process.ts';

const points = [
	{ at: '2026-06-07T10:00:00Z', value: 52 },
	{ at: '2026-06-08T10:00:00Z', value: 74, segment: 'enterprise' },
	{ at: 'soon', value: 1 }
];

test('a points token pushes numbers, people of the space read them', async () => {
	const { ask, founded } = await startFounded();
	const path = `/api/v1/spaces/${founded.space}`;
	const made = await ask('POST', `${path}/tokens`, { token: founded.token, body: { label: 'Prometheus' } });
	const feed = String(made.body['token']);
	const pushed = await ask('POST', `${path}/kpis/mttr/points`, { token: feed, body: { points } });
	expect(pushed).toMatchObject({ status: 200, body: { added: 2, duplicates: 0, rejected: [{ index: 2 }] } });
	const again = await ask('POST', `${path}/kpis/mttr/points`, { token: feed, body: { points } });
	expect(again.body).toMatchObject({ added: 0, duplicates: 2 });

	expect((await ask('GET', `${path}/kpis/mttr/points`, { token: feed })).status).toBe(403);
	const read = await ask('GET', `${path}/kpis/mttr/points`, { token: founded.token });
	expect(read.body['points']).toHaveLength(2);
});
