import { Extension, Mark, Node } from '@tiptap/core';
import type { Node as ProseNode } from '@tiptap/pm/model';
import { plainTextOf, type XmlChild } from '#lib/docs/prose-xml.ts';

// What a newer Downbeat, or a stranger, wrote into a text and this app does not understand. It is carried whole:
// elements as values inside atoms, marks under their own names, attributes beside those we know.

/** Elements we know, so that attributes we do not know can ride on them. */
const KNOWN = [
	...['paragraph', 'heading', 'blockquote', 'codeBlock', 'horizontalRule', 'hardBreak', 'mention', 'block'],
	...['bulletList', 'orderedList', 'listItem', 'taskList', 'taskItem'],
	...['table', 'tableRow', 'tableCell', 'tableHeader', 'bold', 'italic', 'strike', 'code', 'link']
];

/** The longest foreign value that is taken from pasted HTML; protects the document from a pasted archive. */
const PASTED_VALUE_MAX = 20_000;

/** The attribute under which a node or mark carries what its type does not know; null when there is nothing. */
export const RIDING = 'foreign';

export const Riding = Extension.create({
	name: 'riding',
	addGlobalAttributes: () => [
		{
			types: KNOWN,
			attributes: {
				[RIDING]: {
					default: null,
					// A line split off is a line of its own: it must not share, say, an id.
					keepOnSplit: false,
					parseHTML: (element) => recordFrom(element.getAttribute('data-foreign')),
					renderHTML: ({ [RIDING]: value }: Record<string, unknown>) =>
						value ? { 'data-foreign': JSON.stringify(value) } : {}
				}
			}
		}
	]
});

const carried = {
	xml: {
		default: null,
		parseHTML: (element: HTMLElement) => valueFrom(element.getAttribute('data-xml')),
		renderHTML: ({ xml }: Record<string, unknown>) => ({ 'data-xml': JSON.stringify(xml) })
	}
};

const UNKNOWN_WORDS = 'This block needs a newer Downbeat';

/** A block nobody here can draw: a quiet card with its words, if it has any. */
export const ForeignBlock = Node.create({
	name: 'foreignBlock',
	group: 'flow',
	atom: true,
	addAttributes: () => carried,
	parseHTML: () => [{ tag: 'div[data-foreign-block]' }],
	renderHTML: ({ node, HTMLAttributes }) => {
		const words = foreignText(node);
		const card = ['p', { class: 'foreign-words' }, UNKNOWN_WORDS] as const;
		const quoted = ['p', { class: 'foreign-text', dir: 'auto' }, words.slice(0, FOREIGN_TEXT_MAX)] as const;
		return ['div', { ...HTMLAttributes, 'data-foreign-block': '' }, card, ...(words ? [quoted] : [])];
	},
	renderText: ({ node }) => foreignText(node)
});

const FOREIGN_TEXT_MAX = 400;

export const foreignText = (node: ProseNode): string =>
	node.attrs['xml'] ? plainTextOf(node.attrs['xml'] as XmlChild).trim() : '';

/** Something in a line nobody here can draw: its words, or a small sign. */
export const ForeignInline = Node.create({
	name: 'foreignInline',
	group: 'inline',
	inline: true,
	atom: true,
	addAttributes: () => carried,
	parseHTML: () => [{ tag: 'span[data-foreign-inline]' }],
	renderHTML: ({ node, HTMLAttributes }) => [
		'span',
		{ ...HTMLAttributes, 'data-foreign-inline': '', title: UNKNOWN_WORDS },
		foreignText(node) || '\u25a1'
	],
	renderText: ({ node }) => foreignText(node)
});

/** A mark nobody here knows, by its name and value in the document. Several may lie on one text. */
export const ForeignMark = Mark.create({
	name: 'foreignMark',
	excludes: '',
	inclusive: false,
	addAttributes: () => ({
		key: { default: '', rendered: false },
		value: { default: null, rendered: false }
	}),
	renderHTML: () => ['span', { 'data-foreign-mark': '' }, 0]
});

function recordFrom(json: string | null): Record<string, unknown> | null {
	const value = jsonFrom(json);
	return typeof value === 'object' && value !== null && !Array.isArray(value)
		? (value as Record<string, unknown>)
		: null;
}

function valueFrom(json: string | null): XmlChild | null {
	const value = recordFrom(json);
	const isElement = typeof value?.['name'] === 'string' && Array.isArray(value['children']);
	return isElement && typeof value['attributes'] === 'object' && value['attributes']
		? (value as unknown as XmlChild)
		: null;
}

function jsonFrom(json: string | null): unknown {
	if (!json || json.length > PASTED_VALUE_MAX) return null;
	try {
		return JSON.parse(json) as unknown;
	} catch {
		return null; // Pasted from somewhere that only looks like us.
	}
}
