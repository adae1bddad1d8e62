import type { Node } from '@tiptap/pm/model';
import * as Y from 'yjs';
import { xmlFrom, xmlTextFrom, type XmlChild, type XmlRun } from '#lib/docs/prose-xml.ts';
import { attributesFrom, formatOf, MARKS } from './attributes.ts';
import type { Child } from './standing.ts';

/** New shared types with the content of `nodes`, not yet standing anywhere. A foreign node becomes what it was. */
export const typesFor = (nodes: readonly Node[]): Child[] => nodes.map(typeFor);

function typeFor(node: Node): Child {
	const xml = node.attrs['xml'] as XmlChild | null | undefined;
	if (isForeign(node)) return xml ? xmlFrom(xml) : new Y.XmlElement('paragraph');
	const element = new Y.XmlElement(node.type.name);
	const attributes = attributesFrom(node.attrs);
	if (node.marks.length > 0) attributes[MARKS] = formatOf(node.marks);
	for (const [key, value] of Object.entries(attributes)) {
		// Yjs declares attributes as strings and keeps any JSON value.
		element.setAttribute(key, value as string);
	}
	element.insert(0, node.inlineContent ? lineTypes(node.children) : typesFor(node.children));
	return element;
}

export const isForeign = (node: Node): boolean =>
	node.type.name === 'foreignBlock' || node.type.name === 'foreignInline';

/** A line has a text even when it is empty: two people who begin to write in it then write into one text. */
function lineTypes(nodes: readonly Node[]): Child[] {
	const types: Child[] = [];
	let runs: XmlRun[] = [];
	for (const node of nodes) {
		const run = runFor(node);
		if (run) runs.push(run);
		else {
			if (runs.length > 0) types.push(xmlTextFrom(runs));
			runs = [];
			types.push(typeFor(node));
		}
	}
	if (runs.length > 0 || types.length === 0) types.push(xmlTextFrom(runs));
	return types;
}

/** Text, and what stands inside texts as one letter; undefined for what is an element. */
export function runFor(node: Node): XmlRun | undefined {
	if (node.isText) return { insert: node.text ?? '', attributes: formatOf(node.marks) };
	const xml = node.attrs['xml'] as XmlChild | null | undefined;
	return isForeign(node) && Array.isArray(xml) ? (xml as readonly XmlRun[])[0] : undefined;
}
