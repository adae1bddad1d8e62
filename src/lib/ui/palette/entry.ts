import type { IconType } from '../icon.ts';
import type { RagStatus } from '../rag.ts';
import type { GlyphLook } from '../sync/sync-words.ts';
import type { Findable } from './match.ts';

/** One thing to go to or to do. */
export interface PaletteEntry extends Findable {
	readonly id: string;
	/** The heading it stands under: “Run in this meeting”, “KPIs”. */
	readonly group: string;
	/** At the end: a value, a number, a week. */
	readonly trailing?: string | undefined;
	/** An icon, or a KPI's status. */
	readonly icon: IconType | RagStatus;
	/** Called once the palette is closed and the focus is back where it was. */
	run(): void;
	/** The other thing to do with it: ⌘↵. */
	readonly second?: PaletteSecond | undefined;
}

export interface PaletteSecond {
	readonly title: string;
	readonly detail?: string | undefined;
	readonly icon?: IconType | RagStatus | undefined;
	run(): void;
}

/** What a search of the documents on this device gives. */
export interface PaletteFound {
	readonly entries: readonly PaletteEntry[];
	/** How many documents were searched. */
	readonly documents: number;
}

export interface PaletteProps {
	/** Actions and places, matched here. */
	entries: readonly PaletteEntry[];
	/** Searches the documents; its answers are shown as they are, behind the matched entries. Late answers to an
	 * older query are dropped. */
	search?: ((query: string) => PaletteFound | Promise<PaletteFound>) | undefined;
	/** How the glyph beside “on this device” is drawn. */
	look?: GlyphLook | undefined;
	onclose: () => void;
}
