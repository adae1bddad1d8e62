import {
	mergeAttributes,
	Node,
	nodeInputRule,
	textblockTypeInputRule,
	wrappingInputRule
} from '@tiptap/core';
import { exitEmptyCode, leaveCodeDownwards } from './code-keys.ts';

// The plain nodes of prose. Every line finds its own direction, so that a right-to-left line may stand between
// left-to-right ones. The group of blocks is `flow`, since a node is called `block` itself. The page owns h1: headings 1 to 3 are drawn as h2 to h4.

export const Doc = Node.create({ name: 'doc', topNode: true, content: 'flow+' });

export const Text = Node.create({ name: 'text', group: 'inline' });

export const Paragraph = Node.create({
	name: 'paragraph',
	priority: 1000,
	group: 'flow',
	content: 'inline*',
	parseHTML: () => [{ tag: 'p' }],
	renderHTML: ({ HTMLAttributes }) => ['p', mergeAttributes({ dir: 'auto' }, HTMLAttributes), 0],
	addKeyboardShortcuts() {
		return { 'Mod-Alt-0': () => this.editor.commands.setNode('paragraph') };
	}
});

const LEVELS = [1, 2, 3] as const;

export const Heading = Node.create({
	name: 'heading',
	group: 'flow',
	content: 'inline*',
	defining: true,
	addAttributes: () => ({ level: { default: 1, rendered: false } }),
	// Pasted headings keep their rank: the highest two ranks of a page both become our first.
	parseHTML: () =>
		[1, 2, 3, 4, 5, 6].map((rank) => ({ tag: `h${rank}`, attrs: { level: levelOfRank(rank) } })),
	renderHTML: ({ node, HTMLAttributes }) => [
		`h${Number(node.attrs['level']) + 1}`,
		mergeAttributes({ dir: 'auto' }, HTMLAttributes),
		0
	],
	addKeyboardShortcuts() {
		const entries = LEVELS.map((level) => [
			`Mod-Alt-${level}`,
			() => this.editor.commands.toggleNode('heading', 'paragraph', { level })
		]);
		return Object.fromEntries(entries) as Record<string, () => boolean>;
	},
	addInputRules() {
		return LEVELS.map((level) =>
			textblockTypeInputRule({
				find: new RegExp(`^#{${level}}\\s$`),
				type: this.type,
				getAttributes: { level }
			})
		);
	}
});

const levelOfRank = (rank: number): number => Math.min(3, Math.max(1, rank - 1));

export const Quote = Node.create({
	name: 'blockquote',
	group: 'flow',
	content: 'flow+',
	defining: true,
	parseHTML: () => [{ tag: 'blockquote' }],
	renderHTML: ({ HTMLAttributes }) => ['blockquote', HTMLAttributes, 0],
	addKeyboardShortcuts() {
		return { 'Mod-Shift-b': () => this.editor.commands.toggleWrap('blockquote') };
	},
	addInputRules() {
		return [wrappingInputRule({ find: /^\s*>\s$/, type: this.type })];
	}
});

export const CodeBlock = Node.create({
	name: 'codeBlock',
	group: 'flow',
	content: 'text*',
	marks: '',
	code: true,
	defining: true,
	addAttributes: () => ({
		language: {
			default: null,
			parseHTML: (element) => {
				const name = [...(element.firstElementChild?.classList ?? [])].find((word) =>
					word.startsWith('language-')
				);
				return name?.slice('language-'.length) || null;
			},
			rendered: false
		}
	}),
	parseHTML: () => [{ tag: 'pre', preserveWhitespace: 'full' }],
	renderHTML: ({ node, HTMLAttributes }) => {
		const language: unknown = node.attrs['language'];
		const words = typeof language === 'string' && language ? { class: `language-${language}` } : {};
		return ['pre', mergeAttributes({ dir: 'ltr' }, HTMLAttributes), ['code', words, 0]];
	},
	addKeyboardShortcuts() {
		return {
			'Mod-Alt-c': () => this.editor.commands.toggleNode('codeBlock', 'paragraph'),
			Backspace: () => {
				const { empty, $anchor } = this.editor.state.selection;
				const isEmptyCode = $anchor.parent.type === this.type && $anchor.parent.content.size === 0;
				return empty && isEmptyCode && this.editor.commands.clearNodes();
			},
			Enter: () => this.editor.commands.command(exitEmptyCode),
			ArrowDown: () => this.editor.commands.command(leaveCodeDownwards)
		};
	},
	addInputRules() {
		return [
			textblockTypeInputRule({
				find: /^(?:```|~~~)([a-z+#.-]{0,20})?[\s\n]$/,
				type: this.type,
				getAttributes: (match) => ({ language: match[1] || null })
			})
		];
	}
});

export const Divider = Node.create({
	name: 'horizontalRule',
	group: 'flow',
	parseHTML: () => [{ tag: 'hr' }],
	renderHTML: ({ HTMLAttributes }) => ['hr', HTMLAttributes],
	addInputRules() {
		return [nodeInputRule({ find: /^(?:---|—-|___\s|\*\*\*\s)$/, type: this.type })];
	}
});

export const HardBreak = Node.create({
	name: 'hardBreak',
	inline: true,
	group: 'inline',
	selectable: false,
	linebreakReplacement: true,
	parseHTML: () => [{ tag: 'br' }],
	renderHTML: ({ HTMLAttributes }) => ['br', HTMLAttributes],
	renderText: () => '\n',
	addKeyboardShortcuts() {
		return {
			'Shift-Enter': () =>
				this.editor.commands.first(({ commands }) => [
					() => commands.exitCode(),
					() => commands.insertContent({ type: this.name })
				])
		};
	}
});
