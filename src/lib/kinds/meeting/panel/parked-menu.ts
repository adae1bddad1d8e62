import CircleCheck from '@lucide/svelte/icons/circle-check';
import Forward from '@lucide/svelte/icons/forward';
import Pencil from '@lucide/svelte/icons/pencil';
import Undo2 from '@lucide/svelte/icons/undo-2';
import type { MenuEntry } from '#lib/ui/menu.ts';
import type { ParkedThing } from '../schema.ts';
import type { MeetingRoom } from '../room/room.svelte.ts';

/** What can become of something parked. */
export function parkedMenu(
	{ parkingVerbs }: MeetingRoom,
	thing: ParkedThing,
	{ edit }: { edit: () => void }
): readonly MenuEntry[] {
	return [
		{ label: 'Edit', icon: Pencil, run: edit },
		{
			label: 'Bring back',
			detail: 'As the last item of this agenda',
			icon: Undo2,
			run: () => parkingVerbs.bringBack(thing)
		},
		thing.state === 'next'
			? { label: 'Keep in this meeting', icon: Forward, run: () => parkingVerbs.keepHere(thing) }
			: { label: 'Send to next meeting', icon: Forward, run: () => parkingVerbs.sendToNext(thing) },
		{ label: 'Close', detail: 'It is dealt with', icon: CircleCheck, run: () => parkingVerbs.close(thing) }
	];
}
