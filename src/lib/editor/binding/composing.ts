import type { Node } from '@tiptap/pm/model';
import type { EditorState } from '@tiptap/pm/state';
import * as Y from 'yjs';
import { isXmlElement } from '#lib/docs/prose-xml.ts';
import { formatOf } from './attributes.ts';
import { changesBetween } from './diff.ts';
import { isText, standing, type Parent } from './standing.ts';

// An input method writes a word over several keys into one piece of the page. When somebody else's letter has to go
// into that same line, drawing it would take the piece away and break the word. So the line waits: until the word is
// done the view is left alone, and then the word is written where it was meant, letter for letter by identity.

/** A line that waits, as it was when it began to: `letters` are the identities of its content, one per place. */
export interface Waiting {
	readonly letters: readonly Y.ID[];
	readonly line: Y.XmlElement;
	/** The line before the word, and where its content begins in the document of that moment. */
	readonly before: Node;
	readonly start: number;
}

/**
 * The line of the selection if `transaction` changed it, so that it must wait. `state` is what the text was before.
 * Undefined when the change is elsewhere and can be drawn at once, or when the line itself is gone.
 */
export function waitingLine(
	fragment: Y.XmlFragment,
	state: EditorState,
	transaction: Y.Transaction
): Waiting | undefined {
	const { $head } = state.selection;
	if (!$head.parent.inlineContent) return undefined;
	let parent: Parent = fragment;
	for (let depth = 0; depth < $head.depth; depth += 1) {
		// Blocks that came in this transaction were not counted when the document was read.
		const before: readonly unknown[] = standing(parent).filter((child) =>
			isOld(child._item?.id, transaction)
		);
		const child = before[$head.index(depth)];
		if (!isXmlElement(child)) return undefined;
		parent = child;
	}
	if (!isXmlElement(parent) || parent._item?.deleted) return undefined;
	const line = parent;
	const changed: ReadonlySet<unknown> = new Set(transaction.changed.keys());
	const isTouched = changed.has(line) || line.toArray().some((child) => changed.has(child));
	const letters = lettersBefore(line, transaction);
	if (!isTouched || letters.length !== $head.parent.content.size) return undefined;
	return { letters, line, before: $head.parent, start: $head.start() };
}

const isOld = (id: Y.ID | undefined, transaction: Y.Transaction): boolean =>
	id !== undefined && id.clock < (transaction.beforeState.get(id.client) ?? 0);

/** The identities of what stood in a line before the transaction, also of what it took away. */
function lettersBefore(line: Y.XmlElement, transaction: Y.Transaction): readonly Y.ID[] {
	const wasThere = (item: Y.Item) =>
		isOld(item.id, transaction) && (!item.deleted || Y.isDeleted(transaction.deleteSet, item.id));
	const letters: Y.ID[] = [];
	const add = (item: Y.Item) => {
		for (let at = 0; at < item.length; at += 1) letters.push(Y.createID(item.id.client, item.id.clock + at));
	};
	for (let item = line._start; item; item = item.right) {
		if (!(item.content instanceof Y.ContentType) || !wasThere(item)) continue;
		const { type } = item.content;
		if (!(type instanceof Y.XmlText)) letters.push(item.id);
		else
			for (let inner = type._start; inner; inner = inner.right)
				if (inner.countable && wasThere(inner)) add(inner);
	}
	return letters;
}

/**
 * Writes what the person made of a waiting line. `after` is the line now, `caret` the caret's place in it. Gives the
 * caret's new place. The caller wraps it in one transaction.
 */
export function writeWaiting(waiting: Waiting, after: Node, caret: number): Y.RelativePosition | undefined {
	const { letters, before, line } = waiting;
	const { doc } = line;
	if (!doc) return undefined;
	const now = unitsOf(after);
	let place = caretAmong(letters, caret);
	for (const { from, to, at, end } of changesBetween(unitsOf(before), now).toReversed()) {
		for (const id of letters.slice(from, to)) removeLetter(doc, id);
		const target = behind(waiting, letters[from - 1]);
		if (!target) continue;
		for (const [offset, text] of now.slice(at, end).entries()) {
			const marks = after.nodeAt(at + offset)?.marks ?? [];
			if (text.length === 1) target.text.insert(target.index + offset, text, formatOf(marks));
		}
		if (caret >= at && caret <= end) {
			place = Y.createRelativePositionFromTypeIndex(target.text, target.index + caret - at, -1);
		} else if (caret > end) place = caretAmong(letters, caret - end + to);
	}
	return place;
}

/** One entry for every place in a line; what is no text is longer than a letter. */
function unitsOf(line: Node): readonly string[] {
	return line.children.flatMap((node) =>
		node.isText ? (node.text ?? '').split('') : [`${node.type.name} ${JSON.stringify(node.attrs)}`]
	);
}

function caretAmong(letters: readonly Y.ID[], caret: number): Y.RelativePosition | undefined {
	const id = letters[caret - 1];
	return id && new Y.RelativePosition(null, null, id, -1);
}

function removeLetter(doc: Y.Doc, id: Y.ID): void {
	const found = Y.createAbsolutePositionFromRelativePosition(new Y.RelativePosition(null, null, id, 0), doc);
	const item = Y.getItem(doc.store, id);
	if (found?.type instanceof Y.XmlText && item instanceof Y.Item && !item.deleted)
		found.type.delete(found.index, 1);
}

/** The place behind a letter of the line, or at its beginning. */
function behind({ line }: Waiting, id: Y.ID | undefined): { text: Y.XmlText; index: number } | undefined {
	const found =
		id &&
		line.doc &&
		Y.createAbsolutePositionFromRelativePosition(new Y.RelativePosition(null, null, id, -1), line.doc);
	if (found?.type instanceof Y.XmlText && !found.type._item?.deleted)
		return { text: found.type, index: found.index };
	const first = line.toArray().find(isText);
	return first && !line._item?.deleted ? { text: first, index: 0 } : undefined;
}
