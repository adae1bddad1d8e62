import { Fragment, Mark, type Node, type NodeType, type Schema } from '@tiptap/pm/model';
import type * as Y from 'yjs';
import {
	attributesOf,
	isXmlElement,
	PROSE_DEPTH_MAX,
	runsOf,
	xmlValueOf,
	type XmlChild
} from '#lib/docs/prose-xml.ts';
import { assert } from '#lib/util/assert.ts';
import { attrsFrom, MARKS, marksFrom } from './attributes.ts';
import { isText, standing, type Child, type Parent } from './standing.ts';

/**
 * Reads a shared text as a ProseMirror document. Pure towards the shared document: it never writes, repairs or
 * deletes. What the schema does not know, or cannot hold in that place, becomes an atom that carries it whole.
 *
 * Nodes are kept by the element they were read from until that element or something below it changes, so that
 * two readings share everything that stayed the same.
 */
export class ProseReader {
	readonly #schema: Schema;
	readonly #nodes = new WeakMap<Child, Node>();

	constructor(schema: Schema) {
		this.#schema = schema;
	}

	read(fragment: Y.XmlFragment): Node {
		const type = this.#schema.topNodeType;
		const content = this.#contentOf(fragment, type, 0);
		assert(content, 'a document takes any blocks');
		return type.create(null, content);
	}

	/** Drops what was kept of `types`: those that changed, with everything above them. */
	forget(types: Iterable<unknown>): void {
		for (const type of types) this.#nodes.delete(type as Child);
	}

	#nodeOf(child: Child, parent: NodeType, depth: number): Node {
		const kept = this.#nodes.get(child);
		if (kept && accepts(parent, kept.type)) return kept;
		const known = isXmlElement(child) ? this.#known(child, depth) : undefined;
		const node = known && accepts(parent, known.type) ? known : this.#foreign('foreignBlock', child);
		this.#nodes.set(child, node);
		return node;
	}

	/** Undefined when the schema has no such block, or it cannot hold what stands in it. */
	#known(element: Y.XmlElement, depth: number): Node | undefined {
		const type = this.#schema.nodes[element.nodeName];
		if (!type || !isShared(type) || type.isInline || depth > PROSE_DEPTH_MAX) return undefined;
		const content = type.isLeaf ? Fragment.empty : this.#contentOf(element, type, depth);
		return content && type.create(attrsFrom(type, attributesOf(element)), content);
	}

	#contentOf(parent: Parent, type: NodeType, depth: number): Fragment | undefined {
		const nodes =
			type.inlineContent && isXmlElement(parent)
				? parent.toArray().flatMap((child) => this.#inlineOf(child, type))
				: standing(parent).map((child) => this.#nodeOf(child, type, depth + 1));
		const content = Fragment.fromArray([...nodes]);
		if (type.validContent(content)) return content;
		return content.size === 0 ? type.createAndFill()?.content : undefined;
	}

	#inlineOf(child: unknown, parent: NodeType): readonly Node[] {
		if (isText(child)) return this.#textOf(child, parent);
		if (!isXmlElement(child)) return [];
		const type = this.#schema.nodes[child.nodeName];
		if (!type || !isShared(type) || !type.isInline || !type.isLeaf)
			return [this.#foreign('foreignInline', child)];
		const { [MARKS]: marks, ...attributes } = attributesOf(child);
		return [type.create(attrsFrom(type, attributes), null, this.#marksFor(marks, parent))];
	}

	/** Marks that the line does not take are not shown; they stay where they are. */
	#textOf(text: Y.XmlText, parent: NodeType): readonly Node[] {
		return runsOf(text).map((run) => {
			if (typeof run.insert !== 'string') return this.#foreign('foreignInline', [run]);
			return this.#schema.text(run.insert, this.#marksFor(run.attributes, parent));
		});
	}

	#marksFor(attributes: unknown, parent: NodeType): readonly Mark[] {
		if (typeof attributes !== 'object' || attributes === null) return [];
		const marks = marksFrom(this.#schema, attributes as Record<string, unknown>);
		return Mark.setFrom(marks.filter((mark) => parent.allowsMarkType(mark.type)));
	}

	#foreign(name: 'foreignBlock' | 'foreignInline', of: Child | XmlChild): Node {
		const xml = isXmlElement(of) || isText(of) ? xmlValueOf(of) : of;
		const type = this.#schema.nodes[name];
		assert(type, `the schema has ${name}`);
		return type.create({ xml });
	}
}

/** Whether `child` may stand in `parent` at all. */
function accepts(parent: NodeType, child: NodeType): boolean {
	const edges = Array.from(
		{ length: parent.contentMatch.edgeCount },
		(_, at) => parent.contentMatch.edge(at).type
	);
	return edges.includes(child);
}

/** Whether nodes of this type stand in shared documents under their own name. */
const isShared = ({ name }: NodeType): boolean =>
	name !== 'doc' && name !== 'text' && name !== 'foreignBlock' && name !== 'foreignInline';
