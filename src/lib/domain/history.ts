import * as z from 'zod/mini';
import type { PresenceSlot } from './person.ts';

// The past of a document: as the server lists it, and as a page shows it.

/** A version's name: one line of the list. */
export const VERSION_NAME_LENGTH_MAX = 80;

const versionName = z.object({ name: z.string(), by: z.string(), at: z.string() });

/** An editing session: the rows `fromSeq` to `seq` of the document's log, by whom, and how much they changed. */
const version = z.object({
	fromSeq: z.int(),
	seq: z.int(),
	from: z.string(),
	to: z.string(),
	authors: z.array(z.string()),
	changes: z.int(),
	name: z.optional(versionName)
});
export type ListedVersion = z.infer<typeof version>;

/** Newest first. `next` is the `before` of the next page; absent on the last. */
export const versionsPage = z.object({ versions: z.array(version), next: z.optional(z.int()) });
export type VersionsPage = z.infer<typeof versionsPage>;

export const namedVersion = z.extend(versionName, { seq: z.int() });
export type NamedVersion = z.infer<typeof namedVersion>;

/** Who wrote what, in the order in which it was stored: `[index into authors, epoch ms, Yjs client, clock, length]`. */
export const writersPage = z.object({
	authors: z.array(z.string()),
	runs: z.array(z.tuple([z.int(), z.number(), z.int(), z.int(), z.int()])),
	upto: z.int(),
	hasMore: z.boolean()
});
export type WritersPage = z.infer<typeof writersPage>;

/** Somebody who wrote in a version; the server and tools have no slot. */
export interface VersionAuthor {
	readonly id: string;
	readonly name: string;
	readonly slot?: PresenceSlot | undefined;
	readonly isMe: boolean;
}

/** One line of the list. */
export interface VersionLine {
	readonly seq: number;
	readonly fromSeq: number;
	/** Epoch milliseconds of its first and last change, by the server's clock. */
	readonly fromMs: number;
	readonly toMs: number;
	readonly authors: readonly VersionAuthor[];
	readonly changes: number;
	/** What somebody called it. */
	readonly name?: string | undefined;
}

/** A stretch of text that stayed, went or came. */
export interface TextStep {
	readonly is: 'kept' | 'removed' | 'added';
	readonly text: string;
}

/**
 * What can be brought back: what stood at the end of the version, where it has changed since; what stood before it,
 * where its change still stands.
 */
export type BringsBack = 'then' | 'before';

/** One record, one field of the document, or one text, and what happened to it in a version. */
export interface ShownChange {
	readonly key: string;
	readonly is: 'record' | 'field' | 'text';
	/** “Target changed”. */
	readonly what: string;
	/** “MTTR, Sev 1/2 median”; empty when nobody knows. */
	readonly where: string;
	readonly fields: readonly ShownField[];
	readonly passages: readonly ShownPassage[];
	/** Of a record or a field; absent for texts, whose passages have their own, and where nobody may write. */
	readonly bringsBack?: BringsBack | undefined;
}

export interface ShownField {
	readonly key: string;
	/** “Red above”. */
	readonly label: string;
	/** In words; empty where nothing stood or stands. */
	readonly before: string;
	readonly after: string;
	/** It has moved: where to has no words. */
	readonly isMove: boolean;
}

export interface ShownPassage {
	readonly key: string;
	readonly how: 'came' | 'went' | 'changed';
	/** “Table”, “Chart”; empty for a paragraph. */
	readonly sort: string;
	/** Empty for what has no words of its own. */
	readonly steps: readonly TextStep[];
	readonly bringsBack?: BringsBack | undefined;
}

/** What a version changed, as far as it is known here. */
export type ShownVersion =
	| { readonly is: 'loading' }
	/** `sentence`: why not, and what to do. */
	| { readonly is: 'refused'; readonly sentence: string; readonly isOffline: boolean }
	| {
			readonly is: 'ready';
			readonly changes: readonly ShownChange[];
			/** The document says now what it said at the end of this version. */
			readonly isPresent: boolean;
			readonly mayRestoreAll: boolean;
	  };

/** The list, as far as it is known here. */
export type ShownVersions =
	| { readonly is: 'loading' }
	| { readonly is: 'refused'; readonly sentence: string; readonly isOffline: boolean }
	| { readonly is: 'ready'; readonly versions: readonly VersionLine[]; readonly hasMore: boolean };
