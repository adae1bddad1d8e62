import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { systemClock } from '../../server/clock.ts';
import { compose } from '../../server/compose.ts';
import type { Config } from '../../server/config.ts';
import { plainIdentity } from '../../server/config-identity.ts';
import { plainOperation } from '../../server/config-operation.ts';
import { plainSources } from '../../server/config-sources.ts';
import { createLog } from '../../server/log.ts';
import { run } from '../../server/run.ts';

export const newFolder = (): string => join(mkdtempSync(join(tmpdir(), 'downbeat-server-')), 'data');

export const SETUP_TOKEN = 'a-fixed-setup-token';

export interface RunningServer {
	readonly url: string;
	readonly folder: string;
	/** Every line of the log so far. */
	readonly lines: readonly Record<string, unknown>[];
	/** Drains it and gives the exit code. */
	readonly stop: () => Promise<0 | 1>;
	/** Asks the API; the body, if any, goes as JSON. */
	readonly ask: (method: string, path: string, options?: AskOptions) => Promise<Answer>;
}

export interface AskOptions {
	readonly body?: unknown;
	readonly token?: string | undefined;
	readonly headers?: Record<string, string>;
}

export interface Answer {
	readonly status: number;
	readonly headers: Headers;
	/** Parsed JSON, or undefined for an empty body. */
	readonly body: Record<string, unknown>;
}

/** The real server on a port of its own, ended with the test. */
export async function startServer(
	over: Partial<Config> & { buildFolder?: string } = {}
): Promise<RunningServer> {
	const folder = over.dataFolder ?? newFolder();
	const lines: Record<string, unknown>[] = [];
	const write = (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>);
	const log = createLog({ write, clock: systemClock, isJson: true });
	const config = {
		port: 0,
		host: '127.0.0.1',
		dataFolder: folder,
		setupToken: SETUP_TOKEN,
		origin: undefined,
		identity: plainIdentity,
		operation: plainOperation,
		sources: plainSources,
		...over
	};
	const composed = compose(config, {
		clock: systemClock,
		log,
		buildFolder: over.buildFolder ?? join(folder, 'no-build'),
		version: '0.0.0-test'
	});
	const stop = new AbortController();
	const ready = Promise.withResolvers<void>();
	const code = run(composed.services, stop.signal, {
		clock: systemClock,
		log,
		onReady: ready.resolve,
		onRefused: (sentence) => ready.reject(new Error(sentence))
	});
	await ready.promise;
	const server: RunningServer = {
		url: composed.listensAt(),
		folder,
		lines,
		stop: () => {
			stop.abort();
			return code;
		},
		ask: (method, path, options) => ask(`${composed.listensAt()}${path}`, method, options)
	};
	onTestFinished(async () => void (await server.stop()));
	return server;
}

export interface Founded {
	readonly space: string;
	readonly person: string;
	readonly token: string;
	readonly invite: string;
}

export const setupBody = (over: Record<string, unknown> = {}) => ({
	token: SETUP_TOKEN,
	name: 'Ada Okafor',
	space: { title: 'Engineering Ops', timeZone: 'Europe/Berlin' },
	series: [],
	sample: false,
	...over
});

/** A server with its first space. */
export async function startFounded(
	over?: Parameters<typeof startServer>[0]
): Promise<RunningServer & { founded: Founded }> {
	const server = await startServer(over);
	const { status, body } = await server.ask('POST', '/api/v1/setup', { body: setupBody() });
	if (status !== 201) throw new Error(JSON.stringify(body));
	return { ...server, founded: body as unknown as Founded };
}

async function ask(url: string, method: string, { body, token, headers }: AskOptions = {}): Promise<Answer> {
	const response = await fetch(url, {
		method,
		headers: {
			...(body !== undefined && { 'content-type': 'application/json' }),
			...(token !== undefined && { authorization: `Bearer ${token}` }),
			...headers
		},
		...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) })
	});
	const text = await response.text();
	return {
		status: response.status,
		headers: response.headers,
		body: (text ? JSON.parse(text) : {}) as Record<string, unknown>
	};
}
