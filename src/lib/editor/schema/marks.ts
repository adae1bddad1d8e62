import { Mark, markInputRule, markPasteRule, mergeAttributes } from '@tiptap/core';

const weightOf = (element: HTMLElement): string => element.style.fontWeight;

export const Bold = Mark.create({
	name: 'bold',
	parseHTML: () => [
		{ tag: 'strong' },
		// Some word processors wrap everything they copy in a `b` of normal weight.
		{ tag: 'b', getAttrs: (element) => weightOf(element) !== 'normal' && null },
		{ style: 'font-weight=400', clearMark: (mark) => mark.type.name === 'bold' },
		{ style: 'font-weight', getAttrs: (value) => /^(bold(er)?|[6-9]\d{2})$/.test(value) && null }
	],
	renderHTML: ({ HTMLAttributes }) => ['strong', HTMLAttributes, 0],
	addKeyboardShortcuts() {
		return { 'Mod-b': () => this.editor.commands.toggleMark('bold') };
	},
	addInputRules() {
		return [
			markInputRule({ find: /(?:^|\s)(\*\*(?!\s+\*\*)((?:[^*]+))\*\*(?!\s+\*\*))$/, type: this.type }),
			markInputRule({ find: /(?:^|\s)(__(?!\s+__)((?:[^_]+))__(?!\s+__))$/, type: this.type })
		];
	},
	addPasteRules() {
		return [markPasteRule({ find: /(?:^|\s)(\*\*(?!\s+\*\*)((?:[^*]+))\*\*(?!\s+\*\*))/g, type: this.type })];
	}
});

export const Italic = Mark.create({
	name: 'italic',
	parseHTML: () => [
		{ tag: 'em' },
		{ tag: 'i', getAttrs: (element) => element.style.fontStyle !== 'normal' && null },
		{ style: 'font-style=normal', clearMark: (mark) => mark.type.name === 'italic' },
		{ style: 'font-style=italic' }
	],
	renderHTML: ({ HTMLAttributes }) => ['em', HTMLAttributes, 0],
	addKeyboardShortcuts() {
		return { 'Mod-i': () => this.editor.commands.toggleMark('italic') };
	},
	addInputRules() {
		return [
			markInputRule({ find: /(?:^|\s)(\*(?!\s+\*)((?:[^*]+))\*(?!\s+\*))$/, type: this.type }),
			markInputRule({ find: /(?:^|\s)(_(?!\s+_)((?:[^_]+))_(?!\s+_))$/, type: this.type })
		];
	}
});

export const Strike = Mark.create({
	name: 'strike',
	parseHTML: () => [
		{ tag: 's' },
		{ tag: 'del' },
		{ tag: 'strike' },
		{ style: 'text-decoration', consuming: false, getAttrs: (style) => style.includes('line-through') && {} }
	],
	renderHTML: ({ HTMLAttributes }) => ['s', HTMLAttributes, 0],
	addKeyboardShortcuts() {
		return { 'Mod-Shift-s': () => this.editor.commands.toggleMark('strike') };
	},
	addInputRules() {
		return [markInputRule({ find: /(?:^|\s)(~~(?!\s+~~)((?:[^~]+))~~(?!\s+~~))$/, type: this.type })];
	}
});

/** Code excludes no other mark: what two people put on one word at the same time must be a word they both see. */
export const Code = Mark.create({
	name: 'code',
	code: true,
	exitable: true,
	parseHTML: () => [{ tag: 'code' }],
	renderHTML: ({ HTMLAttributes }) => ['code', mergeAttributes({ dir: 'ltr' }, HTMLAttributes), 0],
	addKeyboardShortcuts() {
		return { 'Mod-e': () => this.editor.commands.toggleMark('code') };
	},
	addInputRules() {
		return [markInputRule({ find: /(?:^|[^`])(`(?!\s+`)([^`]+)`)(?!`)$/, type: this.type })];
	}
});
