import * as z from 'zod/mini';
import { markdownOf } from '#lib/docs/prose-markdown.ts';
import { escapeLine } from '#lib/docs/prose-markdown-line.ts';
import type { ProseEmbed } from '#lib/docs/prose.ts';
import { counted, timerDigits } from '#lib/domain/words.ts';
import { documentRef } from '#lib/domain/link.ts';
import type { RecordLine } from '#lib/domain/record.ts';
import type { ExportContext, Exporter } from '../contract.ts';
import { allottedMsOf, clockOf, itemStateOf, plannedMinutes, usedMsOf, type MeetingClock } from './clock.ts';
import { PURPOSE_WORDS, type AgendaItem, type Meeting } from './schema.ts';

/** The minutes as Markdown: each item with its notes, then what was parked. People are named where they are known. */
export const minutesExport: Exporter<Meeting> = {
	format: 'markdown',
	render(meeting, { title, today, nameOf = () => undefined, recordOf = () => undefined }) {
		const words = { nameOf, recordOf };
		const clock = clockOf(meeting.clock);
		const head = [`# ${escapeLine(title)}`, headline(meeting, { today, nameOf })];
		const items = meeting.agenda.flatMap((item, index) => itemText(meeting, { item, index, clock, words }));
		return `${[...head, ...items, ...parkedText(meeting, nameOf)].join('\n\n')}\n`;
	}
};

type NameOf = (person: string) => string | undefined;

/** What people and records are called. */
interface Words {
	readonly nameOf: NameOf;
	readonly recordOf: NonNullable<ExportContext['recordOf']>;
}

function headline({ fields, agenda }: Meeting, { today, nameOf }: { today: string; nameOf: NameOf }): string {
	const facilitator = fields.facilitator && nameOf(fields.facilitator);
	const scribe = fields.scribe && nameOf(fields.scribe);
	const facts = [
		`${counted(agenda.length, 'item')}, ${plannedMinutes(agenda)} min.`,
		facilitator && `Facilitated by ${escapeLine(facilitator)}.`,
		scribe && `Written by ${escapeLine(scribe)}.`,
		`As of ${today}.`
	];
	return facts.filter(Boolean).join(' ');
}

interface ItemContext {
	readonly item: AgendaItem;
	readonly index: number;
	readonly clock: MeetingClock;
	readonly words: Words;
}

function itemText(meeting: Meeting, { item, index, clock, words }: ItemContext): readonly string[] {
	const { nameOf } = words;
	const usedMs = usedMsOf(clock, item.id, clock.endedAtMs ?? 0);
	const facts = [
		item.owner && nameOf(item.owner),
		item.purpose && PURPOSE_WORDS[item.purpose],
		usedMs > 0
			? `${timerDigits(usedMs)} of ${timerDigits(allottedMsOf(clock, item))}`
			: `${item.minutes} min`,
		itemStateOf(clock, item) === 'parked' && 'parked'
	].filter(Boolean);
	const blockMarkdown = (block: ProseEmbed) => blockText(block, words);
	const notes = markdownOf(meeting.notes[item.id] ?? [], { nameOf, blockMarkdown, headingsDown: 2 });
	return [
		`## ${index + 1}. ${escapeLine(item.title)}`,
		`*${facts.join(', ')}*`,
		...(notes ? [notes.trimEnd()] : [])
	];
}

/** A chart cannot be written out as text without its points: it is named. A record is written in one line. */
function blockText({ type, data }: ProseEmbed, words: Words): string {
	const ref = z.safeParse(documentRef, data);
	const record = ref.success ? words.recordOf(ref.data) : undefined;
	if (record) return recordText(type, record, words);
	const { kpi } = data;
	return typeof kpi === 'string' ? `*Chart: ${escapeLine(kpi)}*` : `*${escapeLine(type)}*`;
}

/** Where the word is not the type with a capital letter. */
const TYPE_WORDS: Readonly<Record<string, string>> = { raci: 'RACI' };

/** “**Action ACT-0012:** Extend the canary (Rafael Costa, due 2026-06-12, Open)”. */
function recordText(type: string, record: RecordLine, { nameOf }: Words): string {
	const { number, title, owner, due, state } = record;
	const named = [TYPE_WORDS[type] ?? type.charAt(0).toUpperCase() + type.slice(1), number]
		.filter(Boolean)
		.join(' ');
	const facts = [owner && nameOf(owner), due && `due ${due}`, state].filter(Boolean).join(', ');
	return `**${named}:** ${escapeLine(title || 'Untitled')}${facts ? ` (${escapeLine(facts)})` : ''}`;
}

function parkedText({ parking }: Meeting, nameOf: NameOf): readonly string[] {
	const open = parking.filter(({ state }) => state !== 'closed');
	if (open.length === 0) return [];
	const lines = open.map(({ text, by }) => {
		const name = by && nameOf(by);
		return `- ${escapeLine(text)}${name ? ` (${escapeLine(name)})` : ''}`;
	});
	return ['## Parking lot', lines.join('\n')];
}
