import type { MenuEntry } from '#lib/ui/menu.ts';
import type { MatrixRoom } from './room/room.svelte.ts';

/** What can be done with the matrix as a whole. */
export function pageMenu(
	room: MatrixRoom,
	verbs: { readonly openImport: () => void; readonly openKeys?: (() => void) | undefined }
): readonly MenuEntry[] {
	const { commands, here, isTurned } = room;
	const exports: readonly MenuEntry[] = [
		{ label: 'Export CSV', run: () => here.saveAs('csv') },
		{ label: 'Export Markdown', run: () => here.saveAs('markdown') }
	];
	const keys: readonly MenuEntry[] = verbs.openKeys
		? [{ is: 'separator' }, { label: 'All keys', run: verbs.openKeys }]
		: [];
	if (!commands) return [...exports, ...keys];
	return [
		{ label: 'Import a table', run: verbs.openImport },
		...exports,
		{ is: 'separator' },
		{ label: 'Activity', run: () => room.rows.addActivity() },
		{ label: 'Role', run: () => room.rows.addRole() },
		{
			label: 'Turned headers',
			isChecked: isTurned,
			run: () => commands.patchRaci({ hasTurnedHeads: !isTurned })
		},
		...keys
	];
}
