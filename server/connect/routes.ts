import { createRoute, z } from '@hono/zod-openapi';
import { mayDo } from '#lib/domain/access.ts';
import { newId } from '#lib/domain/id.ts';
import { SOURCES_PER_SPACE_MAX, type ListedRun, type SourceConnector } from '#lib/domain/source.ts';
import type { Recorder } from '../audit/recorder.ts';
import type { Principal } from '../auth/access.ts';
import { spaceIdText } from '../auth/schema.ts';
import type { Clock } from '../clock.ts';
import { body, json, security } from '../http/answers.ts';
import type { App } from '../http/env.ts';
import { answerProblem, problemResponses } from '../http/problem.ts';
import type { Requires } from '../http/requires.ts';
import { notRun, otherPlace, tooManySources, unknownSource } from './problems.ts';
import { changedSource, newSource, placeOf, shownRun, shownSource, shownTest, tried } from './schema.ts';
import type { Source, SourceStore } from './source-store.ts';
import type { Sources } from './sources.ts';

export interface SourceDeps {
	readonly requires: Requires;
	readonly store: SourceStore;
	readonly sources: Sources;
	readonly recorder: Recorder;
	readonly clock: Clock;
}

const params = z.object({ space: spaceIdText });
const oneOf = params.extend({ source: z.string().min(1).max(96) });

const AT = '/api/v1/spaces/{space}/sources';

const EXAMPLE = `An example:

    curl -X POST "$DOWNBEAT/api/v1/spaces/$SPACE/sources" \\
      -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" \\
      -d '{"kpi":"error-rate","name":"Errors of the gateway","schedule":"*/5 * * * *",
           "connector":{"kind":"prometheus","settings":{"url":"https://prometheus.example.com",
             "query":"sum(rate(http_errors_total[5m]))","step":300}},
           "secret":"a-bearer-token"}'`;

const list = (requires: Requires) =>
	createRoute({
		method: 'get',
		path: AT,
		summary: 'Where the points of a space are fetched from',
		description:
			'Settings, and what the other side said of an error, are in it for owners alone. No secret ever is.',
		security,
		middleware: requires.deed('source.read'),
		request: { params },
		responses: { 200: json('By name.', z.object({ sources: z.array(shownSource) })), ...problemResponses }
	});

const add = (requires: Requires) =>
	createRoute({
		method: 'post',
		path: AT,
		summary: 'Fetch the points of a KPI by themselves',
		description: `A JSON address, Prometheus, PostgreSQL or a SQLite file, on a schedule in the source’s or the space’s zone. ${EXAMPLE}`,
		security,
		middleware: requires.deed('source.manage'),
		request: { params, body: body(newSource) },
		responses: { 201: json('It runs when its schedule says so.', shownSource), ...problemResponses }
	});

const change = (requires: Requires) =>
	createRoute({
		method: 'patch',
		path: `${AT}/{source}`,
		summary: 'Change a source, or pause it',
		description:
			'What is left away stays. A connector that goes to another place needs its secret again, or null.',
		security,
		middleware: requires.deed('source.manage'),
		request: { params: oneOf, body: body(changedSource) },
		responses: { 200: json('As it is now.', shownSource), ...problemResponses }
	});

const remove = (requires: Requires) =>
	createRoute({
		method: 'delete',
		path: `${AT}/{source}`,
		summary: 'Remove a source; its points stay',
		security,
		middleware: requires.deed('source.manage'),
		request: { params: oneOf },
		responses: { 204: { description: 'It fetches nothing any more.' }, ...problemResponses }
	});

const run = (requires: Requires) =>
	createRoute({
		method: 'post',
		path: `${AT}/{source}/run`,
		summary: 'Run a source now, also a paused one',
		security,
		middleware: requires.deed('source.manage'),
		request: { params: oneOf },
		responses: {
			200: json('What came of it; `error` says when nothing could be read.', shownRun),
			...problemResponses
		}
	});

const test = (requires: Requires) =>
	createRoute({
		method: 'post',
		path: `${AT}/test`,
		summary: 'Try a connector: read its first rows and store nothing',
		description: 'Reads what a first run would read.',
		security,
		middleware: requires.deed('source.manage'),
		request: { params, body: body(tried) },
		responses: {
			200: json('The first rows, and the first that would not be taken.', shownTest),
			...problemResponses
		}
	});

const runs = (requires: Requires) =>
	createRoute({
		method: 'get',
		path: `${AT}/{source}/runs`,
		summary: 'The last runs of a source',
		security,
		middleware: requires.deed('source.read'),
		request: { params: oneOf },
		responses: {
			200: json('Newest first, 20 at most.', z.object({ runs: z.array(shownRun) })),
			...problemResponses
		}
	});

/** The sources API: owners set sources up, try them and run them; members see that they run. */
export function mountSources(app: App, deps: SourceDeps): void {
	mountReading(app, deps);
	mountWriting(app, deps);
	mountRunning(app, deps);
}

function mountReading(app: App, deps: SourceDeps): void {
	const { requires, store } = deps;
	app.openapi(list(requires), (context) => {
		const { principal } = context.var;
		const sources = store.list(principal.space).map((source) => shown(source, principal, deps));
		return context.json({ sources }, 200);
	});

	app.openapi(runs(requires), (context) => {
		const { space, source: id } = context.req.valid('param');
		if (!store.find(space, id)) return answerProblem(unknownSource);
		const found = store.runs(space, id).map((one) => runFor(one, context.var.principal));
		return context.json({ runs: found }, 200);
	});
}

function mountWriting(app: App, deps: SourceDeps): void {
	const { requires, store, sources, recorder, clock } = deps;
	app.openapi(add(requires), (context) => {
		const { space } = context.req.valid('param');
		const { secret, ...asked } = context.req.valid('json');
		if (store.list(space).length >= SOURCES_PER_SPACE_MAX) return answerProblem(tooManySources);
		const id = newId();
		const source: Source = {
			...asked,
			id,
			space,
			zone: asked.zone,
			secret: secret === undefined ? undefined : sources.seal(space, id, secret),
			createdAtMs: clock.nowMs(),
			uptoMs: undefined,
			revision: 1
		};
		store.add(source);
		recorder.done(context, { action: 'source.created', space, target: id, detail: detailOf(source) });
		return context.json(shown(source, context.var.principal, deps), 201);
	});

	app.openapi(change(requires), (context) => {
		const { space, source: id } = context.req.valid('param');
		const asked = context.req.valid('json');
		const before = store.find(space, id);
		if (!before) return answerProblem(unknownSource);
		const connector = asked.connector ?? before.connector;
		const isElsewhere = placeOf(connector) !== placeOf(before.connector);
		// Else whoever may change the address could have the secret sent to an address of their own.
		if (before.secret && isElsewhere && asked.secret === undefined) return answerProblem(otherPlace);
		const isSame =
			JSON.stringify([connector, asked.kpi ?? before.kpi]) === JSON.stringify([before.connector, before.kpi]);
		const after = store.change(space, id, {
			kpi: asked.kpi ?? before.kpi,
			name: asked.name ?? before.name,
			connector,
			schedule: asked.schedule ?? before.schedule,
			zone: asked.zone === undefined ? before.zone : (asked.zone ?? undefined),
			isPaused: asked.isPaused ?? before.isPaused,
			secret:
				typeof asked.secret === 'string'
					? sources.seal(space, id, asked.secret)
					: asked.secret === null
						? undefined
						: before.secret,
			uptoMs: isSame ? before.uptoMs : undefined
		});
		if (!after) return answerProblem(unknownSource);
		const detail = { ...detailOf(after), changed: Object.keys(asked).join(' ') };
		recorder.done(context, { action: 'source.changed', space, target: id, detail });
		return context.json(shown(after, context.var.principal, deps), 200);
	});

	app.openapi(remove(requires), (context) => {
		const { space, source: id } = context.req.valid('param');
		const source = store.find(space, id);
		if (!source || !store.remove(space, id)) return answerProblem(unknownSource);
		recorder.done(context, { action: 'source.deleted', space, target: id, detail: detailOf(source) });
		return context.body(null, 204);
	});
}

function mountRunning(app: App, { requires, store, sources, recorder }: SourceDeps): void {
	app.openapi(test(requires), async (context) => {
		const { space } = context.req.valid('param');
		const { connector, zone, secret, source: id } = context.req.valid('json');
		const known = id === undefined ? undefined : store.find(space, id);
		if (id !== undefined && !known) return answerProblem(unknownSource);
		const isKept = secret === undefined && known?.secret !== undefined;
		if (isKept && placeOf(known.connector) !== placeOf(connector)) return answerProblem(otherPlace);
		const detail = { kind: connector.kind };
		recorder.done(context, { action: 'source.tested', space, target: id, detail });
		const tested = await sources.test({ connector, zone, secret: isKept ? sources.secretOf(known) : secret });
		return tested.ok ? context.json(tested.value, 200) : answerProblem(notRun(tested.error));
	});

	app.openapi(run(requires), async (context) => {
		const { space, source: id } = context.req.valid('param');
		const done = await sources.run(space, id, 'person');
		if (!done.ok) return answerProblem(notRun(done.error));
		recorder.done(context, { action: 'source.run', space, target: id });
		return context.json(done.value, 200);
	});
}

const detailOf = ({ kpi, connector }: { kpi: string; connector: SourceConnector }) => ({
	kpi,
	kind: connector.kind
});

function shown(source: Source, principal: Principal, { store, sources }: SourceDeps) {
	const { id, kpi, name, connector, schedule, zone, isPaused, secret, space } = source;
	const [last] = store.runs(space, id);
	const nextMs = sources.nextMs(source);
	return {
		id,
		kpi,
		name,
		kind: connector.kind,
		schedule,
		...(zone !== undefined && { zone }),
		isPaused,
		hasSecret: secret !== undefined,
		...(nextMs !== undefined && { nextAt: new Date(nextMs).toISOString() }),
		isRunning: sources.isRunning(id),
		...(last && { lastRun: runFor(last, principal) }),
		...(isOwner(principal) && { settings: connector.settings })
	};
}

const isOwner = ({ role, scope }: Principal): boolean => mayDo(role, scope, 'source.manage');

/** Reasons quote values, and details quote addresses and queries: those are for whoever may see the settings. */
function runFor(run: ListedRun, principal: Principal): ListedRun {
	if (isOwner(principal)) return run;
	const { reasons: _reasons, error, ...rest } = run;
	return { ...rest, ...(error && { error: { code: error.code, sentence: error.sentence } }) };
}
