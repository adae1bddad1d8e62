import type { CommandProps } from '@tiptap/core';
import { Selection } from '@tiptap/pm/state';

// How one gets out of a code block without a mouse.

/** Enter on the second empty line at the end of a code block leaves it, and takes the two lines away. */
export function exitEmptyCode({ state, tr, dispatch }: CommandProps): boolean {
	const { empty, $from } = state.selection;
	const isAtEnd = $from.parentOffset === $from.parent.content.size;
	if (!empty || !$from.parent.type.spec.code || !isAtEnd || !$from.parent.textContent.endsWith('\n\n'))
		return false;
	const paragraph = state.schema.nodes['paragraph']?.create();
	if (!paragraph) return false;
	if (dispatch) {
		tr.delete($from.pos - 2, $from.pos);
		const after = tr.mapping.map($from.after());
		tr.insert(after, paragraph);
		tr.setSelection(Selection.near(tr.doc.resolve(after + 1))).scrollIntoView();
	}
	return true;
}

/** Arrow down at the end of a code block that nothing follows makes a line below it. */
export function leaveCodeDownwards({ state, tr, dispatch }: CommandProps): boolean {
	const { empty, $from } = state.selection;
	const isAtEnd = $from.parentOffset === $from.parent.content.size;
	if (!empty || !$from.parent.type.spec.code || !isAtEnd) return false;
	const after = $from.after();
	const paragraph = state.schema.nodes['paragraph']?.create();
	if (state.doc.nodeAt(after) || !paragraph) return false;
	if (dispatch) {
		tr.insert(after, paragraph);
		tr.setSelection(Selection.near(tr.doc.resolve(after + 1))).scrollIntoView();
	}
	return true;
}
