import { prefersReducedMotion } from 'svelte/motion';
import { allottedMsOf, usedMsOf } from '../clock.ts';
import type { MeetingRoom } from '../room/room.svelte.ts';
import type { AgendaItem } from '../schema.ts';
import { shareUsed } from './time-words.ts';

/** How much of its timebox `item` has used, 0 to 1. Turns with the clock while it is read. */
export function shareOf(room: MeetingRoom, item: AgendaItem): number {
	const { clock, nowMs } = room;
	const allottedMs = allottedMsOf(clock, item);
	return shareUsed(usedMsOf(clock, item.id, nowMs), { allottedMs, isCalm: prefersReducedMotion.current });
}
