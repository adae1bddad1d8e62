import Copy from '@lucide/svelte/icons/copy';
import FileDown from '@lucide/svelte/icons/file-down';
import FileUp from '@lucide/svelte/icons/file-up';
import Link from '@lucide/svelte/icons/link';
import Plus from '@lucide/svelte/icons/plus';
import Replace from '@lucide/svelte/icons/replace';
import RotateCcw from '@lucide/svelte/icons/rotate-ccw';
import Trash from '@lucide/svelte/icons/trash-2';
import X from '@lucide/svelte/icons/x';
import type { MenuEntry } from '#lib/ui/menu.ts';
import type { AdrStyle } from '../adr-fresh.ts';
import { writeAdr } from '../adr-write.ts';
import type { Dossier } from '../dossier.ts';
import { writeLog } from '../log-text.ts';
import { writtenFrom, writtenOf } from '../written.ts';
import { numberOf, titleOf } from '../words.ts';
import type { Log } from './log.svelte.ts';

/** What can be done with the log as a whole. */
export function listMenu(log: Log): readonly MenuEntry[] {
	const { here } = log;
	return [
		...(log.commands
			? ([
					{ label: 'Add a decision', icon: Plus, run: () => log.add() },
					{
						label: 'Import',
						detail: 'MADR, Nygard, a decision log or CSV',
						icon: FileUp,
						run: () => (log.layer = 'import')
					},
					{ is: 'separator' }
				] satisfies MenuEntry[])
			: []),
		{
			label: 'Save as CSV',
			detail: 'Goes in again as it came out',
			icon: FileDown,
			run: () => here.saveAs('csv')
		},
		{ label: 'Save as Markdown', icon: FileDown, run: () => here.saveAs('markdown') },
		{
			label: 'Save as a plain log',
			detail: 'A label and a value a line',
			icon: FileDown,
			run: () =>
				here.saveFile('decision-log.txt', writeLog(writtenOf(log.snapshot, log.nameOf)), 'text/plain')
		}
	];
}

/** What can be done with one decision. */
export function decisionMenu(log: Log, dossier: Dossier): readonly MenuEntry[] {
	const { decision } = dossier;
	const { here, commands } = log;
	const save = (label: string, style: AdrStyle): MenuEntry => ({
		label,
		icon: FileDown,
		run: () =>
			here.saveFile(
				fileName(dossier),
				writeAdr(writtenFrom(log.snapshot, dossier, log.nameOf), style),
				'text/markdown'
			)
	});
	const isImported = dossier.sections.length > 0;
	return [
		{ label: 'Copy link', icon: Link, run: () => here.copyLink(here.hrefOf(decision.id)) },
		...(isImported
			? [save('Save as it was imported', 'madr')]
			: [save('Save as MADR', 'madr'), save('Save as Nygard', 'nygard')]),
		...(commands ? [{ is: 'separator' } as const, ...changes(log, dossier)] : [])
	];
}

function changes(log: Log, dossier: Dossier): readonly MenuEntry[] {
	const { decision } = dossier;
	const set = (status: 'proposed' | 'in-review' | 'rejected') => () =>
		log.commands?.setStatus(decision.id, status);
	const isSettled = decision.status === 'decided' || decision.status === 'rejected';
	return [
		{ label: 'Supersede with a new one', icon: Replace, run: () => log.supersede(decision.id) },
		...(isSettled || decision.status === 'superseded'
			? [{ label: 'Back into review', icon: RotateCcw, run: set('in-review') }]
			: [{ label: 'Reject', icon: X, run: set('rejected') }]),
		...(decision.request && decision.status === 'in-review'
			? [{ label: 'Stop asking', icon: X, run: () => log.commands?.withdrawRequest(decision.id) }]
			: []),
		{ label: 'Copy as text', icon: Copy, run: () => void copyText(log, dossier) },
		{ is: 'separator' },
		{ label: 'Delete', icon: Trash, run: () => log.remove(dossier) }
	];
}

async function copyText(log: Log, dossier: Dossier): Promise<void> {
	await navigator.clipboard.writeText(writeAdr(writtenFrom(log.snapshot, dossier, log.nameOf)));
	log.here.tell({ title: 'Copied as Markdown.' });
}

/** “dec-0148-hold-search-api-releases.md”. */
function fileName({ decision }: Dossier): string {
	const number = decision.number === undefined ? '' : `${numberOf(decision).toLowerCase()}-`;
	const title = titleOf(decision)
		.toLowerCase()
		.replaceAll(/[^\p{L}\p{N}]+/gu, '-')
		.replaceAll(/^-|-$/g, '')
		.slice(0, 60);
	return `${number}${title || 'decision'}.md`;
}
