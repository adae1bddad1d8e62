import * as z from 'zod/mini';

/**
 * Identifiers. All are 1-96 characters of `A-Z a-z 0-9 . _ -` without a leading dot, so that any of them can
 * stand in a URL, in a document's name on the wire and in a file name as it is.
 */
const part = z.string().check(z.regex(/^[A-Za-z0-9_-][A-Za-z0-9._-]{0,95}$/));

/** Says which letters an id may have, for messages to people. */
export const ID_RULE = '1-96 characters of A-Z a-z 0-9 . _ - without a leading dot';

export const spaceId = z.pipe(part, z.custom<SpaceId>());
export type SpaceId = string & { readonly __brand: 'SpaceId' };

/** A document within its space. On the wire it is named `<space>/<document>`. */
export const documentId = z.pipe(part, z.custom<DocumentId>());
export type DocumentId = string & { readonly __brand: 'DocumentId' };

export const personId = z.pipe(part, z.custom<PersonId>());
export type PersonId = string & { readonly __brand: 'PersonId' };

export const rowId = z.pipe(part, z.custom<RowId>());
export type RowId = string & { readonly __brand: 'RowId' };

export const kpiId = z.pipe(part, z.custom<KpiId>());
export type KpiId = string & { readonly __brand: 'KpiId' };

/** Letters of new ids: no vowels, so that chance spells no words, and nothing that looks like another. */
const ALPHABET = '23456789bcdfghjkmnpqrstvwxyz';
const NEW_ID_LENGTH = 16;

/** A new id with 77 bits of chance: two people offline do not make the same one. */
export function newId(): string {
	const bytes = crypto.getRandomValues(new Uint8Array(NEW_ID_LENGTH));
	// 256 is not a multiple of 28; the bias of 1.4 % on the first four letters does not matter for uniqueness.
	return Array.from(bytes, (byte) => ALPHABET[byte % ALPHABET.length]).join('');
}

export const newRowId = (): RowId => newId() as RowId;
export const newPersonId = (): PersonId => `p-${newId()}` as PersonId;
