import crypto from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { onTestFinished } from 'vitest';
import { ManualClock } from '../../server/clock-manual.ts';
import { plainIdentity, type IdentitySettings } from '../../server/config-identity.ts';
import { createApp } from '../../server/http/app.ts';
import type { App } from '../../server/http/env.ts';
import { Gate } from '../../server/http/gate.ts';
import { createIdentity } from '../../server/identity/accounts.ts';
import type { Identity, IdentityEvent } from '../../server/identity/identity.ts';
import type { Mail, Mailer } from '../../server/identity/mailer.ts';
import { mountIdentity } from '../../server/identity/routes.ts';
import { createLog } from '../../server/log.ts';
import { HttpMeter } from '../../server/metrics/http-meter.ts';
import { allMigrations } from '../../server/storage/sqlite/migrations-all.ts';
import { openForServer } from '../../server/storage/sqlite/open.ts';

export const ORIGIN = 'https://downbeat.example.com';
export const INVITE = 'dbi_an-invite';
export const PASSWORD = 'slow hiking boots';

/**
 * Passwords are hashed as ever, but for the cost: 16,384 rounds are a tenth of a second each, and these tests hash a
 * hundred times. `tests/server/accounts.test.ts` pays the full price.
 */
const { scrypt } = crypto;
crypto.scrypt = ((password, salt, length, options, done) =>
	scrypt(password, salt, length, { ...options, N: 16 }, done)) as typeof scrypt;
syncBuiltinESMExports();

export interface IdentityWorldOptions {
	readonly settings?: Partial<IdentitySettings>;
	readonly origin?: string | undefined;
	/** `false`: a server without mail. */
	readonly mailer?: Mailer | false;
	readonly invited?: readonly string[];
}

export interface RunningIdentity {
	readonly app: App;
	readonly identity: Identity;
	readonly clock: ManualClock;
	/** A connection beside the server's: for what only time would do. */
	readonly database: DatabaseSync;
	readonly events: IdentityEvent[];
	readonly mails: Mail[];
	/** What was logged, as one text. */
	readonly logged: () => string;
	readonly browser: (address?: string) => Browser;
}

/** Accounts on a database of their own, behind the real app, with the real better-auth. */
export function startIdentity(options: IdentityWorldOptions = {}): RunningIdentity {
	const folder = mkdtempSync(join(tmpdir(), 'downbeat-identity-'));
	const database = openForServer(folder, allMigrations);
	const clock = new ManualClock(Date.now());
	const lines: string[] = [];
	const log = createLog({ write: (line) => void lines.push(line), clock, isJson: true });
	const events: IdentityEvent[] = [];
	const mails: Mail[] = [];
	const origin = 'origin' in options ? options.origin : ORIGIN;
	const kept: Mailer = {
		send: (mail) => Promise.resolve(void mails.push(mail)),
		close: () => Promise.resolve()
	};
	const identity = createIdentity({
		settings: { ...plainIdentity, ...options.settings },
		origin,
		connect: () => database.connect(),
		mailer: options.mailer === false ? undefined : (options.mailer ?? kept),
		world: {
			maySignUp: (request) => request.headers.get('x-downbeat-invite') === INVITE,
			isInvited: (email) => options.invited?.includes(email) ?? false,
			onEvent: (event) => void events.push(event)
		},
		clock,
		log
	});
	const meter = new HttpMeter();
	const app = createApp(
		{
			clock,
			log,
			version: 'test',
			publicOrigin: origin,
			gate: new Gate({ clock, meter, isOn: false }),
			meter,
			isDiskTrouble: () => false,
			serveFiles: () => Promise.resolve(new Response('page'))
		},
		(it) => mountIdentity(it, { identity, origin })
	);
	const beside = database.connect();
	onTestFinished(async () => {
		await identity.drain();
		database.close();
		rmSync(folder, { recursive: true, force: true });
	});
	return {
		app,
		identity,
		clock,
		database: beside,
		events,
		mails,
		logged: () => lines.join('\n'),
		browser: (address = '198.51.100.7') => new Browser(app, origin ?? 'http://localhost:4380', address)
	};
}

export interface Answer {
	readonly status: number;
	readonly headers: Headers;
	/** Parsed JSON; an empty object for an empty body. */
	readonly body: Record<string, unknown>;
}

/** What a browser adds to a request: its cookies, and which page asks. */
export class Browser {
	readonly cookies = new Map<string, string>();
	readonly #app: App;
	readonly #origin: string;
	readonly #address: string;

	constructor(app: App, origin: string, address: string) {
		this.#app = app;
		this.#origin = origin;
		this.#address = address;
	}

	/** To be shown by whoever asks `sessionOf`. */
	get headers(): Headers {
		return new Headers({ cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ') });
	}

	get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
		return this.#ask(path, { headers });
	}

	post(path: string, body: object = {}, headers: Record<string, string> = {}): Promise<Answer> {
		return this.#ask(path, {
			method: 'POST',
			headers: { 'content-type': 'application/json', origin: this.#origin, ...headers },
			body: JSON.stringify(body)
		});
	}

	signUp(email: string, over: { name?: string; password?: string } = {}): Promise<Answer> {
		const body = { name: 'Nadia Okafor', password: PASSWORD, email, ...over };
		return this.post('/api/auth/sign-up/email', body, { 'x-downbeat-invite': INVITE });
	}

	signIn(email: string, password = PASSWORD): Promise<Answer> {
		return this.post('/api/auth/sign-in/email', { email, password });
	}

	async #ask(path: string, init: RequestInit & { headers: Record<string, string> }): Promise<Answer> {
		const host = URL.parse(this.#origin)?.host ?? '';
		const headers = { host, ...init.headers, ...Object.fromEntries(this.headers) };
		const incoming = { socket: { remoteAddress: this.#address }, headers };
		const answer = await this.#app.request(
			new Request(new URL(path, this.#origin), { ...init, headers }),
			{},
			{ incoming: incoming as unknown as IncomingMessage }
		);
		for (const cookie of answer.headers.getSetCookie()) this.#keep(cookie);
		const text = await answer.text();
		const body = text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {};
		return { status: answer.status, headers: answer.headers, body };
	}

	#keep(cookie: string): void {
		const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
		if (value === '' || /max-age=0(;|$)/i.test(cookie)) this.cookies.delete(name);
		else this.cookies.set(name, value);
	}
}

/** What a link in a mail carries after its `#`. */
export function tokenIn(mail: Mail | undefined, name: 'link' | 'reset' | 'verify'): string {
	const [, token = ''] = new RegExp(`/sign-in#${name}=(\\S+)`).exec(mail?.text ?? '') ?? [];
	return token;
}
