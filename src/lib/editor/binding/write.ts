import type { Node } from '@tiptap/pm/model';
import type * as Y from 'yjs';
import { isXmlElement } from '#lib/docs/prose-xml.ts';
import { assert } from '#lib/util/assert.ts';
import { aligned } from './align.ts';
import { attributesChanged } from './attributes.ts';
import { typesFor } from './create.ts';
import { Ledger } from './ledger.ts';
import { writeLine } from './line.ts';
import { indexIn, standing, type Child, type Parent } from './standing.ts';

/**
 * Makes `fragment`, which reads as `before`, read as `after`, by the smallest change that does it. What neither
 * document shows (riders, marks a line does not take, what stands inside foreign blocks) is left alone.
 *
 * The caller wraps it in one transaction with an origin.
 */
export function writeChanges(fragment: Y.XmlFragment, before: Node, after: Node): void {
	const ledger = new Ledger();
	writeBlocks(fragment, { before, after, ledger });
	ledger.settle();
}

interface Edit {
	readonly before: Node;
	readonly after: Node;
	readonly ledger: Ledger;
}

function writeBlocks(parent: Parent, { before, after, ledger }: Edit): void {
	if (before.content.eq(after.content)) return;
	const children = standing(parent);
	// A phantom stands nowhere: what somebody made of it is new as a whole.
	const old = children.length === 0 ? [] : before.children;
	assert(old.length === children.length, `${old.length} nodes for ${children.length} shared children`);

	const { pairs, changes } = aligned(old, after.children);
	for (const change of changes.toReversed()) {
		for (const child of children.slice(change.from, change.to)) {
			ledger.goes(child);
			parent.delete(indexIn(parent, child), 1);
		}
		const left = children[change.from - 1];
		const types = typesFor(after.children.slice(change.at, change.end));
		parent.insert(left ? indexIn(parent, left) + 1 : 0, types);
		for (const type of types) ledger.comes(type);
	}
	for (const [from, to] of pairs) {
		const [child, was, is] = [children[from], old[from], after.children[to]];
		if (child && was && is) writeNode(child, { before: was, after: is, ledger });
	}
}

function writeNode(child: Child, { before, after, ledger }: Edit): void {
	if (before === after || !isXmlElement(child) || 'xml' in after.attrs) return;
	for (const [key, value] of attributesChanged(before, after)) {
		if (value === null) child.removeAttribute(key);
		else child.setAttribute(key, value as string);
	}
	if (after.inlineContent) writeLine(child, { before, after, ledger });
	else if (!after.isLeaf) writeBlocks(child, { before, after, ledger });
}
