import { createRoute, z } from '@hono/zod-openapi';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { App } from './env.ts';
import { answerProblem, problemResponses, type Problem } from './problem.ts';

export interface InstanceDeps {
	readonly clock: Clock;
	readonly log: Log;
	/** Writes to the database and waits for the disk. Throws when that does not work. */
	readonly checkWritable: () => void;
	/** Bytes free on the disk that holds the data folder. */
	readonly freeBytes: () => number;
	readonly freeBytesMin: number;
}

/** A probe asks every few seconds; a flood of them must not become a flood of writes. */
const CHECK_KEPT_MS = 1_000;

const time = createRoute({
	method: 'get',
	path: '/api/v1/time',
	summary: "The server's clock, for a device to compare its own with",
	responses: {
		200: {
			description: 'Milliseconds since 1970.',
			content: { 'application/json': { schema: z.object({ serverMs: z.number().int() }) } }
		},
		...problemResponses
	}
});

const health = createRoute({
	method: 'get',
	path: '/healthz',
	summary: 'Whether the process answers',
	responses: {
		200: {
			description: 'It does.',
			content: { 'application/json': { schema: z.object({ status: z.literal('ok') }) } }
		},
		...problemResponses
	}
});

const ready = createRoute({
	method: 'get',
	path: '/readyz',
	summary: 'Whether the server can store what it is sent',
	responses: {
		200: {
			description: 'The database was written to and there is room on its disk.',
			content: {
				'application/json': { schema: z.object({ status: z.literal('ready'), freeBytes: z.number().int() }) }
			}
		},
		...problemResponses
	}
});

export function mountInstance(app: App, deps: InstanceDeps): void {
	const readiness = createReadiness(deps);

	app.openapi(time, (context) => context.json({ serverMs: deps.clock.nowMs() }, 200));
	app.openapi(health, (context) => context.json({ status: 'ok' as const }, 200));
	app.openapi(ready, (context) => {
		const answer = readiness();
		if (typeof answer !== 'number') return answerProblem(answer, { 'retry-after': '10' });
		return context.json({ status: 'ready' as const, freeBytes: answer }, 200);
	});
}

/** Free bytes when all is well. An answer is kept for a moment. */
function createReadiness({ clock, log, checkWritable, freeBytes, freeBytesMin }: InstanceDeps) {
	let kept: number | Problem = 0;
	let keptUntilMs = -Infinity;
	return (): number | Problem => {
		if (clock.tickMs() < keptUntilMs) return kept;
		kept = ask();
		keptUntilMs = clock.tickMs() + CHECK_KEPT_MS;
		return kept;
	};

	function ask(): number | Problem {
		try {
			const free = freeBytes();
			if (free < freeBytesMin)
				return notReady(`Its disk has ${Math.floor(free / 1024 / 1024)} MB left. Free some space.`);
			checkWritable();
			return free;
		} catch (error) {
			log.error('http.not-ready', { code: error instanceof Error ? error.message : String(error) });
			return notReady('Its database cannot be written. Look at the disk and at the folder’s permissions.');
		}
	}
}

const notReady = (why: string): Problem => ({
	type: 'server.not-ready',
	title: 'Not ready',
	status: 503,
	detail: `The server cannot store anything now. ${why}`
});
