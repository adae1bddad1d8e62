import * as z from 'zod/mini';
import { personId, spaceId, type KpiId, type PersonId, type SpaceId } from '../domain/id.ts';
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
const joined = z.object({ person: personId, token: z.string(), title: z.string() });
const described = z.object({
	space: spaceId,
	title: z.string(),
	timeZone: z.string(),
	role: z.enum(['owner', 'editor', 'commenter', 'viewer']),
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
	readonly #token: string;

	constructor(space: SpaceId, secret: string) {
		this.#space = space;
		this.#token = secret;
	}

	describe(): Answer<DescribedSpace> {
		return this.#call({ path: '', answer: described });
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

	#call<T>(ask: Omit<Ask<T>, 'token'>): Answer<T> {
		return call({ ...ask, path: `/spaces/${this.#space}${ask.path}`, token: this.#token });
	}
}

interface Ask<T> {
	readonly path: string;
	readonly method?: 'GET' | 'POST' | 'DELETE';
	readonly body?: unknown;
	readonly token?: string | undefined;
	readonly answer: z.core.$ZodType<T>;
}

/** Slower than a phone in a tunnel that comes out of it, faster than a person's patience. */
const ANSWER_MS_MAX = 20_000;

async function call<T>({ path, method = 'GET', body, token: secret, answer }: Ask<T>): Answer<T> {
	let response: Response;
	try {
		response = await fetch(`/api/v1${path}`, {
			method,
			headers: {
				...(body === undefined ? {} : { 'content-type': 'application/json' }),
				...(secret ? { authorization: `Bearer ${secret}` } : {})
			},
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
			signal: AbortSignal.timeout(ANSWER_MS_MAX)
		});
	} catch {
		return refuse({
			code: 'offline',
			sentence: 'The server does not answer. Try again when you are online.'
		});
	}
	const content: unknown = response.status === 204 ? undefined : await response.json().catch(() => undefined);
	if (!response.ok) return refuse(refusalOf(response, content));
	const parsed = z.safeParse(answer, content);
	if (parsed.success) return ok(parsed.data);
	return refuse({
		code: 'answer.unreadable',
		sentence: 'The server answered something this app cannot read. Reload.'
	});
}

function refusalOf(response: Response, content: unknown): ApiRefused {
	const parsed = z.safeParse(problem, content);
	if (parsed.success) return { code: parsed.data.type, sentence: parsed.data.detail };
	return {
		code: `http.${response.status}`,
		sentence: `Something between this device and the server answered ${response.status}. Try again in a moment.`
	};
}
