import type { IsoDate } from '#lib/domain/calendar.ts';
import type { RowId } from '#lib/domain/id.ts';
import type { Person } from '#lib/domain/person.ts';
import type { ProseComments } from '#lib/editor/prose-types.ts';
import type { CommentsCommands } from './commands.ts';
import type { Standing } from './standing.ts';

/** The comments on one text, as the editor takes them. */
export type TextComments = ProseComments;

/** A thread as the panel shows it: with what only the document that it is about can say. */
export interface ShownThread extends Standing {
	/** What it is about: “SLO & reliability signals”, “DEC-0148”. Empty when nobody knows any more. */
	readonly where: string;
	/** The words, or the record, are not there any more. */
	readonly isDetached: boolean;
	/** It is about the record that the page shows. */
	readonly isOfShown: boolean;
}

/** A thread that somebody is about to begin. */
export interface ThreadDraft {
	readonly quote: string;
	readonly where: string;
}

/** The record that the page shows, as far as one can comment on it. */
export interface ShownRecord {
	/** “decision”, “action”. */
	readonly noun: string;
}

/** Where the keys go when the panel opens or something is chosen from outside. */
export type FocusWish = { readonly is: 'draft' } | { readonly is: 'thread'; readonly id: RowId };

/** What the panel of comments needs of the app around it. Getters are reactive; verbs act at once. */
export interface CommentsSurroundings {
	readonly me: Person;
	readonly people: readonly Person[];
	/** Who has the document open. */
	readonly present: ReadonlySet<string>;
	readonly timeZone: string;
	readonly today: IsoDate;
	nowMs(): number;
	/** Absent while nothing can be written: for readers, or until the comments are on this device. */
	readonly commands: CommentsCommands | undefined;

	/** All threads: those of the page in the order of the page, detached ones last. */
	readonly threads: readonly ShownThread[];
	/** Whether the comments have not come to this device yet. */
	readonly isLoading: boolean;
	/** The thread whose words are lit. */
	readonly activeId: string | undefined;
	readonly draft: ThreadDraft | undefined;
	/** The record that the page shows; undefined where it shows the whole. */
	readonly record: ShownRecord | undefined;
	readonly wish: FocusWish | undefined;
	/** The wish was fulfilled. */
	fulfil(): void;

	/** Shows what a thread is about. */
	show(thread: RowId): void;
	/** Begins a thread on the record that the page shows. */
	commentOnRecord(): void;
	/** Writes the thread that was begun. Says why not, when it cannot be written. */
	begin(text: string): string | undefined;
	dropDraft(): void;
	/** What is being typed, by thread, so that it stays while the panel is closed. */
	typedIn(key: string): string;
	keepTyped(key: string, text: string): void;
	/** Whether only this device has it. */
	isPending(root: 'threads' | 'replies', row: RowId): boolean;
	/** “Comment deleted. Undo”: shows a message with one thing to do. */
	tell(message: { readonly title: string; readonly action?: { readonly label: string; run(): void } }): void;
	/** Polite words for screen readers. */
	say(words: string): void;
}
