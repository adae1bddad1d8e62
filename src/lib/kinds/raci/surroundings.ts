import type { RowId } from '#lib/domain/id.ts';
import type { Person, Presence } from '#lib/domain/person.ts';

/** What a matrix's page needs of the app around it, besides the document itself. Getters are reactive. */
export interface RaciSurroundings {
	readonly title: string;
	readonly me: Person;
	readonly people: readonly Person[];
	/** Who has it open, I first; `row` is the cell they are at, `<activity>/<role>`. */
	readonly present: readonly PresentInMatrix[];
	/** IANA name. */
	readonly timeZone: string;
	/** Epoch milliseconds by the server's clock. */
	nowMs(): number;
	readonly isOffline: boolean;
	/** The activity that the address names. */
	readonly row: string | undefined;
	/** Whether a row, or anything below it, is only on this device: `cells`, then an activity or `<activity>/<role>`. */
	isPending(root: string, row: string): boolean;
	/** Tells the others which cell I am at. */
	announce(row: string | undefined): void;
	rename(title: string): void;
	undo(): void;
	redo(): void;
	saveAs(format: 'csv' | 'markdown'): void;
	/** “Activity deleted. Undo”: shows a message with one thing to do. */
	tell(message: { readonly title: string; readonly action?: { readonly label: string; run(): void } }): void;
	/** Polite words for screen readers. */
	say(words: string): void;
	/** Single-letter keys are on, unless the person turned them off. */
	readonly hasLetterKeys: boolean;
}

export interface PresentInMatrix extends Presence {
	readonly row: string;
}

/** An activity by its id in the address. */
export const addressed = ({ row }: Pick<RaciSurroundings, 'row'>): RowId | undefined =>
	row as RowId | undefined;
