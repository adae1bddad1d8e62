import { createRoute, z } from '@hono/zod-openapi';
import type { AuditLog } from '../audit/audit.ts';
import type { Recorder } from '../audit/recorder.ts';
import type { Access, Credential } from '../auth/access.ts';
import type { Directory } from '../auth/directory.ts';
import type { MembershipPorts } from '../auth/membership.ts';
import { secret } from '../auth/schema.ts';
import { body, json, security } from './answers.ts';
import type { App } from './env.ts';
import { answerProblem, problemResponses, type Problem } from './problem.ts';
import type { Requires } from './requires.ts';

export interface MeDeps {
	readonly directory: Directory;
	readonly access: Access;
	readonly requires: Requires;
	readonly membership: MembershipPorts;
	readonly recorder: Recorder;
	readonly audit: AuditLog;
	/** What accounts keep of somebody besides: their address, sessions and ways to sign in. No secrets. */
	readonly kept: (account: string) => Readonly<Record<string, unknown>>;
}

const membership = z.object({
	space: z.string(),
	title: z.string(),
	timeZone: z.string(),
	role: z.string(),
	person: z.string(),
	name: z.string(),
	joinedAt: z.iso.datetime()
});

/** Whatever is kept, as JSON. */
const word = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const words = z.record(z.string(), word);
const plain = z.record(z.string(), z.union([word, words, z.array(words)]));
const plainOf = (value: object) => plain.parse(JSON.parse(JSON.stringify(value)));

const me = (requires: Requires) =>
	createRoute({
		method: 'get',
		path: '/api/v1/me',
		summary: 'Who one is here, and which spaces that opens',
		security,
		middleware: requires.somebody,
		responses: {
			200: json(
				'`account` is absent for a token. `soleOwnerOf` names spaces that would be left without an owner.',
				z.object({
					account: z.string().optional(),
					persons: z.array(z.string()),
					isAdmin: z.boolean(),
					spaces: z.array(membership),
					soleOwnerOf: z.array(z.string())
				})
			),
			...problemResponses
		}
	});

const link = (requires: Requires) =>
	createRoute({
		method: 'post',
		path: '/api/v1/me/persons',
		summary: 'Make the signed-in account be whoever holds a member’s token',
		description: 'For a device that was in a space before its person had an account: they stay who they are.',
		security,
		middleware: requires.somebody,
		request: { body: body(z.object({ token: secret })) },
		responses: { 200: json('Who that is.', z.object({ person: z.string() })), ...problemResponses }
	});

const exported = (requires: Requires) =>
	createRoute({
		method: 'get',
		path: '/api/v1/me/export',
		summary: 'Everything that is kept of the account, without secrets',
		description: 'What somebody wrote is in the documents of their spaces and leaves with those.',
		security,
		middleware: requires.somebody,
		responses: {
			200: json(
				'Sessions and ways to sign in are listed, not what opens them.',
				z.object({
					account: plain,
					persons: z.array(z.string()),
					spaces: z.array(membership),
					audit: z.array(plain)
				})
			),
			...problemResponses
		}
	});

/** Entries of one's own in the audit log that an export holds; the newest. */
const ENTRIES_MAX = 5_000;

export function mountMe(app: App, deps: MeDeps): void {
	const { directory, access, requires, recorder } = deps;

	app.openapi(me(requires), (context) => {
		const { credential } = context.var;
		const persons = personsOf(credential, deps);
		const spaces = directory.membershipsOf(persons);
		return context.json(
			{
				...(credential.is === 'session' && { account: credential.account }),
				persons: [...persons],
				isAdmin: access.adminOf(credential) !== undefined,
				spaces: spacesOf(persons, directory),
				soleOwnerOf: spaces.filter((one) => isSoleOwner(one, directory)).map(({ space }) => space)
			},
			200
		);
	});

	app.openapi(link(requires), async (context) => {
		const { credential } = context.var;
		if (credential.is !== 'session') return answerProblem(needsAccount);
		const { token } = context.req.valid('json');
		const held = await access.identify({ token, cookie: undefined });
		const holder = held?.is === 'token' ? access.principalIn(held.space, held) : undefined;
		if (!holder?.person) return answerProblem(unknownToken);
		const owner = directory.accountOf(holder.person);
		if (owner !== undefined && owner !== credential.account) return answerProblem(otherAccount);
		directory.linkPerson(credential.account, holder.person, deps.membership.clock.nowMs());
		deps.membership.onChange();
		recorder.done(context, { action: 'account.linked', target: holder.person });
		return context.json({ person: holder.person }, 200);
	});

	app.openapi(exported(requires), (context) => {
		const { credential } = context.var;
		if (credential.is !== 'session') return answerProblem(needsAccount);
		const persons = personsOf(credential, deps);
		recorder.done(context, { action: 'account.exported', target: credential.account });
		const actors = [credential.account as string, ...persons];
		const audit = actors.flatMap((actor) => {
			const place = { beforeSeq: Number.MAX_SAFE_INTEGER, limit: ENTRIES_MAX };
			return deps.audit.page({ actor }, place).entries.map(plainOf);
		});
		const account = plainOf(deps.kept(credential.account));
		return context.json(
			{ account, persons: [...persons], spaces: spacesOf(persons, directory), audit },
			200,
			{
				'content-disposition': 'attachment; filename="downbeat-account.json"'
			}
		);
	});
}

function personsOf(credential: Credential, { directory, access }: MeDeps) {
	if (credential.is === 'session') return directory.personsOf(credential.account);
	const person = access.principalIn(credential.space, credential)?.person;
	return person ? [person] : [];
}

const spacesOf = (persons: ReturnType<Directory['personsOf']>, directory: Directory) =>
	directory.membershipsOf(persons).map(({ space, role, person, name, joinedAtMs }) => {
		const { title, timeZone } = directory.space(space) ?? { title: space, timeZone: 'UTC' };
		return { space, title, timeZone, role, person, name, joinedAt: new Date(joinedAtMs).toISOString() };
	});

/** Whether a space has this owner and no other. */
export function isSoleOwner(
	{ space, role }: ReturnType<Directory['membershipsOf']>[number],
	directory: Directory
): boolean {
	return role === 'owner' && directory.members(space).filter((one) => one.role === 'owner').length === 1;
}

const needsAccount: Problem = {
	type: 'account.required',
	title: 'For accounts',
	status: 403,
	detail: 'Sign in to an account first. A token alone cannot do this.'
};

const unknownToken: Problem = {
	type: 'account.unknown-token',
	title: 'This token opens nothing',
	status: 400,
	detail: 'The token was withdrawn or is not a person’s. Open the space on that device, then try again.'
};

const otherAccount: Problem = {
	type: 'account.other',
	title: 'Somebody else’s',
	status: 409,
	detail: 'This person has another account already. Sign in to that one.'
};
