import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';
import { onTestFinished } from 'vitest';
import { ORIGIN } from './identity-world.ts';

/** What the provider says of whoever signs in there with this name. */
export interface Claims {
	readonly email?: string;
	readonly email_verified?: boolean;
	readonly name?: string;
}

export interface OidcIssuer {
	readonly settings: {
		readonly issuer: string;
		readonly clientId: string;
		readonly clientSecret: string;
		readonly name: string;
	};
	/** By the name they sign in with there. */
	readonly people: Map<string, Claims>;
	readonly stop: () => Promise<void>;
}

const CALLBACK = `${ORIGIN}/api/auth/callback/oidc`;

/** A certified OpenID Connect provider on this machine, with pages to sign in and to agree on. */
export async function startIssuer(port = 0): Promise<OidcIssuer> {
	const server = createServer();
	const issuer = await listen(server, port);
	const people = new Map<string, Claims>();
	const clientSecret = 'of-the-client';
	const provider = new Provider(issuer, {
		clients: [{ client_id: 'downbeat', client_secret: clientSecret, redirect_uris: [CALLBACK] }],
		claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
		cookies: { keys: ['of this test alone'] },
		pkce: { required: () => true },
		ttl: { AccessToken: 60, AuthorizationCode: 60, Grant: 60, IdToken: 60, Interaction: 60, Session: 60 },
		findAccount: (_context, sub) => ({
			accountId: sub,
			claims: () => ({ sub, ...people.get(sub) })
		})
	});
	const answer = provider.callback();
	server.on('request', (request, response) => void answer(request, response));
	const stop = () =>
		new Promise<void>((resolve) => {
			server.close(() => resolve());
			server.closeAllConnections();
		});
	onTestFinished(stop);
	return { settings: { issuer, clientId: 'downbeat', clientSecret, name: 'Example ID' }, people, stop };
}

export interface Impostor {
	readonly issuer: string;
	/** Resolves when somebody posts to it, such as a code for tokens. It never answers that. */
	readonly asked: Promise<void>;
}

/** Something that answers every question with this JSON. */
export async function startImpostor(answer: (issuer: string) => object): Promise<Impostor> {
	const server = createServer();
	const issuer = await listen(server, 0);
	const asked = Promise.withResolvers<void>();
	server.on('request', ({ method }, response) => {
		if (method === 'POST') return asked.resolve();
		response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer(issuer)));
	});
	onTestFinished(
		() =>
			new Promise<void>((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			})
	);
	return { issuer, asked: asked.promise };
}

async function listen(server: Server, port: number): Promise<string> {
	server.listen(port, '127.0.0.1');
	await once(server, 'listening');
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/**
 * Signs in at the provider and agrees to what it asks, as a browser would; with `agrees: false` turns back at once.
 * Gives the address the provider sends one back to, with its path and query.
 */
export async function visitIssuer(url: string, login: string, { agrees = true } = {}): Promise<string> {
	const cookies = new Map<string, string>();
	let next: { url: string; form?: Record<string, string> } = { url };
	for (let step = 0; step < 12; step++) {
		const answer = await fetch(next.url, {
			redirect: 'manual',
			headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
			...(next.form && { method: 'POST', body: new URLSearchParams(next.form) })
		});
		for (const cookie of answer.headers.getSetCookie()) {
			const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
			cookies.set(name, value);
		}
		const location = answer.headers.get('location');
		if (location) {
			const to = new URL(location, next.url);
			if (to.origin === ORIGIN) return to.pathname + to.search;
			next = { url: to.href };
			continue;
		}
		next = formOn(await answer.text(), next.url, { login, agrees });
	}
	throw new Error('the provider never sent us back');
}

function formOn(page: string, from: string, { login, agrees }: { login: string; agrees: boolean }) {
	if (!agrees) return { url: `${from}/abort` };
	const [, action = ''] = /<form[^>]* action="([^"]+)"/.exec(page) ?? [];
	const [, prompt = ''] = /name="prompt" value="([^"]+)"/.exec(page) ?? [];
	if (!action || !prompt) throw new Error(`no form on ${from}: ${page.slice(0, 300)}`);
	return { url: new URL(action, from).href, form: { prompt, login, password: 'anything' } };
}
