import type { IconType } from '../icon.ts';
import type { RagStatus } from '../rag.ts';

/** One line of a list on Home. */
export interface ListRow {
	readonly id: string;
	readonly title: string;
	/** Under the title, quieter; each on a line of its own. */
	readonly details?: readonly string[] | undefined;
	/** Before the title: a status or an icon. */
	readonly glyph?: IconType | RagStatus | undefined;
	/** At the end. */
	readonly trailing?: string | undefined;
	/** The end is a value and stands out, rather than a date. */
	readonly isValue?: boolean | undefined;
	readonly href?: string | undefined;
	/** Present on what can be ticked off here. */
	readonly isDone?: boolean | undefined;
}
