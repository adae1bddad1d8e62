import type { Context } from 'hono';
import type { AuditAction, AuditOutcome } from '#lib/domain/audit.ts';
import type { Credential, Principal } from '../auth/access.ts';
import type { Clock } from '../clock.ts';
import { clientAddress } from '../http/client-address.ts';
import type { Log } from '../log.ts';
import type { AuditActor, AuditEvent, AuditLog } from './audit.ts';

export interface RecorderPorts {
	readonly audit: AuditLog;
	readonly clock: Clock;
	readonly log: Log;
}

export interface Deed {
	readonly action: AuditAction;
	readonly space?: string | undefined;
	readonly target?: string | undefined;
	readonly detail?: AuditEvent['detail'];
	readonly outcome?: AuditOutcome;
	/** Where the context does not say it. */
	readonly actor?: AuditActor;
}

/** Writes into the audit log what was done over HTTP, by whom and from where. What cannot be written is logged. */
export class Recorder {
	readonly #ports: RecorderPorts;

	constructor(ports: RecorderPorts) {
		this.#ports = ports;
	}

	/** After it was done. `context`: of the request that did it. */
	done(context: Context, { outcome = 'done', actor = actorOf(context), ...deed }: Deed): void {
		this.record({
			...deed,
			actor,
			outcome,
			address: clientAddress(incomingOf(context)),
			request: requestOf(context)
		});
	}

	record(event: Omit<AuditEvent, 'atMs'>): void {
		const kept = this.#ports.audit.append({ atMs: this.#ports.clock.nowMs(), ...event });
		if (!kept.ok) this.#ports.log.error('audit.not-kept', { action: event.action, request: event.request });
	}
}

/** Who asks, as the middleware before has found out. */
export function actorOf(context: Context): AuditActor {
	const principal = context.get('principal') as Principal | undefined;
	if (principal) return actorOfPrincipal(principal);
	const credential = context.get('credential') as Credential | undefined;
	return credential ? { kind: 'person', id: idOf(credential) } : { kind: 'stranger' };
}

export function actorOfPrincipal({ role, person, id }: Principal): AuditActor {
	if (role === 'guest') return { kind: 'guest', id };
	return person ? { kind: 'person', id: person } : { kind: 'tool', id };
}

const idOf = (credential: Credential) => (credential.is === 'session' ? credential.account : credential.id);

const incomingOf = (context: Context) =>
	(context.env as { incoming?: Parameters<typeof clientAddress>[0] } | undefined)?.incoming;

function requestOf(context: Context): string | undefined {
	const id: unknown = context.get('requestId');
	return typeof id === 'string' ? id : undefined;
}
