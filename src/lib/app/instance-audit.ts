import { AuditApi } from '../sync/audit-api.ts';
import type { Session } from './session.svelte.ts';

/**
 * The audit log of the whole server, with the first of this device's proofs that opens it: the cookie of an account,
 * or what it holds of a space. Refuses with a sentence when none does.
 */
export async function openInstanceAudit(
	session: Session
): Promise<
	{ readonly ok: true; readonly audit: AuditApi } | { readonly ok: false; readonly sentence: string }
> {
	const secrets = new Set([undefined, ...session.spaces.map(({ token }) => token)]);
	let sentence = '';
	for (const secret of secrets) {
		const audit = new AuditApi(undefined, secret);
		const answer = await audit.page({});
		if (answer.ok) return { ok: true, audit };
		sentence = answer.error.sentence;
		if (answer.error.code === 'offline') break;
	}
	return { ok: false, sentence };
}
