import type { Node } from '@tiptap/pm/model';
import * as Y from 'yjs';
import { placeOfLetter } from '#lib/docs/anchor.ts';
import { isXmlElement } from '#lib/docs/prose-xml.ts';
import { blockIdOf } from '#lib/docs/touched.ts';
import { isText, segmentsOf, standing, type Child, type Parent } from './standing.ts';

// Places in a text that hold while others write: a place is bound to the letter before it, so that what somebody
// writes right there comes after it.

const LEFT = -1;

/** The place of `pos` in the shared text that reads as `doc`. */
export function placeOf(fragment: Y.XmlFragment, doc: Node, pos: number): Y.RelativePosition {
	const $pos = doc.resolve(Math.min(Math.max(pos, 0), doc.content.size));
	let parent: Parent = fragment;
	for (let depth = 0; depth < $pos.depth; depth += 1) {
		const child: Child | undefined = standing(parent)[$pos.index(depth)];
		if (!isXmlElement(child)) return Y.createRelativePositionFromTypeIndex(parent, 0, LEFT);
		parent = child;
	}
	if ($pos.parent.inlineContent && isXmlElement(parent)) return placeInLine(parent, $pos.parentOffset);
	const child = standing(parent)[$pos.index()];
	const index = child ? (parent.toArray() as unknown[]).indexOf(child) : parent.length;
	return Y.createRelativePositionFromTypeIndex(parent, index, LEFT);
}

function placeInLine(line: Y.XmlElement, offset: number): Y.RelativePosition {
	const around = segmentsOf(line).filter(({ from, size }) => from <= offset && offset <= from + size);
	const text =
		around.find(({ child, from }) => isText(child) && from < offset) ??
		around.find(({ child }) => isText(child));
	if (text) return Y.createRelativePositionFromTypeIndex(text.child, offset - text.from, LEFT);
	const next = segmentsOf(line).find(({ from }) => from >= offset);
	const index = next ? (line.toArray() as unknown[]).indexOf(next.child) : line.length;
	return Y.createRelativePositionFromTypeIndex(line, index, LEFT);
}

/**
 * The first and the last letter of `doc` between `from` and `to`, as places that a mark can be bound to. Undefined
 * when there is no letter between them.
 */
export function lettersIn(
	fragment: Y.XmlFragment,
	doc: Node,
	{ from, to }: { readonly from: number; readonly to: number }
): { readonly from: Y.RelativePosition; readonly to: Y.RelativePosition } | undefined {
	const found: { readonly text: Y.XmlText; readonly start: number; readonly end: number }[] = [];
	const walk = (parent: Parent, node: Node, start: number) => {
		if (node.inlineContent && isXmlElement(parent)) {
			for (const { child, from: at, size } of segmentsOf(parent)) {
				const [first, last] = [Math.max(at, from - start), Math.min(at + size, to - start)];
				if (isText(child) && first < last) found.push({ text: child, start: first - at, end: last - at });
			}
			return;
		}
		let pos = start;
		for (const [index, child] of standing(parent).entries()) {
			const inner = node.children[index];
			if (!inner) return;
			const isHere = pos < to && pos + inner.nodeSize > from;
			if (isHere && isXmlElement(child) && !inner.isLeaf) walk(child, inner, pos + 1);
			pos += inner.nodeSize;
		}
	};
	walk(fragment, doc, 0);
	const [first, last] = [found[0], found.at(-1)];
	return (
		first &&
		last && {
			from: placeOfLetter(first.text, first.start, 'first'),
			to: placeOfLetter(last.text, last.end - 1, 'last')
		}
	);
}

/** Where `place` is in `doc`, which `fragment` reads as. Undefined when it is in another text, or gone. */
export function posOf(fragment: Y.XmlFragment, doc: Node, place: Y.RelativePosition): number | undefined {
	const found = fragment.doc && Y.createAbsolutePositionFromRelativePosition(place, fragment.doc);
	if (!found) return undefined;
	const type = found.type as unknown as Child;
	if (!isText(type)) return posInElement(fragment, doc, { parent: type, index: found.index });
	const line = type.parent as unknown;
	if (line === fragment) return startOf(fragment, doc, type)?.pos;
	if (!isXmlElement(line) || !isAlive(type)) return undefined;
	const start = startOf(fragment, doc, line);
	const segment = segmentsOf(line).find(({ child }) => child === type);
	if (!start || !segment) return undefined;
	if (!start.node.inlineContent) return start.pos;
	return start.pos + 1 + Math.min(segment.from + found.index, start.node.content.size);
}

function posInElement(
	fragment: Y.XmlFragment,
	doc: Node,
	{ parent, index }: { parent: Parent; index: number }
): number | undefined {
	const start = parent === fragment ? { pos: -1, node: doc } : startOf(fragment, doc, parent as Child);
	if (!start) return undefined;
	if (start.node.isAtom) return start.pos;
	const before = parent.toArray().slice(0, index) as unknown[];
	if (start.node.inlineContent && isXmlElement(parent)) {
		const segments = segmentsOf(parent).filter(({ child }) => before.includes(child));
		return start.pos + 1 + segments.reduce((sum, { size }) => sum + size, 0);
	}
	const count = standing(parent).filter((child) => before.includes(child)).length;
	return start.node.children.slice(0, count).reduce((sum, node) => sum + node.nodeSize, start.pos + 1);
}

/** The node that stands for `child`, and where it begins. Inside a foreign block that is the foreign block. */
function startOf(fragment: Y.XmlFragment, doc: Node, child: Child): { pos: number; node: Node } | undefined {
	const path: Child[] = [];
	for (let at: unknown = child; at !== fragment; at = at.parent) {
		if (!isXmlElement(at) && !isText(at)) return undefined;
		if (!isAlive(at)) return undefined;
		path.unshift(at);
	}
	let parent: Parent = fragment;
	let node = doc;
	let pos = -1;
	for (const next of path) {
		if (node.isAtom || node.inlineContent) return { pos, node };
		const index = standing(parent).indexOf(next);
		const inner: Node | undefined = node.children[index];
		if (!inner) return undefined;
		pos = node.children.slice(0, index).reduce((sum, sibling) => sum + sibling.nodeSize, pos + 1);
		node = inner;
		parent = next as Parent;
	}
	return { pos, node };
}

const isAlive = (type: Child): boolean => type._item !== null && !type._item.deleted;

/** One block of a text: the node, and where it begins. */
export interface Placed {
	readonly id: string;
	readonly node: Node;
	readonly pos: number;
}

/** Every element that stands as a block in `doc`, with the id that the outside world knows it by. */
export function placedBlocks(fragment: Y.XmlFragment, doc: Node): readonly Placed[] {
	const found: Placed[] = [];
	const walk = (parent: Parent, node: Node, start: number) => {
		let pos = start;
		for (const [index, child] of standing(parent).entries()) {
			const inner = node.children[index];
			if (!inner) return;
			const id = blockIdOf(child);
			if (id) found.push({ id, node: inner, pos });
			if (isXmlElement(child) && !inner.isLeaf && !inner.inlineContent) walk(child, inner, pos + 1);
			pos += inner.nodeSize;
		}
	};
	walk(fragment, doc, 0);
	return found;
}
