import { createRoute, z } from '@hono/zod-openapi';
import { VERSION_NAMES_MAX, VERSIONS_PER_CALL_MAX } from '#lib/protocol/limits.ts';
import { wireName } from '#lib/protocol/names.ts';
import { documentIdText, spaceIdText, versionName } from '../auth/schema.ts';
import type { App } from '../http/env.ts';
import { answerProblem, problemResponses, type Problem } from '../http/problem.ts';
import type { Requires } from '../http/requires.ts';
import type { DocStore, VersionName } from '../sync/doc-store.ts';
import type { History, Version } from './history.ts';

export interface HistoryDeps {
	readonly requires: Requires;
	readonly history: History;
	readonly store: DocStore;
	readonly nowMs: () => number;
}

const params = z.object({ space: spaceIdText, document: documentIdText });
const security = [{ bearer: [] }];
const base = '/api/v1/spaces/{space}/documents/{document}';
const json = <Schema extends z.ZodType>(description: string, schema: Schema) => ({
	description,
	content: { 'application/json': { schema } }
});

/** A row of a document's log. Rows grow over all documents of the server. */
const seq = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const row = z.number().int();
const nameSchema = z.object({ seq: row, name: z.string(), by: z.string(), at: z.iso.datetime() });

const listVersions = (requires: Requires) =>
	createRoute({
		method: 'get',
		path: `${base}/versions`,
		summary: 'The versions of a document, newest first',
		description:
			'A version is an editing session: what some people wrote together without a pause of ten minutes. One that ' +
			'has a name ends where it was named.',
		security,
		middleware: requires.deed('history.read'),
		request: {
			params,
			query: z.object({
				before: seq.default(Number.MAX_SAFE_INTEGER),
				limit: z.coerce.number().int().min(1).max(VERSIONS_PER_CALL_MAX).default(20)
			})
		},
		responses: {
			200: json(
				'Ask again with `before` set to `next` while there is one. `changes` are records, fields and passages.',
				z.object({
					versions: z.array(
						z.object({
							fromSeq: row,
							seq: row,
							from: z.iso.datetime(),
							to: z.iso.datetime(),
							authors: z.array(z.string()),
							changes: row,
							name: nameSchema.omit({ seq: true }).optional()
						})
					),
					next: row.optional()
				})
			),
			...problemResponses
		}
	});

const readState = (requires: Requires) =>
	createRoute({
		method: 'get',
		path: `${base}/state`,
		summary: 'A document as it stood after a row of its log',
		security,
		middleware: requires.deed('history.read'),
		request: { params, query: z.object({ seq }) },
		responses: {
			200: {
				description:
					'One Yjs update (V1) that holds the whole state; an empty one from before the first row.',
				content: { 'application/octet-stream': { schema: z.string().openapi({ format: 'binary' }) } }
			},
			...problemResponses
		}
	});

const listWriters = (requires: Requires) =>
	createRoute({
		method: 'get',
		path: `${base}/writers`,
		summary: 'Who wrote what of a document, and when',
		security,
		middleware: requires.deed('history.read'),
		request: { params, query: z.object({ after: seq.default(0) }) },
		responses: {
			200: json(
				'Each run is `[index into authors, epoch ms, Yjs client, clock, length]`, in the order in which they were ' +
					'stored; what two runs hold is of the first. Ask later with `after` set to `upto`, at once while `hasMore`.',
				z.object({
					authors: z.array(z.string()),
					runs: z.array(z.array(z.number())),
					upto: row,
					hasMore: z.boolean()
				})
			),
			...problemResponses
		}
	});

const nameOne = (requires: Requires) =>
	createRoute({
		method: 'post',
		path: `${base}/names`,
		summary: 'Name the version that ends with a row, or give it another name',
		security,
		middleware: requires.deed('document.write'),
		request: {
			params,
			body: {
				required: true,
				content: {
					'application/json': { schema: z.object({ seq: row.min(1), name: versionName }) }
				}
			}
		},
		responses: { 201: json('It is listed under this name.', nameSchema), ...problemResponses }
	});

const unnameOne = (requires: Requires) =>
	createRoute({
		method: 'delete',
		path: `${base}/names/{seq}`,
		summary: 'Take the name off a version; the version stays',
		security,
		middleware: requires.deed('document.write'),
		request: { params: params.extend({ seq }) },
		responses: { 204: { description: 'It has no name any more.' }, ...problemResponses }
	});

/** The past of documents: versions, states, authors and names. */
export function mountHistory(app: App, deps: HistoryDeps): void {
	const { requires, history } = deps;

	app.openapi(listVersions(requires), async (context) => {
		const page = await history.versions(wireName(context.req.valid('param')), context.req.valid('query'));
		if (!page.ok) return answerProblem(busy);
		const { versions, next } = page.value;
		return context.json(
			{ versions: versions.map(shownVersion), ...(next === undefined ? {} : { next }) },
			200
		);
	});

	app.openapi(readState(requires), async (context) => {
		const { seq: at } = context.req.valid('query');
		const state = await history.stateAt(wireName(context.req.valid('param')), at);
		if (!state.ok) return answerProblem(busy);
		return context.body(Uint8Array.from(state.value), 200, { 'content-type': 'application/octet-stream' });
	});

	app.openapi(listWriters(requires), async (context) => {
		const { after } = context.req.valid('query');
		const page = await history.writers(wireName(context.req.valid('param')), after);
		if (!page.ok) return answerProblem(busy);
		const { runs, upto, hasMore } = page.value;
		const authors = [...new Set(runs.map(({ author }) => author))];
		const indexOf = new Map(authors.map((author, index) => [author, index]));
		const compact = runs.map(({ author, atMs, client, clock, length }) => [
			indexOf.get(author) ?? 0,
			atMs,
			client,
			clock,
			length
		]);
		return context.json({ authors, runs: compact, upto, hasMore }, 200);
	});

	mountNames(app, deps);
}

function mountNames(app: App, { requires, store, nowMs }: HistoryDeps): void {
	app.openapi(nameOne(requires), async (context) => {
		const doc = wireName(context.req.valid('param'));
		const { seq: ofRow, name } = context.req.valid('json');
		const names = await store.versionNames(doc);
		if (names.length >= VERSION_NAMES_MAX && !names.some((one) => one.seq === ofRow)) {
			return answerProblem(tooManyNames);
		}
		const { person, id } = context.var.principal;
		const named = { seq: ofRow, name, by: person ?? id, atMs: nowMs() };
		if (!(await store.nameVersion(doc, named))) return answerProblem(unknownVersion);
		return context.json({ seq: ofRow, ...shownName(named) }, 201);
	});

	app.openapi(unnameOne(requires), async (context) => {
		const { seq: ofRow, ...name } = context.req.valid('param');
		if (!(await store.unnameVersion(wireName(name), ofRow))) return answerProblem(unknownVersion);
		return context.body(null, 204);
	});
}

const shownVersion = ({ fromSeq, seq: last, fromMs, toMs, authors, changes, name }: Version) => ({
	fromSeq,
	seq: last,
	from: new Date(fromMs).toISOString(),
	to: new Date(toMs).toISOString(),
	authors: [...authors],
	changes,
	...(name ? { name: shownName(name) } : {})
});

const shownName = ({ name, by, atMs }: VersionName) => ({ name, by, at: new Date(atMs).toISOString() });

const busy: Problem = {
	type: 'history.busy',
	title: 'Many people are looking at the past',
	status: 503,
	detail: 'The server is building earlier versions for others. Try again in a few seconds.'
};

const unknownVersion: Problem = {
	type: 'version.unknown',
	title: 'No such version',
	status: 404,
	detail: 'This document has no such version, or its name was taken off already. Look at the list again.'
};

const tooManyNames: Problem = {
	type: 'version.too-many-names',
	title: 'Too many named versions',
	status: 409,
	detail: `This document has ${VERSION_NAMES_MAX} named versions. Take a name off one, then name this one.`
};
