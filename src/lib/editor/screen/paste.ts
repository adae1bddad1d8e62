import { Extension } from '@tiptap/core';
import { Fragment, Slice, type Node, type Schema } from '@tiptap/pm/model';
import { Plugin, PluginKey } from '@tiptap/pm/state';
import type { ProseBlock } from '#lib/docs/prose.ts';
import { looksLikeMarkdown, proseFromMarkdown } from '#lib/docs/prose-from-markdown.ts';
import { nodesFrom } from './prose-nodes.ts';

// What people paste. HTML is read by the schema alone: of a page only its text, its structure and allowed links
// come through, and nothing of it is ever loaded or run. Text that is Markdown becomes what it says.

/** A long report is 100,000 letters; more at once would hold up everybody's screen. */
const PASTE_LETTERS_MAX = 200_000;

/** Word processors wrap a page of text in up to twenty times as much markup. */
const PASTE_HTML_MAX = 4_000_000;

export const Paste = Extension.create<{ readonly onrefused: (sentence: string) => void }>({
	name: 'prosePaste',
	priority: 800,
	addOptions: () => ({ onrefused: () => undefined }),
	addProseMirrorPlugins() {
		const { onrefused } = this.options;
		return [
			new Plugin({
				key: new PluginKey('prose-paste'),
				props: {
					handlePaste: (view, event) => {
						const refusal = refusalOf(event.clipboardData);
						if (refusal) onrefused(refusal);
						if (refusal) return true;
						const slice = markdownSlice(view.state.schema, event.clipboardData);
						const inCode = view.state.selection.$from.parent.type.spec.code;
						if (!slice || inCode) return false;
						view.dispatch(view.state.tr.replaceSelection(slice).setMeta('paste', true).scrollIntoView());
						return true;
					},
					handleDrop: (_view, event, _slice, moved) => {
						const refusal = moved ? undefined : refusalOf(event.dataTransfer);
						if (refusal) onrefused(refusal);
						return refusal !== undefined;
					},
					clipboardTextParser: (text, $context) => textSlice($context.doc.type.schema, text),
					clipboardTextSerializer: (slice) => slice.content.textBetween(0, slice.content.size, '\n', leafText)
				}
			})
		];
	}
});

/** Why something is not pasted, in a sentence. */
function refusalOf(data: DataTransfer | null): string | undefined {
	const letters = data?.getData('text/plain').length ?? 0;
	const html = data?.getData('text/html').length ?? 0;
	if (letters > PASTE_LETTERS_MAX || html > PASTE_HTML_MAX) {
		const size =
			letters > PASTE_LETTERS_MAX ? `${count(letters)} letters` : `${count(html / 1_000_000)} MB of markup`;
		return `Nothing was pasted: that is ${size}, and notes take ${count(PASTE_LETTERS_MAX)} letters at once. Paste it in parts, or link to it.`;
	}
	const isFile = letters === 0 && html === 0 && (data?.files.length ?? 0) > 0;
	return isFile
		? 'Nothing was pasted: notes hold text, tables and blocks, not files. Link to the file instead.'
		: undefined;
}

const count = (amount: number): string => Math.round(amount).toLocaleString('en');

function markdownSlice(schema: Schema, data: DataTransfer | null): Slice | undefined {
	const text = data?.getData('text/plain') ?? '';
	if (data?.getData('text/html') || !text || !looksLikeMarkdown(text)) return undefined;
	return sliceOf(nodesFrom(schema, proseFromMarkdown(text)));
}

/** Plain text: an empty line parts paragraphs, a line break is a line break. */
function textSlice(schema: Schema, text: string): Slice {
	const blocks = text
		.replaceAll(/\r\n?/g, '\n')
		.split(/\n{2,}/)
		.map((paragraph): ProseBlock => ({
			is: 'paragraph',
			text: [{ is: 'text', text: paragraph, marks: {} }]
		}));
	return sliceOf(nodesFrom(schema, blocks));
}

/** Open at both ends where they are lines, so that pasting within a sentence continues it. */
function sliceOf(nodes: readonly Node[]): Slice {
	const isLine = (node: Node | undefined) => (node?.type.name === 'paragraph' ? 1 : 0);
	return new Slice(Fragment.fromArray([...nodes]), isLine(nodes[0]), isLine(nodes.at(-1)));
}

const leafText = (node: Node): string => {
	const toText: unknown = node.type.spec['toText'];
	return typeof toText === 'function' ? String((toText as (props: { node: Node }) => unknown)({ node })) : '';
};
