import * as z from 'zod';
import {
	documentId,
	ID_RULE,
	personId,
	spaceId,
	type DocumentId,
	type PersonId,
	type SpaceId
} from '#lib/domain/id.ts';
import { VERSION_NAME_LENGTH_MAX } from '#lib/domain/history.ts';
import { NAME_LENGTH_MAX } from '#lib/domain/person.ts';

// What people and tools may say about spaces, tokens and versions, checked at the edge: by the HTTP routes and by the
// command line. Whitespace around a name means nothing and is taken off.

/** Longest title of a space and label of a token: one line of a side bar, twice. */
export const TITLE_LENGTH_MAX = 80;

/** One visible line: no control characters, no line breaks, nothing that turns the direction of what follows. */
const line = (what: string, lengthMax: number) =>
	z
		.string()
		.trim()
		.min(1, `Give ${what}.`)
		.max(lengthMax, `Keep ${what} to ${lengthMax} characters.`)
		.regex(
			/^[^\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]*$/u,
			`Write ${what} on one line, without control characters.`
		);

export const spaceTitle = line('the space a title', TITLE_LENGTH_MAX);
export const personName = line('a name', NAME_LENGTH_MAX);
export const tokenLabel = line('the token a label', TITLE_LENGTH_MAX);
export const versionName = line('the version a name', VERSION_NAME_LENGTH_MAX);

/** A name of the IANA time zone database that this server knows. */
export const timeZone = z
	.string()
	.max(64)
	.refine(isTimeZone, 'Name a time zone of the IANA list, such as Europe/Berlin.');

/** Of a mailbox, in lower case: whom an invitation goes to. RFC 5321 allows 254 characters. */
export const emailAddress = z
	.string()
	.trim()
	.toLowerCase()
	.pipe(z.email('Give an e-mail address, such as name@example.com.').max(254));

/** Anything a person may have been given: looked up, never interpreted. */
export const secret = z.string().min(1).max(256);

const idRule = (what: string) => `${what} has ${ID_RULE}.`;

export const spaceIdText = z
	.string()
	.refine((text) => isParsed(spaceId, text), idRule("A space's id"))
	.transform((text) => text as SpaceId);

export const personIdText = z
	.string()
	.refine((text) => isParsed(personId, text), idRule("A person's id"))
	.transform((text) => text as PersonId);

export const documentIdText = z
	.string()
	.refine((text) => isParsed(documentId, text), idRule("A document's id"))
	.transform((text) => text as DocumentId);

const isParsed = (schema: { safeParse(value: unknown): { success: boolean } }, text: string): boolean =>
	schema.safeParse(text).success;

function isTimeZone(name: string): boolean {
	try {
		return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
	} catch {
		return false; // RangeError is how Intl says that it does not know the zone.
	}
}
