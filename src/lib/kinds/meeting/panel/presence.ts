import type { MeetingRoom } from '../room/room.svelte.ts';
import type { PresenceContext } from './presence-words.ts';

/** What the words about people need of the meeting. */
export const presenceContext = (room: MeetingRoom): PresenceContext => ({
	titleOf: (item) => room.titleOf(item),
	shown: room.follow.shown,
	facilitator: room.fields.facilitator,
	scribe: room.fields.scribe,
	zone: room.here.timeZone
});
