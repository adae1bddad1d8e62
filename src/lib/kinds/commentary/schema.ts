import * as z from 'zod/mini';
import type { ProseBlock } from '#lib/docs/prose.ts';
import { kpiId, personId, rowId, type KpiId } from '#lib/domain/id.ts';
import { documentRef } from '#lib/domain/link.ts';
import { SEGMENT_LENGTH_MAX } from '#lib/domain/points.ts';
import { seenNumber } from '#lib/domain/seen.ts';

export const OUTLOOK_LENGTH_MAX = 500;
export const DRIVER_LENGTH_MAX = 40;
export const EVIDENCE_TITLE_LENGTH_MAX = 200;
export const HREF_LENGTH_MAX = 2_000;

/** How documents of this kind are named: this, then a period's id. */
export const COMMENTARY_PREFIX = 'c-';

/** The texts of a commentary. Each is a root fragment `<row>.<text>`. */
export const TEXTS = ['changed', 'doing'] as const;
export type TextName = (typeof TEXTS)[number];

export const TEXT_WORDS: Record<TextName, string> = {
	changed: 'What changed',
	doing: 'What we’re doing'
};

export const nature = z.enum(['one-off', 'trend']);
export type Nature = z.infer<typeof nature>;

export const NATURE_WORDS: Record<Nature, string> = { 'one-off': 'One-off', trend: 'Trend' };

const status = z.enum(['red', 'amber', 'green', 'none']);

/** That somebody said it is complete, and what they looked at. One value: two people's facts are never mixed. */
export const completion = z.object({
	at: z.iso.datetime(),
	by: personId,
	/** How the KPI stood. Later data may say otherwise. */
	status,
	seen: z.optional(seenNumber)
});
export type Completion = z.infer<typeof completion>;

/** The commentary on one KPI, or on one segment of it. Its id is `commentaryRow` of both. */
export const commentary = z.object({
	id: rowId,
	order: z.string(),
	kpi: kpiId,
	segment: z.optional(z.string().check(z.minLength(1), z.maxLength(SEGMENT_LENGTH_MAX))),
	outlook: z.optional(z.string().check(z.maxLength(OUTLOOK_LENGTH_MAX))),
	nature: z.optional(nature),
	/** The number that its author looked at when they began, or last said that the text still holds. */
	seen: z.optional(seenNumber),
	/** How the KPI stood then, by what its author saw: for those who know no numbers, such as a digest. */
	status: z.optional(status),
	completed: z.optional(completion)
});
export type Commentary = z.infer<typeof commentary>;

const part = { id: rowId, order: z.string(), commentary: rowId };

/** One cause, named. The list of names grows with what people use. */
export const driver = z.object({
	...part,
	name: z.string().check(z.minLength(1), z.maxLength(DRIVER_LENGTH_MAX))
});
export type Driver = z.infer<typeof driver>;

/** The action or decision that answers it. */
export const link = z.object({ ...part, ref: documentRef });
export type Link = z.infer<typeof link>;

/** Something to look at. `href` is an `http` or `https` address. */
export const evidence = z.object({
	...part,
	title: z.string().check(z.maxLength(EVIDENCE_TITLE_LENGTH_MAX)),
	href: z.string().check(z.regex(/^https?:\/\/\S+$/), z.maxLength(HREF_LENGTH_MAX))
});
export type Evidence = z.infer<typeof evidence>;

/** Somebody who wrote in it. */
export const author = z.object({ ...part, person: personId });
export type Author = z.infer<typeof author>;

/** What the document of one period holds. */
export interface Commentaries {
	readonly rows: readonly Commentary[];
	readonly drivers: readonly Driver[];
	readonly links: readonly Link[];
	readonly evidence: readonly Evidence[];
	readonly authors: readonly Author[];
	/** By the name of their root (`textRoot`); a text that was never begun is absent. */
	readonly texts: Readonly<Record<string, readonly ProseBlock[]>>;
}

/** The name of the root fragment that holds a text of `row`. */
export const textRoot = (row: string, text: TextName): string => `${row}.${text}`;

/** What a commentary is about, and the number that is looked at. */
export interface About {
	readonly kpi: KpiId;
	/** Absent: the KPI as a whole. */
	readonly segment?: string | undefined;
	readonly seen?: z.infer<typeof seenNumber> | undefined;
	/** How the KPI stands in the period. */
	readonly status?: z.infer<typeof status> | undefined;
}
