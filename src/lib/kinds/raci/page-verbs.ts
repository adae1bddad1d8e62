import CircleAlert from '@lucide/svelte/icons/circle-alert';
import Plus from '@lucide/svelte/icons/plus';
import Table from '@lucide/svelte/icons/table-2';
import type { PageCommand, PageVerbs } from '../views.ts';
import type { MatrixRoom } from './room/room.svelte.ts';

/** What the palette may do in the matrix. */
export const verbsOf = (
	room: MatrixRoom,
	verbs: { readonly fix: () => void; readonly openImport: () => void }
): PageVerbs => ({
	get commands(): readonly PageCommand[] {
		const toFix: readonly PageCommand[] =
			room.toFix.length > 0
				? [{ id: 'raci-fix', title: 'Next row to fix', icon: CircleAlert, run: verbs.fix }]
				: [];
		if (!room.commands) return toFix;
		return [
			...toFix,
			{ id: 'raci-activity', title: 'Add an activity', icon: Plus, run: () => room.rows.addActivity() },
			{ id: 'raci-role', title: 'Add a role', icon: Plus, run: () => room.rows.addRole() },
			{
				id: 'raci-import',
				title: 'Import a table',
				keywords: ['csv', 'markdown'],
				icon: Table,
				run: verbs.openImport
			}
		];
	}
});
