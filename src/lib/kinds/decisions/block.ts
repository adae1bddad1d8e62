import Milestone from '@lucide/svelte/icons/milestone';
import type { RecordBlockKind } from '../record-blocks.ts';

/** A decision among the notes of a meeting. */
export const recordBlock: RecordBlockKind = {
	type: 'decision',
	title: 'Decision',
	keywords: ['decide', 'rapid', 'adr', 'resolve', 'agreed'],
	icon: Milestone,
	kind: 'decisions',
	create: ({ draft, source }) => draft('decisions', { title: '', source })
};
