import { OpenAPIHono } from '@hono/zod-openapi';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import type { SpaceId } from '#lib/domain/id.ts';
import { VERSION_NAMES_MAX } from '#lib/protocol/limits.ts';
import { ListedAccess } from '../auth/access-listed.ts';
import type { HttpEnv } from '../http/env.ts';
import { createRequires } from '../http/requires.ts';
import { MemoryDocStore } from '../storage/memory/doc-store.ts';
import { History } from './history.ts';
import { mountHistory } from './routes.ts';

const space = 'ops' as SpaceId;
const access = new ListedAccess({
	editor: { space, role: 'editor', scope: 'space' },
	viewer: { space, role: 'viewer', scope: 'space' },
	commenter: { space, role: 'commenter', scope: 'space' }
});

async function mounted(rows: number) {
	const store = new MemoryDocStore();
	const update = Y.encodeStateAsUpdate(new Y.Doc());
	await store.append(
		Array.from({ length: rows }, (_, atMs) => ({
			doc: 'ops/m-1',
			update,
			author: 'ada',
			atMs,
			newClients: []
		}))
	);
	const app = new OpenAPIHono<HttpEnv>();
	const requires = createRequires(access);
	mountHistory(app, { requires, store, history: new History(store), nowMs: () => 0 });
	return async (token: string, path: string, options: { method?: string; body?: unknown } = {}) => {
		const { method = 'GET', body } = options;
		const response = await app.request(`/api/v1/spaces/ops/documents/m-1/${path}`, {
			method,
			headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
			...(body === undefined ? {} : { body: JSON.stringify(body) })
		});
		return { status: response.status, body: await response.text() };
	};
}

const name = (seq: number) => ({ method: 'POST', body: { seq, name: `Version ${seq}` } });

test.each(['viewer', 'commenter'])('a %s reads the past and names nothing in it', async (role) => {
	const ask = await mounted(1);
	for (const path of ['versions', 'state?seq=1', 'writers']) expect((await ask(role, path)).status).toBe(200);
	expect((await ask(role, 'names', name(1))).status).toBe(403);
	expect((await ask(role, 'names/1', { method: 'DELETE' })).status).toBe(403);
	expect((await ask('editor', 'names', name(1))).status).toBe(201);
});

test('a document has so many named versions and not one more; one of them is still given another name', async () => {
	const ask = await mounted(VERSION_NAMES_MAX + 1);
	for (let seq = 1; seq <= VERSION_NAMES_MAX; seq++) {
		expect((await ask('editor', 'names', name(seq))).status).toBe(201);
	}
	expect(await ask('editor', 'names', name(VERSION_NAMES_MAX + 1))).toMatchObject({
		status: 409,
		body: expect.stringContaining('version.too-many-names') as string
	});
	expect((await ask('editor', 'names', name(1))).status).toBe(201);
});
