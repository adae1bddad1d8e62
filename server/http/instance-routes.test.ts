import { OpenAPIHono } from '@hono/zod-openapi';
import { expect, test } from 'vitest';
import { ManualClock } from '../clock-manual.ts';
import { silentLog } from '../log.ts';
import type { HttpEnv } from './env.ts';
import { mountInstance } from './instance-routes.ts';

function instance() {
	const app = new OpenAPIHono<HttpEnv>();
	const clock = new ManualClock();
	const disk = { freeBytes: 100, isWritable: true, checks: 0 };
	mountInstance(app, {
		clock,
		log: silentLog,
		freeBytes: () => disk.freeBytes,
		freeBytesMin: 100,
		checkWritable: () => {
			disk.checks += 1;
			if (!disk.isWritable) throw new Error('database or disk is full');
		}
	});
	const ask = async (path: string) => {
		const response = await app.request(path);
		return {
			status: response.status,
			headers: response.headers,
			body: (await response.json()) as { detail?: string }
		};
	};
	return { ask, clock, disk };
}

test('ready at the least room there must be, and not with a byte less', async () => {
	const { ask, clock, disk } = instance();
	expect(await ask('/readyz')).toMatchObject({ status: 200, body: { status: 'ready', freeBytes: 100 } });
	disk.freeBytes = 99;
	clock.advance(1_000);
	const full = await ask('/readyz');
	expect(full).toMatchObject({ status: 503, body: { type: 'server.not-ready' } });
	expect(full.headers.get('retry-after')).toBe('10');
});

test('not ready while the database cannot be written, though the process is alive', async () => {
	const { ask, disk } = instance();
	disk.isWritable = false;
	const { status, body } = await ask('/readyz');
	expect(status).toBe(503);
	expect(body.detail).toMatch(/Its database cannot be written\./);
	expect((await ask('/healthz')).status).toBe(200);
});

test('a flood of questions is not a flood of writes', async () => {
	const { ask, clock, disk } = instance();
	for (let count = 0; count < 10; count++) await ask('/readyz');
	expect(disk.checks).toBe(1);
	clock.advance(1_000);
	await ask('/readyz');
	expect(disk.checks).toBe(2);
});
