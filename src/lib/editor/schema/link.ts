import { InputRule, Mark, mergeAttributes } from '@tiptap/core';
import type { MarkType, Node, ResolvedPos } from '@tiptap/pm/model';
import { Plugin, PluginKey, type EditorState } from '@tiptap/pm/state';
import { allowedHref } from '#lib/docs/prose-href.ts';

// Links go to http, https and mailto; whatever else stands in a document is shown as text. They open in a new tab
// that knows nothing of this one: by Ctrl or ⌘ and click while one writes, by a click while one reads.

export const Link = Mark.create({
	name: 'link',
	priority: 1000,
	keepOnSplit: false,
	exitable: true,
	inclusive: false,
	addAttributes: () => ({
		href: { default: null, parseHTML: (element) => allowedHref(element.getAttribute('href')) ?? null }
	}),
	parseHTML: () => [
		{ tag: 'a[href]', getAttrs: (element) => (allowedHref(element.getAttribute('href')) ? null : false) }
	],
	renderHTML: ({ HTMLAttributes }) => {
		const { href, ...rest } = HTMLAttributes as Record<string, unknown>;
		const address = allowedHref(href);
		const open = { target: '_blank', rel: 'noopener noreferrer nofollow' };
		return ['a', mergeAttributes(rest, address ? { href: address, ...open } : {}), 0];
	},
	addInputRules() {
		return [
			autolink(this.type),
			new InputRule({
				find: /\[([^[\]]+)\]\(([^\s()]+)\)$/,
				handler: ({ state, range, match }) => {
					const href = allowedHref(match[2]);
					if (!href || !match[1]) return null;
					const text = state.schema.text(match[1], [this.type.create({ href })]);
					state.tr.replaceWith(range.from, range.to, text).removeStoredMark(this.type);
					return undefined;
				}
			})
		];
	},
	addKeyboardShortcuts() {
		return {
			Enter: () => {
				const { selection, tr } = this.editor.state;
				const found = selection.empty ? addressBefore(selection.$from, this.type) : undefined;
				if (found)
					this.editor.view.dispatch(tr.addMark(found.from, found.to, this.type.create({ href: found.href })));
				return false;
			}
		};
	},
	addProseMirrorPlugins() {
		return [opener(), pasteOverSelection()];
	}
});

/** An address becomes a link when the word ends. Bare domains do not: “server.ts” is a file. */
function autolink(type: MarkType): InputRule {
	return new InputRule({
		find: /(?:^|[\s(])(?:https?:\/\/|www\.)[^\s<>]+[ \t\u00a0]$/,
		handler: ({ state, range, match }) => {
			const found = addressBefore(state.doc.resolve(range.to), type);
			if (!found) return null;
			state.tr.addMark(found.from, found.to, type.create({ href: found.href }));
			state.tr.insertText(match[0].slice(-1), range.to).removeStoredMark(type);
			return undefined;
		}
	});
}

/** The address that ends right before `$pos`, unless it is a link or code already. */
function addressBefore(
	$pos: ResolvedPos,
	type: MarkType
): { from: number; to: number; href: string } | undefined {
	const text = $pos.parent.textBetween(0, $pos.parentOffset, undefined, '\ufffc');
	const [found = ''] = /(?<=^|[\s(])(?:https?:\/\/|www\.)[^\s<>\ufffc]+$/.exec(text) ?? [];
	const word = found.replace(/[?!.,:;'")\]]+$/, '');
	const href = allowedHref(word.startsWith('www.') ? `https://${word}` : word);
	const from = $pos.pos - found.length;
	const to = from + word.length;
	const { code } = type.schema.marks;
	const isTaken = $pos.doc.rangeHasMark(from, to, type) || (code && $pos.doc.rangeHasMark(from, to, code));
	return href && !isTaken && $pos.parent.type.allowsMarkType(type) ? { from, to, href } : undefined;
}

const opener = () =>
	new Plugin({
		key: new PluginKey('prose-link-opener'),
		props: {
			handleClick(view, _pos, event) {
				const link = linkInText(view.dom, event.target);
				const href = allowedHref(link?.getAttribute('href') ?? undefined);
				if (!href || event.button !== 0 || (view.editable && !event.metaKey && !event.ctrlKey)) return false;
				window.open(href, '_blank', 'noopener,noreferrer');
				return true;
			},
			handleDOMEvents: {
				// A link in an editable text is not followed by the browser itself.
				click(view, event) {
					if (linkInText(view.dom, event.target)) event.preventDefault();
					return false;
				}
			}
		}
	});

/** The link of the text that `target` is in. What stands in a block is the block's own. */
function linkInText(text: Element, target: EventTarget | null): Element | undefined {
	const link = target instanceof Element ? target.closest('a') : null;
	return link && text.contains(link) && !link.closest('[data-block-body]') ? link : undefined;
}

/** An address pasted over selected words links the words. */
const pasteOverSelection = () =>
	new Plugin({
		key: new PluginKey('prose-link-paste'),
		props: {
			handlePaste(view, event) {
				const { selection, schema, tr } = view.state;
				const text = event.clipboardData?.getData('text/plain').trim() ?? '';
				const href = /^(https?|mailto):\S+$/i.test(text) ? allowedHref(text) : undefined;
				const type = schema.marks['link'];
				if (!href || !type || selection.empty || !isWithinOneLine(view.state, type)) return false;
				view.dispatch(tr.addMark(selection.from, selection.to, type.create({ href })));
				return true;
			}
		}
	});

function isWithinOneLine({ doc, selection }: EditorState, type: MarkType): boolean {
	const lines: Node[] = [];
	doc.nodesBetween(selection.from, selection.to, (node) => {
		if (node.isTextblock) lines.push(node);
	});
	return lines.length === 1 && lines.every((line) => line.type.allowsMarkType(type));
}
