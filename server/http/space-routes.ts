import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { slotOf } from '#lib/domain/person.ts';
import { ACCOUNT_HEADER } from '#lib/protocol/names.ts';
import type { Recorder } from '../audit/recorder.ts';
import type { Access } from '../auth/access.ts';
import type { AccountId, Directory } from '../auth/directory.ts';
import { join, type MembershipPorts } from '../auth/membership.ts';
import { personIdText, personName, secret, spaceIdText } from '../auth/schema.ts';
import { body, json, security } from './answers.ts';
import { Attempts } from './attempts.ts';
import { bodyUpTo } from './body-limit.ts';
import { bearerToken } from './authorise.ts';
import { clientAddress } from './client-address.ts';
import type { App } from './env.ts';
import { answerProblem, problemResponses, tooManyAttempts, type Problem } from './problem.ts';
import type { Requires } from './requires.ts';

export interface SpaceDeps {
	readonly directory: Directory;
	readonly access: Access;
	readonly requires: Requires;
	readonly membership: MembershipPorts;
	readonly recorder: Recorder;
	/** Whether one comes in with an account only. */
	readonly needsAccount: boolean;
}

/** Wrong invites a minute from one address. A whole team behind one office address mistypes less. */
const WRONG_PER_ADDRESS_MAX = 30;

/** Whoever joins is a stranger yet. */
const JOIN_BYTES_MAX = 4 * 1024;

const params = z.object({ space: spaceIdText });

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
		body: body(z.object({ invite: secret, name: personName, person: personIdText.optional() }))
	},
	responses: {
		201: json(
			'The token is shown this once; there is none for who is signed in to an account.',
			z.object({ person: z.string(), role: z.string(), token: z.string().optional(), title: z.string() })
		),
		...problemResponses
	}
});

export function mountSpaces(app: App, deps: SpaceDeps): void {
	const { directory, requires, membership, recorder } = deps;
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

	app.openapi(joinSpace, async (context) => {
		const { space } = context.req.valid('param');
		const { invite, name, person } = context.req.valid('json');
		const address = clientAddress(context.env.incoming);
		const waitSeconds = wrongInvites.waitSeconds(address);
		if (waitSeconds > 0) return tooManyAttempts(waitSeconds);
		const held = bearerToken(context.req.raw);
		const account = await accountOf(context, deps.access);
		const needsAccount = deps.needsAccount || context.req.header(ACCOUNT_HEADER) !== undefined;
		if (needsAccount && account === undefined && held === undefined) return answerProblem(accountFirst);
		const joined = join({ space, invite, name, person, held, account }, membership);
		if (joined.ok) {
			const { isNew, ...answer } = joined.value;
			const actor = { kind: 'person', id: answer.person } as const;
			if (isNew)
				recorder.done(context, { action: 'member.joined', space, actor, detail: { role: answer.role } });
			return context.json(answer, 201);
		}
		if (joined.error.code === 'space.full') return answerProblem(spaceFull);
		wrongInvites.failed(address);
		return answerProblem(unknownInvite);
	});
}

/** The account that is signed in where this comes from. */
async function accountOf({ req }: Context, access: Access): Promise<AccountId | undefined> {
	const credential = await access.identify({
		token: undefined,
		cookie: req.header('cookie'),
		account: req.header(ACCOUNT_HEADER)
	});
	return credential?.is === 'session' ? credential.account : undefined;
}

const accountFirst: Problem = {
	type: 'account.required',
	title: 'Sign in first',
	status: 401,
	detail: 'On this Downbeat people have accounts. Sign in or make one, then open the invite link again.'
};

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
