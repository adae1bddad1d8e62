import type { Cadence } from '#lib/domain/cadence.ts';
import type { Face } from '../face.ts';
import type { IconType } from '../icon.ts';
import type { MenuEntry } from '../menu.ts';

/** One place to go, in the sidebar, the rail or the tabs. */
export interface NavEntry {
	readonly id: string;
	readonly href: string;
	readonly label: string;
	readonly icon: IconType;
	/** What waits there. None or 0 shows nothing. */
	readonly count?: number | undefined;
	readonly isCurrent?: boolean | undefined;
}

/** One meeting that comes round, under “Rhythm”. */
export interface RhythmEntry {
	readonly id: string;
	readonly href: string;
	readonly title: string;
	readonly cadence: Cadence;
	/** When it is next, short: “Mon”, “6 Jul”. */
	readonly next: string;
	readonly isCurrent?: boolean | undefined;
}

/** The space and the person, each with the menu that opens under them. */
export interface ShellSpace {
	readonly name: string;
	readonly entries: readonly MenuEntry[];
}

export interface ShellMe {
	readonly person: Face;
	/** Under the name: “Ops Lead”. */
	readonly detail: string;
	readonly entries: readonly MenuEntry[];
}

/** What sidebar and rail are made of. */
export interface Navigation {
	readonly space: ShellSpace;
	readonly me: ShellMe;
	/** Where the mark leads: this week. */
	readonly homeHref: string;
	readonly nav: readonly NavEntry[];
	readonly rhythm: readonly RhythmEntry[];
	/** “Find or run…”: opens the palette. */
	readonly onfind: () => void;
}
