import { AuditApi } from '../sync/audit-api.ts';
import type { Answer, Secret } from '../sync/api-call.ts';
import { InstanceApi } from '../sync/instance-api.ts';
import { PeopleApi } from '../sync/people-api.ts';
import type { Session } from './session.svelte.ts';

export type { InstanceApi, InstancePerson, InstanceSpace } from '../sync/instance-api.ts';

/** Why the server does not open to this device, in a sentence. */
export interface InstanceClosed {
	readonly ok: false;
	readonly sentence: string;
}

/** The audit log of the whole server, and what the ids in it are called as far as this device can know. */
export interface InstanceAudit {
	readonly ok: true;
	readonly audit: AuditApi;
	/** By id: people of the spaces that this device is in, and those spaces. */
	readonly names: ReadonlyMap<string, string>;
}

/** Opens it with the first of this device's proofs that does. */
export async function openInstanceAudit(session: Session): Promise<InstanceAudit | InstanceClosed> {
	const opened = await openWith(session, async (secret) => {
		const audit = new AuditApi(undefined, secret);
		return { answer: await audit.page({}), made: audit };
	});
	return opened.ok ? { ok: true, audit: opened.made, names: await namesIn(session) } : opened;
}

/** Opens the server to whoever looks after it, with the first of this device's proofs that does. */
export async function openInstance(
	session: Session
): Promise<{ readonly ok: true; readonly made: InstanceApi } | InstanceClosed> {
	return openWith(session, async (secret) => {
		const api = new InstanceApi(secret);
		return { answer: await api.people(), made: api };
	});
}

/** Whether this device may look after the server. `false` also when nobody can be asked. */
export async function looksAfterInstance(session: Session): Promise<boolean> {
	for (const secret of proofsOf(session)) {
		const answer = await new InstanceApi(secret).mine();
		if (answer.ok && answer.value.isAdmin) return true;
		if (!answer.ok && answer.error.code === 'offline') return false;
	}
	return false;
}

/** What this device can show: the cookie of an account that is signed in, and what it holds of its spaces. */
function proofsOf({ device, spaces }: Session): readonly Secret[] {
	const secrets = new Set([device.who && device.cookie, ...spaces.map(({ token }) => token)]);
	return [...secrets].filter((secret) => secret !== undefined);
}

async function openWith<Made>(
	session: Session,
	open: (secret: Secret) => Promise<{ answer: Awaited<Answer<unknown>>; made: Made }>
): Promise<{ readonly ok: true; readonly made: Made } | InstanceClosed> {
	let sentence = '';
	for (const secret of proofsOf(session)) {
		const { answer, made } = await open(secret);
		if (answer.ok) return { ok: true, made };
		({ sentence } = answer.error);
		if (answer.error.code === 'offline') break;
	}
	return { ok: false, sentence: sentence || 'Sign in, or open this where you look after the server.' };
}

async function namesIn(session: Session): Promise<ReadonlyMap<string, string>> {
	const lists = await Promise.all(
		session.spaces.map(({ id, token }) => new PeopleApi(id, token ?? session.device.cookie).list())
	);
	const people = lists.flatMap((list) => (list.ok ? list.value.members : []));
	return new Map([
		...people.map(({ person, name }) => [String(person), name] as const),
		...session.spaces.map(({ id, title }) => [String(id), title] as const)
	]);
}
