import * as z from 'zod/mini';
import { ACCOUNT_HEADER } from '../protocol/names.ts';
import { ok, refuse, type Result } from '../util/result.ts';

// How the server is asked over HTTP: each call gives what it says or why not, as a sentence for a person.

export interface ApiRefused {
	/** `offline`: nobody answered. Else the server's own word, e.g. `invite.unknown`. */
	readonly code: string;
	readonly sentence: string;
}

export type Answer<T> = Promise<Result<T, ApiRefused>>;

const problem = z.object({ type: z.string(), detail: z.string() });

/**
 * What a call shows: the token of a space, or the cookie of an account, which is then said to be meant. `account` is
 * undefined for a device that nobody is signed in on: no cookie goes along, whoever's it is.
 */
export type Secret = string | { readonly account: string | undefined };

export interface Question {
	readonly path: string;
	readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE' | 'PUT';
	readonly body?: unknown;
	readonly token?: Secret | undefined;
	/** Which calls are meant; those of accounts are apart. */
	readonly root?: '/api/v1' | '/api/auth';
	/** What else is shown, such as an invite. */
	readonly headers?: Readonly<Record<string, string>> | undefined;
	/** How long all of the answer is waited for. */
	readonly waitMsMax?: number;
}

export interface Ask<T> extends Question {
	readonly answer: z.core.$ZodType<T>;
}

/** Slower than a phone in a tunnel that comes out of it, faster than a person's patience. */
const ANSWER_MS_MAX = 20_000;

/** What the server answers to `path`, below `/api/v1`. */
export async function call<T>({ answer, ...question }: Ask<T>): Answer<T> {
	const response = await send(question);
	if (!response.ok) return response;
	const content = await jsonOf(response.value);
	if (!response.value.ok) return refuse(refusalOf(response.value, content));
	const parsed = z.safeParse(answer, content);
	if (parsed.success) return ok(parsed.data);
	return refuse({
		code: 'answer.unreadable',
		sentence: 'The server answered something this app cannot read. Reload.'
	});
}

/** The same where the answer is a file. */
export async function callForBytes(question: Question): Answer<Uint8Array<ArrayBuffer>> {
	const response = await send(question);
	if (!response.ok) return response;
	if (!response.value.ok) return refuse(refusalOf(response.value, await jsonOf(response.value)));
	const bytes = await response.value.arrayBuffer().catch(() => undefined);
	return bytes ? ok(new Uint8Array(bytes)) : refuse(unanswered);
}

async function send({
	path,
	method = 'GET',
	body,
	token,
	root = '/api/v1',
	headers,
	waitMsMax = ANSWER_MS_MAX
}: Question): Answer<Response> {
	try {
		const response = await fetch(root + path, {
			method,
			headers: {
				...(body === undefined ? {} : { 'content-type': 'application/json' }),
				...shown(token),
				...headers
			},
			credentials: typeof token === 'object' && token.account === undefined ? 'omit' : 'same-origin',
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
			signal: AbortSignal.timeout(waitMsMax)
		});
		return ok(response);
	} catch {
		return refuse(unanswered);
	}
}

function shown(secret: Secret | undefined): Record<string, string> {
	if (typeof secret === 'string') return secret ? { authorization: `Bearer ${secret}` } : {};
	return secret?.account === undefined ? {} : { [ACCOUNT_HEADER]: secret.account };
}

const unanswered: ApiRefused = {
	code: 'offline',
	sentence: 'The server does not answer. Try again when you are online.'
};

const jsonOf = async (response: Response): Promise<unknown> =>
	response.status === 204 ? undefined : response.json().catch(() => undefined);

function refusalOf(response: Response, content: unknown): ApiRefused {
	const parsed = z.safeParse(problem, content);
	if (parsed.success) return { code: parsed.data.type, sentence: parsed.data.detail };
	return {
		code: `http.${response.status}`,
		sentence: `Something between this device and the server answered ${response.status}. Try again in a moment.`
	};
}
