import * as z from 'zod/mini';
import { guestView, type GuestView } from '../domain/guest.ts';
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
import { call, callForBytes, type Answer, type Ask, type Secret } from './api-call.ts';
import { AuditApi } from './audit-api.ts';
import { PeopleApi } from './people-api.ts';
import { SourcesApi } from './sources-api.ts';
import { TokensApi } from './tokens-api.ts';

// The calls to the server that are not documents.

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

export type SetUp = z.infer<typeof setUp>;
export type Joined = z.infer<typeof joined>;
export type DescribedSpace = z.infer<typeof described>;

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

/** `held`: the token of a device that is in already, which then keeps its person; or the account that joins. */
export function joinSpace(
	space: SpaceId,
	wish: { readonly invite: string; readonly name: string; readonly person?: PersonId; readonly held: Secret }
): Answer<Joined> {
	const { held, ...body } = wish;
	return call({ path: `/spaces/${space}/members`, method: 'POST', body, token: held, answer: joined });
}

/** What a guest link opens. */
export const describeGuestLink = (space: SpaceId, secret: string): Answer<GuestView> =>
	call({ path: `/spaces/${space}/guest`, token: secret, answer: guestView });

/** What the holder of a token may ask of its space. */
export class SpaceApi {
	readonly people: PeopleApi;
	readonly tokens: TokensApi;
	readonly audit: AuditApi;
	readonly sources: SourcesApi;
	readonly #space: SpaceId;
	readonly #token: Secret | undefined;

	constructor(space: SpaceId, secret: Secret | undefined) {
		this.#space = space;
		this.#token = secret;
		this.people = new PeopleApi(space, secret);
		this.tokens = new TokensApi(space, secret);
		this.audit = new AuditApi(space, secret);
		this.sources = new SourcesApi(space, secret);
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
