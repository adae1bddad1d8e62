import * as z from 'zod/mini';
import { documentId, personId, rowId } from '#lib/domain/id.ts';
import { NAME_LENGTH_MAX } from '#lib/domain/person.ts';
import { isZone } from '#lib/domain/series-calendar.ts';

/** The document that says what a space holds. One name for all: whoever makes it, it is one. */
export const SPACE_DOCUMENT = 'index';

export const TITLE_LENGTH_MAX = 120;

/** A meeting longer than a day and a half is a conference. */
export const MINUTES_MAX = 36 * 60;

const title = z.string().check(z.maxLength(TITLE_LENGTH_MAX));
const instant = z.iso.datetime();

/** One document of the space. What is in it stands in the document itself. */
export const documentEntry = z.object({
	/** The document's own id: its name on the wire after the space's. */
	id: rowId,
	order: z.string(),
	kind: z.string().check(z.minLength(1), z.maxLength(40)),
	title,
	createdAt: z.optional(instant),
	createdBy: z.optional(personId),
	/** Put away: not listed any more, still there. */
	archivedAt: z.optional(instant),
	/** Meetings: when it is to begin, and how long the slot is. */
	startsAt: z.optional(instant),
	minutes: z.optional(z.int().check(z.gte(1), z.lte(MINUTES_MAX))),
	/** The series it is an occurrence of. */
	series: z.optional(rowId)
});
export type DocumentEntry = z.infer<typeof documentEntry>;

/** A zone that nobody knows would stop every date of the page. */
export const zone = z
	.string()
	.check(z.maxLength(60), z.refine(isZone, 'not a time zone that this device knows'));

/** Somebody of the space. Their colour follows from when they joined. */
export const personEntry = z.object({
	id: rowId,
	order: z.string(),
	name: z.string().check(z.minLength(1), z.maxLength(NAME_LENGTH_MAX)),
	joinedAt: z.optional(instant)
});
export type PersonEntry = z.infer<typeof personEntry>;

/** One line of the agenda that each occurrence of a series begins with. */
export const templateItem = z.object({
	title,
	minutes: z.int().check(z.gte(0), z.lte(MINUTES_MAX)),
	purpose: z.optional(z.enum(['inform', 'discuss', 'decide'])),
	/** What to look at, as a first paragraph of the notes. */
	prompt: z.optional(z.string().check(z.maxLength(500)))
});
export type TemplateItem = z.infer<typeof templateItem>;

/** A meeting that comes round. */
export const series = z.object({
	id: rowId,
	order: z.string(),
	title,
	/** RFC 5545, without DTSTART. */
	rule: z.string().check(z.maxLength(200)),
	/** Counting begins on this day. */
	from: z.iso.date(),
	/** Wall time in the series' own zone. */
	time: z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/)),
	timeZone: zone,
	minutes: z.int().check(z.gte(1), z.lte(MINUTES_MAX)),
	/** Replaced whole when it is edited: one person writes a template at a time. */
	agenda: z.array(templateItem).check(z.maxLength(60))
});
export type Series = z.infer<typeof series>;

export interface SpaceFields {
	readonly title: string;
	/** IANA name: whose ten o'clock it is. */
	readonly timeZone: string;
}

/** What the document `<space>/index` holds. */
export interface SpaceIndex {
	readonly fields: Partial<SpaceFields>;
	readonly documents: readonly DocumentEntry[];
	readonly people: readonly PersonEntry[];
	readonly series: readonly Series[];
}

/** A row's id as the document's. Both have one form; only the name of the type differs. */
export const documentOf = (entry: Pick<DocumentEntry, 'id'>) => z.parse(documentId, entry.id);
