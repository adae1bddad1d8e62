import { mergeAttributes, Node } from '@tiptap/core';

// The two things in prose that stand for something else: a block that a component draws, and a person.

/**
 * Any block that Downbeat draws itself, now or later: `type` says which component, `id` is the block's own, `data`
 * a plain object. How it is drawn is decided by the view; here it is only kept.
 */
export const Block = Node.create({
	name: 'block',
	group: 'flow',
	atom: true,
	selectable: true,
	draggable: true,
	isolating: true,
	addAttributes: () => ({
		type: { default: '', parseHTML: word('data-type', TYPE_LENGTH_MAX), rendered: false },
		id: { default: '', parseHTML: word('data-id', TYPE_LENGTH_MAX), rendered: false },
		data: { default: {}, parseHTML: dataOf, rendered: false }
	}),
	parseHTML: () => [{ tag: 'div[data-block]' }],
	renderHTML: ({ node, HTMLAttributes }) => [
		'div',
		mergeAttributes(HTMLAttributes, {
			'data-block': '',
			'data-type': node.attrs['type'] as string,
			'data-id': node.attrs['id'] as string,
			'data-data': JSON.stringify(node.attrs['data'])
		})
	]
});

/** The longest type or id of a pasted block. */
const TYPE_LENGTH_MAX = 96;

/** The largest data of a pasted block, in characters of JSON: a chart's settings are under 1,000. */
const DATA_LENGTH_MAX = 20_000;

export const Mention = Node.create({
	name: 'mention',
	group: 'inline',
	inline: true,
	atom: true,
	selectable: false,
	addAttributes: () => ({
		id: { default: '', parseHTML: word('data-id', TYPE_LENGTH_MAX), rendered: false },
		label: { default: '', parseHTML: word('data-label', 200), rendered: false }
	}),
	parseHTML: () => [{ tag: 'span[data-mention]' }],
	renderHTML: ({ node, HTMLAttributes }) => [
		'span',
		mergeAttributes(HTMLAttributes, {
			'data-mention': '',
			'data-id': node.attrs['id'] as string,
			'data-label': node.attrs['label'] as string
		}),
		`@${node.attrs['label'] as string}`
	],
	renderText: ({ node }) => `@${node.attrs['label'] as string}`
});

function word(name: string, max: number) {
	return (element: HTMLElement): string => (element.getAttribute(name) ?? '').slice(0, max);
}

function dataOf(element: HTMLElement): Record<string, unknown> {
	const json = element.getAttribute('data-data') ?? '';
	if (json.length > DATA_LENGTH_MAX) return {};
	try {
		const value: unknown = JSON.parse(json);
		return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
	} catch {
		return {}; // Pasted from somewhere that only looks like us.
	}
}
