import { expect, test } from 'vitest';
import { startFounded } from './in-process.ts';

const file = `id: latency-p95
name: Latency, p95
unit: ms
direction: down
cadence: hourly
target: 400
thresholds:
  redAbove: 600
`;

async function world() {
	const { url, ask, founded } = await startFounded();
	const path = `/api/v1/spaces/${founded.space}`;
	const made = await ask('POST', `${path}/tokens`, {
		token: founded.token,
		body: { label: 'Registry', scope: 'write' }
	});
	const token = String(made.body['token']);
	const at = `${url}${path}/kpis/latency-p95/contract`;
	const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/yaml' };
	return {
		put: (body: string) => fetch(at, { method: 'PUT', headers, body }),
		get: () => fetch(at, { headers }),
		push: (points: unknown) => ask('POST', `${path}/kpis/latency-p95/points`, { token, body: { points } }),
		ask
	};
}

test('a contract is put, read back byte for byte, and takes points', async () => {
	const { put, get, push } = await world();
	expect((await get()).status).toBe(404);
	const answer = await put(file);
	expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/yaml']);
	expect(await answer.text()).toBe(file);
	expect(await (await get()).text()).toBe(file);
	expect(await push([{ at: '2026-06-08T10:00:00Z', value: 316 }])).toMatchObject({ body: { added: 1 } });
});

test('what is wrong is said with its lines, and nothing is changed', async () => {
	const { put, get } = await world();
	await put(file);
	const answer = await put(file.replace('target: 400', 'target: low\ntargets: 3'));
	expect(answer.status).toBe(400);
	const { detail } = (await answer.json()) as { detail: string };
	expect(detail).toMatch(
		/Line 6: target: must be a number\. Line 7: “targets” is no field.*Nothing was changed\./
	);
	expect((await put(file.replace('latency-p95', 'another'))).status).toBe(400);
	expect(await (await get()).text()).toBe(file);
});

test('terms are not dropped by leaving them out', async () => {
	const { put, get } = await world();
	const dated = `${file}terms:\n  - from: 2026-07-01\n    target: 350\n    by: p-nadia\n`;
	expect(await (await put(dated)).text()).toBe(dated);
	expect((await put(file)).status).toBe(409);
	expect(await (await get()).text()).toBe(dated);
	expect(await (await put(`${file}terms: []\n`)).text()).toBe(file);
});

test('the schema names every field and takes no other', async () => {
	const { ask } = await world();
	const { body } = await ask('GET', '/api/v1/kpi-contract.schema.json');
	expect(body).toMatchObject({
		additionalProperties: false,
		required: expect.arrayContaining(['id', 'unit']) as string[]
	});
	expect(Object.keys(body['properties'] as object)).toContain('terms');
});
