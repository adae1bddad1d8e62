import type { Clock } from '../clock.ts';
import { Attempts } from '../http/attempts.ts';
import { networkOf } from '../http/gate.ts';
import { endpoints, type EndpointPath, type KnownEndpoint } from './endpoints.ts';

/** OWASP's account lockout: slow enough for 1,000 guesses a day, short enough that the owner waits it out. */
export const FAILURES_MAX = 10;
const FAILURES_WINDOW_MS = 15 * 60_000;

/** A mailbox gets no more from us than this, whoever asks for it. */
export const MAILS_MAX = 5;
const MAILS_WINDOW_MS = 60 * 60_000;

/** How often accounts may be asked things: by address, by account, by mailbox. In memory: a restart forgets. */
export class Limits {
	readonly #calls: ReadonlyMap<EndpointPath, Attempts>;
	readonly #failures: Attempts;
	readonly #mails: Attempts;

	constructor(clock: Clock) {
		this.#calls = new Map(
			endpoints.map(({ path, perMinuteMax }) => [path, new Attempts(clock, perMinuteMax)])
		);
		this.#failures = new Attempts(clock, FAILURES_MAX, FAILURES_WINDOW_MS);
		this.#mails = new Attempts(clock, MAILS_MAX, MAILS_WINDOW_MS);
	}

	/** Counts a call. Whole seconds to wait instead; 0 when it may be made. */
	call({ path }: KnownEndpoint, address: string): number {
		const calls = this.#calls.get(path);
		const waitSeconds = calls?.waitSeconds(networkOf(address)) ?? 0;
		if (waitSeconds === 0) calls?.failed(networkOf(address));
		return waitSeconds;
	}

	/** Seconds until a password may be tried again on `account`: an e-mail address or an id, known or not. */
	passwordWaitSeconds(account: string): number {
		return this.#failures.waitSeconds(account);
	}

	passwordFailed(account: string): void {
		this.#failures.failed(account);
	}

	/** Counts a mail to `mailbox`, and says whether it may go. */
	mayMail(mailbox: string): boolean {
		if (this.#mails.waitSeconds(mailbox) > 0) return false;
		this.#mails.failed(mailbox);
		return true;
	}
}
