import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { CLOSE, type CloseReason } from '#lib/protocol/close.ts';
import { LINE_BODY_BYTES_MAX, LINES_PER_WAIT_MAX } from '#lib/protocol/limits.ts';
import { LINE_PROBLEM, type LineEnd } from '#lib/protocol/line.ts';
import { PROTOCOL_PARAM, TOKEN_PARAM } from '#lib/protocol/messages.ts';
import { ACCOUNT_HEADER, ACCOUNT_PARAM, SYNC_PATH } from '#lib/protocol/names.ts';
import { documentIdText, spaceIdText } from '../auth/schema.ts';
import { bearerToken } from '../http/authorise.ts';
import { body, json, security } from '../http/answers.ts';
import { bodyUpTo } from '../http/body-limit.ts';
import type { App, AuthorisedEnv } from '../http/env.ts';
import { answerProblem, problemResponses, type Problem } from '../http/problem.ts';
import type { Requires } from '../http/requires.ts';
import type { Refusal, Upgrade } from '../sync/admission.ts';
import type { LineOwner } from './line.ts';
import type { Lines } from './lines.ts';

export interface LineDeps {
	readonly requires: Requires;
	readonly lines: Lines;
}

const params = z.object({ space: spaceIdText, document: documentIdText });
const lineId = z.string().min(1).max(64);
const oneLine = params.extend({ line: lineId });
const offset = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const base = '/api/v1/spaces/{space}/documents/{document}/line';
const binary = { 'application/octet-stream': { schema: z.string().openapi({ format: 'binary' }) } };

const beginOne = (requires: Requires) =>
	createRoute({
		method: 'post',
		path: base,
		summary: 'Begin what a websocket would: a session with a document, over requests',
		description:
			'For networks that let no websocket through. A line is for whoever began it, and ends 45 seconds after it was ' +
			'last asked for. A problem whose type begins with “sync.” names the reason for which a websocket would be closed.',
		security,
		middleware: requires.deed('document.read'),
		request: { params, query: z.object({ [PROTOCOL_PARAM]: z.string().max(16).optional() }) },
		responses: {
			201: json('The line. Its id is a secret.', z.object({ line: z.string() })),
			...problemResponses
		}
	});

const sendOn = (requires: Requires) =>
	createRoute({
		method: 'post',
		path: `${base}/{line}`,
		summary: 'Send frames',
		description:
			'The body is a piece of a stream of frames, each led by its length as a varint; it begins at byte `at` of the ' +
			'stream. Bytes that came before are passed over, so a request may be repeated.',
		security,
		middleware: [requires.deed('document.read'), bodyUpTo(LINE_BODY_BYTES_MAX)] as const,
		request: {
			params: oneLine,
			query: z.object({ at: offset.default(0) }),
			body: { required: true, content: binary }
		},
		responses: { 204: { description: 'They were heard.' }, ...problemResponses }
	});

const endOne = (requires: Requires) =>
	createRoute({
		method: 'delete',
		path: `${base}/{line}`,
		summary: 'End a line',
		security,
		middleware: requires.deed('document.read'),
		request: { params: oneLine },
		responses: { 204: { description: 'It is over.' }, ...problemResponses }
	});

const waitForAny = (requires: Requires) =>
	createRoute({
		method: 'post',
		path: '/api/v1/spaces/{space}/lines/wait',
		summary: 'Wait for what is said on lines',
		description:
			'One request waits for all lines of a page, 20 seconds at most. `after` is how many bytes of a line are there: ' +
			'they are forgotten, and what follows is told again until it is confirmed so. A second request for a line ends ' +
			'the first.',
		security,
		middleware: requires.deed('document.read'),
		request: {
			params: params.pick({ space: true }),
			body: body(
				z.object({
					lines: z
						.array(z.object({ line: lineId, after: offset }))
						.min(1)
						.max(LINES_PER_WAIT_MAX)
				})
			)
		},
		responses: {
			200: {
				description:
					'For each line that has news: its index in the request, the byte at which its piece begins, the piece led by ' +
					'its length, and 0, or the close code and the sentence when it ended. Numbers are varints.',
				content: binary
			},
			...problemResponses
		}
	});

/** What a websocket does, over requests that a proxy takes for any other. */
export function mountLines(app: App, { requires, lines }: LineDeps): void {
	app.openapi(beginOne(requires), async (context) => {
		const begun = await lines.begin(upgradeOf(context), ownerOf(context));
		if (!begun.ok) return answerProblem(refusalProblem(begun.error));
		return context.json({ line: begun.value }, 201);
	});

	app.openapi(sendOn(requires), async (context) => {
		const line = lines.find(context.req.valid('param').line, ownerOf(context));
		if (!line) return answerProblem(unknownLine);
		const bytes = new Uint8Array(await context.req.arrayBuffer());
		const how = await lines.take(line, context.req.valid('query').at, bytes);
		if (how === 'gap') return answerProblem(gap);
		if (how === 'ended' && line.end) return answerProblem(endedLine(line.end));
		return context.body(null, 204);
	});

	app.openapi(endOne(requires), (context) => {
		const { line: id } = context.req.valid('param');
		const line = lines.find(id, ownerOf(context));
		if (!line) return answerProblem(unknownLine);
		lines.end(id, line);
		return context.body(null, 204);
	});

	app.openapi(waitForAny(requires), async (context) => {
		const { lines: asks } = context.req.valid('json');
		const news = await lines.wait(asks, ownerOf(context), context.req.raw.signal);
		return context.body(news, 200, { 'content-type': 'application/octet-stream' });
	});
}

const ownerOf = ({ var: { principal } }: Context<AuthorisedEnv>): LineOwner => ({
	space: principal.space,
	principal: principal.id
});

/** The handshake that a websocket would begin with. It goes no further than the sync server. */
function upgradeOf({ req }: Context): Upgrade {
	const query = new URLSearchParams();
	const put = (name: string, value: string | undefined) => value !== undefined && query.set(name, value);
	put(TOKEN_PARAM, bearerToken(req.raw));
	put(ACCOUNT_PARAM, req.header(ACCOUNT_HEADER));
	put(PROTOCOL_PARAM, req.query(PROTOCOL_PARAM));
	const url = `${SYNC_PATH}${req.param('space')}/${req.param('document')}?${query}`;
	return { url, headers: { cookie: req.header('cookie') } };
}

const STATUS: Record<CloseReason, number> = {
	malformed: 400,
	signedOut: 401,
	forbidden: 403,
	notFound: 404,
	version: 409,
	changed: 409,
	tooSlow: 409,
	tooLarge: 413,
	tooMany: 429,
	notStored: 507,
	restart: 503
};

const refusalProblem = ({ reason, sentence }: Refusal): Problem => ({
	type: `${LINE_PROBLEM}${reason}`,
	title: `A websocket would be closed with ${CLOSE[reason]}`,
	status: STATUS[reason],
	detail: sentence || 'The server is busy. Try again in a moment.'
});

const unknownLine: Problem = {
	type: 'line.unknown',
	title: 'No such line',
	status: 404,
	detail: 'This line ended, or was not begun by you. Begin another one.'
};

const gap: Problem = {
	type: 'line.gap',
	title: 'Bytes are missing',
	status: 409,
	detail: 'What came before these bytes never arrived. Send it first, or begin another line.'
};

/** Why, is told to whoever waits for it, after what was said before the end. */
const endedLine = ({ sentence }: LineEnd): Problem => ({
	type: 'line.ended',
	title: 'The line has ended',
	status: 410,
	detail: sentence || 'This line has ended. Begin another one.'
});
