import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Service } from '../service.ts';
import type { Access, Principal } from './access.ts';
import type { Directory } from './directory.ts';
import { hashOf, looksLikeToken } from './token.ts';

/** How soon a token withdrawn by another process, the command line, closes what it has open. Promised: a second. */
const LOOK_MS = 500;

export interface DirectoryAccessPorts {
	readonly directory: Directory;
	readonly clock: Clock;
	readonly log: Log;
}

/** Answers from the directory, where a token is known by its hash, and follows what is withdrawn there. */
export class DirectoryAccess implements Access, Service {
	readonly name = 'access';
	readonly #ports: DirectoryAccessPorts;
	readonly #callbacks = new Set<(principalId: string) => void>();
	#mark = 0;
	#stopLooking: (() => void) | undefined;

	constructor(ports: DirectoryAccessPorts) {
		this.#ports = ports;
	}

	start(): Promise<void> {
		this.#mark = this.#ports.directory.revokedAfter(0).mark;
		this.#stopLooking = this.#ports.clock.every(LOOK_MS, () => this.#lookOrSay());
		return Promise.resolve();
	}

	drain(): Promise<void> {
		this.#stopLooking?.();
		return Promise.resolve();
	}

	principalOf(token: string | undefined): Principal | undefined {
		if (!token || !looksLikeToken(token)) return undefined;
		const record = this.#ports.directory.tokenByHash(hashOf(token));
		if (!record || record.revokedAtMs !== undefined || record.kind === 'invite') return undefined;
		return {
			id: record.id,
			space: record.space,
			role: record.role,
			scope: record.kind === 'points' ? 'points' : 'space',
			name: record.label,
			...(record.person && { person: record.person })
		};
	}

	hasSpace(space: string): boolean {
		return this.#ports.directory.space(space) !== undefined;
	}

	onRevoked(callback: (principalId: string) => void): () => void {
		this.#callbacks.add(callback);
		return () => void this.#callbacks.delete(callback);
	}

	/** Tells of every token withdrawn since the last look. Called at once by whoever withdraws one here. */
	look(): void {
		const { mark, tokenIds } = this.#ports.directory.revokedAfter(this.#mark);
		this.#mark = mark;
		for (const id of tokenIds) for (const callback of this.#callbacks) callback(id);
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
