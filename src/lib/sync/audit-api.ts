import { auditPage, type AuditPage, type AuditQuery } from '../domain/audit.ts';
import type { SpaceId } from '../domain/id.ts';
import { call, callForBytes, type Answer, type Secret } from './api-call.ts';

/** A log of years is long, and comes as fast as the disk reads it. */
const EXPORT_MS_MAX = 10 * 60_000;

export type AuditFormat = 'jsonl' | 'csv';

/** The audit log of a space, or of the whole server for those who look after it. */
export class AuditApi {
	readonly #base: string;
	readonly #token: Secret | undefined;

	/** Without a space: of the whole server. Without a token the cookie of an account counts. */
	constructor(space: SpaceId | undefined, secret: Secret | undefined) {
		this.#base = space === undefined ? '/audit' : `/spaces/${space}/audit`;
		this.#token = secret;
	}

	/** The entries before number `before`, newest first. */
	page(query: AuditQuery, before?: number): Answer<AuditPage> {
		const path = `${this.#base}?${queryOf({ ...query, before })}`;
		return call({ path, token: this.#token, answer: auditPage });
	}

	/** All that `query` chooses, as a file. That it was taken is recorded. */
	file(query: AuditQuery, format: AuditFormat): Answer<Uint8Array<ArrayBuffer>> {
		const path = `${this.#base}/export?${queryOf({ ...query, format })}`;
		return callForBytes({ path, token: this.#token, waitMsMax: EXPORT_MS_MAX });
	}
}

const queryOf = (fields: Readonly<Record<string, string | number | undefined>>): URLSearchParams =>
	new URLSearchParams(
		Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]))
	);
