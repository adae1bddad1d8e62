import * as z from 'zod/mini';
import { documentId, ID_RULE, spaceId, type DocumentId, type SpaceId } from '../domain/id.ts';
import { ok, refuse, type Result } from '../util/result.ts';

/** Where documents are synced. What follows it is the document's name on the wire. */
export const SYNC_PATH = '/sync/';

/**
 * The header, and for a connection the query parameter, by which an app says whose cookie must come along. With
 * another account's cookie nobody is signed in.
 */
export const ACCOUNT_HEADER = 'x-downbeat-account';
export const ACCOUNT_PARAM = 'account';

export interface WireName {
	readonly space: SpaceId;
	readonly document: DocumentId;
}

export interface NameRefused {
	readonly code: 'name.malformed';
	readonly sentence: string;
}

/** `<space>/<document>`: exactly two parts, each an id. */
export function parseWireName(name: string): Result<WireName, NameRefused> {
	const parts = name.split('/');
	const space = z.safeParse(spaceId, parts[0]);
	const document = z.safeParse(documentId, parts[1]);
	if (parts.length === 2 && space.success && document.success) {
		return ok({ space: space.data, document: document.data });
	}
	return refuse({
		code: 'name.malformed',
		sentence: `A document is named <space>/<document>, each ${ID_RULE}.`
	});
}

export const wireName = ({ space, document }: WireName): string => `${space}/${document}`;
