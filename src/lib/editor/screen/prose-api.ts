import type { Editor } from '@tiptap/core';
import { placedBlocks } from '../binding/positions.ts';
import type { ProseApi } from '../prose-types.ts';
import { appendTask, insertBlock, insertText, startLine } from './verbs.ts';

/** The verbs of an editor for the page that holds it. */
export function proseApi(editor: Editor): ProseApi {
	return {
		focus(at) {
			const isPoint = typeof at === 'object';
			const pos = isPoint ? editor.view.posAtCoords(at)?.pos : undefined;
			editor.commands.focus(isPoint ? (pos ?? 'end') : (at ?? null));
		},
		startLine: () => startLine(editor),
		insertBlock: (type, data) => insertBlock(editor, type, { data, near: placeOfPerson(editor) }),
		insertText: (text) => insertText(editor, text),
		appendTask: (text) => appendTask(editor, text),
		scrollToBlock(id) {
			const { binding } = editor.storage.proseSync;
			if (!binding) return false;
			const blocks = placedBlocks(binding.fragment, editor.state.doc);
			const found =
				blocks.find((block) => block.id === id) ?? blocks.find(({ node }) => node.attrs['id'] === id);
			const dom = found && editor.view.nodeDOM(found.pos);
			if (!(dom instanceof Element)) return false;
			const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
			dom.scrollIntoView({ block: 'center', behavior: isCalm ? 'auto' : 'smooth' });
			return true;
		}
	};
}

/** Where a person who has not been in the text would go on: its end, in the empty line there when there is one. */
function placeOfPerson(editor: Editor): number {
	const { selection, doc } = editor.state;
	const isUntouched = !editor.isFocused && selection.from <= 1;
	if (!isUntouched) return selection.from;
	const { lastChild } = doc;
	const isEmptyLine = lastChild?.type.name === 'paragraph' && lastChild.content.size === 0;
	return isEmptyLine ? doc.content.size - 1 : doc.content.size;
}
