import { createRoute, z } from '@hono/zod-openapi';
import type { Recorder } from '../audit/recorder.ts';
import type { Directory, TokenRecord } from '../auth/directory.ts';
import { createToken, revokeToken, type MembershipPorts } from '../auth/membership.ts';
import { spaceIdText, tokenLabel } from '../auth/schema.ts';
import { body, json, security } from './answers.ts';
import type { App } from './env.ts';
import { answerProblem, problemResponses, type Problem } from './problem.ts';
import type { Requires } from './requires.ts';

export interface TokenDeps {
	readonly directory: Directory;
	readonly requires: Requires;
	readonly membership: MembershipPorts;
	readonly recorder: Recorder;
}

/** Tokens for programs in one space. Each is one feed; more is a script that forgot to stop. */
export const TOKENS_PER_SPACE_MAX = 100;

/** A year and a day: whoever uses it notices in time. */
const DAYS_MAX = 366;
const DAY_MS = 24 * 60 * 60 * 1000;

const params = z.object({ space: spaceIdText });

/** What a program may do: push points, read everything, or read and write everything. */
const scope = z.enum(['points', 'read', 'write']);

const tokenSchema = z.object({
	id: z.string(),
	/** `points` pushes numbers and nothing else; a `tool` reads, or reads and writes. */
	kind: z.enum(['points', 'tool']),
	scope,
	label: z.string(),
	createdAt: z.iso.datetime(),
	/** Absent for one that lasts until it is withdrawn. */
	expiresAt: z.iso.datetime().optional()
});

const list = (requires: Requires) =>
	createRoute({
		method: 'get',
		path: '/api/v1/spaces/{space}/tokens',
		summary: 'The tokens that programs have for this space, oldest first',
		security,
		middleware: requires.deed('token.create'),
		request: { params },
		responses: {
			200: json(
				'Without the secrets: they were shown when they were made.',
				z.object({ tokens: z.array(tokenSchema) })
			),
			...problemResponses
		}
	});

const create = (requires: Requires) =>
	createRoute({
		method: 'post',
		path: '/api/v1/spaces/{space}/tokens',
		summary: 'Make a token for a program',
		security,
		middleware: requires.deed('token.create'),
		request: {
			params,
			body: body(
				z.object({
					label: tokenLabel,
					scope: scope.default('points'),
					/** How long it opens something; without it, until it is withdrawn. */
					days: z.number().int().min(1).max(DAYS_MAX).optional()
				})
			)
		},
		responses: {
			201: json('`token` is shown this once.', tokenSchema.extend({ token: z.string() })),
			...problemResponses
		}
	});

const revoke = (requires: Requires) =>
	createRoute({
		method: 'delete',
		path: '/api/v1/spaces/{space}/tokens/{token}',
		summary: 'Withdraw a token; what it has open is closed at once',
		security,
		middleware: requires.deed('token.create'),
		request: { params: params.extend({ token: z.string().max(96) }) },
		responses: { 204: { description: 'It opens nothing any more.' }, ...problemResponses }
	});

export function mountTokens(app: App, { directory, requires, membership, recorder }: TokenDeps): void {
	const { clock } = membership;

	app.openapi(list(requires), (context) => {
		const tokens = openTokens(directory, context.var.principal.space, clock.nowMs());
		return context.json({ tokens: tokens.map(shown) }, 200);
	});

	app.openapi(create(requires), (context) => {
		const { space } = context.var.principal;
		if (openTokens(directory, space, clock.nowMs()).length >= TOKENS_PER_SPACE_MAX) {
			return answerProblem(tooManyTokens);
		}
		const { label, scope: wanted, days } = context.req.valid('json');
		const expiresAtMs = days === undefined ? undefined : clock.nowMs() + days * DAY_MS;
		const about = { space, label, expiresAtMs };
		const { secret, record } =
			wanted === 'points'
				? createToken({ ...about, kind: 'points' }, membership)
				: createToken({ ...about, kind: 'tool', role: wanted === 'read' ? 'viewer' : 'editor' }, membership);
		const detail = { scope: wanted, ...(days !== undefined && { days }) };
		recorder.done(context, { action: 'token.created', space, target: record.id, detail });
		return context.json({ ...shown(record), token: secret }, 201);
	});

	app.openapi(revoke(requires), (context) => {
		const { space } = context.var.principal;
		const { token } = context.req.valid('param');
		const isProgram = directory.tokens(space, ['points', 'tool']).some(({ id }) => id === token);
		if (!isProgram || !revokeToken(space, token, membership)) return answerProblem(unknownToken);
		recorder.done(context, { action: 'token.revoked', space, target: token });
		return context.body(null, 204);
	});
}

const openTokens = (directory: Directory, space: TokenRecord['space'], nowMs: number) =>
	directory.tokens(space, ['points', 'tool']).filter(({ expiresAtMs }) => (expiresAtMs ?? Infinity) > nowMs);

const shown = ({ id, kind, role, label, createdAtMs, expiresAtMs }: TokenRecord) => ({
	id,
	kind: kind === 'tool' ? ('tool' as const) : ('points' as const),
	scope: kind === 'points' ? ('points' as const) : role === 'viewer' ? ('read' as const) : ('write' as const),
	label,
	createdAt: new Date(createdAtMs).toISOString(),
	...(expiresAtMs !== undefined && { expiresAt: new Date(expiresAtMs).toISOString() })
});

const tooManyTokens: Problem = {
	type: 'token.too-many',
	title: 'Too many tokens',
	status: 409,
	detail: `This space has ${TOKENS_PER_SPACE_MAX} tokens. Withdraw one that is no longer used, then make the new one.`
};

const unknownToken: Problem = {
	type: 'token.unknown',
	title: 'No such token',
	status: 404,
	detail: 'This token was withdrawn already, or never was. Look at the list again.'
};
