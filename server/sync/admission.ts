import type { IncomingMessage } from 'node:http';
import { mayDo } from '#lib/domain/access.ts';
import type { DocumentId } from '#lib/domain/id.ts';
import type { CloseReason } from '#lib/protocol/close.ts';
import { PROTOCOL_PARAM, PROTOCOL_VERSION, TOKEN_PARAM } from '#lib/protocol/messages.ts';
import { ACCOUNT_PARAM, parseWireName, SYNC_PATH, type WireName } from '#lib/protocol/names.ts';
import { ok, refuse, type Result } from '#lib/util/result.ts';
import type { Access, Credential, Principal, Shown } from '../auth/access.ts';
import type { Entry } from './session.ts';

/** Why somebody is not let in, or no longer. */
export interface Refusal {
	readonly reason: CloseReason;
	readonly sentence: string;
}

export const refused = (reason: CloseReason, sentence: string) => refuse({ reason, sentence });

export type Upgrade = Pick<IncomingMessage, 'url' | 'headers'>;

/** What a connection asks for, by its address alone. */
export interface Visit {
	readonly name: WireName;
	readonly hearsAcks: boolean;
	readonly shown: Shown;
}

export function readVisit({ url: address, headers }: Upgrade): Result<Visit, Refusal> {
	const url = new URL(address ?? '/', 'http://server');
	const name = parseWireName(decoded(url.pathname.slice(SYNC_PATH.length)));
	if (!name.ok) return refused('notFound', name.error.sentence);
	const spoken = url.searchParams.get(PROTOCOL_PARAM);
	if (spoken !== null && Number(spoken) !== PROTOCOL_VERSION) {
		return refused(
			'version',
			`This app speaks protocol ${spoken}, the server ${PROTOCOL_VERSION}. Reload the page.`
		);
	}
	const token = url.searchParams.get(TOKEN_PARAM) ?? undefined;
	const account = url.searchParams.get(ACCOUNT_PARAM) ?? undefined;
	return ok({
		name: name.value,
		hearsAcks: spoken !== null,
		shown: { token, cookie: headers.cookie, account }
	});
}

/** Who may enter which document, at the door and for as long as they are in. */
export class Admission {
	readonly #access: Access;

	constructor(access: Access) {
		this.#access = access;
	}

	async admit({ name, shown }: Visit): Promise<Result<Entry, Refusal>> {
		const credential = await this.#access.identify(shown);
		if (!credential) return refused('signedOut', shown.token ? DEAD_LINK : SIGNED_OUT);
		const principal = this.standing(name, credential);
		return principal.ok ? ok({ credential, principal: principal.value }) : principal;
	}

	/** How the holder of a proof stands to a document at this moment. */
	standing({ space, document }: WireName, credential: Credential): Result<Principal, Refusal> {
		const principal = this.#access.principalIn(space, credential);
		if (!principal) return refuse(this.#strangerTo(space, credential));
		if (principal.role === 'former') return refused('forbidden', REMOVED);
		if (!mayDo(principal.role, principal.scope, 'document.read')) return refused('forbidden', ONLY_POINTS);
		if (!mayOpen(principal, document)) return refused('forbidden', ONE_DOCUMENT);
		return ok(principal);
	}

	#strangerTo(space: string, credential: Credential): Refusal {
		if (!this.#access.isOpen(credential)) {
			return { reason: 'signedOut', sentence: credential.is === 'token' ? DEAD_LINK : SIGNED_OUT };
		}
		if (!this.#access.hasSpace(space))
			return { reason: 'notFound', sentence: `There is no space called ${space} here. Check the address.` };
		const what = credential.is === 'token' ? 'This link opens another space, not' : 'You are not in';
		return { reason: 'forbidden', sentence: `${what} ${space}. Ask its people for an invite link.` };
	}
}

const mayOpen = (principal: Principal, document: DocumentId): boolean =>
	principal.document === undefined || principal.document === document;

const DEAD_LINK = 'This link opens nothing any more. Ask for a new invite link.';
const SIGNED_OUT = 'Sign in again.';
const REMOVED = 'You are no longer in this space. What was not synced is kept on your device.';
const ONLY_POINTS = 'This token can send points but not open documents. Use an invite link.';
const ONE_DOCUMENT = 'This link shows one document, and not this one.';

function decoded(path: string): string {
	try {
		return decodeURIComponent(path);
	} catch {
		return path; // Not percent-encoded text: it will break the rule for names as it stands.
	}
}
