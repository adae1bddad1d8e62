import type { DatabaseSync } from 'node:sqlite';
import { ACCOUNT_HEADER } from '#lib/protocol/names.ts';
import { assert } from '#lib/util/assert.ts';
import { ok, refuse, type Result } from '#lib/util/result.ts';
import type { Clock } from '../clock.ts';
import type { IdentitySettings } from '../config-identity.ts';
import { answerProblem, invalidInput, problems, tooLarge, type Problem } from '../http/problem.ts';
import type { Log } from '../log.ts';
import { AUTH_PATH, endpointAt, type KnownEndpoint, type Need } from './endpoints.ts';
import { exchange, type Ask } from './exchange.ts';
import { flows, methodOf, toSignIn, type Call, type Desk } from './flows.ts';
import type { AuthSession, Identity, IdentityWorld, SignInMethods } from './identity.ts';
import type { FoundSession, Library, LibraryPorts } from './library.ts';
import { Limits } from './limits.ts';
import type { Mail, Mailer } from './mailer.ts';
import { lacks, problemOf, signedOut, tooOften } from './problems.ts';
import { IdentityRows } from './rows.ts';

export interface IdentityPorts {
	readonly settings: IdentitySettings;
	/** Scheme and host that people type, when the operator said so. */
	readonly origin: string | undefined;
	/** A new connection to the database; asked for twice, because better-auth gets one for itself. */
	readonly connect: () => DatabaseSync;
	/** Undefined when no mail server is set. */
	readonly mailer: Mailer | undefined;
	readonly world: IdentityWorld;
	readonly clock: Clock;
	readonly log: Log;
}

/** Accounts as the settings want them. Nothing of better-auth is loaded before `start`. */
export function createIdentity(ports: IdentityPorts): Identity {
	return ports.settings.accounts === 'off' ? withoutAccounts : new Accounts(ports);
}

const withoutAccounts: Identity = {
	name: 'identity',
	accounts: 'off',
	methods: { passwords: false, passkeys: false, emailLinks: false, oidc: undefined },
	handle: () => Promise.resolve(answerProblem(problems.noSuchRoute)),
	sessionOf: () => Promise.resolve(undefined),
	openUntilMs: () => undefined,
	kept: () => ({}),
	start: () => Promise.resolve(),
	drain: () => Promise.resolve()
};

/** The longest body is a passkey's: a few kilobytes. */
export const AUTH_BODY_BYTES_MAX = 16 * 1024;

/** How old what a provider said of itself may be. A fetch that fails leaves the old one in use. */
const PROVIDER_MS_MAX = 60 * 60_000;

/** How long somebody who comes back from the provider looks at an empty page. */
export const PROVIDER_ANSWER_MS_MAX = 15_000;

/** Between two looks for what has run out. */
const SWEEP_MS = 60 * 60_000;

/** Stands for this Downbeat where nobody said what people type: passkeys then work on this machine alone. */
const LOCAL_BASE = 'http://localhost';

class Accounts implements Identity {
	readonly name = 'identity';
	readonly accounts: 'optional' | 'required';
	readonly methods: SignInMethods;
	readonly #ports: IdentityPorts;
	readonly #rows: IdentityRows;
	readonly #limits: Limits;
	readonly #desk: Desk;
	#libraryPorts: LibraryPorts | undefined;
	#library: Promise<Library> | undefined;
	#provider: { readonly library: Promise<Library>; readonly atMs: number } | undefined;
	#stopSweeping = () => {};
	#cancelOpening = () => {};

	constructor(ports: IdentityPorts) {
		const { settings, origin, mailer, clock } = ports;
		assert(settings.accounts !== 'off', 'accounts are off');
		this.#ports = ports;
		this.accounts = settings.accounts;
		this.methods = {
			passwords: settings.passwords,
			passkeys: hasSafeOrigin(origin),
			emailLinks: mailer !== undefined,
			oidc: settings.oidc && { name: settings.oidc.name }
		};
		this.#rows = new IdentityRows(ports.connect());
		this.#limits = new Limits(clock);
		this.#desk = this.#newDesk();
	}

	/** Loads better-auth beside what else starts, when somebody is going to need it. */
	start(): Promise<void> {
		const { clock, settings, log } = this.#ports;
		this.#stopSweeping = clock.every(SWEEP_MS, () => this.#rows.sweep(clock.nowMs()));
		if (settings.accounts === 'required' || settings.oidc || this.#rows.hasUsers()) {
			this.#cancelOpening = clock.after(0, () => {
				this.#opened().catch((error: unknown) => log.fault('auth.open', error));
				if (settings.oidc) void this.#withProvider();
			});
		}
		return Promise.resolve();
	}

	async drain(): Promise<void> {
		this.#stopSweeping();
		this.#cancelOpening();
		await this.#ports.mailer?.close();
	}

	async handle(request: Request, address: string): Promise<Response> {
		const { pathname, searchParams } = new URL(request.url);
		if (pathname === `${AUTH_PATH}/error`) {
			return toSignIn(this.#desk, problemOf(400, searchParams.get('error') ?? undefined), []);
		}
		const endpoint = endpointAt(request.method, pathname);
		if (!endpoint) return answerProblem(problems.noSuchRoute);
		const lacking = endpoint.needs.find((need) => !this.#has(need));
		if (lacking) return answerProblem(lacks(lacking));
		const waitSeconds = this.#limits.call(endpoint, address);
		if (waitSeconds > 0) {
			return answerProblem(tooOften(waitSeconds), { 'retry-after': String(waitSeconds) });
		}
		const body = await bodyOf(request, endpoint);
		if (!body.ok) return answerProblem(body.error);
		const session = endpoint.session ? await this.sessionOf(request.headers) : undefined;
		const meant = request.headers.get(ACCOUNT_HEADER);
		if (endpoint.session && (!session || (meant !== null && session.user !== meant)))
			return answerProblem(signedOut);
		const query = Object.fromEntries(
			(endpoint.query ?? []).flatMap((name) => {
				const value = searchParams.get(name);
				return value === null ? [] : [[name, value]];
			})
		);
		const call: Call = { endpoint, request, address, body: body.value, query, session };
		return flows[endpoint.path](call, this.#desk);
	}

	async sessionOf(headers: Headers): Promise<AuthSession | undefined> {
		if (!headers.get('cookie')?.includes(SESSION_COOKIE)) return undefined;
		const library = await this.#opened();
		const found = await library.session(new Headers({ cookie: headers.get('cookie') ?? '' }));
		return found ? authSession(found) : undefined;
	}

	openUntilMs(session: string): number | undefined {
		return this.#rows.openUntilMs(session);
	}

	kept(user: string): Readonly<Record<string, unknown>> {
		return this.#rows.kept(user);
	}

	#has(need: Need): boolean {
		const { passwords, passkeys, emailLinks, oidc } = this.methods;
		return { passwords, passkeys, mail: emailLinks, oidc: oidc !== undefined }[need];
	}

	#newDesk(): Desk {
		const { origin, world, clock, settings } = this.#ports;
		const base = origin ?? LOCAL_BASE;
		const ask = (library: Library, call: Call, ask: Ask) =>
			exchange(library, ask, {
				request: call.request,
				base,
				hasOwnOrigin: origin !== undefined,
				asker: {
					address: call.address,
					method: methodOf[call.endpoint.path],
					isSigningOut: call.endpoint.path === '/sign-out'
				}
			});
		return {
			base,
			world,
			rows: this.#rows,
			limits: this.#limits,
			nowMs: () => clock.nowMs(),
			providerName: settings.oidc?.name ?? '',
			ask: async (call, asked) => ask(await this.#opened(), call, asked),
			askProvider: async (call, asked) => {
				const library = await this.#withProvider();
				return library && this.#inTime(ask(library, call, asked));
			},
			ownerOfReset: async (token) => {
				const library = await this.#opened();
				const user = await library.ownerOfReset(token);
				return user === undefined ? undefined : this.#rows.userById(user);
			}
		};
	}

	/** better-auth without the provider, so that nobody waits for one who is away. */
	#opened(): Promise<Library> {
		this.#library ??= this.#open({ provider: false }).catch((error: unknown) => {
			this.#library = undefined;
			throw error;
		});
		return this.#library;
	}

	async #open(wanted: { provider: boolean }): Promise<Library> {
		const { clock, log, settings, world, origin, connect } = this.#ports;
		const fromMs = clock.tickMs();
		const { openLibrary } = await import('./library.ts');
		this.#libraryPorts ??= {
			settings,
			connection: connect(),
			rows: this.#rows,
			world,
			log,
			base: this.#desk.base,
			hasOwnOrigin: origin !== undefined,
			post: this.#postOf()
		};
		const library = await openLibrary(this.#libraryPorts, wanted);
		log.info('auth.opened', { ms: Math.round(clock.tickMs() - fromMs), provider: wanted.provider });
		return library;
	}

	/** better-auth with the provider. Undefined while that is away; asking again tries again. */
	async #withProvider(): Promise<Library | undefined> {
		const { clock, log } = this.#ports;
		const kept = this.#provider;
		if (kept && clock.tickMs() - kept.atMs < PROVIDER_MS_MAX) return this.#orAway(kept.library);
		const fresh = { library: this.#open({ provider: true }), atMs: clock.tickMs() };
		this.#provider = fresh;
		try {
			const library = await fresh.library;
			if (library.hasProvider) return library;
			log.warn('auth.provider-away', { code: 'not-openid' });
		} catch (error) {
			log.warn('auth.provider-away', { code: codeOf(error) });
		}
		if (this.#provider === fresh) this.#provider = kept;
		return kept && this.#orAway(kept.library);
	}

	/** What the provider has to do with, or undefined when it takes too long: better-auth would wait for ever. */
	async #inTime<T>(asked: Promise<T>): Promise<T | undefined> {
		const late = Promise.withResolvers<undefined>();
		const cancel = this.#ports.clock.after(PROVIDER_ANSWER_MS_MAX, () => late.resolve(undefined));
		try {
			return await Promise.race([asked, late.promise]);
		} finally {
			cancel();
		}
	}

	async #orAway(library: Promise<Library>): Promise<Library | undefined> {
		try {
			const found = await library;
			return found.hasProvider ? found : undefined;
		} catch {
			return undefined; // Whoever began to open it has logged why.
		}
	}

	/** Sends later: an answer that waited for the mail server would tell which addresses are known. */
	#postOf(): ((mail: Mail) => void) | undefined {
		const { mailer, log } = this.#ports;
		if (!mailer) return undefined;
		return (mail) => {
			if (!this.#limits.mayMail(mail.to)) return log.warn('mail.held-back', { code: 'too-often' });
			mailer.send(mail).catch(() => undefined); // The mailer has logged it, and nobody here may be told.
		};
	}
}

const SESSION_COOKIE = 'downbeat.session_token=';

/** Browsers make passkeys for https, and for this machine's own name. */
function hasSafeOrigin(origin: string | undefined): boolean {
	if (origin === undefined) return true;
	const { protocol, hostname } = new URL(origin);
	return protocol === 'https:' || hostname === 'localhost';
}

const authSession = ({ session, user }: FoundSession): AuthSession => ({
	id: session.id,
	user: user.id,
	email: user.email,
	isEmailVerified: user.emailVerified,
	name: user.name,
	expiresAtMs: session.expiresAt.getTime()
});

async function bodyOf(
	request: Request,
	{ method, body: schema }: KnownEndpoint
): Promise<Result<Record<string, unknown>, Problem>> {
	if (method === 'GET') return ok({});
	// A form of another site cannot say that it sends JSON without asking first.
	if (!/^application\/json(;|$)/i.test(request.headers.get('content-type') ?? '')) {
		return refuse({ ...problems.badJson, status: 415 });
	}
	const bytes = await request.arrayBuffer();
	if (bytes.byteLength > AUTH_BODY_BYTES_MAX) return refuse(tooLarge(AUTH_BODY_BYTES_MAX));
	if (!schema) return ok({});
	const json = jsonOf(new TextDecoder().decode(bytes));
	if (!json.ok) return json;
	const parsed = schema.safeParse(json.value);
	return parsed.success ? ok({ ...parsed.data }) : refuse(invalidInput('body', parsed.error));
}

function jsonOf(text: string): Result<unknown, Problem> {
	try {
		return ok(JSON.parse(text || '{}'));
	} catch {
		return refuse(problems.badJson); // Where the parser stopped says nothing to whoever sent it.
	}
}

const codeOf = (error: unknown): string =>
	error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
