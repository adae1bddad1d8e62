import type { MiddlewareHandler } from 'hono';
import type { Deed } from '#lib/domain/access.ts';
import { CHALLENGE, type Authorise } from './authorise.ts';
import type { AuthorisedEnv } from './env.ts';
import { answerProblem } from './problem.ts';

/** For a route's `middleware`: lets nobody past who may not do `deed` in the space that the path names. */
export type Requires = (deed: Deed) => MiddlewareHandler<AuthorisedEnv>;

/** It runs before the body is read, so that a stranger's megabytes are not parsed. */
export function createRequires(authorise: Authorise): Requires {
	return (deed) => async (context, next) => {
		const allowed = authorise(context.req.raw, context.req.param('space') ?? '', deed);
		if (!allowed.ok) return answerProblem(allowed.error, allowed.error.status === 401 ? CHALLENGE : {});
		context.set('principal', allowed.value);
		await next();
	};
}
