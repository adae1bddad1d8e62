import type { WireName } from '#lib/protocol/names.ts';
import type { Access, Principal } from '../auth/access.ts';
import type { Admission } from './admission.ts';
import type { Session } from './session.ts';

/** How soon a connection ends whose proof ran out by itself. Promised: a second. */
const EXPIRY_LOOK_MS = 500;

export interface SessionsPorts {
	readonly access: Access;
	readonly admission: Admission;
	readonly nowMs: () => number;
}

/** Everybody who is in, and whether they still may be. */
export class Sessions {
	readonly #ports: SessionsPorts;
	/** By credential: what ends one ends all of its connections. */
	readonly #byCredential = new Map<string, Map<Session, WireName>>();
	#expiry: NodeJS.Timeout | undefined;
	#stopListening: (() => void) | undefined;

	constructor(ports: SessionsPorts) {
		this.#ports = ports;
	}

	start(): void {
		this.#stopListening = this.#ports.access.onChange(() => this.#lookAtAll());
		this.#expiry = setInterval(() => this.#lookAtExpired(), EXPIRY_LOOK_MS);
		this.#expiry.unref();
	}

	stop(): void {
		this.#stopListening?.();
		clearInterval(this.#expiry);
	}

	all(): readonly Session[] {
		return [...this.#byCredential.values()].flatMap((sessions) => [...sessions.keys()]);
	}

	/** How many connections there are by the same proof. */
	countOf({ credential }: Session): number {
		return this.#byCredential.get(credential.id)?.size ?? 0;
	}

	add(session: Session, name: WireName): void {
		const { id } = session.credential;
		const sessions = this.#byCredential.get(id) ?? new Map<Session, WireName>();
		this.#byCredential.set(id, sessions.set(session, name));
	}

	delete(session: Session): void {
		if (!session.isAdmitted) return;
		const { id } = session.credential;
		const sessions = this.#byCredential.get(id);
		sessions?.delete(session);
		if (sessions?.size === 0) this.#byCredential.delete(id);
	}

	#lookAtAll(): void {
		for (const sessions of this.#byCredential.values()) this.#look(sessions);
	}

	#lookAtExpired(): void {
		const nowMs = this.#ports.nowMs();
		for (const sessions of this.#byCredential.values()) {
			const [first] = sessions.keys();
			if ((first?.principal.untilMs ?? Infinity) <= nowMs) this.#look(sessions);
		}
	}

	/** Ends what may no longer be. Whose role changed connects anew: what they may do is settled at the door. */
	#look(sessions: ReadonlyMap<Session, WireName>): void {
		for (const [session, name] of sessions) {
			const now = this.#ports.admission.standing(name, session.credential);
			if (!now.ok) session.close(now.error.reason, now.error.sentence);
			else if (isSame(now.value, session.principal))
				session.admit({ credential: session.credential, principal: now.value });
			else session.close('changed', 'Your role in this space changed. Connecting again.');
		}
	}
}

const isSame = (a: Principal, b: Principal): boolean => a.role === b.role && a.person === b.person;
