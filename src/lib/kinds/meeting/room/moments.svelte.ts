import { untrack } from 'svelte';
import type { RowId } from '#lib/domain/id.ts';
import { remainingMsOf } from '../clock.ts';
import { callBetween } from '../dock/time-words.ts';
import type { MeetingRoom } from './room.svelte.ts';

const SECOND_MS = 1_000;

/** Says the time left aloud at 2:00, 0:30 and 0:00, and to which item the meeting moved. For as long as the page is there. */
export function sayMoments(room: MeetingRoom): void {
	let before: { readonly item: RowId; readonly seconds: number } | undefined;
	$effect(() => {
		const { current, clock, state } = room;
		if (!current || state !== 'live') {
			before = undefined;
			return;
		}
		const seconds = Math.ceil(remainingMsOf(clock, current, room.here.secondMs) / SECOND_MS);
		const words = before?.item === current.id ? callBetween(before.seconds, seconds) : undefined;
		before = { item: current.id, seconds };
		if (words) untrack(() => room.here.say(`${words} for ${room.titleOf(current.id)}`));
	});

	let at: RowId | undefined;
	$effect(() => {
		const current = room.isOn ? room.clock.current : undefined;
		untrack(() => {
			const item = room.itemOf(current);
			if (item && at && at !== item.id)
				room.here.say(`Item ${room.numberOf(item.id)} of ${room.agenda.length}: ${room.titleOf(item.id)}`);
		});
		at = current;
	});
}
