import * as z from 'zod/mini';
import { documentId, type DocumentId } from '../domain/id.ts';
import { clockOf } from '../kinds/meeting/clock.ts';
import { meetingKind } from '../kinds/meeting/kind.ts';
import type { DocumentEntry } from '../kinds/space/schema.ts';
import type { SpaceSession } from './space-session.svelte.ts';

/** How long the server is waited for; what it brings later is carried over when the meeting is opened again. */
const WAIT_MS_MAX = 10_000;

/**
 * Puts what the meeting before of the same series sent to “the next meeting” into this one's parking lot. Whoever
 * opens the meeting does it, and all of them together do it once.
 */
export async function carryParkedOver(space: SpaceSession, id: DocumentId): Promise<void> {
	const before = meetingBefore(space.index.reading.value.documents, id);
	if (!before) return;
	const [meeting, previous] = await Promise.all([
		space.acquire(id, meetingKind),
		space.acquire(before, meetingKind)
	]);
	const carry = () => {
		const { clock } = meetingKind.doc.read(meeting.engine.doc).value;
		if (clockOf(clock).state === 'ended') return;
		const { parking } = meetingKind.doc.read(previous.engine.doc).value;
		const sentOn = parking.filter(({ state }) => state === 'next');
		if (!meeting.commands || sentOn.length === 0) return;
		meeting.commands.carryOver(sentOn);
		for (const thing of sentOn) previous.commands?.patchParked(thing.id, { state: 'carried' });
	};
	carry();
	await Promise.all([meeting, previous].map(({ engine }) => engine.untilExchanged(WAIT_MS_MAX)));
	carry();
	await Promise.all([space.release(id), space.release(before)]);
}

/** The last meeting of the same series that starts before this one; undefined when there is none. */
export function meetingBefore(
	documents: readonly Pick<DocumentEntry, 'id' | 'series' | 'startsAt'>[],
	id: string
): DocumentId | undefined {
	const { series, startsAt } = documents.find((entry) => String(entry.id) === id) ?? {};
	if (!series || !startsAt) return undefined;
	const earlier = documents.flatMap((entry) =>
		entry.series === series && entry.startsAt && entry.startsAt < startsAt
			? [{ id: entry.id, startsAt: entry.startsAt }]
			: []
	);
	const last = earlier.reduce<(typeof earlier)[number] | undefined>(
		(latest, one) => (latest && latest.startsAt > one.startsAt ? latest : one),
		undefined
	);
	return last && z.parse(documentId, last.id);
}
