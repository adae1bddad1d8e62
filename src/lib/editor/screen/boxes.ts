import type { EditorView } from '@tiptap/pm/view';

/** A rectangle in the window, in pixels. */
export interface Box {
	readonly left: number;
	readonly top: number;
	readonly width: number;
	readonly height: number;
}

/** More boxes than this for one stretch are not drawn: somebody selected everything. */
const BOXES_MAX = 200;

/** The boxes of the text from `from` to `to`, one for each stretch on a line; whole blocks are one box. */
export function boxesOf(view: EditorView, from: number, to: number): readonly Box[] {
	const boxes: Box[] = [];
	view.state.doc.nodesBetween(from, to, (node, pos) => {
		if (boxes.length >= BOXES_MAX) return false;
		if (node.isTextblock) {
			boxes.push(...lineBoxes(view, Math.max(from, pos + 1), Math.min(to, pos + 1 + node.content.size)));
			return false;
		}
		const isWhole = node.isAtom && pos >= from && pos + node.nodeSize <= to;
		const dom = isWhole ? view.nodeDOM(pos) : null;
		if (dom instanceof HTMLElement) boxes.push(dom.getBoundingClientRect());
		return !node.isAtom;
	});
	return boxes.slice(0, BOXES_MAX);
}

function lineBoxes(view: EditorView, from: number, to: number): readonly Box[] {
	if (from >= to) return [];
	const range = document.createRange();
	const [start, end] = [view.domAtPos(from, 1), view.domAtPos(to, -1)];
	range.setStart(start.node, start.offset);
	range.setEnd(end.node, end.offset);
	const rects = [...range.getClientRects()].filter(({ width, height }) => width > 0.5 && height > 0);
	// A marked word comes twice, as text and as the element around it.
	return rects.filter((rect, index) => !rects.some((other, at) => at < index && covers(other, rect)));
}

const covers = (outer: DOMRect, inner: DOMRect): boolean =>
	outer.left <= inner.left + 1 &&
	outer.right >= inner.right - 1 &&
	outer.top <= inner.top + 2 &&
	outer.bottom >= inner.bottom - 2;
