import { mayDo, type Deed, type Scope } from '#lib/domain/access.ts';
import { ok, refuse, type Result } from '#lib/util/result.ts';
import { ACCOUNT_HEADER } from '#lib/protocol/names.ts';
import type { Access, Credential, Principal } from '../auth/access.ts';
import type { Problem } from './problem.ts';

/** Who asks, when they may do `deed` in `space`; otherwise the problem to answer with. */
export type Authorise = (request: Request, space: string, deed: Deed) => Promise<Result<Principal, Problem>>;

/**
 * 401 when the token or the session opens nothing, 404 when there is no such space, 403 when it opens another space or
 * its role may not. Without either nobody learns which spaces there are.
 */
export function createAuthorise(access: Access): Authorise {
	return async (request, space, deed) => {
		const known = await identified(access, request);
		if (!known.ok) return known;
		const principal = access.principalIn(space, known.value);
		if (!principal) {
			if (!access.isOpen(known.value)) return refuse(unknownToken);
			return refuse(access.hasSpace(space) ? otherSpace(space) : noSpace(space));
		}
		return mayDo(principal.role, principal.scope, deed) ? ok(principal) : refuse(notAllowed(principal));
	};
}

/** Who asks, whatever they may do. */
export async function identified(access: Access, request: Request): Promise<Result<Credential, Problem>> {
	const token = bearerToken(request);
	const { headers } = request;
	const credential = await access.identify({
		token,
		cookie: headers.get('cookie') ?? undefined,
		account: headers.get(ACCOUNT_HEADER) ?? undefined
	});
	if (credential) return ok(credential);
	return refuse(token === undefined ? noToken : unknownToken);
}

/** RFC 6750: `Authorization: Bearer <token>`. The scheme's case does not matter. */
export function bearerToken(request: Request): string | undefined {
	return /^bearer +([^ ]+) *$/i.exec(request.headers.get('authorization') ?? '')?.[1];
}

/** What goes with every 401, so that a client knows how to ask. */
export const CHALLENGE = { 'www-authenticate': 'Bearer realm="Downbeat"' } as const;

const noToken: Problem = {
	type: 'access.no-token',
	title: 'Not signed in',
	status: 401,
	detail:
		'Sign in, or send a token in the header Authorization: Bearer <token>. Tokens are made in the space’s settings.'
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
	title: 'Not your space',
	status: 403,
	detail: `You are not in ${space}, or your token opens another space. Ask its people for an invite link.`
});

const NOT_WITH: Record<Scope, string> = {
	points: 'This token can send points and nothing else. Use one that opens the whole space.',
	program: 'A program’s token cannot do this. Do it in the app, or with a person’s token.',
	space: 'Your role in this space does not allow this. Ask an owner to do it, or to change your role.'
};

function notAllowed({ scope, role }: Principal): Problem {
	const detail =
		role === 'former'
			? 'You are no longer in this space. Ask its people for an invite link.'
			: NOT_WITH[scope];
	return { type: 'access.not-allowed', title: 'Not with this role', status: 403, detail };
}
