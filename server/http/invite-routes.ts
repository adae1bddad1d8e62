import { createRoute, z } from '@hono/zod-openapi';
import type { Role } from '#lib/domain/access.ts';
import type { Recorder } from '../audit/recorder.ts';
import type { Principal } from '../auth/access.ts';
import type { Directory, TokenRecord } from '../auth/directory.ts';
import {
	INVITATION_MS,
	inviteOne,
	replaceInvite,
	revokeToken,
	type MembershipPorts
} from '../auth/membership.ts';
import { emailAddress, spaceIdText } from '../auth/schema.ts';
import type { Mailer } from '../identity/mailer.ts';
import { invitationMail } from '../identity/mails.ts';
import { body, json, security } from './answers.ts';
import type { App } from './env.ts';
import { answerProblem, problemResponses, type Problem } from './problem.ts';
import type { Requires } from './requires.ts';

export interface InviteDeps {
	readonly directory: Directory;
	readonly requires: Requires;
	readonly membership: MembershipPorts;
	readonly recorder: Recorder;
	/** Absent on a server that sends no mail. */
	readonly mailer: Mailer | undefined;
	/** Where people find this server. */
	readonly address: () => string;
	readonly mailFailed: (error: unknown) => void;
}

/** Invitations to single people that wait in one space: a team, not a mailing list. */
const INVITATIONS_MAX = 200;

const params = z.object({ space: spaceIdText });
const linkRole = z.enum(['editor', 'commenter', 'viewer']);

const invitation = z.object({
	id: z.string(),
	address: z.string(),
	role: z.string(),
	createdAt: z.iso.datetime(),
	expiresAt: z.iso.datetime()
});

const inviteState = (requires: Requires) =>
	createRoute({
		method: 'get',
		path: '/api/v1/spaces/{space}/invite',
		summary: 'Which invite links there are, and who was invited and has not come yet',
		security,
		middleware: requires.deed('space.invite'),
		request: { params },
		responses: {
			200: json(
				'The links themselves were shown when they were made and cannot be shown again. `createdAt` is of the link for editors.',
				z.object({
					exists: z.boolean(),
					createdAt: z.iso.datetime().optional(),
					links: z.array(z.object({ id: z.string(), role: z.string(), createdAt: z.iso.datetime() })),
					invitations: z.array(invitation),
					sendsMail: z.boolean()
				})
			),
			...problemResponses
		}
	});

const newInvite = (requires: Requires) =>
	createRoute({
		method: 'post',
		path: '/api/v1/spaces/{space}/invite',
		summary: 'Make a new invite link for a role; the old link of that role no longer lets anybody in',
		security,
		middleware: requires.deed('space.invite'),
		request: { params, query: z.object({ role: linkRole.default('editor') }) },
		responses: {
			201: json('Shown this once.', z.object({ invite: z.string(), role: z.string() })),
			...problemResponses
		}
	});

const invitePerson = (requires: Requires) =>
	createRoute({
		method: 'post',
		path: '/api/v1/spaces/{space}/invitations',
		summary: 'Invite one person, by mail where this server sends mail',
		security,
		middleware: requires.deed('space.invite'),
		request: {
			params,
			body: body(
				z.object({ address: emailAddress, role: z.enum(['owner', 'editor', 'commenter', 'viewer']) })
			)
		},
		responses: {
			201: json(
				'`isSent` says whether a mail is on its way. The invite is shown this once, to be handed over otherwise.',
				invitation.extend({ invite: z.string(), isSent: z.boolean() })
			),
			...problemResponses
		}
	});

const withdraw = (requires: Requires) =>
	createRoute({
		method: 'delete',
		path: '/api/v1/spaces/{space}/invite/{token}',
		summary: 'Withdraw an invite link or an invitation; who has joined stays in',
		security,
		middleware: requires.deed('space.invite'),
		request: { params: params.extend({ token: z.string().max(96) }) },
		responses: { 204: { description: 'It lets nobody in any more.' }, ...problemResponses }
	});

export function mountInvites(app: App, deps: InviteDeps): void {
	const { directory, requires, membership, recorder } = deps;

	app.openapi(inviteState(requires), (context) => {
		const invites = openInvites(directory, context.var.principal, membership.clock.nowMs());
		const links = invites.filter(({ isForOne }) => !isForOne);
		const forEditors = links.find(({ role }) => role === 'editor');
		return context.json(
			{
				exists: forEditors !== undefined,
				...(forEditors && { createdAt: iso(forEditors.createdAtMs) }),
				links: links.map(({ id, role, createdAtMs }) => ({ id, role, createdAt: iso(createdAtMs) })),
				invitations: invites.filter(({ isForOne }) => isForOne).map(shown),
				sendsMail: deps.mailer !== undefined
			},
			200
		);
	});

	app.openapi(newInvite(requires), (context) => {
		const { space } = context.var.principal;
		const { role } = context.req.valid('query');
		const invite = replaceInvite(space, role, membership);
		recorder.done(context, { action: 'invite.replaced', space, detail: { role } });
		return context.json({ invite, role }, 201);
	});

	app.openapi(invitePerson(requires), async (context) => {
		const { principal } = context.var;
		const { space } = principal;
		const { address, role } = context.req.valid('json');
		if (role === 'owner' && principal.role !== 'owner') return answerProblem(ownersOnly);
		const waiting = openInvites(directory, principal, membership.clock.nowMs());
		if (waiting.length >= INVITATIONS_MAX) return answerProblem(tooMany);
		for (const { id, label, isForOne } of waiting)
			if (isForOne && label === address) revokeToken(space, id, membership);
		const { secret, record } = inviteOne({ space, role, address }, membership);
		recorder.done(context, { action: 'member.invited', space, target: record.id, detail: { role } });
		const isSent = await send(deps, { principal, address, role, secret });
		return context.json({ ...shown(record), invite: secret, isSent }, 201);
	});

	app.openapi(withdraw(requires), (context) => {
		const { space } = context.var.principal;
		const { token } = context.req.valid('param');
		const isInvite = directory.tokens(space, ['invite']).some(({ id }) => id === token);
		if (!isInvite || !revokeToken(space, token, membership)) return answerProblem(unknownInvite);
		recorder.done(context, { action: 'token.revoked', space, target: token, detail: { kind: 'invite' } });
		return context.body(null, 204);
	});
}

/** Whether a mail is on its way. That it is not is no reason to refuse: the link can be handed over otherwise. */
async function send(
	{ mailer, address: origin, directory, mailFailed }: InviteDeps,
	{ principal, address, role, secret }: { principal: Principal; address: string; role: Role; secret: string }
): Promise<boolean> {
	if (!mailer) return false;
	const title = directory.space(principal.space)?.title ?? principal.space;
	const link = `${origin()}/${principal.space}/join#${secret}`;
	try {
		await mailer.send(invitationMail({ to: address, space: title, inviter: principal.name, link, role }));
		return true;
	} catch (error) {
		mailFailed(error);
		return false;
	}
}

const openInvites = (directory: Directory, { space }: Principal, nowMs: number): readonly TokenRecord[] =>
	directory.tokens(space, ['invite']).filter(({ expiresAtMs }) => (expiresAtMs ?? Infinity) > nowMs);

const shown = ({ id, label, role, createdAtMs, expiresAtMs }: TokenRecord) => ({
	id,
	address: label,
	role,
	createdAt: iso(createdAtMs),
	expiresAt: iso(expiresAtMs ?? createdAtMs + INVITATION_MS)
});

const iso = (ms: number): string => new Date(ms).toISOString();

const ownersOnly: Problem = {
	type: 'invite.owners-only',
	title: 'Only owners invite owners',
	status: 403,
	detail: 'Only an owner can invite somebody as an owner. Ask one, or invite them with another role.'
};

const tooMany: Problem = {
	type: 'invite.too-many',
	title: 'Too many invitations',
	status: 409,
	detail: `${INVITATIONS_MAX} invitations are waiting. Withdraw some, or hand out an invite link.`
};

const unknownInvite: Problem = {
	type: 'invite.gone',
	title: 'No such invitation',
	status: 404,
	detail: 'It was used or withdrawn already. Look at the list again.'
};
