import ChartLine from '@lucide/svelte/icons/chart-line';
import FileText from '@lucide/svelte/icons/file-text';
import Milestone from '@lucide/svelte/icons/milestone';
import Pencil from '@lucide/svelte/icons/pencil';
import type { PaletteEntry, PaletteFound } from '../palette/entry.ts';

/** What an invented space could be asked for, for specimens. `ran` is told what was chosen. */
export function sampleEntries(ran: (id: string) => void): readonly PaletteEntry[] {
	const entry = (id: string, over: Omit<PaletteEntry, 'id' | 'run'>): PaletteEntry => ({
		id,
		run: () => ran(id),
		...over
	});
	return [
		entry('insert', {
			group: 'Run in this meeting',
			title: 'Insert MTTR chart here',
			icon: ChartLine,
			second: {
				title: 'Write MTTR commentary',
				detail: 'Red, missing',
				icon: Pencil,
				run: () => ran('write')
			}
		}),
		entry('mttr', {
			group: 'KPIs',
			title: 'MTTR, Sev 1/2 median',
			detail: 'Priya Raman',
			trailing: '74 min',
			icon: 'red'
		}),
		entry('slo', { group: 'KPIs', title: 'SLO attainment, Tier-0', detail: 'Tomás Herrera', icon: 'amber' }),
		entry('dec-145', {
			group: 'Decisions',
			title: 'MTTR uses the median, planned maintenance reported apart',
			detail: 'Decided 2 Jun',
			trailing: 'DEC-0145',
			icon: Milestone
		}),
		entry('dec-150', {
			group: 'Decisions',
			title: 'Report planned maintenance apart from MTTR in the board pack',
			detail: 'Decided 8 Jun',
			trailing: 'DEC-0150',
			icon: Milestone
		})
	];
}

/** A search of notes that finds one when asked for MTTR. */
export function sampleSearch(query: string): PaletteFound {
	const isFound = query.toLowerCase() === 'mttr';
	const note: PaletteEntry = {
		id: 'note',
		group: 'Notes',
		title: 'Weekly Ops Review, 1 Jun',
		detail: '…MTTR crept to 52 with the two billing-sync pages…',
		trailing: 'W23',
		icon: FileText,
		run: () => undefined
	};
	return { entries: isFound ? [note] : [], documents: 46 };
}
