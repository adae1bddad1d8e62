import { setImmediate } from 'node:timers/promises';
import { createRoute, z } from '@hono/zod-openapi';
import type { Context, MiddlewareHandler } from 'hono';
import {
	AUDIT_ACTIONS,
	AUDIT_ACTORS,
	AUDIT_ID_LENGTH_MAX,
	AUDIT_OUTCOMES,
	AUDIT_PAGE_MAX,
	type AuditAction
} from '#lib/domain/audit.ts';
import { spaceIdText } from '../auth/schema.ts';
import { clientAddress } from '../http/client-address.ts';
import type { App, HttpEnv } from '../http/env.ts';
import { answerProblem, problemResponses, problems } from '../http/problem.ts';
import type { Log } from '../log.ts';
import type { AuditActor, AuditFilter, AuditLog } from './audit.ts';
import { EXPORT_FORMATS, EXPORT_KINDS, exportLines, type ExportFormat } from './export.ts';

export interface AuditRouteDeps {
	readonly audit: AuditLog;
	/** Lets nobody past who may not read the audit log of the space that the path names. */
	readonly requiresSpace: MiddlewareHandler;
	/** Lets those past who look after the instance. */
	readonly requiresAdmin: MiddlewareHandler;
	/** Who asks, as the middleware before found out. */
	readonly actorOf: (context: Context) => AuditActor;
	readonly nowMs: () => number;
	readonly log: Log;
}

const params = z.object({ space: spaceIdText });
const security = [{ bearer: [] }];

const instant = (name: string) =>
	z.iso
		.datetime({ offset: true, error: `Write ${name} as an instant with its zone: 2026-06-08T10:00:00Z.` })
		.transform((text) => Date.parse(text))
		.openapi({ type: 'string', format: 'date-time' });

const actions = z
	.string()
	.transform((text) => text.split(','))
	.refine((names) => names.every(isAction), 'There is no such action; several are parted by commas.')
	.transform((names) => names.filter(isAction))
	.openapi({ type: 'string', description: `Several, parted by commas. ${AUDIT_ACTIONS.join(', ')}` });

const isAction = (name: string): name is AuditAction => AUDIT_ACTIONS.some((action) => action === name);

const id = z.string().min(1).max(AUDIT_ID_LENGTH_MAX);

const filterQuery = z.object({
	action: actions.optional(),
	actor: id.optional().openapi({ description: 'The id of whoever did it.' }),
	outcome: z.enum(AUDIT_OUTCOMES).optional(),
	from: instant('from').optional(),
	to: instant('to').optional(),
	target: id.optional().openapi({ description: 'Some of the id of whom or what it was done to.' })
});
const anySpace = { space: spaceIdText.optional() };

const place = {
	before: z.coerce.number().int().min(1).default(Number.MAX_SAFE_INTEGER),
	limit: z.coerce.number().int().min(1).max(AUDIT_PAGE_MAX).default(50)
};
const exporting = { format: z.enum(EXPORT_FORMATS) };

/** What is sent, described in words that the description of the API knows; `auditEntry` reads it. */
const entrySchema = z.object({
	seq: z.number().int(),
	at: z.iso.datetime(),
	action: z.string(),
	actor: z.object({
		kind: z.enum(AUDIT_ACTORS),
		id: z.string().optional(),
		name: z.string().optional()
	}),
	space: z.string().optional(),
	target: z.string().optional(),
	outcome: z.enum(AUDIT_OUTCOMES),
	detail: z.record(z.string(), z.union([z.string(), z.number()])),
	address: z.string().optional(),
	request: z.string().optional(),
	prev: z.string(),
	hash: z.string()
});

const pageResponses = {
	200: {
		description:
			'Newest first. Ask again with `before` set to `next` while there is one; a page may hold fewer than was ' +
			'asked for, even none, and have a `next`. `hash` is the SHA-256 of the entry’s canonical JSON (RFC 8785) ' +
			'without it, `prev` that of the entry before.',
		content: {
			'application/json': {
				schema: z.object({ entries: z.array(entrySchema), next: z.number().int().optional() })
			}
		}
	},
	...problemResponses
};

const fileResponses = {
	200: {
		description:
			'A file, oldest first, that ends with the entry about this export where the filter lets it. `jsonl`: an ' +
			'entry a line, canonical, so that the chain can be checked from the file.',
		content: {
			'application/jsonl': { schema: z.string() },
			'text/csv': { schema: z.string() }
		}
	},
	...problemResponses
};

const pageOfSpace = (middleware: MiddlewareHandler<HttpEnv>) =>
	createRoute({
		method: 'get',
		path: '/api/v1/spaces/{space}/audit',
		summary: 'What was done in a space, as far as it concerns rights and what left it',
		security,
		middleware,
		request: { params, query: filterQuery.extend(place) },
		responses: pageResponses
	});

const exportOfSpace = (middleware: MiddlewareHandler<HttpEnv>) =>
	createRoute({
		method: 'get',
		path: '/api/v1/spaces/{space}/audit/export',
		summary: 'The same as a file; that it was taken is recorded',
		security,
		middleware,
		request: { params, query: filterQuery.extend(exporting) },
		responses: fileResponses
	});

const pageOfAll = (middleware: MiddlewareHandler<HttpEnv>) =>
	createRoute({
		method: 'get',
		path: '/api/v1/audit',
		summary: 'What was done on the whole server',
		security,
		middleware,
		request: { query: filterQuery.extend(anySpace).extend(place) },
		responses: pageResponses
	});

const exportOfAll = (middleware: MiddlewareHandler<HttpEnv>) =>
	createRoute({
		method: 'get',
		path: '/api/v1/audit/export',
		summary: 'The same as a file; that it was taken is recorded',
		security,
		middleware,
		request: { query: filterQuery.extend(anySpace).extend(exporting) },
		responses: fileResponses
	});

export function mountAudit(app: App, deps: AuditRouteDeps): void {
	const { audit } = deps;
	const requiresSpace = plain(deps.requiresSpace);
	const requiresAdmin = plain(deps.requiresAdmin);

	app.openapi(pageOfSpace(requiresSpace), (context) => {
		const { before, limit, ...query } = context.req.valid('query');
		const filter = { ...filterOf(query), space: context.req.valid('param').space };
		return context.json(audit.page(filter, { beforeSeq: before, limit }), 200);
	});

	app.openapi(pageOfAll(requiresAdmin), (context) => {
		const { before, limit, ...query } = context.req.valid('query');
		return context.json(audit.page(filterOf(query), { beforeSeq: before, limit }), 200);
	});

	app.openapi(exportOfSpace(requiresSpace), (context) => {
		const { format, ...query } = context.req.valid('query');
		const { space } = context.req.valid('param');
		return answerFile({ filter: { ...filterOf(query), space }, format, space }, context, deps);
	});

	app.openapi(exportOfAll(requiresAdmin), (context) => {
		const { format, ...query } = context.req.valid('query');
		return answerFile({ filter: filterOf(query), format, space: undefined }, context, deps);
	});
}

/** What a middleware leaves in the context is read by `actorOf` alone: here it is one as any other. */
const plain = (middleware: MiddlewareHandler) => middleware as MiddlewareHandler<HttpEnv>;

type FilterQuery = z.output<typeof filterQuery> & { readonly space?: AuditFilter['space'] };

const filterOf = ({ action, from, to, ...same }: FilterQuery): AuditFilter => ({
	...same,
	actions: action,
	fromMs: from,
	toMs: to
});

interface Export {
	readonly filter: AuditFilter;
	readonly format: ExportFormat;
	/** Whose log it is; undefined for that of the whole server. */
	readonly space: string | undefined;
}

/** Nothing leaves unseen: when the export cannot be recorded there is none. */
function answerFile({ filter, format, space }: Export, context: Context<HttpEnv>, deps: AuditRouteDeps) {
	const { audit, actorOf, nowMs, log } = deps;
	const request = context.var.requestId;
	const recorded = audit.append({
		atMs: nowMs(),
		action: 'audit.exported',
		actor: actorOf(context),
		space,
		outcome: 'done',
		detail: { format, ...askedFor(context) },
		address: clientAddress(context.env.incoming),
		request
	});
	if (!recorded.ok) {
		log.fault('audit.not-kept', recorded.error.cause, { request });
		return answerProblem(problems.diskTrouble);
	}
	const { seq, at } = recorded.value;
	const { type, lineEnd } = EXPORT_KINDS[format];
	const name = `audit${space === undefined ? '' : `-${space}`}-${at.slice(0, 10)}.${format}`;
	const lines = exportLines(audit.entries(filter, seq), format);
	return context.body(streamOf(lines, lineEnd), 200, {
		'content-type': type,
		'content-disposition': `attachment; filename="${name}"`
	});
}

/** The filter as it was written in the address. */
function askedFor(context: Context<HttpEnv>): Record<string, string> {
	const names = [...Object.keys(filterQuery.shape), 'space'];
	const asked = Object.entries(context.req.query());
	return Object.fromEntries(asked.filter(([name]) => names.includes(name)));
}

/** Lines sent at once. */
const LINES_PER_CHUNK = 500;

/** Reads on as fast as the other side takes it, and lets others be served in between. */
function streamOf(lines: Generator<string, void>, lineEnd: string): ReadableStream<Uint8Array> {
	const encoder = new TextEncoder();
	return new ReadableStream<Uint8Array>({
		async pull(controller) {
			await setImmediate();
			let chunk = '';
			for (let count = 0; count < LINES_PER_CHUNK; count++) {
				const line = lines.next(); // `take` would end the generator after the first chunk.
				if (line.done) break;
				chunk += line.value + lineEnd;
			}
			if (chunk === '') controller.close();
			else controller.enqueue(encoder.encode(chunk));
		},
		cancel: () => void lines.return()
	});
}
