import { OpenAPIHono } from '@hono/zod-openapi';
import { beforeEach, expect, test } from 'vitest';
import type { KpiId, SpaceId } from '#lib/domain/id.ts';
import { FUTURE_MS_MAX, POINTS_PER_CALL_MAX } from '#lib/protocol/limits.ts';
import { ListedAccess } from '../auth/access-listed.ts';
import type { App, HttpEnv } from '../http/env.ts';
import { answerProblem, invalidInput } from '../http/problem.ts';
import { createRequires } from '../http/requires.ts';
import { MemorySeriesStore } from '../storage/memory/series-store.ts';
import { KPIS_PER_SPACE_MAX } from './ingest.ts';
import { mountPoints } from './routes.ts';

const NOW_MS = Date.parse('2026-06-08T10:05:00Z');
const space = 'ops' as SpaceId;
const access = new ListedAccess({
	editor: { space, role: 'editor', scope: 'space' },
	viewer: { space, role: 'viewer', scope: 'space' },
	feed: { space, role: 'editor', scope: 'points' }
});

let app: App;
let series: MemorySeriesStore;
let announced: string[];

beforeEach(() => {
	series = new MemorySeriesStore();
	announced = [];
	app = new OpenAPIHono<HttpEnv>({
		defaultHook: (result) => (result.success ? undefined : answerProblem(invalidInput('input', result.error)))
	});
	mountPoints(app, {
		series,
		requires: createRequires(access),
		announce: (where, kpi) => announced.push(`${where}/${kpi}`),
		nowMs: () => NOW_MS
	});
});

async function ask(path: string, options: { token?: string; body?: unknown } = {}) {
	const { token = 'editor', body } = options;
	const response = await app.request(`/api/v1/spaces/${path}`, {
		method: body === undefined ? 'GET' : 'POST',
		headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
		...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) })
	});
	return { status: response.status, answer: (await response.json()) as Record<string, unknown> };
}

const send = (points: readonly unknown[], rest: { token?: string; kpi?: string } = {}) =>
	ask(`ops/kpis/${rest.kpi ?? 'mttr'}/points`, { body: { points }, ...rest });

test('points go in, come back, and are announced once', async () => {
	const points = [
		{ at: '2026-06-07T10:00:00Z', value: 52 },
		{ at: '2026-06-08T12:00:00+02:00', value: 74, segment: 'enterprise' }
	];
	expect(await send(points)).toEqual({ status: 200, answer: { added: 2, duplicates: 0, rejected: [] } });
	expect((await ask('ops/kpis/mttr/points')).answer).toEqual({
		points: [
			{ seq: 1, at: '2026-06-07T10:00:00.000Z', value: 52 },
			{ seq: 2, at: '2026-06-08T10:00:00.000Z', value: 74, segment: 'enterprise' }
		]
	});
	expect((await send(points)).answer).toEqual({ added: 0, duplicates: 2, rejected: [] });
	expect(announced).toEqual(['ops/mttr']);
});

test('each bad point is named with its reason, and the good ones go in', async () => {
	const ahead = new Date(NOW_MS + FUTURE_MS_MAX).toISOString();
	const tooFar = new Date(NOW_MS + FUTURE_MS_MAX + 1).toISOString();
	const { answer } = await send([
		{ at: ahead, value: 1 },
		{ at: tooFar, value: 1 },
		{ at: '2026-06-08 10:00:00', value: 1 },
		{ at: '2026-02-30T10:00:00Z', value: 1 },
		{ at: '2026-06-08T10:00:00Z', value: '1' },
		{ at: '2026-06-08T10:00:00Z', value: null },
		{ at: '2026-06-08T10:00:00Z', value: 1, segment: ' EU' },
		{ at: '2026-06-08T10:00:00Z', value: 1, segment: 7 },
		{ value: 1 },
		null,
		'point',
		{ at: '2026-06-08T10:00:00Z', value: 1 }
	]);
	expect(answer).toMatchObject({ added: 2, duplicates: 0 });
	const rejected = answer['rejected'] as { index: number; reason: string }[];
	expect(rejected.map(({ index }) => index)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
	for (const { reason } of rejected) expect(reason).toMatch(/^[Aa v].*\.$/);
	expect(rejected[0]?.reason).toContain('24 hours');
});

test('a call with nothing good in it stores and announces nothing', async () => {
	expect((await send([{ at: 'soon', value: 1 }])).answer).toMatchObject({
		added: 0,
		rejected: [{ index: 0 }]
	});
	expect((await send([])).answer).toEqual({ added: 0, duplicates: 0, rejected: [] });
	expect((await ask('ops/kpis')).answer).toEqual({ kpis: [] });
	expect(announced).toEqual([]);
});

test.each([
	['a list', []],
	['no points', { values: [] }],
	['points that are no list', { points: 'many' }],
	['nothing', null]
])('a body that is %s is refused as a whole, with what to send', async (_, body) => {
	const { status, answer } = await ask('ops/kpis/mttr/points', { body });
	expect(status).toBe(400);
	expect(answer).toMatchObject({
		type: 'points.malformed',
		detail: expect.stringContaining('points: [') as string
	});
});

test('a full call is taken, one point more is refused as a whole', async () => {
	const points = Array.from({ length: POINTS_PER_CALL_MAX }, (_, index) => ({
		at: new Date(NOW_MS - index * 1000).toISOString(),
		value: index
	}));
	expect((await send(points)).answer).toMatchObject({ added: POINTS_PER_CALL_MAX });
	const { status, answer } = await send([...points, { at: '2026-01-01T00:00:00Z', value: 1 }]);
	expect(status).toBe(413);
	expect(answer).toMatchObject({ type: 'points.too-many' });
	expect((await ask('ops/kpis')).answer).toMatchObject({
		kpis: [{ kpi: 'mttr', count: POINTS_PER_CALL_MAX }]
	});
});

test('a reader goes through pages and later asks for what is new', async () => {
	await send([1, 2, 3].map((day) => ({ at: `2026-06-0${day}T00:00:00Z`, value: day })));
	const first = (await ask('ops/kpis/mttr/points?limit=2')).answer;
	expect(first).toMatchObject({ points: [{ value: 1 }, { value: 2 }], next: 2 });
	const rest = (await ask('ops/kpis/mttr/points?limit=2&after=2')).answer;
	expect(rest).toMatchObject({ points: [{ value: 3 }] });
	expect(rest).not.toHaveProperty('next');
	await send([{ at: '2026-06-01T00:00:00Z', value: 100 }]);
	expect((await ask('ops/kpis/mttr/points?after=3')).answer).toMatchObject({
		points: [{ seq: 4, value: 100 }]
	});
});

test.each(['limit=0', `limit=${POINTS_PER_CALL_MAX + 1}`, 'after=-1', 'after=x'])(
	'%s is refused',
	async (query) => {
		expect((await ask(`ops/kpis/mttr/points?${query}`)).status).toBe(400);
	}
);

test('any well-formed KPI may have points, and no other', async () => {
	expect((await send([{ at: '2026-06-01T00:00:00Z', value: 1 }], { kpi: 'latency-p95' })).status).toBe(200);
	const { status, answer } = await send([], { kpi: '.hidden' });
	expect(status).toBe(400);
	expect(answer['detail']).toContain('leading dot');
});

test('a space has room for so many KPIs and no more, and the known ones go on', async () => {
	const points = [{ atMs: 1, value: 1, segment: '' }];
	for (let index = 0; index < KPIS_PER_SPACE_MAX; index++) {
		await series.append({ space, kpi: `kpi-${index}` as KpiId, author: 't', storedAtMs: 1, points });
	}
	const good = [{ at: '2026-06-01T00:00:00Z', value: 1 }];
	expect((await send(good, { kpi: 'one-more' })).answer).toMatchObject({ type: 'points.too-many-kpis' });
	expect((await send(good, { kpi: 'kpi-7' })).status).toBe(200);
});

test('a points token may send and not read; a viewer may read and not send', async () => {
	const good = [{ at: '2026-06-01T00:00:00Z', value: 1 }];
	expect((await send(good, { token: 'feed' })).status).toBe(200);
	expect((await ask('ops/kpis/mttr/points', { token: 'feed' })).status).toBe(403);
	expect((await send(good, { token: 'viewer' })).status).toBe(403);
	expect((await ask('ops/kpis', { token: 'viewer' })).status).toBe(200);
	expect((await send(good, { token: 'nobody' })).status).toBe(401);
	expect((await ask('elsewhere/kpis')).status).toBe(404);
});

test('the routes describe themselves', () => {
	const { paths, components } = app.getOpenAPI31Document({
		openapi: '3.1.0',
		info: { title: 't', version: '1' }
	});
	expect(Object.keys(paths ?? {})).toEqual([
		'/api/v1/spaces/{space}/kpis/{kpi}/points',
		'/api/v1/spaces/{space}/kpis'
	]);
	expect(components?.schemas).toHaveProperty('SentPoint');
});
