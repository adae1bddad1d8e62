import * as z from 'zod';
import { ok, refuse, type Result } from '#lib/util/result.ts';

/** Whether people have accounts, and by which ways they sign in. */
export interface IdentitySettings {
	/** `required`: nobody is let in by a link alone. `off`: there are no accounts, and nothing of them is loaded. */
	readonly accounts: 'optional' | 'required' | 'off';
	readonly passwords: boolean;
	/** An OpenID Connect provider, found by discovery. */
	readonly oidc: OidcSettings | undefined;
	/** Where mail goes out, and from whom. */
	readonly mail: MailSettings | undefined;
	/** Signs cookies and links. Undefined: one is made once and kept in the database. */
	readonly secret: string | undefined;
}

/** What an empty environment gives. */
export const plainIdentity: IdentitySettings = {
	accounts: 'optional',
	passwords: true,
	oidc: undefined,
	mail: undefined,
	secret: undefined
};

export interface OidcSettings {
	/** Exactly as the provider writes it into its tokens. */
	readonly issuer: string;
	readonly clientId: string;
	readonly clientSecret: string;
	/** What people call it: “Continue with …”. */
	readonly name: string;
}

export interface MailSettings {
	/** `smtp://` or `smtps://`, with name and password when the server wants them. */
	readonly url: string;
	/** `downbeat@example.com` or `Downbeat <downbeat@example.com>`. */
	readonly from: string;
}

export const IDENTITY_VARIABLES = [
	'DOWNBEAT_ACCOUNTS',
	'DOWNBEAT_PASSWORDS',
	'DOWNBEAT_SECRET',
	'DOWNBEAT_OIDC_ISSUER',
	'DOWNBEAT_OIDC_CLIENT_ID',
	'DOWNBEAT_OIDC_CLIENT_SECRET',
	'DOWNBEAT_OIDC_NAME',
	'DOWNBEAT_SMTP_URL',
	'DOWNBEAT_MAIL_FROM'
] as const;

/** As many characters as the 256 bits of HMAC-SHA-256 need at the least. */
export const SECRET_LENGTH_MIN = 32;

const ACCOUNTS_RULE = 'optional, required or off';
const PASSWORDS_RULE = 'on or off';
const SECRET_RULE = `${SECRET_LENGTH_MIN} to 512 characters, made by chance, such as by openssl rand -base64 48`;
const ISSUER_RULE =
	"the provider's issuer, such as https://id.example.com/realms/main (http only on this machine)";
const OIDC_TEXT_RULE = "what the provider's console shows, on one line";
const NAME_RULE = 'one line of at most 40 characters, such as Example ID';
const SMTP_RULE = 'an address such as smtps://name:password@mail.example.com or smtp://mail.example.com:587';
const FROM_RULE = 'an address such as downbeat@example.com or Downbeat <downbeat@example.com>';

const line = (rule: string, lengthMax: number) =>
	z
		.string()
		.max(lengthMax, rule)
		.regex(/^\P{Cc}+$/u, rule);

/** Parts of the environment's schema, each with the rule that its sentence gives. */
export const identityEnvironment = {
	DOWNBEAT_ACCOUNTS: z.enum(['optional', 'required', 'off'], ACCOUNTS_RULE).default('optional'),
	DOWNBEAT_PASSWORDS: z.enum(['on', 'off'], PASSWORDS_RULE).default('on'),
	DOWNBEAT_SECRET: z.string().min(SECRET_LENGTH_MIN, SECRET_RULE).max(512, SECRET_RULE).optional(),
	DOWNBEAT_OIDC_ISSUER: z.string().refine(isIssuer, ISSUER_RULE).optional(),
	DOWNBEAT_OIDC_CLIENT_ID: line(OIDC_TEXT_RULE, 1024).optional(),
	DOWNBEAT_OIDC_CLIENT_SECRET: line(OIDC_TEXT_RULE, 1024).optional(),
	DOWNBEAT_OIDC_NAME: line(NAME_RULE, 40).optional(),
	DOWNBEAT_SMTP_URL: z.string().refine(isMailServer, SMTP_RULE).optional(),
	DOWNBEAT_MAIL_FROM: z.string().refine(isSender, FROM_RULE).optional()
};

/** What the parts above parse to, and the origin they may depend on. */
export type IdentityEnvironment = z.infer<z.ZodObject<typeof identityEnvironment>> & {
	readonly DOWNBEAT_ORIGIN?: string | undefined;
};

/** The settings, or one sentence for each that does not go with the others. */
export function identitySettings(env: IdentityEnvironment): Result<IdentitySettings, readonly string[]> {
	const sentences = [...halves(env), ...withoutOrigin(env), ...nobodyIn(env)];
	if (sentences.length > 0) return refuse(sentences);
	return ok({
		accounts: env.DOWNBEAT_ACCOUNTS,
		passwords: env.DOWNBEAT_PASSWORDS === 'on',
		oidc: oidcOf(env),
		mail: mailOf(env),
		secret: env.DOWNBEAT_SECRET
	});
}

function oidcOf(env: IdentityEnvironment): OidcSettings | undefined {
	const issuer = env.DOWNBEAT_OIDC_ISSUER;
	const [clientId, clientSecret] = [env.DOWNBEAT_OIDC_CLIENT_ID, env.DOWNBEAT_OIDC_CLIENT_SECRET];
	if (!issuer || !clientId || !clientSecret) return undefined;
	return { issuer, clientId, clientSecret, name: env.DOWNBEAT_OIDC_NAME ?? new URL(issuer).hostname };
}

function mailOf(env: IdentityEnvironment): MailSettings | undefined {
	const [url, from] = [env.DOWNBEAT_SMTP_URL, env.DOWNBEAT_MAIL_FROM];
	return url && from ? { url, from } : undefined;
}

const OIDC_SET = ['DOWNBEAT_OIDC_ISSUER', 'DOWNBEAT_OIDC_CLIENT_ID', 'DOWNBEAT_OIDC_CLIENT_SECRET'] as const;
const MAIL_SET = ['DOWNBEAT_SMTP_URL', 'DOWNBEAT_MAIL_FROM'] as const;

function halves(env: IdentityEnvironment): readonly string[] {
	const sets = [
		{ set: OIDC_SET, isBegun: !!env.DOWNBEAT_OIDC_NAME, what: 'Signing in with a provider' },
		{ set: MAIL_SET, isBegun: false, what: 'Sending mail' }
	];
	return sets.flatMap(({ set, isBegun, what }) => {
		const missing = set.filter((name) => !env[name]);
		const isNone = missing.length === set.length && !isBegun;
		if (isNone || missing.length === 0) return [];
		return [
			`${inWords(missing)} missing. ${what} needs ${set.join(', ')} together; set all of them or none.`
		];
	});
}

const inWords = (names: readonly string[]): string =>
	`${names.join(' and ')} ${names.length === 1 ? 'is' : 'are'}`;

function withoutOrigin(env: IdentityEnvironment): readonly string[] {
	if (env.DOWNBEAT_ORIGIN) return [];
	const needs = [
		{ name: 'DOWNBEAT_OIDC_ISSUER', why: 'the provider sends people back to it' },
		{ name: 'DOWNBEAT_SMTP_URL', why: 'links in mails lead to it' }
	] as const;
	return needs
		.filter(({ name }) => env[name])
		.map(
			({ name, why }) =>
				`${name} needs DOWNBEAT_ORIGIN, because ${why}. Set it to what people type to come here.`
		);
}

function nobodyIn(env: IdentityEnvironment): readonly string[] {
	const isLocked =
		env.DOWNBEAT_ACCOUNTS === 'required' && env.DOWNBEAT_PASSWORDS === 'off' && !oidcOf(env) && !mailOf(env);
	if (!isLocked) return [];
	return [
		'DOWNBEAT_ACCOUNTS is required and DOWNBEAT_PASSWORDS is off, so that nobody could make an account. ' +
			'Set up DOWNBEAT_OIDC_ISSUER or DOWNBEAT_SMTP_URL, or turn passwords on.'
	];
}

function isIssuer(text: string): boolean {
	const url = URL.parse(text);
	if (!url || url.search || url.hash || url.username || url.password) return false;
	return url.protocol === 'https:' || (url.protocol === 'http:' && isThisMachine(url.hostname));
}

/** Whether a browser treats the host as secure without TLS: this machine's own names. */
export const isThisMachine = (hostname: string): boolean =>
	hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]';

function isMailServer(text: string): boolean {
	const url = URL.parse(text);
	return (url?.protocol === 'smtp:' || url?.protocol === 'smtps:') && url.hostname !== '';
}

function isSender(text: string): boolean {
	const named = /^(?<name>[^<>\p{Cc}"]{1,80}) <(?<address>[^<>\p{Cc}]+)>$/u.exec(text);
	return z.email().safeParse(named?.groups?.['address'] ?? text).success;
}
