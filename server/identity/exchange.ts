import { ok, refuse, type Result } from '#lib/util/result.ts';
import type { Problem } from '../http/problem.ts';
import { isThisMachine } from '../config-identity.ts';
import { ADDRESS_HEADER, type Asker } from './asker.ts';
import type { Library } from './library.ts';
import { problemOf } from './problems.ts';

/** What is asked of better-auth. */
export interface Ask {
	readonly method: 'GET' | 'POST';
	readonly path: string;
	readonly query?: Readonly<Record<string, string>>;
	readonly body?: object;
}

/** What it answered, when it did what was asked. */
export interface Reply {
	readonly body: unknown;
	readonly cookies: readonly string[];
	/** Where it sends the browser. */
	readonly location: URL | undefined;
}

export interface From {
	readonly request: Request;
	readonly asker: Asker;
	/** Scheme and host of this Downbeat. */
	readonly base: string;
	readonly hasOwnOrigin: boolean;
}

/** A refusal keeps the cookies: better-auth takes back those that open nothing. */
export interface Refused {
	readonly problem: Problem;
	readonly cookies: readonly string[];
}

/** Asks better-auth one thing, and takes the answer apart. A redirect that names an error is a refusal. */
export async function exchange(library: Library, ask: Ask, from: From): Promise<Result<Reply, Refused>> {
	const answer = await library.ask(requestFor(ask, from), from.asker);
	const cookies = answer.headers.getSetCookie();
	const text = await answer.text();
	const body: unknown = text ? JSON.parse(text) : undefined;
	if (answer.status >= 400) return refuse({ problem: problemOf(answer.status, codeIn(body)), cookies });
	const location = URL.parse(answer.headers.get('location') ?? '', from.base) ?? undefined;
	const error = location?.origin === from.base ? location.searchParams.get('error') : null;
	if (error) return refuse({ problem: problemOf(400, error), cookies });
	const isRedirect = answer.status >= 300;
	return ok({ body, cookies, location: isRedirect ? location : undefined });
}

/** Made anew from what it needs: no other header of the client's reaches better-auth. */
function requestFor(
	{ method, path, query, body }: Ask,
	{ request, asker, base, hasOwnOrigin }: From
): Request {
	const url = new URL(`/api/auth${path}`, base);
	for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, value);
	const headers = new Headers({
		[ADDRESS_HEADER]: asker.address,
		origin: hasOwnOrigin ? base : localOrigin(request, base)
	});
	const cookie = request.headers.get('cookie');
	if (cookie) headers.set('cookie', cookie);
	const agent = request.headers.get('user-agent');
	if (agent) headers.set('user-agent', agent.slice(0, AGENT_LENGTH_MAX));
	if (method === 'GET') return new Request(url, { method, headers });
	headers.set('content-type', 'application/json');
	return new Request(url, { method, headers, body: JSON.stringify(body ?? {}) });
}

/** Kept with the session, to tell one's devices apart. */
const AGENT_LENGTH_MAX = 256;

/** Without an origin set, a passkey works on this machine's own name, on whichever port. */
function localOrigin(request: Request, base: string): string {
	const origin = request.headers.get('origin');
	const url = origin === null ? null : URL.parse(origin);
	return url && isThisMachine(url.hostname) ? url.origin : base;
}

function codeIn(body: unknown): string | undefined {
	if (typeof body !== 'object' || body === null || !('code' in body)) return undefined;
	return typeof body.code === 'string' ? body.code : undefined;
}
