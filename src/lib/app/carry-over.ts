import * as z from 'zod/mini';
import { documentId, type DocumentId } from '../domain/id.ts';
import { clockOf } from '../kinds/meeting/clock.ts';
import type { MeetingCommands } from '../kinds/meeting/doc.ts';
import { meetingKind } from '../kinds/meeting/kind.ts';
import type { Meeting } from '../kinds/meeting/schema.ts';
import type { DocumentEntry } from '../kinds/space/schema.ts';
import type { OpenDocument } from './open-document.svelte.ts';
import type { SpaceSession } from './space-session.svelte.ts';

/** How long the server is waited for; what it brings later is carried over when the meeting is opened again. */
const WAIT_MS_MAX = 10_000;

/** How many meetings in a row may have been skipped before what was sent on is left where it is. */
const LOOK_BACK_MAX = 4;

const MINUTE_MS = 60_000;

type OpenMeeting = OpenDocument<Meeting, MeetingCommands>;

/**
 * Puts what earlier meetings of the same series sent to “the next meeting” into this one's parking lot. Whoever opens
 * the meeting does it, and all of them together do it once. A meeting that is over, or was never held and is past,
 * gets nothing: nobody would find it there.
 */
export async function carryParkedOver(space: SpaceSession, id: DocumentId): Promise<void> {
	const { documents } = space.index.reading.value;
	const earlier = meetingsBefore(documents, id).slice(0, LOOK_BACK_MAX);
	if (earlier.length === 0) return;
	const meeting = await space.acquire(id, meetingKind);
	await heard(space, meeting);
	for (const before of canReceive(space, meeting) ? earlier : []) {
		const previous = await space.acquire(before, meetingKind);
		await heard(space, previous);
		carry(previous, meeting);
		const wasHeld = stateOf(previous) !== 'draft';
		await space.release(before);
		if (wasHeld) break; // It has taken over, in its time, what those before it sent on.
	}
	await space.release(id);
}

/** With no connection, what this device has is what counts. */
async function heard(space: SpaceSession, { engine }: OpenMeeting): Promise<void> {
	if (!space.isOffline) await engine.untilExchanged(WAIT_MS_MAX);
}

const stateOf = ({ engine }: OpenMeeting) => clockOf(meetingKind.doc.read(engine.doc).value.clock).state;

function canReceive(space: SpaceSession, meeting: OpenMeeting): boolean {
	const state = stateOf(meeting);
	const { startsAt, minutes = 0 } = space.entryOf(meeting.id) ?? {};
	const isPast = startsAt !== undefined && Date.parse(startsAt) + minutes * MINUTE_MS < space.nowMs();
	return meeting.commands !== undefined && state !== 'ended' && !(state === 'draft' && isPast);
}

function carry(previous: OpenMeeting, meeting: OpenMeeting): void {
	const { parking } = meetingKind.doc.read(previous.engine.doc).value;
	const sentOn = parking.filter(({ state }) => state === 'next');
	meeting.commands?.carryOver(sentOn);
	for (const { id } of sentOn) previous.commands?.patchParked(id, { state: 'carried' });
}

/** The meetings of the same series that start before this one, the latest first. */
export function meetingsBefore(
	documents: readonly Pick<DocumentEntry, 'id' | 'series' | 'startsAt'>[],
	id: string
): readonly DocumentId[] {
	const { series, startsAt } = documents.find((entry) => String(entry.id) === id) ?? {};
	if (!series || !startsAt) return [];
	return documents
		.flatMap((entry) =>
			entry.series === series && entry.startsAt && entry.startsAt < startsAt
				? [{ id: z.parse(documentId, entry.id), startsAt: entry.startsAt }]
				: []
		)
		.toSorted((a, b) => (a.startsAt < b.startsAt ? 1 : -1))
		.map((entry) => entry.id);
}
