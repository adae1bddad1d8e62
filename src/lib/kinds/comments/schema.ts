import * as z from 'zod/mini';
import { personId, rowId, type DocumentId } from '#lib/domain/id.ts';

/** Every document may have one of comments beside it, named after it. */
export const COMMENTS_SUFFIX = '.comments';

/** The document that holds what people say about `document`. */
export const commentsOn = (document: DocumentId): DocumentId => `${document}${COMMENTS_SUFFIX}` as DocumentId;

/** As much of the marked words as is kept with a thread: enough to know them by. */
export const QUOTE_LENGTH_MAX = 300;
export const TEXT_LENGTH_MAX = 4000;

/** Roots, rows and fields are short; a longer one was not written by this app. */
const NAME_LENGTH_MAX = 200;
/** What stood beside marked words. */
const AROUND_LENGTH_MAX = 200;
/** A place in a text is some twenty bytes. */
const PLACE_LENGTH_MAX = 400;

const instant = z.iso.datetime();
const name = z.string().check(z.minLength(1), z.maxLength(NAME_LENGTH_MAX));
const around = z.string().check(z.maxLength(AROUND_LENGTH_MAX));
const place = z.string().check(z.minLength(1), z.maxLength(PLACE_LENGTH_MAX));

/** Marked words: two places of the shared text and what stood around them, as `docs/anchor.ts` writes them. */
export const textAnchor = z.object({
	root: name,
	from: place,
	to: place,
	before: z.optional(around),
	after: z.optional(around)
});
export type TextAnchor = z.infer<typeof textAnchor>;

/** A record, or one field of it. */
export const recordAnchor = z.object({ root: name, row: name, field: z.optional(name) });
export type RecordAnchor = z.infer<typeof recordAnchor>;

/** What a thread is about. It is written once and never changed. */
export type Anchor = TextAnchor | RecordAnchor;

export const isTextAnchor = (anchor: Anchor): anchor is TextAnchor => 'from' in anchor;

/** What people say about one thing. What they say stands in `replies`, the first of them included. */
export const thread = z.object({
	id: rowId,
	order: z.string(),
	anchor: z.union([textAnchor, recordAnchor]),
	/** What was marked, as it read then. Empty for a record. */
	quote: z.string().check(z.maxLength(QUOTE_LENGTH_MAX)),
	by: personId,
	at: instant,
	/** Both or neither: it is settled. */
	resolvedAt: z.optional(instant),
	resolvedBy: z.optional(personId)
});
export type Thread = z.infer<typeof thread>;

/** One thing that one person said. Mentions stand in the text as `@[Mei Lin](p-mei)`. */
export const reply = z.object({
	id: rowId,
	order: z.string(),
	thread: rowId,
	by: personId,
	at: instant,
	text: z.string().check(z.maxLength(TEXT_LENGTH_MAX)),
	editedAt: z.optional(instant)
});
export type Reply = z.infer<typeof reply>;

/** What the document `<space>/<document>.comments` holds. */
export interface Comments {
	/** In the order they were begun. */
	readonly threads: readonly Thread[];
	/** Of all threads, in the order they were written. */
	readonly replies: readonly Reply[];
}
