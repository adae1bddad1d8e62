import * as z from 'zod/mini';
import {
	namedVersion,
	versionsPage,
	writersPage,
	type NamedVersion,
	type VersionsPage,
	type WritersPage
} from '../domain/history.ts';
import { personId, spaceId, type DocumentId, type KpiId, type PersonId, type SpaceId } from '../domain/id.ts';
import { ingestAnswer, knownKpis, pointsPage, type SentPoint } from '../domain/points.ts';
import { ok, refuse, type Result } from '../util/result.ts';

// The calls to the server that are not documents. Each gives what it says or why not, as a sentence for a person.

export interface ApiRefused {
	/** `offline`: nobody answered. Else the server's own word, e.g. `invite.unknown`. */
	readonly code: string;
	readonly sentence: string;
}

export type Answer<T> = Promise<Result<T, ApiRefused>>;

const problem = z.object({ type: z.string(), detail: z.string() });

const setUp = z.object({ space: spaceId, person: personId, token: z.string(), invite: z.string() });
const role = z.enum(['owner', 'editor', 'commenter', 'viewer']);
const joined = z.object({ person: personId, role, token: z.optional(z.string()), title: z.string() });
const described = z.object({
	space: spaceId,
	title: z.string(),
	timeZone: z.string(),
	role,
	name: z.string(),
	person: z.optional(personId)
});
const token = z.object({ id: z.string(), kind: z.string(), label: z.string(), createdAt: z.string() });

export type SetUp = z.infer<typeof setUp>;
export type Joined = z.infer<typeof joined>;
export type DescribedSpace = z.infer<typeof described>;
export type ListedToken = z.infer<typeof token>;

export interface SetupWish {
	readonly token: string;
	readonly name: string;
	readonly space: { readonly title: string; readonly timeZone: string };
	readonly series: readonly string[];
	readonly sample: boolean;
}

/** What anybody may ask of this server. */
export const setupIsOpen = () => call({ path: '/setup', answer: z.object({ isOpen: z.boolean() }) });

export const setUpSpace = (wish: SetupWish): Answer<SetUp> =>
	call({ path: '/setup', method: 'POST', body: wish, answer: setUp });

/** `held`: the token of a device that is in already, which then keeps its person. */
export function joinSpace(
	space: SpaceId,
	wish: { readonly invite: string; readonly name: string; readonly person?: PersonId; readonly held?: string }
): Answer<Joined> {
	const { held, ...body } = wish;
	return call({ path: `/spaces/${space}/members`, method: 'POST', body, token: held, answer: joined });
}

/** What the holder of a token may ask of its space. */
export class SpaceApi {
	readonly #space: SpaceId;
	readonly #token: string | undefined;

	/** `secret`: a token; without one the cookie of an account counts. */
	constructor(space: SpaceId, secret: string | undefined) {
		this.#space = space;
		this.#token = secret;
	}

	describe(): Answer<DescribedSpace> {
		return this.#call({ path: '', answer: described });
	}

	/** Changes what the others call this person. */
	rename(name: string): Answer<{ readonly name: string }> {
		return this.#call({
			path: '/me',
			method: 'PATCH',
			body: { name },
			answer: z.object({ name: z.string() })
		});
	}

	/** Makes a new invite; the old link lets nobody in any more. */
	newInvite(): Answer<{ readonly invite: string }> {
		return this.#call({ path: '/invite', method: 'POST', answer: z.object({ invite: z.string() }) });
	}

	inviteState(): Answer<{ readonly exists: boolean; readonly createdAt?: string | undefined }> {
		const answer = z.object({ exists: z.boolean(), createdAt: z.optional(z.string()) });
		return this.#call({ path: '/invite', answer });
	}

	tokens(): Answer<{ readonly tokens: readonly ListedToken[] }> {
		return this.#call({ path: '/tokens', answer: z.object({ tokens: z.array(token) }) });
	}

	/** The secret is in this answer and nowhere else. */
	createToken(label: string): Answer<ListedToken & { readonly token: string }> {
		const answer = z.extend(token, { token: z.string() });
		return this.#call({ path: '/tokens', method: 'POST', body: { label }, answer });
	}

	revokeToken(id: string): Answer<undefined> {
		return this.#call({ path: `/tokens/${encodeURIComponent(id)}`, method: 'DELETE', answer: z.undefined() });
	}

	kpis(): Answer<z.infer<typeof knownKpis>> {
		return this.#call({ path: '/kpis', answer: knownKpis });
	}

	points(kpi: KpiId, after: number): Answer<z.infer<typeof pointsPage>> {
		return this.#call({ path: `/kpis/${kpi}/points?after=${after}`, answer: pointsPage });
	}

	sendPoints(kpi: KpiId, points: readonly SentPoint[]): Answer<z.infer<typeof ingestAnswer>> {
		return this.#call({
			path: `/kpis/${kpi}/points`,
			method: 'POST',
			body: { points },
			answer: ingestAnswer
		});
	}

	/** The versions of a document before row `before`, or its newest ones. */
	versions(document: DocumentId, before?: number): Answer<VersionsPage> {
		const query = before === undefined ? '' : `?before=${before}`;
		return this.#call({ path: `/documents/${document}/versions${query}`, answer: versionsPage });
	}

	/** The document as it stood after row `seq`, as one Yjs update. */
	stateAt(document: DocumentId, seq: number): Answer<Uint8Array> {
		const path = `/spaces/${this.#space}/documents/${document}/state?seq=${seq}`;
		return callForBytes({ path, token: this.#token });
	}

	/** Who wrote what of a document after row `after`. */
	writers(document: DocumentId, after: number): Answer<WritersPage> {
		return this.#call({ path: `/documents/${document}/writers?after=${after}`, answer: writersPage });
	}

	nameVersion(document: DocumentId, seq: number, name: string): Answer<NamedVersion> {
		return this.#call({
			path: `/documents/${document}/names`,
			method: 'POST',
			body: { seq, name },
			answer: namedVersion
		});
	}

	unnameVersion(document: DocumentId, seq: number): Answer<undefined> {
		return this.#call({
			path: `/documents/${document}/names/${seq}`,
			method: 'DELETE',
			answer: z.undefined()
		});
	}

	#call<T>(ask: Omit<Ask<T>, 'token'>): Answer<T> {
		return call({ ...ask, path: `/spaces/${this.#space}${ask.path}`, token: this.#token });
	}
}

interface Question {
	readonly path: string;
	readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
	readonly body?: unknown;
	readonly token?: string | undefined;
}

interface Ask<T> extends Question {
	readonly answer: z.core.$ZodType<T>;
}

/** Slower than a phone in a tunnel that comes out of it, faster than a person's patience. */
const ANSWER_MS_MAX = 20_000;

async function call<T>({ answer, ...question }: Ask<T>): Answer<T> {
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

async function callForBytes(question: Question): Answer<Uint8Array> {
	const response = await send(question);
	if (!response.ok) return response;
	if (!response.value.ok) return refuse(refusalOf(response.value, await jsonOf(response.value)));
	const bytes = await response.value.arrayBuffer().catch(() => undefined);
	return bytes ? ok(new Uint8Array(bytes)) : refuse(unanswered);
}

async function send({ path, method = 'GET', body, token: secret }: Question): Answer<Response> {
	try {
		const response = await fetch(`/api/v1${path}`, {
			method,
			headers: {
				...(body === undefined ? {} : { 'content-type': 'application/json' }),
				...(secret ? { authorization: `Bearer ${secret}` } : {})
			},
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
			signal: AbortSignal.timeout(ANSWER_MS_MAX)
		});
		return ok(response);
	} catch {
		return refuse(unanswered);
	}
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
