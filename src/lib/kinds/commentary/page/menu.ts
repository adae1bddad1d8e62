import ChevronLeft from '@lucide/svelte/icons/chevron-left';
import ChevronRight from '@lucide/svelte/icons/chevron-right';
import FileDown from '@lucide/svelte/icons/file-down';
import Gauge from '@lucide/svelte/icons/gauge';
import Link2 from '@lucide/svelte/icons/link-2';
import Trash2 from '@lucide/svelte/icons/trash-2';
import type { MenuEntry } from '#lib/ui/menu.ts';
import type { PeriodLine } from '../due.ts';
import type { PeriodRoom } from '../room.svelte.ts';

/** Everything about a period, and about one line of it, that has no button of its own. */
export function menuOf(room: PeriodRoom, line: PeriodLine | undefined): readonly MenuEntry[] {
	const { here, period } = room;
	return [
		...(line ? lineEntries(room, line) : []),
		{ is: 'link', label: `The ${period.kind} before`, icon: ChevronLeft, href: room.hrefOf('previous') },
		{ is: 'link', label: `The ${period.kind} after`, icon: ChevronRight, href: room.hrefOf('next') },
		{ is: 'separator' },
		{ label: 'Save as CSV', icon: FileDown, run: () => here.saveAs('csv') },
		{ label: 'Save as Markdown', icon: FileDown, run: () => here.saveAs('markdown') }
	];
}

function lineEntries(room: PeriodRoom, line: PeriodLine): readonly MenuEntry[] {
	const { here } = room;
	const entries: MenuEntry[] = [
		{ is: 'link', label: 'Open the KPI', icon: Gauge, href: here.hrefOfKpi(line.contract.id) },
		{ label: 'Copy link', icon: Link2, run: () => here.copyLink(here.hrefOf(line.row)) }
	];
	if (room.commands && line.written.row) {
		entries.push({ label: 'Remove this commentary', icon: Trash2, run: () => remove(room, line) });
	}
	return [...entries, { is: 'separator' }];
}

function remove(room: PeriodRoom, line: PeriodLine): void {
	room.commands?.remove(line.row, room.now());
	room.here.tell({
		title: `Commentary on ${room.nameOf(line)} removed`,
		action: { label: 'Undo', run: () => room.commands?.restore(line.row) }
	});
}
