import { AuditApi } from '../sync/audit-api.ts';
import { PeopleApi } from '../sync/people-api.ts';
import type { Session } from './session.svelte.ts';

/** The audit log of the whole server, and what the ids in it are called as far as this device can know. */
export interface InstanceAudit {
	readonly ok: true;
	readonly audit: AuditApi;
	/** By id: people of the spaces that this device is in, and those spaces. */
	readonly names: ReadonlyMap<string, string>;
}

/**
 * Opens it with the first of this device's proofs that does: the cookie of an account, or what it holds of a space.
 * Refuses with a sentence when none does.
 */
export async function openInstanceAudit(
	session: Session
): Promise<InstanceAudit | { readonly ok: false; readonly sentence: string }> {
	const secrets = new Set([session.device.cookie, ...session.spaces.map(({ token }) => token)]);
	let sentence = '';
	for (const secret of secrets) {
		if (secret === undefined) continue;
		const audit = new AuditApi(undefined, secret);
		const answer = await audit.page({});
		if (answer.ok) return { ok: true, audit, names: await namesIn(session) };
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
