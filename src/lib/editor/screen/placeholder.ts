import { Extension } from '@tiptap/core';
import { Plugin, PluginKey } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';

/** Words that stand in a text as long as it is empty. They are drawn by the style sheet. */
export const Placeholder = Extension.create<{ readonly text: () => string }>({
	name: 'placeholder',
	addOptions: () => ({ text: () => '' }),
	addProseMirrorPlugins() {
		const { text } = this.options;
		return [
			new Plugin({
				key: new PluginKey('prose-placeholder'),
				props: {
					decorations({ doc }) {
						const { firstChild } = doc;
						const isEmpty = doc.childCount === 1 && firstChild?.isTextblock && firstChild.content.size === 0;
						if (!isEmpty || !text()) return null;
						const attributes = { class: 'is-blank', 'data-placeholder': text() };
						return DecorationSet.create(doc, [Decoration.node(0, firstChild.nodeSize, attributes)]);
					}
				}
			})
		];
	}
});
