import { createHash } from 'node:crypto';
import { createRoute, z } from '@hono/zod-openapi';
import { rowId, type PersonId, type RowId, type SpaceId } from '#lib/domain/id.ts';
import { MARKER_LABEL_LENGTH_MAX, markerKind, type Marker } from '#lib/domain/kpi.ts';
import { kpisDoc } from '#lib/kinds/kpis/doc.ts';
import { FUTURE_MS_MAX } from '#lib/protocol/limits.ts';
import { spaceIdText } from '../auth/schema.ts';
import { body, json, security } from '../http/answers.ts';
import type { App } from '../http/env.ts';
import { answerProblem, problemResponses, type Problem } from '../http/problem.ts';
import type { Requires } from '../http/requires.ts';
import type { DocStore } from '../sync/doc-store.ts';
import type { SyncServer } from '../sync/sync-server.ts';
import { kpisName, readKpis } from './kpis-document.ts';
import { kpiIdText } from './kpi-id-text.ts';

export interface MarkerDeps {
	readonly requires: Requires;
	readonly docs: Pick<DocStore, 'load' | 'loadState'>;
	readonly sync: Pick<SyncServer, 'edit'>;
	readonly nowMs: () => number;
}

/** Markers of one space. They are read whole by every device; a loop that pins one a minute would reach it in days. */
export const MARKERS_MAX = 5_000;

const IDEMPOTENCY_KEY = 'idempotency-key';
const IDEMPOTENCY_KEY_LENGTH_MAX = 200;

const params = z.object({ space: spaceIdText });

const markerSchema = z.object({
	id: z.string(),
	at: z.iso.datetime(),
	kind: z.enum(markerKind.options),
	label: z.string(),
	kpi: z.string().optional()
});

const pinned = z.object({
	at: z.iso
		.datetime({
			offset: true,
			error: 'at must be an ISO 8601 instant with its zone, such as 2026-06-08T10:05:00Z.'
		})
		.optional()
		.openapi({ description: 'When it was. Absent: now.' }),
	kind: z.enum(markerKind.options),
	label: z
		.string()
		.trim()
		.min(1)
		.max(MARKER_LABEL_LENGTH_MAX)
		.openapi({ description: 'What stands at the line: “v2.14.0”.' }),
	kpi: kpiIdText
		.optional()
		.openapi({ type: 'string', description: 'On the chart of this one KPI. Absent: on every chart.' })
});

const pin = (requires: Requires) =>
	createRoute({
		method: 'post',
		path: '/api/v1/spaces/{space}/markers',
		summary: 'Pin a release, an incident or a note to the charts',
		description:
			'For a pipeline that deploys or a pager that rings: `curl -H "Authorization: Bearer $TOKEN" -H "Idempotency-Key: v2.14.0" --json \'{"kind":"release","label":"v2.14.0"}\' $URL/api/v1/spaces/$SPACE/markers`. With an `Idempotency-Key` the same call made again pins nothing more and answers 200 with what is there.',
		security,
		middleware: requires.deed('points.write'),
		request: {
			params,
			headers: z.object({ [IDEMPOTENCY_KEY]: z.string().min(1).max(IDEMPOTENCY_KEY_LENGTH_MAX).optional() }),
			body: body(pinned)
		},
		responses: {
			200: json('It had been pinned by this key before.', markerSchema),
			201: json('It is on the charts now.', markerSchema),
			...problemResponses
		}
	});

const list = (requires: Requires) =>
	createRoute({
		method: 'get',
		path: '/api/v1/spaces/{space}/markers',
		summary: 'What is pinned to the charts of a space, latest moment first',
		security,
		middleware: requires.deed('points.read'),
		request: { params },
		responses: {
			200: json('All of them.', z.object({ markers: z.array(markerSchema) })),
			...problemResponses
		}
	});

/** Markers over HTTP: what somebody pins by hand on the page of a KPI, pinned by a program. */
export function mountMarkers(app: App, { requires, docs, sync, nowMs }: MarkerDeps): void {
	app.openapi(pin(requires), async (context) => {
		const { space, id: author, person } = context.var.principal;
		const { at, kind, label, kpi } = context.req.valid('json');
		const atMs = at === undefined ? nowMs() : Date.parse(at);
		if (atMs > nowMs() + FUTURE_MS_MAX) return answerProblem(ahead);
		const { kpis, markers } = await readKpis(docs, space);
		if (kpi !== undefined && !kpis.some(({ id }) => id === kpi)) return answerProblem(unknownKpi(kpi));
		const key = context.req.valid('header')[IDEMPOTENCY_KEY];
		const id = key === undefined ? undefined : idFor(space, author, key);
		const known = markers.find((one) => one.id === id);
		if (known) return context.json(shown(known), 200);
		if (markers.length >= MARKERS_MAX) return answerProblem(tooMany);

		const fields = { at: new Date(atMs).toISOString(), kind, label, ...(kpi !== undefined && { kpi }) };
		let made = id;
		await sync.edit(kpisName(space), author, (doc) => {
			// A program has no person: what it pins stands under its own name in the history.
			made = kpisDoc.commands(doc, person ?? (author as PersonId)).pinMarker(fields, id);
		});
		const now = (await readKpis(docs, space)).markers.find((one) => one.id === made);
		return now ? context.json(shown(now), 201) : answerProblem(removed);
	});

	app.openapi(list(requires), async (context) => {
		const { markers } = await readKpis(docs, context.var.principal.space);
		const latestFirst = markers.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at));
		return context.json({ markers: latestFirst.map(shown) }, 200);
	});
}

/** The same for the same caller and key, so that two calls at once make one marker too. */
function idFor(space: SpaceId, author: string, key: string): RowId {
	const hash = createHash('sha256')
		.update(JSON.stringify([space, author, key]))
		.digest('hex');
	return rowId.parse(`k-${hash.slice(0, 24)}`);
}

const shown = ({ id, at, kind, label, kpi }: Marker) => ({
	id,
	at,
	kind,
	label,
	...(kpi !== undefined && { kpi })
});

const ahead: Problem = {
	type: 'marker.ahead',
	title: 'That moment has not come',
	status: 400,
	detail: 'at lies more than 24 hours ahead of the server’s clock. Nothing was pinned.'
};

const unknownKpi = (kpi: string): Problem => ({
	type: 'marker.unknown-kpi',
	title: 'No such KPI',
	status: 404,
	detail: `This space has no KPI “${kpi}”. Leave kpi out to pin it to every chart. Nothing was pinned.`
});

const removed: Problem = {
	type: 'marker.removed',
	title: 'It was removed',
	status: 409,
	detail:
		'This Idempotency-Key pinned a marker before, and somebody removed it. Use another key to pin it again.'
};

const tooMany: Problem = {
	type: 'marker.too-many',
	title: 'Too many markers',
	status: 409,
	detail: `This space has ${MARKERS_MAX} markers, the most there may be. Remove old ones first. Nothing was pinned.`
};
