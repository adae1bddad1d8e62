import type { Snippet } from 'svelte';
import type { KpiId } from '#lib/domain/id.ts';
import type { IconType } from '#lib/ui/icon.ts';
import type { PageProps } from '../contract.ts';
import type { MeetingCommands } from './doc.ts';
import type { Meeting } from './schema.ts';
import type { MeetingSurroundings } from './surroundings.ts';

/** What `Page.svelte` takes. */
export interface MeetingPageProps extends PageProps<Meeting, MeetingCommands> {
	surroundings: MeetingSurroundings;
	/** Where the phone's way back leads. */
	backHref: string;
	/** The sync pill, for the phone's row of faces. */
	pill?: Snippet | undefined;
	/** Given the page's verbs once it is there, and undefined when it is gone. */
	onready?: ((verbs: MeetingVerbs | undefined) => void) | undefined;
}

/** What others, the command palette above all, may do in a meeting that is open. */
export interface MeetingVerbs {
	/** Puts a chart where the person writes, or at the end of the notes on the screen. */
	readonly insertChart: (kpi: KpiId) => void;
	/** Puts the caret at the end of the notes. */
	focusNotes(): void;
	parkSomething(): void;
	addItem(): void;
	/** What can be done right now, best first. Reactive. Empty for those who may only read. */
	readonly entries: readonly MeetingEntry[];
}

/** One line of the palette: “Next item”, with what it is about. */
export interface MeetingEntry {
	readonly id: string;
	readonly title: string;
	readonly keywords: readonly string[];
	readonly icon: IconType;
	run(): void;
}
