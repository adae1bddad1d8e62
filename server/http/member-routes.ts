import { createRoute, z } from '@hono/zod-openapi';
import type { Recorder } from '../audit/recorder.ts';
import type { Directory, MemberRefused } from '../auth/directory.ts';
import { changeRole, removeMember, type MembershipPorts } from '../auth/membership.ts';
import { personIdText, personName, spaceIdText } from '../auth/schema.ts';
import { body, json, security } from './answers.ts';
import type { App } from './env.ts';
import { answerProblem, problemResponses, type Problem } from './problem.ts';
import type { Requires } from './requires.ts';

export interface MemberDeps {
	readonly directory: Directory;
	readonly requires: Requires;
	readonly membership: MembershipPorts;
	readonly recorder: Recorder;
}

const params = z.object({ space: spaceIdText });
const memberParams = params.extend({ person: personIdText });
const roleSchema = z.enum(['owner', 'editor', 'commenter', 'viewer']);

const patchRole = (requires: Requires) =>
	createRoute({
		method: 'patch',
		path: '/api/v1/spaces/{space}/members/{person}',
		summary: 'Change a role; it counts within a second on everything they have open',
		security,
		middleware: requires.deed('member.manage'),
		request: { params: memberParams, body: body(z.object({ role: roleSchema })) },
		responses: {
			200: json('As it is now.', z.object({ person: z.string(), role: roleSchema })),
			...problemResponses
		}
	});

const remove = (requires: Requires) =>
	createRoute({
		method: 'delete',
		path: '/api/v1/spaces/{space}/members/{person}',
		summary: 'Remove somebody; the invite links end too, because they would let them in again',
		security,
		middleware: requires.deed('member.manage'),
		request: { params: memberParams },
		responses: { 204: { description: 'They open nothing any more.' }, ...problemResponses }
	});

const leave = (requires: Requires) =>
	createRoute({
		method: 'post',
		path: '/api/v1/spaces/{space}/leave',
		summary: 'Leave the space',
		security,
		middleware: requires.deed('space.leave'),
		request: { params },
		responses: { 204: { description: 'You are no longer in it.' }, ...problemResponses }
	});

const rename = (requires: Requires) =>
	createRoute({
		method: 'patch',
		path: '/api/v1/spaces/{space}/me',
		summary: 'Change what the others call you',
		security,
		middleware: requires.deed('space.leave'),
		request: { params, body: body(z.object({ name: personName })) },
		responses: {
			200: json('As it is now.', z.object({ person: z.string(), name: z.string() })),
			...problemResponses
		}
	});

export function mountMembers(app: App, { directory, requires, membership, recorder }: MemberDeps): void {
	app.openapi(patchRole(requires), (context) => {
		const { space, person } = context.req.valid('param');
		const { role } = context.req.valid('json');
		const from = directory.member(space, person)?.role ?? '';
		const changed = changeRole({ space, person, role }, membership);
		if (!changed.ok) return answerProblem(problemOf(changed.error));
		const detail = { from, to: role };
		recorder.done(context, { action: 'member.role-changed', space, target: person, detail });
		return context.json({ person, role }, 200);
	});

	app.openapi(remove(requires), (context) => {
		const { space, person } = context.req.valid('param');
		const removed = removeMember({ space, person }, membership);
		if (!removed.ok) return answerProblem(problemOf(removed.error));
		recorder.done(context, { action: 'member.removed', space, target: person });
		return context.body(null, 204);
	});

	app.openapi(leave(requires), (context) => {
		const { space, person } = context.var.principal;
		const left = person && directory.removeMember(space, person, membership.clock.nowMs());
		if (!left) return answerProblem(problemOf({ code: 'member.unknown' }));
		if (!left.ok) return answerProblem(problemOf(left.error));
		membership.onChange();
		recorder.done(context, { action: 'member.left', space, target: person });
		return context.body(null, 204);
	});

	app.openapi(rename(requires), (context) => {
		const { space, person } = context.var.principal;
		const { name } = context.req.valid('json');
		if (person) directory.rename(space, person, name);
		const renamed = person && directory.member(space, person);
		if (!renamed) return answerProblem(problemOf({ code: 'member.unknown' }));
		membership.onJoined(renamed);
		return context.json({ person: renamed.person, name }, 200);
	});
}

const problemOf = ({ code }: MemberRefused): Problem => (code === 'owner.last' ? lastOwner : unknownMember);

const lastOwner: Problem = {
	type: 'owner.last',
	title: 'The last owner',
	status: 409,
	detail: 'A space needs an owner. Make somebody else an owner first.'
};

const unknownMember: Problem = {
	type: 'member.unknown',
	title: 'Nobody of this space',
	status: 404,
	detail: 'There is nobody of that id in this space, or not any more. Look at the list again.'
};
