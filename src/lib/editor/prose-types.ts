import type * as Y from 'yjs';
import type { Awareness } from 'y-protocols/awareness';
import type { Person, PresenceSlot } from '#lib/domain/person.ts';
import type { BlockData, BlockKind } from './blocks.ts';
import type { ProseCommand } from './screen/choices.ts';
import type { ProseComments } from './screen/comments.ts';

export type { ProseCommand, ProseComments };

/** What `Prose.svelte` and `LazyProse.svelte` take. */
export interface ProseProps {
	/** A root text of a document, e.g. `doc.getXmlFragment('notes.i7')`. Another text needs another component. */
	fragment: Y.XmlFragment;
	/** Carets of others. Its `user` field is set to `me` unless it says so already; `cursor` is this component's. */
	awareness: Awareness | undefined;
	me: Person;
	/** Whom “@” finds, and whose names and colours carets carry. */
	people: readonly Person[];
	editable: boolean;
	/** Names the text for assistive technology: “Notes”. */
	label: string;
	/** Stands in the text while it is empty. */
	placeholder?: string | undefined;
	blocks: readonly BlockKind[];
	/** Ids (`blockIdOf`) of blocks that only this device has. */
	pending: ReadonlySet<string>;
	/** Ids of blocks that somebody changed while this device was away. The tint stays as long as they are here. */
	merged: ReadonlyMap<string, { readonly slot: PresenceSlot; readonly name: string }>;
	/** What else “/” offers; choosing one calls `oncommand` with its id. */
	commands?: readonly ProseCommand[] | undefined;
	oncommand?: ((id: string) => void) | undefined;
	/** Marks what threads are about, and lets people comment on words. Absent: there are no comments here. */
	comments?: ProseComments | undefined;
	/** `typing` at an edit by this person, `here` when they pause. */
	onactive?: ((state: 'typing' | 'here') => void) | undefined;
	/** Given the verbs once the text can be written in, and undefined when it is gone. */
	onready?: ((api: ProseApi | undefined) => void) | undefined;
}

/** The verbs of a text on the screen. Each is one step of this person's undo. */
export interface ProseApi {
	/** Puts the caret there: at an end, or where a point of the window is. Without it, where the caret was. */
	focus(at?: 'start' | 'end' | { readonly left: number; readonly top: number }): void;
	/** Puts the caret on an empty line at the end, a new one if need be: for “Write a note”. */
	startLine(): void;
	/** Puts a block below where the person is, or at the end. */
	insertBlock(type: string, data: BlockData): void;
	/** Writes at the caret while the person writes, else as new lines at the end. */
	insertText(text: string): void;
	/** Adds a task at the end. The caret stays where it is. */
	appendTask(text: string): void;
	/** By `blockIdOf`, or by a block's own id. False when it is not there. */
	scrollToBlock(id: string): boolean;
}
