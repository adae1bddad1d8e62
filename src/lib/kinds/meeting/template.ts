import { generateNKeysBetween } from 'fractional-indexing';
import * as z from 'zod/mini';
import type { ProseBlock } from '#lib/docs/prose.ts';
import { fnv1a, seedUpdate } from '#lib/docs/seed.ts';
import { rowId } from '#lib/domain/id.ts';
import { meetingDoc } from './doc.ts';
import { ITEM_MINUTES_MAX, type AgendaItem, type Meeting, type Purpose } from './schema.ts';

// Two people who open one occurrence of a series while apart must make one meeting. So what it begins with depends
// on its name and its template alone: no clock, no chance.

/** One line of the agenda that each meeting of a series begins with. */
export interface TemplateLine {
	readonly title: string;
	readonly minutes: number;
	readonly purpose?: Purpose | undefined;
	/** What to look at: the first paragraph of the notes. */
	readonly prompt?: string | undefined;
}

/**
 * The meeting that `lines` begin. The rows' ids carry a hash of the template: devices that open the same occurrence
 * from two templates, one of them edited meanwhile, get the lines of both, instead of one row that two people fill
 * with different things.
 */
export function meetingFromTemplate(lines: readonly TemplateLine[]): Meeting {
	const hash = hashOf(lines);
	const orders = generateNKeysBetween(null, null, lines.length);
	const agenda = lines.map(({ title, minutes, purpose }, index): AgendaItem => {
		const item = { id: itemId(hash, index), order: orders[index] ?? '', title };
		return { ...item, minutes: Math.min(minutes, ITEM_MINUTES_MAX), ...(purpose ? { purpose } : {}) };
	});
	const notes = lines.flatMap(({ prompt }, index): [string, readonly ProseBlock[]][] =>
		prompt ? [[itemId(hash, index), [paragraph(prompt)]]] : []
	);
	return { fields: {}, agenda, parking: [], clock: [], notes: Object.fromEntries(notes) };
}

/** What fills the empty document `wireName` with `meeting`: the same bytes on every device. */
export const meetingUpdate = (wireName: string, meeting: Meeting): Uint8Array =>
	seedUpdate(wireName, (doc) => meetingDoc.seed(doc, meeting));

const itemId = (hash: string, index: number) => z.parse(rowId, `${hash}-i${index + 1}`);

const paragraph = (text: string): ProseBlock => ({
	is: 'paragraph',
	text: [{ is: 'text', text, marks: {} }]
});

function hashOf(lines: readonly TemplateLine[]): string {
	const plain = lines.map(({ title, minutes, purpose, prompt }) => [title, minutes, purpose, prompt]);
	return fnv1a(new TextEncoder().encode(JSON.stringify(plain))).toString(36);
}
