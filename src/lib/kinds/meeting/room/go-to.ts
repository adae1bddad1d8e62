import { parsePlace } from '#lib/docs/touched.ts';
import type { RowId } from '#lib/domain/id.ts';
import type { MeetingRoom } from './room.svelte.ts';

const NOTES = 'notes.';

/**
 * Takes the person to a change of the change list. `key` is a document's name on the wire, a blank, and a place in it.
 * A change of another document, or of something that is gone, leads nowhere.
 */
export function goTo(room: MeetingRoom, key: string): void {
	const { root, row, block } = parsePlace(key.slice(key.indexOf(' ') + 1));
	const item = (root.startsWith(NOTES) ? root.slice(NOTES.length) : root === 'agenda' ? row : undefined) as
		RowId | undefined;
	if (!item || !room.itemOf(item)) return;
	const isShown = room.follow.shown === item;
	room.follow.show(item);
	if (!block) return;
	if (!isShown) room.writing.leave();
	room.writing.scrollTo(block);
}
