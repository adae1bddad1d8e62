import * as Y from 'yjs';
import { isXmlElement } from '#lib/docs/prose-xml.ts';

// Which shared types stand behind the nodes of a ProseMirror document. The one invariant of the binding:
// below a parent of blocks, the nodes are its elements and non-empty texts, in order; below a line, its content is
// the content of its texts and elements, in order, letter for letter. A parent without any such child shows a
// phantom: the least content its type needs, which stands nowhere until somebody writes into it.

export type Parent = Y.XmlFragment | Y.XmlElement;
export type Child = Y.XmlElement | Y.XmlText;

/** What stands behind the child nodes of `parent`, one each. */
export const standing = (parent: Parent): readonly Child[] =>
	parent
		.toArray()
		.filter((child): child is Child => isXmlElement(child) || (isText(child) && child.length > 0));

export const isText = (child: unknown): child is Y.XmlText => child instanceof Y.XmlText;

/** A stretch of a line: one text, or one element that is one place long. */
export interface Segment {
	readonly child: Child;
	/** Where it begins, in letters from the start of the line. */
	readonly from: number;
	readonly size: number;
}

/** The stretches of a line in order, empty texts too. */
export function segmentsOf(line: Y.XmlElement): readonly Segment[] {
	const segments: Segment[] = [];
	let from = 0;
	for (const child of line.toArray()) {
		if (!isText(child) && !isXmlElement(child)) continue;
		const size = isText(child) ? child.length : 1;
		segments.push({ child, from, size });
		from += size;
	}
	return segments;
}

/** The place of `child` among all children of its parent, those included that no node stands for. */
export const indexIn = (parent: Parent, child: Child): number =>
	(parent.toArray() as unknown[]).indexOf(child);
