import type { IsoDate } from '../domain/calendar.ts';
import type { DocumentId, RowId } from '../domain/id.ts';
import { meetingKind } from '../kinds/meeting/kind.ts';
import { meetingFromTemplate, meetingUpdate } from '../kinds/meeting/template.ts';
import { occurrenceOf } from '../kinds/space/occurrence.ts';
import type { SpaceSession } from './space-session.svelte.ts';

/**
 * The meeting of a series on a day, listed and filled from the series' template when nobody has opened it yet.
 * Works with no network: whoever opens the same one elsewhere makes the same bytes. Undefined when the series is
 * gone, or the index must not be written.
 */
export async function ensureOccurrence(
	space: SpaceSession,
	series: RowId,
	day: IsoDate
): Promise<DocumentId | undefined> {
	const known = space.index.reading.value.series.find(({ id }) => id === series);
	const { commands } = space.index;
	if (!known || !commands) return undefined;
	const { id, entry } = occurrenceOf(known, day);
	if (space.entryOf(id)) return id;

	const meeting = await space.acquire(id, meetingKind);
	const isNew = meeting.engine.doc.store.clients.size === 0;
	if (isNew) meeting.fill(meetingUpdate(meeting.engine.name, meetingFromTemplate(known.agenda)), space.me.id);
	commands.list(id, { ...entry, createdAt: new Date(space.nowMs()).toISOString(), createdBy: space.me.id });
	await meeting.engine.flush();
	await space.release(id);
	return id;
}
