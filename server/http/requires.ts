import type { MiddlewareHandler } from 'hono';
import type { Deed } from '#lib/domain/access.ts';
import type { Access } from '../auth/access.ts';
import { CHALLENGE, createAuthorise, identified } from './authorise.ts';
import type { AuthorisedEnv, IdentifiedEnv } from './env.ts';
import { answerProblem, type Problem } from './problem.ts';

/**
 * What a route needs, for its `middleware`. They run before the body is read, so that a stranger's megabytes are not
 * parsed. A route without one of them is open to everybody.
 */
export interface Requires {
	/** Lets nobody past who may not do `deed` in the space that the path names. */
	readonly deed: (deed: Deed) => MiddlewareHandler<AuthorisedEnv>;
	/** Lets anybody past who proves who they are. */
	readonly somebody: MiddlewareHandler<IdentifiedEnv>;
	/** Lets those past who look after the instance. */
	readonly admin: MiddlewareHandler<IdentifiedEnv>;
}

/** What a route needs: a deed that the caller may do, or just to know who asks. */
export type Need = Deed | 'somebody' | 'admin';

const needs = new WeakMap<object, Need>();

/** What a piece of middleware of ours asks for; undefined for any other. */
export const needOf = (handler: object): Need | undefined => needs.get(handler);

function needing<Handler extends object>(need: Need, handler: Handler): Handler {
	needs.set(handler, need);
	return handler;
}

export function createRequires(access: Access): Requires {
	const authorise = createAuthorise(access);
	const somebody: Requires['somebody'] = async (context, next) => {
		const known = await identified(access, context.req.raw);
		if (!known.ok) return refused(known.error);
		context.set('credential', known.value);
		await next();
	};
	return {
		deed: (deed) =>
			needing<MiddlewareHandler<AuthorisedEnv>>(deed, async (context, next) => {
				const allowed = await authorise(context.req.raw, context.req.param('space') ?? '', deed);
				if (!allowed.ok) return refused(allowed.error);
				context.set('principal', allowed.value);
				await next();
			}),
		somebody: needing('somebody', somebody),
		admin: needing<Requires['admin']>('admin', async (context, next) => {
			const known = await identified(access, context.req.raw);
			if (!known.ok) return refused(known.error);
			if (access.adminOf(known.value) === undefined) return refused(notAdmin);
			context.set('credential', known.value);
			await next();
		})
	};
}

const refused = (problem: Problem) => answerProblem(problem, problem.status === 401 ? CHALLENGE : {});

const notAdmin: Problem = {
	type: 'access.not-admin',
	title: 'For administrators',
	status: 403,
	detail: 'Only those who look after this Downbeat may do this. Ask one of them.'
};
