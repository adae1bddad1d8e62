import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { pointsPage, type StoredPoint } from '#lib/domain/points.ts';
import {
	listedSource,
	sourceRun,
	sourceTest,
	type ListedRun,
	type ListedSource,
	type SourceTest
} from '#lib/domain/source.ts';
import type { Config } from '../../server/config.ts';
import { startFounded, type Answer, type Founded, type RunningServer } from './in-process.ts';

/** A space whose sources may reach this machine, and a folder for SQLite files. */
export async function sourceWorld(over: Partial<Config> = {}) {
	const sqliteFolder = mkdtempSync(join(tmpdir(), 'downbeat-sqlite-'));
	const server = await startFounded({ sources: { allow: ['127.0.0.1'], sqliteFolder }, ...over });
	return { ...server, sqliteFolder, ...asked(server, server.founded) };
}

export function asked(
	{ ask }: Pick<RunningServer, 'ask'>,
	{ space, token }: Pick<Founded, 'space' | 'token'>
) {
	const at = `/api/v1/spaces/${space}/sources`;
	const add = (connector: unknown, more: Record<string, unknown> = {}): Promise<Answer> =>
		ask('POST', at, {
			token,
			body: { kpi: 'mttr', name: 'A source', schedule: '0 4 * * *', connector, ...more }
		});
	return {
		at,
		token,
		add,
		added: async (connector: unknown, more?: Record<string, unknown>): Promise<ListedSource> => {
			const { status, body } = await add(connector, more);
			if (status !== 201) throw new Error(JSON.stringify(body));
			return z.parse(listedSource, body);
		},
		run: async (id: string): Promise<ListedRun> =>
			z.parse(sourceRun, (await ask('POST', `${at}/${id}/run`, { token })).body),
		test: async (connector: unknown, more: Record<string, unknown> = {}): Promise<SourceTest> => {
			const { status, body } = await ask('POST', `${at}/test`, { token, body: { connector, ...more } });
			if (status !== 200) throw new Error(JSON.stringify(body));
			return z.parse(sourceTest, body);
		},
		points: async (kpi = 'mttr'): Promise<readonly StoredPoint[]> => {
			const { body } = await ask('GET', `/api/v1/spaces/${space}/kpis/${kpi}/points`, { token });
			return z.parse(pointsPage, body).points;
		},
		listed: async (as = token): Promise<readonly ListedSource[]> => {
			const { body } = await ask('GET', at, { token: as });
			return z.parse(z.object({ sources: z.array(listedSource) }), body).sources;
		}
	};
}
