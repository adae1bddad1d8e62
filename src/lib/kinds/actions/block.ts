import ListChecks from '@lucide/svelte/icons/list-checks';
import type { RecordBlockKind } from '../record-blocks.ts';

/** An action among the notes of a meeting. */
export const recordBlock: RecordBlockKind = {
	type: 'action',
	title: 'Action',
	keywords: ['task', 'todo', 'to do', 'follow-up', 'owner', 'due'],
	icon: ListChecks,
	kind: 'actions',
	create: ({ draft, source }) => draft('actions', { title: '', source })
};
