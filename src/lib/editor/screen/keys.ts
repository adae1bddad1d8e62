import { Extension } from '@tiptap/core';
import type { Node, ResolvedPos } from '@tiptap/pm/model';
import {
	NodeSelection,
	Plugin,
	PluginKey,
	Selection,
	TextSelection,
	type EditorState,
	type Transaction
} from '@tiptap/pm/state';

// Keys that concern a text as a whole: moving blocks, writing below them, and getting out.

declare module '@tiptap/core' {
	interface Commands<ReturnType> {
		proseKeys: {
			/** Moves the item or the block that the selection is in past its neighbour. */
			moveBlock: (direction: 'up' | 'down') => ReturnType;
			/** Puts the caret on an empty line below the last block, made if need be. */
			writeAtEnd: () => ReturnType;
		};
	}
}

const ITEMS = ['listItem', 'taskItem'];

export const ProseKeys = Extension.create({
	name: 'proseKeys',
	priority: 900,
	addCommands: () => ({
		moveBlock:
			(direction) =>
			({ state, tr, dispatch }) => {
				const moved = blockMoved(state, tr, direction);
				if (moved) dispatch?.(tr.scrollIntoView());
				return moved;
			},
		writeAtEnd:
			() =>
			({ tr, dispatch }) => {
				const { doc } = tr;
				const paragraph = doc.type.schema.nodes['paragraph'];
				const isOpen = doc.lastChild?.type === paragraph && doc.lastChild?.content.size === 0;
				if (!isOpen && paragraph) tr.insert(doc.content.size, paragraph.create());
				dispatch?.(tr.setSelection(Selection.atEnd(tr.doc)).scrollIntoView());
				return true;
			}
	}),
	addKeyboardShortcuts() {
		const item = () => ITEMS.find((name) => this.editor.isActive(name));
		return {
			'Alt-ArrowUp': () => this.editor.commands.moveBlock('up') || true,
			'Alt-ArrowDown': () => this.editor.commands.moveBlock('down') || true,
			// In a list the Tab key is the list's, also where there is nothing to indent. Esc, then Tab, leaves.
			Tab: () => {
				const name = item();
				return (
					name !== undefined &&
					!this.editor.isActive('table') &&
					(this.editor.commands.sinkListItem(name) || true)
				);
			},
			'Shift-Tab': () => {
				const name = item();
				return (
					name !== undefined &&
					!this.editor.isActive('table') &&
					(this.editor.commands.liftListItem(name) || true)
				);
			},
			Enter: () => this.editor.commands.command(({ state, tr, dispatch }) => lineBelow(state, tr, dispatch))
		};
	},
	addProseMirrorPlugins() {
		return [leavingKeys(), clicksBelow(() => this.editor.commands.writeAtEnd())];
	}
});

/** Enter on a block that is selected as a whole writes below it. */
function lineBelow(
	state: EditorState,
	tr: Transaction,
	dispatch: ((tr: Transaction) => unknown) | undefined
): boolean {
	const { selection, schema } = state;
	const paragraph = schema.nodes['paragraph'];
	if (!(selection instanceof NodeSelection) || !selection.node.isBlock || !paragraph) return false;
	if (dispatch) {
		tr.insert(selection.to, paragraph.create());
		tr.setSelection(TextSelection.create(tr.doc, selection.to + 1)).scrollIntoView();
	}
	return true;
}

function blockMoved(state: EditorState, tr: Transaction, direction: 'up' | 'down'): boolean {
	const found = movable(state);
	if (!found) return false;
	const { $before, node } = found;
	const neighbour =
		direction === 'up' ? $before.nodeBefore : tr.doc.resolve($before.pos + node.nodeSize).nodeAfter;
	if (!neighbour) return false;
	const offset = state.selection.from - $before.pos;
	const isWhole = state.selection instanceof NodeSelection;
	const to = direction === 'up' ? $before.pos - neighbour.nodeSize : $before.pos + neighbour.nodeSize;
	// The neighbour goes the other way: the moved block is what the person holds, and often it is not text.
	tr.delete($before.pos, $before.pos + node.nodeSize).insert(to, node);
	tr.setSelection(isWhole ? NodeSelection.create(tr.doc, to) : Selection.near(tr.doc.resolve(to + offset)));
	return true;
}

/** The nearest item, or the outermost block. */
function movable({ selection, doc }: EditorState): { $before: ResolvedPos; node: Node } | undefined {
	const { $from } = selection;
	if (selection instanceof NodeSelection && selection.node.isBlock)
		return { $before: $from, node: selection.node };
	for (let depth = $from.depth; depth > 0; depth -= 1) {
		const node = $from.node(depth);
		if (depth === 1 || ITEMS.includes(node.type.name))
			return { $before: doc.resolve($from.before(depth)), node };
	}
	return undefined;
}

/** Esc, then Tab, leaves the text from anywhere: also where Tab has a use. */
function leavingKeys(): Plugin {
	let isLeaving = false;
	return new Plugin({
		key: new PluginKey('prose-leaving'),
		props: {
			handleDOMEvents: {
				keydown(_view, event) {
					const leaves = isLeaving && event.key === 'Tab';
					if (event.key !== 'Shift') isLeaving = event.key === 'Escape';
					return leaves;
				},
				mousedown() {
					isLeaving = false;
					return false;
				}
			}
		}
	});
}

/** A click on the empty space below the last block writes there. */
function clicksBelow(writeAtEnd: () => boolean): Plugin {
	return new Plugin({
		key: new PluginKey('prose-below'),
		props: {
			handleDOMEvents: {
				mousedown(view, event) {
					const last = view.dom.lastElementChild;
					if (!view.editable || event.target !== view.dom || !last) return false;
					if (event.clientY <= last.getBoundingClientRect().bottom) return false;
					const isText = view.state.doc.lastChild?.isTextblock;
					if (isText) return false;
					event.preventDefault();
					writeAtEnd();
					view.focus();
					return true;
				}
			}
		}
	});
}
