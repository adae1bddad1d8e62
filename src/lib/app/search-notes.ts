import { textOfBlocks } from '../docs/prose-text.ts';
import type { IsoDate } from '../domain/calendar.ts';
import type { DocumentId } from '../domain/id.ts';
import { dayOf } from '../domain/words.ts';
import { meetingKind } from '../kinds/meeting/kind.ts';
import type { SpaceSession } from './space-session.svelte.ts';

export interface NoteHit {
	readonly document: DocumentId;
	readonly item: string;
	/** The meeting's title and the item's. */
	readonly title: string;
	/** Some words around what was found. */
	readonly excerpt: string;
	readonly on: IsoDate | undefined;
}

const HITS_MAX = 8;

/** Characters before and after a hit. */
const AROUND = 32;

/** Shorter queries find everything. */
const QUERY_LENGTH_MIN = 2;

/** Looks through the notes of all meetings on this device. Reads them from the disk; nothing is asked of the server. */
export async function searchNotes(
	space: SpaceSession,
	query: string
): Promise<{ readonly hits: readonly NoteHit[]; readonly documents: number }> {
	const wanted = plain(query.trim());
	const meetings = space.index.reading.value.documents.filter(({ kind }) => kind === 'meeting');
	const latestFirst = meetings.toSorted((a, b) => ((a.startsAt ?? '') < (b.startsAt ?? '') ? 1 : -1));
	if (wanted.length < QUERY_LENGTH_MIN) return { hits: [], documents: meetings.length };
	const hits: NoteHit[] = [];
	for (const entry of latestFirst) {
		if (hits.length >= HITS_MAX) break;
		const id = entry.id as string as DocumentId;
		const doc = await space.readKept(id);
		if (!doc) continue;
		const { agenda, notes } = meetingKind.doc.read(doc).value;
		const on = entry.startsAt ? dayOf(Date.parse(entry.startsAt), space.timeZone) : undefined;
		for (const item of agenda) {
			const text = textOfBlocks(notes[item.id] ?? []).replaceAll('\n', ' ');
			const at = plain(text).indexOf(wanted);
			if (at < 0) continue;
			const excerpt = excerptAt(text, at, wanted.length);
			hits.push({ document: id, item: item.id, title: `${entry.title}, ${item.title}`, excerpt, on });
		}
		doc.destroy();
	}
	return { hits: hits.slice(0, HITS_MAX), documents: meetings.length };
}

/** Without capitals and accents; as long as the text it came from, so that places fit. */
const plain = (text: string): string =>
	[...text].map((letter) => letter.normalize('NFD')[0]?.toLowerCase() ?? letter).join('');

function excerptAt(text: string, at: number, length: number): string {
	const from = Math.max(0, at - AROUND);
	const to = Math.min(text.length, at + length + AROUND);
	return `${from > 0 ? '…' : ''}${text.slice(from, to).trim()}${to < text.length ? '…' : ''}`;
}
