import { mayDo, type Deed } from '#lib/domain/access.ts';
import { ok, refuse, type Result } from '#lib/util/result.ts';
import type { Access, Principal } from '../auth/access.ts';
import type { Problem } from './problem.ts';

/** Who asks, when they may do `deed` in `space`; otherwise the problem to answer with. */
export type Authorise = (request: Request, space: string, deed: Deed) => Result<Principal, Problem>;

/**
 * 401 when the token opens nothing, 404 when there is no such space, 403 when the token opens another space or its
 * role may not. Without a token nobody learns which spaces there are.
 */
export function createAuthorise(access: Access): Authorise {
	return (request, space, deed) => {
		const token = bearerToken(request);
		const principal = access.principalOf(token);
		if (!principal) return refuse(token === undefined ? noToken : unknownToken);
		if (!access.hasSpace(space)) return refuse(noSpace(space));
		if (principal.space !== space) return refuse(otherSpace(space));
		if (!mayDo(principal.role, principal.scope, deed)) return refuse(notAllowed(principal));
		return ok(principal);
	};
}

/** RFC 6750: `Authorization: Bearer <token>`. The scheme's case does not matter. */
export function bearerToken(request: Request): string | undefined {
	return /^bearer +([^ ]+) *$/i.exec(request.headers.get('authorization') ?? '')?.[1];
}

/** What goes with every 401, so that a client knows how to ask. */
export const CHALLENGE = { 'www-authenticate': 'Bearer realm="Downbeat"' } as const;

const noToken: Problem = {
	type: 'access.no-token',
	title: 'No token',
	status: 401,
	detail: 'Send a token in the header Authorization: Bearer <token>. Tokens are made in the space’s settings.'
};

const unknownToken: Problem = {
	type: 'access.unknown-token',
	title: 'This token opens nothing',
	status: 401,
	detail:
		'The token was withdrawn or mistyped. Ask for a new invite link, or make a new token in the settings.'
};

const noSpace = (space: string): Problem => ({
	type: 'access.no-space',
	title: 'No such space',
	status: 404,
	detail: `There is no space called ${space.slice(0, 96)} here. Check the address.`
});

const otherSpace = (space: string): Problem => ({
	type: 'access.other-space',
	title: 'This token opens another space',
	status: 403,
	detail: `This token does not open ${space}. Ask its people for an invite link.`
});

function notAllowed({ scope }: Principal): Problem {
	const detail =
		scope === 'points'
			? 'This token can send points and nothing else. Use one that opens the whole space.'
			: 'Your role in this space does not allow this. Ask an owner to do it, or to change your role.';
	return { type: 'access.not-allowed', title: 'Not with this token', status: 403, detail };
}
