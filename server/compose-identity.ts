import type { AuditAction } from '#lib/domain/audit.ts';
import type { AuditEvent } from './audit/audit.ts';
import type { Recorder } from './audit/recorder.ts';
import type { Sessions } from './auth/directory-access.ts';
import type { AccountId, Directory } from './auth/directory.ts';
import type { Setup } from './auth/setup.ts';
import { hashOf, looksLikeToken } from './auth/token.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import { Attempts } from './http/attempts.ts';
import { removedFrom } from './http/admin-routes.ts';
import { bearerToken } from './http/authorise.ts';
import { isSoleOwner } from './http/me-routes.ts';
import { createIdentity } from './identity/accounts.ts';
import type { Identity, IdentityEvent } from './identity/identity.ts';
import type { Mailer } from './identity/mailer.ts';
import { createSmtpMailer } from './identity/smtp-mailer.ts';
import type { Log } from './log.ts';
import type { Database } from './storage/sqlite/open.ts';

export interface IdentityParts {
	readonly database: Database;
	readonly directory: Directory;
	readonly setup: Setup;
	readonly recorder: Recorder;
	readonly clock: Clock;
	readonly log: Log;
	/** Called when rights may have changed. */
	readonly onChange: () => void;
}

export interface ComposedIdentity {
	readonly identity: Identity;
	/** What `Access` asks about sessions. */
	readonly sessions: Sessions;
	/** Undefined on a server that sends no mail. */
	readonly mailer: Mailer | undefined;
}

/** Accounts, and what of the rest of the server they need to know. */
export function composeIdentity(config: Config, parts: IdentityParts): ComposedIdentity {
	const { database, directory, clock, log, recorder, onChange } = parts;
	const { mail } = config.identity;
	const mailer = mail && createSmtpMailer(mail, { clock, log });
	const identity = createIdentity({
		settings: config.identity,
		origin: config.origin,
		connect: () => database.connect(),
		mailer,
		clock,
		log,
		world: {
			maySignUp: signUpProof(parts),
			isInvited: (email) => isInvited(email, directory, clock.nowMs()),
			whyKept: (user) => soleOwnership(user as AccountId, directory),
			onEvent: (event) => {
				if (event.type === 'account-deleted')
					leaveEverything(event.user as AccountId, directory, clock.nowMs());
				record(event, recorder);
				onChange();
			}
		}
	});
	return { identity, mailer, sessions: sessionsOf(identity) };
}

function sessionsOf(identity: Identity): Sessions {
	return {
		async sessionOf(cookie) {
			const found = await identity.sessionOf(new Headers({ cookie }));
			return found && { id: found.id, account: found.user as AccountId, name: found.name };
		},
		openUntilMs: (id) => identity.openUntilMs(id)
	};
}

/** Wrong setup tokens a minute from everywhere: it may be one that people chose (as in `setup-routes.ts`). */
const WRONG_SETUP_MAX = 60;

/** An invite, a token of somebody who is in, or the setup token. */
function signUpProof({ directory, setup, clock }: IdentityParts): (request: Request) => boolean {
	const wrongSetups = new Attempts(clock, WRONG_SETUP_MAX);
	return (request) => {
		const { headers } = request;
		const invite = headers.get('x-downbeat-invite');
		if (invite) return isOpen(invite, 'invite', headers.get('x-downbeat-space') ?? undefined);
		const token = bearerToken(request);
		if (token) return isOpen(token, 'member');
		const shown = headers.get('x-downbeat-setup');
		if (!shown || !setup.isOpen || wrongSetups.waitSeconds('all') > 0) return false;
		if (setup.isToken(shown)) return true;
		wrongSetups.failed('all');
		return false;
	};

	function isOpen(shown: string, kind: 'invite' | 'member', space?: string): boolean {
		if (!looksLikeToken(shown)) return false;
		const found = directory.tokenByHash(hashOf(shown));
		if (!found || found.kind !== kind || found.revokedAtMs !== undefined || found.isFormer) return false;
		if (space !== undefined && found.space !== space) return false;
		return found.expiresAtMs === undefined || found.expiresAtMs > clock.nowMs();
	}
}

function leaveEverything(account: AccountId, directory: Directory, atMs: number): void {
	for (const person of directory.personsOf(account)) removedFrom(person, directory, atMs);
	directory.unlinkAccount(account);
}

/** Why somebody cannot go yet: a space would be left without an owner. */
function soleOwnership(account: AccountId, directory: Directory): string | undefined {
	const alone = directory
		.membershipsOf(directory.personsOf(account))
		.filter((member) => isSoleOwner(member, directory) && directory.members(member.space).length > 1);
	const titles = alone.map(({ space }) => directory.space(space)?.title ?? space);
	if (titles.length === 0) return undefined;
	return `You are the only owner of ${titles.join(', ')}. Make somebody else an owner there first.`;
}

/** Whether an invitation to this mailbox waits in any space. */
function isInvited(email: string, directory: Directory, nowMs: number): boolean {
	return directory
		.spaces()
		.flatMap(({ id }) => directory.tokens(id, ['invite']))
		.some(
			({ isForOne, label, expiresAtMs }) => isForOne && label === email && (expiresAtMs ?? Infinity) > nowMs
		);
}

const ACTIONS: Readonly<Record<IdentityEvent['type'], AuditAction | undefined>> = {
	'signed-in': 'session.began',
	'sign-in-failed': 'session.refused',
	'signed-out': 'session.ended',
	'session-revoked': 'session.revoked',
	'account-created': 'account.created',
	'account-deleted': 'account.deleted',
	'passkey-added': 'passkey.added',
	'passkey-removed': 'passkey.removed',
	'password-changed': 'password.changed',
	'email-verified': undefined
};

function record(event: IdentityEvent, recorder: Recorder): void {
	const action = ACTIONS[event.type];
	if (!action) return;
	const isFailure = event.type === 'sign-in-failed';
	recorder.record({
		action,
		actor: isFailure || event.user === undefined ? { kind: 'stranger' } : { kind: 'person', id: event.user },
		outcome: isFailure ? 'refused' : 'done',
		target: targetOf(event),
		detail: detailOf(event),
		address: event.address
	});
}

function targetOf(event: IdentityEvent): string | undefined {
	if ('session' in event) return event.session;
	if ('passkey' in event) return event.passkey;
	return event.user;
}

function detailOf(event: IdentityEvent): AuditEvent['detail'] {
	if ('method' in event) return { method: event.method };
	return 'how' in event ? { how: event.how } : undefined;
}
