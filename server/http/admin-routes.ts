import { createRoute, z } from '@hono/zod-openapi';
import type { PersonId } from '#lib/domain/id.ts';
import type { Recorder } from '../audit/recorder.ts';
import type { Directory, MemberRecord } from '../auth/directory.ts';
import type { MembershipPorts } from '../auth/membership.ts';
import { personIdText } from '../auth/schema.ts';
import { body, json, security } from './answers.ts';
import type { App } from './env.ts';
import { answerProblem, problemResponses, type Problem } from './problem.ts';
import type { Requires } from './requires.ts';

export interface AdminDeps {
	readonly directory: Directory;
	readonly requires: Requires;
	readonly membership: MembershipPorts;
	readonly recorder: Recorder;
}

const personSchema = z.object({
	person: z.string(),
	name: z.string(),
	isAdmin: z.boolean(),
	hasAccount: z.boolean(),
	spaces: z.array(z.object({ space: z.string(), title: z.string(), role: z.string() }))
});

const people = (requires: Requires) =>
	createRoute({
		method: 'get',
		path: '/api/v1/admin/people',
		summary: 'Everybody on this server, with the spaces they are in',
		security,
		middleware: requires.admin,
		responses: {
			200: json('By name.', z.object({ people: z.array(personSchema) })),
			...problemResponses
		}
	});

const spaces = (requires: Requires) =>
	createRoute({
		method: 'get',
		path: '/api/v1/admin/spaces',
		summary: 'Every space on this server, oldest first',
		security,
		middleware: requires.admin,
		responses: {
			200: json(
				'What is in them is for their people.',
				z.object({
					spaces: z.array(
						z.object({
							space: z.string(),
							title: z.string(),
							createdAt: z.iso.datetime(),
							people: z.number().int(),
							tokens: z.number().int()
						})
					)
				})
			),
			...problemResponses
		}
	});

const params = z.object({ person: personIdText });

const setAdmin = (requires: Requires) =>
	createRoute({
		method: 'put',
		path: '/api/v1/admin/people/{person}/admin',
		summary: 'Let somebody look after this server, or no longer',
		security,
		middleware: requires.admin,
		request: { params, body: body(z.object({ isAdmin: z.boolean() })) },
		responses: {
			200: json('As it is now.', z.object({ person: z.string(), isAdmin: z.boolean() })),
			...problemResponses
		}
	});

const removeEverywhere = (requires: Requires) =>
	createRoute({
		method: 'delete',
		path: '/api/v1/admin/people/{person}',
		summary: 'Remove somebody from every space',
		description: 'Their account, if they have one, stays theirs: it opens no space any more.',
		security,
		middleware: requires.admin,
		request: { params },
		responses: {
			200: json(
				'`kept` names spaces that would be left without an owner: they stay in those.',
				z.object({ removed: z.array(z.string()), kept: z.array(z.string()) })
			),
			...problemResponses
		}
	});

export function mountAdmin(app: App, { directory, requires, membership, recorder }: AdminDeps): void {
	app.openapi(people(requires), (context) => {
		const admins = new Set(directory.admins());
		const byPerson = Map.groupBy(everybody(directory), ({ person }) => person);
		const listed = [...byPerson].map(([person, members]) => ({
			person,
			name: members[0]?.name ?? '',
			isAdmin: admins.has(person),
			hasAccount: directory.accountOf(person) !== undefined,
			spaces: members.map(({ space, role }) => ({
				space,
				title: directory.space(space)?.title ?? space,
				role
			}))
		}));
		return context.json({ people: listed.toSorted((a, b) => a.name.localeCompare(b.name)) }, 200);
	});

	app.openapi(spaces(requires), (context) => {
		const listed = directory.spaces().map(({ id, title, createdAtMs }) => ({
			space: id,
			title,
			createdAt: new Date(createdAtMs).toISOString(),
			people: directory.members(id).length,
			tokens: directory.tokens(id, ['tool', 'points']).length
		}));
		return context.json({ spaces: listed }, 200);
	});

	app.openapi(setAdmin(requires), (context) => {
		const { person } = context.req.valid('param');
		const { isAdmin } = context.req.valid('json');
		if (isAdmin && !everybody(directory).some((one) => one.person === person)) return answerProblem(nobody);
		const set = directory.setAdmin(person, isAdmin, membership.clock.nowMs());
		if (!set.ok) return answerProblem(lastAdmin);
		membership.onChange();
		recorder.done(context, { action: isAdmin ? 'admin.granted' : 'admin.revoked', target: person });
		return context.json({ person, isAdmin }, 200);
	});

	app.openapi(removeEverywhere(requires), (context) => {
		const { person } = context.req.valid('param');
		const removed = removedFrom(person, directory, membership.clock.nowMs());
		if (removed.removed.length + removed.kept.length === 0) return answerProblem(nobody);
		membership.onChange();
		for (const space of removed.removed)
			recorder.done(context, { action: 'member.removed', space, target: person });
		return context.json(removed, 200);
	});
}

const everybody = (directory: Directory): readonly MemberRecord[] =>
	directory.spaces().flatMap(({ id }) => directory.members(id));

/** Takes somebody out of every space that can do without them. */
export function removedFrom(person: PersonId, directory: Directory, atMs: number) {
	const [removed, kept]: [string[], string[]] = [[], []];
	for (const { space } of directory.membershipsOf([person])) {
		if (directory.removeMember(space, person, atMs).ok) removed.push(space);
		else kept.push(space);
	}
	return { removed, kept };
}

const nobody: Problem = {
	type: 'member.unknown',
	title: 'Nobody here',
	status: 404,
	detail: 'There is nobody of that id in any space. Look at the list again.'
};

const lastAdmin: Problem = {
	type: 'admin.last',
	title: 'The last administrator',
	status: 409,
	detail: 'Somebody has to look after this server. Make somebody else an administrator first.'
};
