import { OpenAPIHono } from '@hono/zod-openapi';
import { HTTPException } from 'hono/http-exception';
import { matchedRoutes } from 'hono/route';
import type { Context, MiddlewareHandler } from 'hono';
import { newId } from '#lib/domain/id.ts';
import { BODY_BYTES_MAX } from '#lib/protocol/limits.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { HttpMeter } from '../metrics/http-meter.ts';
import { bodyUpTo } from './body-limit.ts';
import { clientAddress, isTrustedProxy } from './client-address.ts';
import type { App, HttpEnv } from './env.ts';
import type { Gate } from './gate.ts';
import { answerProblem, invalidInput, problems, tooManyRequests } from './problem.ts';
import { needOf, type Need } from './requires.ts';
import { isAllowedOrigin, isReading, securityHeaders, STRICT_POLICY } from './security.ts';

export interface AppDeps {
	readonly clock: Clock;
	readonly log: Log;
	/** Of this program, for the description of the API. */
	readonly version: string;
	readonly publicOrigin: string | undefined;
	readonly gate: Gate;
	readonly meter: HttpMeter;
	/** Whether an error is the disk's, not ours. */
	readonly isDiskTrouble: (error: unknown) => boolean;
	/** Answers what is not the API: files and pages. */
	readonly serveFiles: (request: Request) => Promise<Response>;
}

const API = '/api/*';

/**
 * Everything that goes for every request: an id and a line in the log, security headers, whose page asks, how much
 * it may send, and errors as problems. `mount` adds the routes in between.
 */
export function createApp(deps: AppDeps, mount: (app: App) => void): App {
	const app: App = new OpenAPIHono<HttpEnv>({
		defaultHook: (result) => {
			if (!result.success)
				return answerProblem(invalidInput(partOf[result.target] ?? result.target, result.error));
			return undefined;
		}
	});
	app.use(traced(deps));
	app.use(secured(deps));
	app.use(notTooMany(deps.gate));
	app.use(API, notTooManyStrangers(deps.gate));
	app.use(API, sameOrigin(deps));
	app.use(API, bodyUpTo(BODY_BYTES_MAX));
	app.use(API, uncached);

	mount(app);
	describe(app, deps.version);

	app.all(API, () => answerProblem(problems.noSuchRoute));
	app.on(['GET', 'HEAD'], '*', (context) => deps.serveFiles(context.req.raw));
	app.notFound(() => answerProblem(problems.noSuchRoute));
	app.onError((error, context) => answerError(error, context, deps));
	return app;
}

/** How Hono calls the parts of a request, and what people call them. */
const partOf: Record<string, string | undefined> = { json: 'body', param: 'path', query: 'query' };

function describe(app: App, version: string): void {
	app.openAPIRegistry.registerComponent('securitySchemes', 'bearer', {
		type: 'http',
		scheme: 'bearer',
		description: 'A token of a space: a person’s, a program’s, or one that can only push points.'
	});
	app.openAPIRegistry.registerComponent('securitySchemes', 'session', {
		type: 'apiKey',
		in: 'cookie',
		name: 'downbeat.session_token',
		description: 'Somebody who is signed in to an account.'
	});
	const needs = needsOf(app);
	app.get('/api/openapi.json', (context) => {
		const described = app.getOpenAPI31Document({
			openapi: '3.1.0',
			info: {
				title: 'Downbeat',
				version,
				description:
					'Spaces, people, tokens and points. Documents are synced over websockets at /sync. `x-needs` says what the caller must be allowed to do.'
			}
		});
		for (const [path, operations] of Object.entries(described.paths ?? {}))
			for (const [method, operation] of Object.entries(operations))
				Object.assign(operation, { 'x-needs': needs.get(`${method} ${path}`) });
		return context.json(described);
	});
}

/** By method and path, as the description writes them. Taken from the routes themselves, so that it is true. */
function needsOf(app: App): ReadonlyMap<string, Need> {
	return new Map(
		app.routes.flatMap(({ method, path, handler }) => {
			const need = needOf(handler);
			const described = path.replaceAll(/:([^/{]+)/g, '{$1}');
			return need ? [[`${method.toLowerCase()} ${described}`, need] as const] : [];
		})
	);
}

/** One line per answer of the API: the route, not the address, so that nothing a person typed gets into the log. */
function traced({ clock, log, meter }: AppDeps): MiddlewareHandler<HttpEnv> {
	return async (context, next) => {
		const fromMs = clock.tickMs();
		const request = requestIdOf(context);
		context.set('requestId', request);
		await next();
		context.res.headers.set('x-request-id', request);
		const { status } = context.res;
		const route = routeOf(context);
		const ms = clock.tickMs() - fromMs;
		const { method } = context.req;
		meter.answered({ method, route, status, ms });
		// Files, probes, and lines with some requests a second would drown the rest.
		if ((!route.startsWith('/api') || LINE_ROUTES.test(route)) && status < 500) return;
		log.info('http.answer', {
			code: status,
			ms: tenths(ms),
			method,
			route,
			request
		});
	};
}

/** What is sent and heard on a line. That it began and ended stands in the log as of a websocket. */
const LINE_ROUTES = /\/lines\/wait$|\/line\/:line$/;

/** A proxy of one's own may have given the request an id already; a stranger's word does not get into the log. */
function requestIdOf(context: Context<HttpEnv>): string {
	const given = context.req.header('x-request-id') ?? '';
	return REQUEST_ID.test(given) && isTrustedProxy(context.env.incoming) ? given : newId();
}

const REQUEST_ID = /^[A-Za-z0-9._-]{1,64}$/;

/** The pattern of the route that answers, without what a caller filled in. */
function routeOf(context: Context<HttpEnv>): string {
	const route = matchedRoutes(context).find(({ path }) => !path.includes('*'))?.path;
	return route ?? (context.req.path.startsWith('/api/') ? API : FILES);
}

const FILES = 'files';

const tenths = (ms: number): number => Math.round(ms * 10) / 10;

function secured({ publicOrigin }: AppDeps): MiddlewareHandler<HttpEnv> {
	const headers = Object.entries(securityHeaders(publicOrigin));
	return async (context, next) => {
		await next();
		for (const [name, value] of headers) context.res.headers.set(name, value);
		if (!context.res.headers.has('content-security-policy')) {
			context.res.headers.set('content-security-policy', STRICT_POLICY);
		}
	};
}

/** Probes are asked by whoever restarts the server: they are never told to wait. */
const PROBES: ReadonlySet<string> = new Set(['/healthz', '/readyz']);

const notTooMany =
	(gate: Gate): MiddlewareHandler<HttpEnv> =>
	async (context, next) => {
		const waitSeconds = PROBES.has(context.req.path) ? 0 : gate.request(clientAddress(context.env.incoming));
		if (waitSeconds > 0) return tooManyRequests(waitSeconds);
		await next();
	};

/** Who shows nothing may ask less; showing something that opens nothing counts the same, once that is known. */
function notTooManyStrangers(gate: Gate): MiddlewareHandler<HttpEnv> {
	return async (context, next) => {
		const address = clientAddress(context.env.incoming);
		const hasShown = context.req.header('authorization') ?? context.req.header('cookie');
		const waitSeconds = hasShown ? 0 : gate.stranger(address);
		if (waitSeconds > 0) return tooManyRequests(waitSeconds);
		await next();
		if (hasShown && context.res.status === 401) gate.stranger(address);
	};
}

function sameOrigin({ publicOrigin, meter }: AppDeps): MiddlewareHandler<HttpEnv> {
	return async (context, next) => {
		const asked = {
			origin: context.req.header('origin'),
			host: context.req.header('host'),
			'x-forwarded-host': context.req.header('x-forwarded-host'),
			'sec-fetch-site': context.req.header('sec-fetch-site')
		};
		if (!isReading(context.req.method) && !isAllowedOrigin(asked, publicOrigin)) {
			meter.refused.add('origin');
			return answerProblem(problems.foreignOrigin);
		}
		await next();
	};
}

const uncached: MiddlewareHandler<HttpEnv> = async (context, next) => {
	await next();
	if (!context.res.headers.has('cache-control')) context.res.headers.set('cache-control', 'no-store');
};

function answerError(error: Error, context: Context<HttpEnv>, { log, isDiskTrouble }: AppDeps): Response {
	if (error instanceof HTTPException) {
		// Only Hono's validator throws these: 400 for a body that is not JSON, 415 for one that does not say so.
		return answerProblem({ ...problems.badJson, status: error.status });
	}
	if (isHungUp(error)) return answerProblem({ ...problems.badJson, status: 400 });
	const facts = { request: context.get('requestId'), route: routeOf(context) };
	if (isDiskTrouble(error)) {
		log.error('http.disk-trouble', { ...facts, code: error.message });
		return answerProblem(problems.diskTrouble);
	}
	log.fault('http.fault', error, facts);
	return answerProblem(problems.fault);
}

/** The caller was gone before all of the body was here: nobody hears the answer, and nothing is wrong with us. */
const isHungUp = (error: Error): boolean =>
	'code' in error && error.code === 'ECONNRESET' && error.message === 'aborted';
