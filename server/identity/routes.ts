import { createRoute, z } from '@hono/zod-openapi';
import { bodyUpTo } from '../http/body-limit.ts';
import { clientAddress } from '../http/client-address.ts';
import type { App } from '../http/env.ts';
import { problemResponses } from '../http/problem.ts';
import { AUTH_BODY_BYTES_MAX } from './accounts.ts';
import { AUTH_PATH, endpoints, type Endpoint } from './endpoints.ts';
import type { Identity } from './identity.ts';

export interface IdentityRouteDeps {
	readonly identity: Identity;
	/** Scheme and host that people type, when the operator said so. */
	readonly origin: string | undefined;
}

const signIn = createRoute({
	method: 'get',
	path: '/api/v1/sign-in',
	summary: 'Whether there are accounts here, and by which ways people sign in',
	responses: {
		200: {
			description: 'Passkeys are named where the browser can make them: with https, or on localhost.',
			content: {
				'application/json': {
					schema: z.object({
						accounts: z.enum(['optional', 'required', 'off']),
						passwords: z.boolean(),
						passkeys: z.boolean(),
						emailLinks: z.boolean(),
						oidc: z.object({ name: z.string() }).optional()
					})
				}
			}
		},
		...problemResponses
	}
});

/** Everything of accounts: how one may sign in, and what is on the list of `endpoints.ts`. */
export function mountIdentity(app: App, { identity, origin }: IdentityRouteDeps): void {
	app.openapi(signIn, (context) => {
		const { passwords, passkeys, emailLinks, oidc } = identity.methods;
		const isHere = origin !== undefined || isLocalName(context.req.header('host'));
		return context.json(
			{
				accounts: identity.accounts,
				passwords,
				passkeys: passkeys && isHere,
				emailLinks,
				...(oidc && { oidc: { name: oidc.name } })
			},
			200
		);
	});

	for (const endpoint of endpoints) {
		describe(app, endpoint);
		app.on(endpoint.method, AUTH_PATH + endpoint.path, bodyUpTo(AUTH_BODY_BYTES_MAX), (context) =>
			identity.handle(context.req.raw, clientAddress(context.env.incoming))
		);
	}
	app.get(`${AUTH_PATH}/error`, (context) =>
		identity.handle(context.req.raw, clientAddress(context.env.incoming))
	);
}

/** A passkey of `localhost` is no use at 127.0.0.1. */
function isLocalName(host: string | undefined): boolean {
	return URL.parse(`http://${host ?? ''}`)?.hostname === 'localhost';
}

function describe(app: App, { method, path, purpose, session, body, query }: Endpoint): void {
	app.openAPIRegistry.registerPath({
		method: method === 'GET' ? 'get' : 'post',
		path: AUTH_PATH + path,
		summary: session ? `${purpose} For somebody who is signed in.` : purpose,
		request: {
			...(body && { body: { required: true, content: { 'application/json': { schema: body } } } }),
			...(query && {
				query: z.object(Object.fromEntries(query.map((name) => [name, z.string().optional()])))
			})
		},
		responses: {
			200: { description: 'Done. A session is in an HttpOnly cookie and never in the body.' },
			...problemResponses
		}
	});
}
