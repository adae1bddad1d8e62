import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { passkey } from '@better-auth/passkey';
import { NodeSqliteDialect } from '@better-auth/kysely-adapter/node-sqlite-dialect';
import { APIError } from '@better-auth/core/error';
import { betterAuth, type BetterAuthOptions } from 'better-auth';
import { magicLink } from 'better-auth/plugins/magic-link';
import type { IdentitySettings } from '../config-identity.ts';
import type { Log } from '../log.ts';
import { ADDRESS_HEADER, type Asker } from './asker.ts';
import type { IdentityEvent, IdentityWorld } from './identity.ts';
import type { Mail } from './mailer.ts';
import {
	RESET_LINK_MINUTES,
	resetMail,
	SIGN_IN_LINK_MINUTES,
	signInMail,
	VERIFY_LINK_HOURS,
	verifyMail
} from './mails.ts';
import { discover, oidcPlugin } from './oidc.ts';
import { OIDC_ID } from './oidc-id.ts';
import { PASSWORD_LENGTH_MAX, PASSWORD_LENGTH_MIN } from './passwords.ts';
import type { IdentityRows } from './rows.ts';

// The one door to better-auth. It costs 95 MB and over a second to import, so nothing else imports this file but
// `accounts.ts`, and that when somebody needs it. What it is told here is all it does: no telemetry, no caches, no
// limits of its own, no tables of its own making.

export interface LibraryPorts {
	readonly settings: IdentitySettings;
	/** Of better-auth alone. */
	readonly connection: DatabaseSync;
	readonly rows: IdentityRows;
	readonly world: IdentityWorld;
	readonly log: Log;
	/** Scheme and host that people type; a stand-in where none is set. */
	readonly base: string;
	readonly hasOwnOrigin: boolean;
	/** Sends when it may, later; undefined where there is no mail. */
	readonly post: ((mail: Mail) => void) | undefined;
}

const DAY_SECONDS = 24 * 60 * 60;
export const SESSION_DAYS = 30;
export const FRESH_SECONDS = 60 * 60;

const asking = new AsyncLocalStorage<Asker>();

export interface Library {
	/** Answers as better-auth does, and tells the world what happened meanwhile. */
	ask(request: Request, asker: Asker): Promise<Response>;
	session(headers: Headers): Promise<FoundSession | null>;
	/** Whose the token of a password mail is. Does not spend it. */
	ownerOfReset(token: string): Promise<string | undefined>;
	readonly hasProvider: boolean;
}

export interface FoundSession {
	readonly session: { readonly id: string; readonly expiresAt: Date };
	readonly user: {
		readonly id: string;
		readonly email: string;
		readonly name: string;
		readonly emailVerified: boolean;
	};
}

/** better-auth as we use it. With `provider` it asks the OIDC provider first, and throws `ProviderAway`. */
export async function openLibrary(
	ports: LibraryPorts,
	{ provider }: { provider: boolean }
): Promise<Library> {
	const { oidc } = ports.settings;
	const found = provider && oidc ? [oidcPlugin(oidc, await discover(oidc))] : [];
	const options = optionsOf(ports);
	const auth = betterAuth({ ...options, plugins: [...options.plugins, ...found] });
	const context = await auth.$context;
	return {
		hasProvider: context.socialProviders.some(({ id }) => id === OIDC_ID),
		ask: (request, asker) => asking.run(asker, () => auth.handler(request)),
		session: (headers) => auth.api.getSession({ headers, query: { disableRefresh: true } }),
		async ownerOfReset(token) {
			const kept = await context.internalAdapter.findVerificationValue(`reset-password:${token}`);
			return kept?.value;
		}
	};
}

/** For the test that compares our tables with what better-auth wants. */
export const optionsOf = (ports: LibraryPorts) =>
	({
		appName: 'Downbeat',
		baseURL: ports.base,
		basePath: '/api/auth',
		secret: ports.settings.secret ?? ports.rows.keptSecret(),
		// With `transaction` better-auth holds SQLite's write lock over crypto that takes turns of the event loop,
		// and every other store would block the loop for that lock. Its statements stand alone instead.
		database: {
			dialect: new NodeSqliteDialect({ database: ports.connection }),
			type: 'sqlite' as const,
			transaction: false
		},
		telemetry: { enabled: false },
		rateLimit: { enabled: false }, // Ours are in `limits.ts`: its own know no clock but the wall's.
		logger: { level: 'warn' as const, log: logOf(ports.log) },
		onAPIError: { errorURL: `${ports.base}/sign-in`, throw: true }, // Else it writes faults to the console.
		trustedOrigins: (request?: Request) => Promise.resolve([request?.headers.get('origin')]),
		advanced: {
			cookiePrefix: 'downbeat',
			useSecureCookies: ports.base.startsWith('https:'),
			disableOriginCheck: false,
			disableCSRFCheck: false,
			ipAddress: { ipAddressHeaders: [ADDRESS_HEADER], ipv6Subnet: 128 as const },
			// Not 'uuid': with that, better-auth drops the ids that it makes itself to reserve something once.
			database: { generateId: () => randomUUID() }
		},
		session: {
			modelName: 'auth_session',
			expiresIn: SESSION_DAYS * DAY_SECONDS,
			updateAge: DAY_SECONDS,
			freshAge: FRESH_SECONDS,
			cookieCache: { enabled: false } // A revoked session ends now, not when a cache does.
		},
		verification: { modelName: 'auth_verification', storeIdentifier: 'hashed' as const },
		account: {
			modelName: 'auth_account',
			updateAccountOnSignIn: false,
			accountLinking: { enabled: true, trustedProviders: [], requireLocalEmailVerified: true }
		},
		user: {
			modelName: 'auth_user',
			changeEmail: { enabled: false },
			deleteUser: { enabled: true },
			validateUserInfo: ({ user, source }) => {
				const isByLink = source.action === 'create-user' && source.method === 'magic-link';
				if (!isByLink || ports.world.isInvited(user.email ?? '')) return undefined;
				return { error: 'NOT_INVITED' };
			}
		},
		...passwordOptions(ports),
		databaseHooks: hooksOf(ports),
		plugins: [passkeyPlugin(ports), linkPlugin(ports)]
	}) satisfies BetterAuthOptions;

function passwordOptions({ settings, base, post, rows }: LibraryPorts) {
	return {
		emailAndPassword: {
			enabled: settings.passwords,
			minPasswordLength: PASSWORD_LENGTH_MIN,
			maxPasswordLength: PASSWORD_LENGTH_MAX,
			autoSignIn: true,
			revokeSessionsOnPasswordReset: true,
			resetPasswordTokenExpiresIn: RESET_LINK_MINUTES * 60,
			...(post && {
				sendResetPassword: ({ user, token }: { user: { email: string }; token: string }) => {
					post(resetMail({ to: user.email, link: `${base}/sign-in#reset=${token}` }));
					return Promise.resolve();
				}
			}),
			onPasswordReset: ({ user }: { user: { id: string; emailVerified: boolean } }) => {
				// The mail proved the mailbox; what was there before the proof may be a stranger's.
				if (!user.emailVerified) {
					rows.forgetUnproven(user.id);
					rows.markVerified(user.id);
				}
				return Promise.resolve();
			}
		},
		emailVerification: {
			sendOnSignUp: post !== undefined,
			expiresIn: VERIFY_LINK_HOURS * 60 * 60,
			autoSignInAfterVerification: false,
			...(post && {
				sendVerificationEmail: ({ user, token }: { user: { email: string }; token: string }) => {
					post(verifyMail({ to: user.email, link: `${base}/sign-in#verify=${token}` }));
					return Promise.resolve();
				}
			})
		}
	};
}

function linkPlugin({ base, post, rows, world }: LibraryPorts) {
	return magicLink({
		expiresIn: SIGN_IN_LINK_MINUTES * 60,
		sendMagicLink: ({ email, token }) => {
			const isExpected = rows.userByEmail(email) !== undefined || world.isInvited(email);
			if (isExpected) post?.(signInMail({ to: email, link: `${base}/sign-in#link=${token}` }));
		}
	});
}

function passkeyPlugin({ base, hasOwnOrigin }: LibraryPorts) {
	return passkey({
		rpName: 'Downbeat',
		rpID: new URL(base).hostname,
		origin: hasOwnOrigin ? base : null,
		schema: { passkey: { modelName: 'auth_passkey' } },
		authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
		registration: {
			afterVerification: ({ verification }) => unlocked(verification.registrationInfo?.userVerified)
		},
		authentication: {
			afterVerification: ({ verification }) => unlocked(verification.authenticationInfo.userVerified)
		}
	});
}

/** A passkey stands for a password and what one holds: without its lock it is only the second. */
function unlocked(isVerified: boolean | undefined): undefined {
	if (isVerified) return undefined;
	throw new APIError('BAD_REQUEST', {
		code: 'PASSKEY_NOT_VERIFIED',
		message: 'User verification is required'
	});
}

interface SessionLike {
	readonly id: string;
	readonly userId: string;
	readonly expiresAt: Date;
}

/** better-auth's own notices as events, and nothing of a provider's tokens kept: we never ask it anything again. */
function hooksOf({ world, rows }: LibraryPorts): NonNullable<BetterAuthOptions['databaseHooks']> {
	const tell = (make: (asker: Asker) => IdentityEvent | undefined): Promise<void> => {
		const asker = asking.getStore();
		const event = asker && make(asker);
		if (event) world.onEvent(event);
		return Promise.resolve();
	};
	const withoutTokens = (account: object) =>
		Promise.resolve({ data: { ...account, accessToken: null, refreshToken: null, idToken: null } });
	return {
		account: { create: { before: withoutTokens } },
		user: {
			create: {
				after: ({ id }) =>
					tell(({ address, method }) => ({
						type: 'account-created',
						user: id,
						address,
						method: method ?? 'sign-up'
					}))
			},
			update: {
				after: (user) => {
					if (asking.getStore()?.method === 'email-link' && user.emailVerified) rows.forgetUnproven(user.id);
					return Promise.resolve();
				}
			},
			delete: {
				after: ({ id }) => tell(({ address }) => ({ type: 'account-deleted', user: id, address }))
			}
		},
		session: {
			create: {
				after: ({ id, userId }) =>
					tell(
						({ address, method }) =>
							method && { type: 'signed-in', user: userId, session: id, address, method }
					)
			},
			delete: { after: (session) => tell((asker) => endedSession(session, asker)) }
		}
	};
}

function endedSession({ id, userId, expiresAt }: SessionLike, { address, isSigningOut }: Asker) {
	if (new Date(expiresAt).getTime() < Date.now()) return undefined; // It had ended by itself.
	const type = isSigningOut ? 'signed-out' : 'session-revoked';
	return { type, user: userId, session: id, address } as const;
}

/**
 * What better-auth says goes into our log without its words, which name addresses and tokens. Warnings are answers
 * that a client got anyway; only a mistake keeps its stack.
 */
function logOf(log: Log) {
	return (level: string, message: unknown, ...details: readonly unknown[]): void => {
		if (level !== 'error') return;
		const fault = [message, ...details].find((one) => one instanceof Error);
		if (!fault) return log.warn('auth.library', { code: 'refused' });
		log.fault('auth.library', withoutMessage(fault));
	};
}

/** The error with its kind and its stack, without what it says: that may quote what somebody typed. */
function withoutMessage(error: Error): Error {
	const plain = new Error(error.name);
	plain.name = error.name;
	plain.stack = [error.name, ...(error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))].join(
		'\n'
	);
	return plain;
}
