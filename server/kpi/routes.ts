import { createRoute, z } from '@hono/zod-openapi';
import { SEGMENT_RULE } from '#lib/domain/points.ts';
import { POINTS_PER_CALL_MAX } from '#lib/protocol/limits.ts';
import { spaceIdText } from '../auth/schema.ts';
import type { App } from '../http/env.ts';
import { answerProblem, problemResponses, type Problem } from '../http/problem.ts';
import type { Requires } from '../http/requires.ts';
import { kpiIdText } from './kpi-id-text.ts';
import { ingest, type IngestPorts, type IngestRefused } from './ingest.ts';
import type { KeptPoint, SeriesSummary } from './series-store.ts';

export interface PointsDeps extends IngestPorts {
	readonly requires: Requires;
}

const spaceParams = z.object({ space: spaceIdText });
const kpiParams = spaceParams.extend({ kpi: kpiIdText });
const security = [{ bearer: [] }];
const json = <Schema extends z.ZodType>(description: string, schema: Schema) => ({
	description,
	content: { 'application/json': { schema } }
});

/** Described here, read one by one in `ingest`: a wrong point must not take the others with it. */
const sentPoint = z.unknown().openapi({
	type: 'object',
	required: ['at', 'value'],
	properties: {
		at: { type: 'string', format: 'date-time', description: 'An instant with its zone.' },
		value: { type: 'number' },
		segment: { type: 'string', description: SEGMENT_RULE }
	}
});

const storedPoint = z.object({
	seq: z.number().int(),
	at: z.iso.datetime(),
	value: z.number(),
	segment: z.string().optional()
});

const push = (requires: Requires) =>
	createRoute({
		method: 'post',
		path: '/api/v1/spaces/{space}/kpis/{kpi}/points',
		summary: 'Send points of a KPI',
		description: `At most ${POINTS_PER_CALL_MAX} a call. A point for an instant that has one corrects it. Sending the same again adds nothing. The KPI needs no contract yet.`,
		security,
		middleware: requires.deed('points.write'),
		request: {
			params: kpiParams,
			body: {
				required: true,
				content: {
					'application/json': {
						schema: z.unknown().openapi({
							type: 'object',
							required: ['points'],
							properties: { points: { type: 'array', items: { $ref: '#/components/schemas/SentPoint' } } }
						})
					}
				}
			}
		},
		responses: {
			200: json(
				'What went in. `rejected` names each point that did not, by its index in the call.',
				z.object({
					added: z.number().int(),
					duplicates: z.number().int(),
					rejected: z.array(z.object({ index: z.number().int(), reason: z.string() }))
				})
			),
			...problemResponses
		}
	});

const read = (requires: Requires) =>
	createRoute({
		method: 'get',
		path: '/api/v1/spaces/{space}/kpis/{kpi}/points',
		summary: 'Read the current points of a KPI',
		security,
		middleware: requires.deed('points.read'),
		request: {
			params: kpiParams,
			query: z.object({
				after: z.coerce.number().int().min(0).default(0),
				limit: z.coerce.number().int().min(1).max(POINTS_PER_CALL_MAX).default(POINTS_PER_CALL_MAX)
			})
		},
		responses: {
			200: json(
				'In order of `seq`. Ask again with `after` set to `next` while there is one, and later to the highest `seq` seen.',
				z.object({ points: z.array(storedPoint), next: z.number().int().optional() })
			),
			...problemResponses
		}
	});

const list = (requires: Requires) =>
	createRoute({
		method: 'get',
		path: '/api/v1/spaces/{space}/kpis',
		summary: 'Which KPIs have points',
		security,
		middleware: requires.deed('points.read'),
		request: { params: spaceParams },
		responses: {
			200: json(
				'Whether they have a contract or not.',
				z.object({
					kpis: z.array(
						z.object({
							kpi: z.string(),
							count: z.number().int(),
							latestAt: z.iso.datetime(),
							seq: z.number().int()
						})
					)
				})
			),
			...problemResponses
		}
	});

/** The points API: pushing, reading, and the list of what there is. */
export function mountPoints(app: App, deps: PointsDeps): void {
	const { series, requires } = deps;
	app.openAPIRegistry.register('SentPoint', sentPoint);

	app.openapi(push(requires), async (context) => {
		const { kpi } = context.req.valid('param');
		const { space, id: author } = context.var.principal;
		const answer = await ingest(context.req.valid('json'), { space, kpi, author }, deps);
		return answer.ok ? context.json(answer.value, 200) : answerProblem(problemOf(answer.error));
	});

	app.openapi(read(requires), async (context) => {
		const { kpi } = context.req.valid('param');
		const { after, limit } = context.req.valid('query');
		const { space } = context.var.principal;
		const found = await series.read({ space, kpi }, { afterSeq: after, limit: limit + 1 });
		const points = found.slice(0, limit);
		const last = points.at(-1);
		const hasMore = found.length > limit && last;
		return context.json({ points: points.map(shownPoint), ...(hasMore ? { next: last.seq } : {}) }, 200);
	});

	app.openapi(list(requires), async (context) => {
		const kpis = await series.kpis(context.var.principal.space);
		return context.json({ kpis: kpis.map(shownKpi) }, 200);
	});
}

const shownPoint = ({ seq, atMs, value, segment }: KeptPoint) => ({
	seq,
	at: new Date(atMs).toISOString(),
	value,
	...(segment ? { segment } : {})
});

const shownKpi = ({ kpi, count, latestAtMs, seq }: SeriesSummary) => ({
	kpi,
	count,
	latestAt: new Date(latestAtMs).toISOString(),
	seq
});

const TITLES: Record<IngestRefused['code'], { title: string; status: 400 | 409 | 413 }> = {
	'points.malformed': { title: 'These are not points', status: 400 },
	'points.too-many': { title: 'Too many points in one call', status: 413 },
	'points.too-many-kpis': { title: 'Too many KPIs', status: 409 }
};

const problemOf = ({ code, sentence }: IngestRefused): Problem => ({
	type: code,
	...TITLES[code],
	detail: sentence
});
