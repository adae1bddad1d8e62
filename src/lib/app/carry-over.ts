import * as z from 'zod/mini';
import { documentId, type DocumentId } from '../domain/id.ts';
import { actionsKind } from '../kinds/actions/kind.ts';
import { clockOf } from '../kinds/meeting/clock.ts';
import type { MeetingCommands } from '../kinds/meeting/doc.ts';
import { meetingKind } from '../kinds/meeting/kind.ts';
import type { Meeting } from '../kinds/meeting/schema.ts';
import type { DocumentEntry } from '../kinds/space/schema.ts';
import type { DocEngine } from '../sync/engine.ts';
import type { OpenDocument } from './open-document.svelte.ts';
import type { SpaceSession } from './space-session.svelte.ts';

/** How long the server is waited for; what it brings later is carried over when the meeting is opened again. */
const WAIT_MS_MAX = 10_000;

/** How many meetings in a row may have been skipped before what was sent on is left where it is. */
const LOOK_BACK_MAX = 4;

const MINUTE_MS = 60_000;

const ACTIONS_DOCUMENT = actionsKind.only as DocumentId;

type OpenMeeting = OpenDocument<Meeting, MeetingCommands>;

/**
 * Brings over what earlier meetings of the same series left: what they sent to “the next meeting” comes into this one's
 * parking lot, and their open actions are noted as still open here. Whoever opens the meeting does it, and all of them
 * together do it once. A meeting that is over, or was never held and is past,
 * gets nothing: nobody would find it there.
 */
export async function carryOver(space: SpaceSession, id: DocumentId): Promise<void> {
	const { documents } = space.index.reading.value;
	const all = meetingsBefore(documents, id);
	if (all.length === 0) return;
	const meeting = await space.acquire(id, meetingKind);
	await heard(space, meeting);
	const isNext = canReceive(space, meeting);
	if (isNext) await carryActions(space, id, new Set(all));
	for (const before of isNext ? all.slice(0, LOOK_BACK_MAX) : []) {
		const previous = await space.acquire(before, meetingKind);
		await heard(space, previous);
		carry(previous, meeting);
		const wasHeld = stateOf(previous) !== 'draft';
		await space.release(before);
		if (wasHeld) break; // It has taken over, in its time, what those before it sent on.
	}
	await space.release(id);
}

/** Notes at each open action of the earlier meetings that it was still open in this one: how often shows its age. */
async function carryActions(
	space: SpaceSession,
	id: DocumentId,
	earlier: ReadonlySet<string>
): Promise<void> {
	const register = await space.acquire(ACTIONS_DOCUMENT, actionsKind);
	await heard(space, register);
	const open = space.records
		.linesOf(register)
		.filter(({ isOpen, source }) => isOpen && source !== undefined && earlier.has(source.document));
	if (open.length > 0) {
		const rows = open.map(({ ref }) => ref.row);
		register.commands?.carry(rows, { kind: meetingKind.id, document: id }, space.today);
	}
	await space.release(ACTIONS_DOCUMENT);
}

/** With no connection, what this device has is what counts. */
async function heard(space: SpaceSession, { engine }: { readonly engine: DocEngine }): Promise<void> {
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
