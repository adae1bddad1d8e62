import { createRoute, z } from '@hono/zod-openapi';
import { slotOf } from '#lib/domain/person.ts';
import type { Directory } from '../auth/directory.ts';
import { join, replaceInvite, type MembershipPorts } from '../auth/membership.ts';
import { personIdText, personName, secret, spaceIdText } from '../auth/schema.ts';
import { Attempts } from './attempts.ts';
import { bodyUpTo } from './body-limit.ts';
import { bearerToken } from './authorise.ts';
import { clientAddress } from './client-address.ts';
import type { App } from './env.ts';
import { answerProblem, problemResponses, tooManyAttempts, type Problem } from './problem.ts';
import type { Requires } from './requires.ts';

export interface SpaceDeps {
	readonly directory: Directory;
	readonly requires: Requires;
	readonly membership: MembershipPorts;
}

/** Wrong invites a minute from one address. A whole team behind one office address mistypes less. */
const WRONG_PER_ADDRESS_MAX = 30;

/** Whoever joins is a stranger yet. */
const JOIN_BYTES_MAX = 4 * 1024;

const params = z.object({ space: spaceIdText });
const security = [{ bearer: [] }];
const json = <Schema extends z.ZodType>(description: string, schema: Schema) => ({
	description,
	content: { 'application/json': { schema } }
});

const describeSpace = (requires: Requires) =>
	createRoute({
		method: 'get',
		path: '/api/v1/spaces/{space}',
		summary: 'What a token opens, and as whom',
		security,
		middleware: requires.deed('space.read'),
		request: { params },
		responses: {
			200: json(
				'`person` is absent for a tool.',
				z.object({
					space: z.string(),
					title: z.string(),
					timeZone: z.string(),
					role: z.string(),
					name: z.string(),
					person: z.string().optional()
				})
			),
			...problemResponses
		}
	});

const listMembers = (requires: Requires) =>
	createRoute({
		method: 'get',
		path: '/api/v1/spaces/{space}/members',
		summary: 'Who is in a space, in the order they joined',
		security,
		middleware: requires.deed('space.read'),
		request: { params },
		responses: {
			200: json(
				'`slot` is the presence colour, 1-8.',
				z.object({
					members: z.array(
						z.object({ person: z.string(), name: z.string(), role: z.string(), slot: z.number().int() })
					)
				})
			),
			...problemResponses
		}
	});

const joinSpace = createRoute({
	method: 'post',
	path: '/api/v1/spaces/{space}/members',
	summary: 'Join with an invite',
	description:
		'A device that is in already sends its token as well: it keeps its person and token, and only the name may ' +
		'change. A `person` that is new here is kept; one that somebody has is not.',
	middleware: bodyUpTo(JOIN_BYTES_MAX),
	request: {
		params,
		body: {
			required: true,
			content: {
				'application/json': {
					schema: z.object({ invite: secret, name: personName, person: personIdText.optional() })
				}
			}
		}
	},
	responses: {
		201: json(
			'The token is shown this once.',
			z.object({ person: z.string(), role: z.string(), token: z.string().optional(), title: z.string() })
		),
		...problemResponses
	}
});

const inviteState = (requires: Requires) =>
	createRoute({
		method: 'get',
		path: '/api/v1/spaces/{space}/invite',
		summary: 'Whether there is an invite link, and since when',
		security,
		middleware: requires.deed('space.invite'),
		request: { params },
		responses: {
			200: json(
				'The link itself was shown when it was made and cannot be shown again. `createdAt` is absent without one.',
				z.object({ exists: z.boolean(), createdAt: z.iso.datetime().optional() })
			),
			...problemResponses
		}
	});

const newInvite = (requires: Requires) =>
	createRoute({
		method: 'post',
		path: '/api/v1/spaces/{space}/invite',
		summary: 'Make a new invite; the old link no longer lets anybody in',
		security,
		middleware: requires.deed('space.invite'),
		request: { params },
		responses: {
			201: json('Shown this once.', z.object({ invite: z.string() })),
			...problemResponses
		}
	});

export function mountSpaces(app: App, { directory, requires, membership }: SpaceDeps): void {
	const wrongInvites = new Attempts(membership.clock, WRONG_PER_ADDRESS_MAX);

	app.openapi(describeSpace(requires), (context) => {
		const { space, role, name, person } = context.var.principal;
		const { title, timeZone } = directory.space(space) ?? { title: '', timeZone: 'UTC' };
		return context.json({ space, title, timeZone, role, name, ...(person && { person }) }, 200);
	});

	app.openapi(listMembers(requires), (context) => {
		const members = directory.members(context.var.principal.space);
		return context.json(
			{
				members: members.map(({ person, name, role, index }) => ({ person, name, role, slot: slotOf(index) }))
			},
			200
		);
	});

	app.openapi(joinSpace, (context) => {
		const { space } = context.req.valid('param');
		const { invite, name, person } = context.req.valid('json');
		const address = clientAddress(context.env.incoming);
		const waitSeconds = wrongInvites.waitSeconds(address);
		if (waitSeconds > 0) return tooManyAttempts(waitSeconds);
		const held = bearerToken(context.req.raw);
		const joined = join({ space, invite, name, person, held, account: undefined }, membership);
		if (joined.ok) {
			const { isNew: _isNew, ...answer } = joined.value;
			return context.json(answer, 201);
		}
		if (joined.error.code === 'space.full') return answerProblem(spaceFull);
		wrongInvites.failed(address);
		return answerProblem(unknownInvite);
	});

	app.openapi(inviteState(requires), (context) => {
		const [invite] = directory.tokens(context.var.principal.space, ['invite']);
		if (!invite) return context.json({ exists: false }, 200);
		return context.json({ exists: true, createdAt: new Date(invite.createdAtMs).toISOString() }, 200);
	});

	app.openapi(newInvite(requires), (context) =>
		context.json({ invite: replaceInvite(context.var.principal.space, 'editor', membership) }, 201)
	);
}

const unknownInvite: Problem = {
	type: 'invite.unknown',
	title: 'This invite link does not work',
	status: 403,
	detail: 'The invite link was replaced or is incomplete. Ask somebody in the space for the present one.'
};

const spaceFull: Problem = {
	type: 'space.full',
	title: 'The space is full',
	status: 409,
	detail: 'This space has as many people as it can hold. Ask an owner to make another one.'
};
