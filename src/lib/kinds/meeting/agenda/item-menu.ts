import ArrowDown from '@lucide/svelte/icons/arrow-down';
import ArrowUp from '@lucide/svelte/icons/arrow-up';
import CircleParking from '@lucide/svelte/icons/circle-parking';
import MessageSquarePlus from '@lucide/svelte/icons/message-square-plus';
import Pencil from '@lucide/svelte/icons/pencil';
import Play from '@lucide/svelte/icons/play';
import Trash2 from '@lucide/svelte/icons/trash-2';
import Undo2 from '@lucide/svelte/icons/undo-2';
import type { MenuEntry } from '#lib/ui/menu.ts';
import type { AgendaItem } from '../schema.ts';
import type { MeetingRoom } from '../room/room.svelte.ts';

/** What can be done with one item, beside opening it. */
export function itemMenu(room: MeetingRoom, item: AgendaItem): readonly MenuEntry[] {
	const { agenda, agendaVerbs, running, clock } = room;
	const at = agenda.indexOf(item);
	const isCurrent = room.isOn && clock.current === item.id;
	const parking: MenuEntry = item.parkedAt
		? { label: 'Bring back', icon: Undo2, run: () => agendaVerbs.turnParked(item) }
		: { label: 'Park item', icon: CircleParking, run: () => agendaVerbs.turnParked(item) };
	return [
		...(room.isOn && !isCurrent
			? [
					{ label: 'Make current', icon: Play, run: () => running.goTo(item.id) },
					{ is: 'separator' as const }
				]
			: []),
		{ label: 'Edit', icon: Pencil, shortcut: 'f2', run: () => room.layers.edit(item.id) },
		{
			label: 'Move up',
			icon: ArrowUp,
			shortcut: 'alt+up',
			blockedBecause: at === 0 ? 'It is the first.' : undefined,
			run: () => agendaVerbs.shift(item.id, 'up')
		},
		{
			label: 'Move down',
			icon: ArrowDown,
			shortcut: 'alt+down',
			blockedBecause: at === agenda.length - 1 ? 'It is the last.' : undefined,
			run: () => agendaVerbs.shift(item.id, 'down')
		},
		{ is: 'separator' },
		{
			label: 'Comment',
			icon: MessageSquarePlus,
			run: () => room.here.commentOn({ root: 'agenda', row: item.id })
		},
		parking,
		{ label: 'Delete', icon: Trash2, run: () => agendaVerbs.remove(item.id) }
	];
}
