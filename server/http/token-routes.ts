import { createRoute, z } from '@hono/zod-openapi';
import type { Directory, TokenRecord } from '../auth/directory.ts';
import { createToken, revokeToken, type MembershipPorts } from '../auth/membership.ts';
import { spaceIdText, tokenLabel } from '../auth/schema.ts';
import type { App } from './env.ts';
import { answerProblem, problemResponses, type Problem } from './problem.ts';
import type { Requires } from './requires.ts';

export interface TokenDeps {
	readonly directory: Directory;
	readonly requires: Requires;
	readonly membership: MembershipPorts;
}

/** Tokens for programs in one space. Each is one feed; more is a script that forgot to stop. */
export const TOKENS_PER_SPACE_MAX = 100;

const params = z.object({ space: spaceIdText });
const security = [{ bearer: [] }];

const tokenSchema = z.object({
	id: z.string(),
	/** `points` pushes numbers and nothing else; `tool` was made on the command line and writes like an editor. */
	kind: z.enum(['points', 'tool']),
	label: z.string(),
	createdAt: z.iso.datetime()
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
			200: {
				description: 'Without the secrets: they were shown when they were made.',
				content: { 'application/json': { schema: z.object({ tokens: z.array(tokenSchema) }) } }
			},
			...problemResponses
		}
	});

const create = (requires: Requires) =>
	createRoute({
		method: 'post',
		path: '/api/v1/spaces/{space}/tokens',
		summary: 'Make a token that can push points',
		security,
		middleware: requires.deed('token.create'),
		request: {
			params,
			body: {
				required: true,
				content: { 'application/json': { schema: z.object({ label: tokenLabel }) } }
			}
		},
		responses: {
			201: {
				description: '`token` is shown this once.',
				content: { 'application/json': { schema: tokenSchema.extend({ token: z.string() }) } }
			},
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

export function mountTokens(app: App, { directory, requires, membership }: TokenDeps): void {
	app.openapi(list(requires), (context) => {
		const tokens = directory.tokens(context.var.principal.space, ['points', 'tool']);
		return context.json({ tokens: tokens.map(shown) }, 200);
	});

	app.openapi(create(requires), (context) => {
		const { space } = context.var.principal;
		if (directory.tokens(space, ['points', 'tool']).length >= TOKENS_PER_SPACE_MAX) {
			return answerProblem(tooManyTokens);
		}
		const { label } = context.req.valid('json');
		const { secret, record } = createToken({ space, kind: 'points', label }, membership);
		return context.json({ ...shown(record), token: secret }, 201);
	});

	app.openapi(revoke(requires), (context) => {
		const { space } = context.var.principal;
		const { token } = context.req.valid('param');
		const isProgram = directory.tokens(space, ['points', 'tool']).some(({ id }) => id === token);
		if (!isProgram || !revokeToken(space, token, membership)) return answerProblem(unknownToken);
		return context.body(null, 204);
	});
}

const shown = ({ id, kind, label, createdAtMs }: TokenRecord) => ({
	id,
	kind: kind === 'tool' ? ('tool' as const) : ('points' as const),
	label,
	createdAt: new Date(createdAtMs).toISOString()
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
