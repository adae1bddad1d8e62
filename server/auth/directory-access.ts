import type { PersonId } from '#lib/domain/id.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Service } from '../service.ts';
import type { Access, Credential, Principal, Shown } from './access.ts';
import type { AccountId, Directory, TokenRecord } from './directory.ts';
import { hashOf, looksLikeToken } from './token.ts';

/** How soon a right withdrawn by another process, the command line, closes what it has open. Promised: a second. */
const LOOK_MS = 250;

/** What identity knows of sessions of accounts. */
export interface Sessions {
	/** Whose cookie this is, when the session is open. */
	sessionOf(
		cookie: string
	): Promise<{ readonly id: string; readonly account: AccountId; readonly name: string } | undefined>;
	/** Epoch milliseconds when a session ends by itself; undefined when it was ended. */
	openUntilMs(id: string): number | undefined;
}

/** An instance without accounts. */
export const noSessions: Sessions = {
	sessionOf: () => Promise.resolve(undefined),
	openUntilMs: () => undefined
};

export interface DirectoryAccessPorts {
	readonly directory: Directory;
	readonly sessions: Sessions;
	readonly clock: Clock;
	readonly log: Log;
}

/** Answers from the directory, where a token is known by its hash, and follows what changes there. */
export class DirectoryAccess implements Access, Service {
	readonly name = 'access';
	readonly #ports: DirectoryAccessPorts;
	readonly #callbacks = new Set<() => void>();
	#mark = 0;
	#stopLooking: (() => void) | undefined;

	constructor(ports: DirectoryAccessPorts) {
		this.#ports = ports;
	}

	start(): Promise<void> {
		const { directory, clock } = this.#ports;
		this.#mark = directory.changeMark();
		this.#stopLooking = clock.every(LOOK_MS, () => this.#lookOrSay());
		return Promise.resolve();
	}

	drain(): Promise<void> {
		this.#stopLooking?.();
		return Promise.resolve();
	}

	async identify({ token, cookie, account }: Shown): Promise<Credential | undefined> {
		if (token) return this.#holderOf(token);
		const session = cookie === undefined ? undefined : await this.#ports.sessions.sessionOf(cookie);
		const isMeant = account === undefined || session?.account === account;
		return session && isMeant ? { is: 'session', ...session } : undefined;
	}

	principalIn(space: string, credential: Credential): Principal | undefined {
		if (credential.is === 'session') return this.#memberOf(space, credential);
		const token = credential.space === space ? this.#ports.directory.tokenById(credential.id) : undefined;
		return token && this.#opens(token) ? this.#principalOf(token) : undefined;
	}

	isOpen(credential: Credential): boolean {
		const { directory, sessions, clock } = this.#ports;
		if (credential.is === 'session')
			return (sessions.openUntilMs(credential.id) ?? -Infinity) > clock.nowMs();
		const token = directory.tokenById(credential.id);
		return token !== undefined && this.#opens(token);
	}

	adminOf(credential: Credential): PersonId | undefined {
		const { directory } = this.#ports;
		if (!this.isOpen(credential)) return undefined;
		const own = credential.is === 'token' ? directory.tokenById(credential.id) : undefined;
		const person = own?.kind === 'member' && !own.isFormer ? own.person : undefined;
		const persons = credential.is === 'session' ? directory.personsOf(credential.account) : [person];
		return directory.admins().find((admin) => persons.includes(admin));
	}

	hasSpace(space: string): boolean {
		return this.#ports.directory.space(space) !== undefined;
	}

	onChange(callback: () => void): () => void {
		this.#callbacks.add(callback);
		return () => void this.#callbacks.delete(callback);
	}

	/** Tells of changes since the last look. Called at once by whoever changes something here. */
	look(): void {
		const mark = this.#ports.directory.changeMark();
		if (mark === this.#mark) return;
		for (const callback of this.#callbacks) callback();
		this.#mark = mark;
	}

	#holderOf(token: string): Credential | undefined {
		if (!looksLikeToken(token)) return undefined;
		const record = this.#ports.directory.tokenByHash(hashOf(token));
		return record && this.#opens(record) ? { is: 'token', id: record.id, space: record.space } : undefined;
	}

	#opens({ kind, revokedAtMs, expiresAtMs }: TokenRecord): boolean {
		const isOver = expiresAtMs !== undefined && expiresAtMs <= this.#ports.clock.nowMs();
		return revokedAtMs === undefined && !isOver && kind !== 'invite';
	}

	#principalOf(token: TokenRecord): Principal {
		const { id, space, kind, role, person, document, label, isFormer, expiresAtMs } = token;
		return {
			id,
			space,
			role: isFormer ? 'former' : kind === 'guest' ? 'guest' : role,
			scope: kind === 'points' ? 'points' : kind === 'tool' ? 'program' : 'space',
			name: label,
			...(person && { person }),
			...(document && { document }),
			...(expiresAtMs !== undefined && { untilMs: expiresAtMs })
		};
	}

	/** As whom an account is in a space: as the first of its people who is, or else who was. */
	#memberOf(space: string, session: Credential & { is: 'session' }): Principal | undefined {
		const { directory, sessions, clock } = this.#ports;
		const known = directory.space(space);
		const untilMs = sessions.openUntilMs(session.id);
		if (!known || untilMs === undefined || untilMs <= clock.nowMs()) return undefined;
		const persons = directory.personsOf(session.account);
		const members = persons.flatMap((person) => directory.member(known.id, person) ?? []);
		const member = members.find(({ removedAtMs }) => removedAtMs === undefined) ?? members[0];
		if (!member) return undefined;
		return {
			id: session.id,
			space: known.id,
			role: member.removedAtMs === undefined ? member.role : 'former',
			scope: 'space',
			person: member.person,
			name: member.name,
			untilMs
		};
	}

	#lookOrSay(): void {
		try {
			this.look();
		} catch (error) {
			// The disk did not answer. The mark has not moved: the next look tells what this one did not.
			this.#ports.log.fault('access.look', error);
		}
	}
}
