import { genericOAuth } from 'better-auth/plugins/generic-oauth';
import * as z from 'zod';
import { NAME_LENGTH_MAX } from '#lib/domain/person.ts';
import type { OidcSettings } from '../config-identity.ts';
import { OIDC_ID } from './oidc-id.ts';
import { oneLine } from './one-line.ts';

/** What a provider says of itself (OpenID Connect Discovery 1.0). */
const discovery = z.object({
	issuer: z.string(),
	authorization_endpoint: z.url(),
	token_endpoint: z.url(),
	jwks_uri: z.url(),
	userinfo_endpoint: z.url().optional(),
	id_token_signing_alg_values_supported: z.array(z.string()).min(1),
	token_endpoint_auth_methods_supported: z.array(z.string()).optional()
});
export type Discovery = z.infer<typeof discovery>;

/** The provider is away, or is not the one that was set. */
export class ProviderAway extends Error {
	override readonly name = 'ProviderAway';
	readonly code: 'unreachable' | 'not-openid' | 'wrong-issuer';

	constructor(code: 'unreachable' | 'not-openid' | 'wrong-issuer', options?: ErrorOptions) {
		super(`The sign-in provider cannot be used: ${code}.`, options);
		this.code = code;
	}
}

const FETCH_MS_MAX = 5_000;

export const discoveryUrl = (issuer: string): string =>
	`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;

/** Asks the provider. Throws `ProviderAway`. */
export async function discover({ issuer }: OidcSettings): Promise<Discovery> {
	const parsed = discovery.safeParse(await fetchJson(discoveryUrl(issuer), {}));
	if (!parsed.success) throw new ProviderAway('not-openid');
	// Section 4.3: anything but the very issuer we asked is somebody who speaks for another.
	if (parsed.data.issuer !== issuer) throw new ProviderAway('wrong-issuer');
	if (!addressesOf(parsed.data).every((url) => new URL(url).protocol === new URL(issuer).protocol)) {
		throw new ProviderAway('not-openid'); // A code or a secret must not leave TLS on the way.
	}
	return parsed.data;
}

const addressesOf = (found: Discovery): readonly string[] => [
	found.authorization_endpoint,
	found.token_endpoint,
	found.jwks_uri,
	...(found.userinfo_endpoint ? [found.userinfo_endpoint] : [])
];

async function fetchJson(url: string, headers: Record<string, string>): Promise<unknown> {
	try {
		const answer = await fetch(url, {
			headers: { accept: 'application/json', ...headers },
			redirect: 'error',
			signal: AbortSignal.timeout(FETCH_MS_MAX)
		});
		if (answer.ok) return await answer.json();
	} catch (error) {
		throw new ProviderAway('unreachable', { cause: error });
	}
	throw new ProviderAway('unreachable');
}

/** better-auth's part that speaks with the provider: code flow with PKCE, state and nonce. */
export function oidcPlugin(settings: OidcSettings, found: Discovery) {
	const methods = found.token_endpoint_auth_methods_supported;
	return genericOAuth({
		config: [
			{
				providerId: OIDC_ID,
				name: settings.name,
				discoveryUrl: discoveryUrl(settings.issuer),
				clientId: settings.clientId,
				clientSecret: settings.clientSecret,
				scopes: ['openid', 'email', 'profile'],
				pkce: true,
				requireIdTokenVerification: true,
				// RFC 6749, 2.3.1: every provider knows Basic unless it says otherwise.
				authentication: !methods || methods.includes('client_secret_basic') ? 'basic' : 'post',
				getUserInfo: (tokens) => readPerson(tokens, found)
			}
		]
	});
}

const claims = z.object({
	sub: z.string().min(1),
	email: z.string().optional(),
	email_verified: z.union([z.boolean(), z.string()]).optional(),
	name: z.string().optional(),
	preferred_username: z.string().optional()
});

interface Tokens {
	readonly idToken?: string | undefined;
	readonly accessToken?: string | undefined;
}

/**
 * Who it is, from the id token, whose signature and nonce better-auth has checked, and where that is silent from the
 * userinfo endpoint. Null without an id token, and when the two speak of different people (Core 1.0, 5.3.2).
 */
async function readPerson(tokens: Tokens, { userinfo_endpoint }: Discovery) {
	if (!tokens.idToken) return null;
	const signed = claims.parse(payloadOf(tokens.idToken));
	let told = signed;
	if (signed.email === undefined && userinfo_endpoint && tokens.accessToken) {
		told = claims.parse(
			await fetchJson(userinfo_endpoint, { authorization: `Bearer ${tokens.accessToken}` })
		);
		if (told.sub !== signed.sub) return null;
	}
	const email = z.email().max(254).safeParse(told.email?.trim().toLowerCase());
	if (!email.success) return { sub: signed.sub, id: signed.sub, emailVerified: false };
	return {
		sub: signed.sub,
		id: signed.sub,
		email: email.data,
		emailVerified: told.email_verified === true || told.email_verified === 'true',
		name: nameOf(told.name ?? told.preferred_username ?? '') || (email.data.split('@')[0] ?? '')
	};
}

/** What a JWT says. Its signature is checked by then. */
const payloadOf = (jwt: string): unknown =>
	JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString('utf8'));

const nameOf = (text: string): string => oneLine(text).slice(0, NAME_LENGTH_MAX).trim();
