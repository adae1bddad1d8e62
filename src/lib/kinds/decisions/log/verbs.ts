import FileUp from '@lucide/svelte/icons/file-up';
import Plus from '@lucide/svelte/icons/plus';
import type { PageCommand, PageVerbs } from '../../views.ts';
import type { Log } from './log.svelte.ts';

/** What the command palette may do while the log is open. */
export const pageVerbs = (log: Log): PageVerbs => ({
	get commands(): readonly PageCommand[] {
		if (!log.commands) return [];
		return [
			{
				id: 'decision.add',
				title: 'Add a decision',
				keywords: ['new', 'decide'],
				icon: Plus,
				run: () => log.add()
			},
			{
				id: 'decision.import',
				title: 'Import decisions',
				keywords: ['madr', 'nygard', 'adr', 'csv', 'markdown'],
				icon: FileUp,
				run: () => (log.layer = 'import')
			}
		];
	}
});
