import type { Node, Schema } from '@tiptap/pm/model';
import { AllSelection, PluginKey, TextSelection, type EditorState, type Transaction } from '@tiptap/pm/state';
import * as Y from 'yjs';
import type { UserEdit } from '#lib/docs/origin.ts';
import { waitingLine, writeWaiting, type Waiting } from './composing.ts';
import {
	aftermathOf,
	NO_AFTERMATH,
	removeTwin,
	type Aftermath,
	type Missing,
	type Move,
	type Orphans
} from './follow.ts';
import { putBackAtEnd, putBackLines } from './lost-lines.ts';
import { placeOf, posOf } from './positions.ts';
import { ProseReader } from './read.ts';
import { stepTo } from './step.ts';
import { writeChanges } from './write.ts';

/** What the binding needs of an editor view. */
export interface BoundView {
	readonly state: EditorState;
	/** Whether an input method is in the middle of a word. */
	readonly composing: boolean;
	dispatch(tr: Transaction): void;
}

/** On a transaction that came from the shared text: `isUndo` when it was this person's own undo or redo. */
export interface Pulled {
	readonly isUndo: boolean;
	/** The Yjs clients that wrote something new in it. */
	readonly authors: ReadonlySet<number>;
}

export const pulledKey = new PluginKey('prose-pulled');

export const pulledBy = (tr: Transaction): Pulled | undefined => tr.getMeta(pulledKey) as Pulled | undefined;

/** A selection that holds while others write. */
export interface HeldSelection {
	readonly anchor: Y.RelativePosition;
	readonly head: Y.RelativePosition;
}

/**
 * Keeps one editor and one shared text the same.
 *
 * The invariant: the view's document is what the shared text reads as. Every edit in the view is written at once
 * (`push`); every change of the shared text is read and stepped into the view (`pull`). Reading never writes, so
 * opening a text changes nothing, and a text from a newer app keeps what this one does not know.
 */
export class ProseBinding {
	readonly fragment: Y.XmlFragment;
	readonly #reader: ProseReader;
	readonly #origin: UserEdit;
	#doc: Node;
	#view: BoundView | undefined;
	#isWriting = false;
	/** The selection before the change that is under way. */
	#held: HeldSelection | undefined;
	/** Where an undo puts it instead. */
	#next: HeldSelection | undefined;

	readonly #orphans: Orphans = new Map();
	/** The line that waits for a word to be done. */
	#waiting: Waiting | undefined;
	/** The letter that the caret stood behind when its line was written anew elsewhere. */
	#letter: Y.ID | undefined;

	constructor(options: { fragment: Y.XmlFragment; schema: Schema; origin: UserEdit }) {
		this.fragment = options.fragment;
		this.#origin = options.origin;
		this.#reader = new ProseReader(options.schema);
		this.#doc = this.#reader.read(this.fragment);
	}

	/** What the shared text reads as, and the view shows. */
	get doc(): Node {
		return this.#doc;
	}

	connect(view: BoundView): void {
		this.#view = view;
		this.fragment.doc?.on('beforeTransaction', this.#remember);
		this.fragment.observeDeep(this.#observe);
		this.#pull({ isUndo: false, authors: new Set() });
	}

	disconnect(): void {
		this.fragment.doc?.off('beforeTransaction', this.#remember);
		this.fragment.unobserveDeep(this.#observe);
		this.#view = undefined;
	}

	/** Writes what the person changed. `doc` is the view's document after an edit, `was` the view's state before. */
	push(doc: Node, was?: EditorState): void {
		const before = this.#doc;
		if (doc === before || this.#waiting) return;
		this.#held = was?.doc === before ? this.hold(was) : undefined;
		this.#doc = doc;
		this.#isWriting = true;
		try {
			this.fragment.doc?.transact(() => writeChanges(this.fragment, before, doc), this.#origin);
		} finally {
			this.#isWriting = false;
		}
	}

	/** Goes on after a word was done: writes it, and draws what waited for it. */
	settle(): void {
		const [waiting, view] = [this.#waiting, this.#view];
		if (!waiting || !view || view.composing) return;
		this.#waiting = undefined;
		const { doc, selection } = view.state;
		const line = doc.nodeAt(waiting.start - 1);
		this.#isWriting = true;
		try {
			this.fragment.doc?.transact(() => {
				if (line?.type !== waiting.before.type) return;
				const caret = writeWaiting(waiting, line, selection.head - waiting.start);
				this.#next = caret && { anchor: caret, head: caret };
			}, this.#origin);
		} finally {
			this.#isWriting = false;
		}
		this.#pull({ isUndo: false, authors: new Set() });
	}

	/** The selection of `state`, whose document is `doc`, as places. */
	hold(state: EditorState): HeldSelection {
		const { anchor, head } = state.selection;
		return {
			anchor: placeOf(this.fragment, state.doc, anchor),
			head: placeOf(this.fragment, state.doc, head)
		};
	}

	/** The selection before the change that is being made right now, for whoever wants to come back to it. */
	get selectionBefore(): HeldSelection | undefined {
		return this.#held;
	}

	posOf(place: Y.RelativePosition): number | undefined {
		return posOf(this.fragment, this.#doc, place);
	}

	/** Where the selection goes after the next change of the shared text, instead of where it was. */
	selectNext(selection: HeldSelection | undefined): void {
		this.#next = selection;
	}

	readonly #remember = (): void => {
		if (this.#isWriting || this.#waiting || !this.#view) return;
		this.#held = this.#view.state.doc === this.#doc ? this.hold(this.#view.state) : undefined;
	};

	readonly #observe = (_events: unknown, transaction: Y.Transaction): void => {
		this.#reader.forget(transaction.changed.keys());
		this.#reader.forget(transaction.changedParentTypes.keys());
		if (this.#isWriting || this.#waiting) return;
		if (this.#view?.composing) {
			this.#waiting = waitingLine(this.fragment, this.#view.state, transaction);
			if (this.#waiting) return;
		}
		const isUndo = transaction.origin instanceof Y.UndoManager;
		const aftermath = isUndo ? NO_AFTERMATH : aftermathOf(this.fragment, transaction, this.#orphans);
		const authors = new Set<number>();
		for (const [client, clock] of transaction.afterState) {
			if (clock > (transaction.beforeState.get(client) ?? 0)) authors.add(client);
		}
		this.#follow(aftermath.moves);
		this.#pull({ isUndo, authors });
		const isOpen =
			aftermath.lines.length > 0 || aftermath.moves.some(({ missing, twin }) => missing.length > 0 || twin);
		// Nothing is written while others are still being told of this change.
		if (isOpen) queueMicrotask(() => this.#restore(aftermath));
	};

	/** A caret in a line that was written anew elsewhere goes there. */
	#follow(moves: readonly Move[]): void {
		const held = this.#held;
		if (!held) return;
		const followed = (place: Y.RelativePosition) => {
			const { item } = place;
			return (item && moves.map((move) => move.placeOf(item)).find(Boolean)) ?? place;
		};
		this.#held = { anchor: followed(held.anchor), head: followed(held.head) };
		if (moves.length > 0) this.#letter = held.head.item ?? undefined;
	}

	/** Puts what this person typed into a line that is gone into the line that took its place. */
	#restore({ moves, lines }: Aftermath): void {
		const { doc } = this.fragment;
		doc?.transact(() => {
			for (const missing of moves.flatMap((move) => move.missing)) this.#putBack(doc, missing);
			putBackLines(this.fragment, lines);
			for (const { twin } of moves) if (twin) removeTwin(twin);
		}, this.#origin);
		this.#letter = undefined;
	}

	#putBack(doc: Y.Doc, { text, at, last }: Missing): void {
		const place = Y.createAbsolutePositionFromRelativePosition(at, doc);
		if (!(place?.type instanceof Y.XmlText) || place.type._item?.deleted) {
			putBackAtEnd(this.fragment, text);
			return;
		}
		place.type.insert(place.index, text);
		const behind = this.#letter && lettersUpTo(this.#letter, { text, last });
		if (!behind) return;
		const caret = Y.createRelativePositionFromTypeIndex(place.type, place.index + behind, -1);
		this.#next = { anchor: caret, head: caret };
	}

	#pull(pulled: Pulled): void {
		const view = this.#view;
		if (!view) return;
		const after = this.#reader.read(this.fragment);
		const { tr } = view.state;
		stepTo(tr, after);
		this.#doc = tr.doc;
		const held = this.#next ?? this.#held;
		this.#next = this.#held = undefined;
		if (!tr.docChanged) return;
		if (held) this.#select(tr, held);
		tr.setStoredMarks(view.state.storedMarks);
		tr.setMeta(pulledKey, pulled);
		tr.setMeta('addToHistory', false);
		view.dispatch(tr);
	}

	/** A caret in text is found by its place; any other selection moves with the steps. */
	#select(tr: Transaction, held: HeldSelection): void {
		if (!(tr.selection instanceof TextSelection) || tr.selection instanceof AllSelection) return;
		const anchor = posOf(this.fragment, tr.doc, held.anchor);
		const head = posOf(this.fragment, tr.doc, held.head);
		if (anchor === undefined || head === undefined) return;
		tr.setSelection(TextSelection.between(tr.doc.resolve(anchor), tr.doc.resolve(head)));
	}
}

/** How many letters of `text`, which ends with the letter `last`, come up to `letter`; 0 when it is none of them. */
function lettersUpTo(letter: Y.ID, { text, last }: { text: string; last: Y.ID }): number {
	const count = text.length - (last.clock - letter.clock);
	return letter.client === last.client && count > 0 && count <= text.length ? count : 0;
}
