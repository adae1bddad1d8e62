import { Extension } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { Plugin, PluginKey } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import type { PresenceSlot } from '#lib/domain/person.ts';
import { assert } from '#lib/util/assert.ts';
import { pulledBy, type ProseBinding } from '../binding/binding.ts';
import { placedBlocks } from '../binding/positions.ts';
import { RingLayer } from './ring-layer.ts';

// The marks that sync leaves on blocks: a ring where only this device has it, a tint where somebody changed it
// while this device was away. They are attributes of the block, drawn on a layer behind it: nothing is put into the
// text, so nothing moves and no composition is disturbed.

/** Blocks by the id that the outside knows them by (`blockIdOf`). */
export interface BlockMarks {
	readonly pending: ReadonlySet<string>;
	readonly merged: ReadonlyMap<string, { readonly slot: PresenceSlot; readonly name: string }>;
}

const NONE: BlockMarks = { pending: new Set(), merged: new Map() };

interface RingState {
	readonly marks: BlockMarks;
	readonly decorations: DecorationSet;
}

const ringsKey = new PluginKey<RingState>('prose-rings');

declare module '@tiptap/core' {
	interface Commands<ReturnType> {
		rings: {
			/** Says which blocks carry which marks from now on. */
			markBlocks: (marks: BlockMarks) => ReturnType;
		};
	}
}

export const Rings = Extension.create<{ readonly layer: HTMLElement | undefined }>({
	name: 'rings',
	addOptions: () => ({ layer: undefined }),
	addCommands: () => ({
		markBlocks:
			(marks) =>
			({ tr, dispatch }) => {
				dispatch?.(tr.setMeta(ringsKey, marks));
				return true;
			}
	}),
	addProseMirrorPlugins() {
		const { layer } = this.options;
		const { binding } = this.editor.storage.proseSync;
		assert(binding, 'rings need a binding');
		return [
			new Plugin<RingState>({
				key: ringsKey,
				state: {
					init: () => ({ marks: NONE, decorations: DecorationSet.empty }),
					apply(tr, was, _old, { doc }) {
						const marks = (tr.getMeta(ringsKey) as BlockMarks | undefined) ?? was.marks;
						// While a local edit is applied the shared text is still as it was: marks move with the steps.
						if (marks === was.marks && !pulledBy(tr)) {
							return tr.docChanged ? { marks, decorations: was.decorations.map(tr.mapping, doc) } : was;
						}
						return { marks, decorations: decorationsOf(binding, doc, marks) };
					}
				},
				props: { decorations: (state) => ringsKey.getState(state)?.decorations },
				view: ({ dom }) => {
					const drawing = layer && new RingLayer(dom, layer);
					return { update: () => drawing?.draw(), destroy: () => drawing?.destroy() };
				}
			})
		];
	}
});

function decorationsOf(
	{ fragment }: ProseBinding,
	doc: Node,
	{ pending, merged }: BlockMarks
): DecorationSet {
	if (pending.size === 0 && merged.size === 0) return DecorationSet.empty;
	const decorations = placedBlocks(fragment, doc).flatMap(({ id, node, pos }) => {
		const by = merged.get(id);
		if (!pending.has(id) && !by) return [];
		return Decoration.node(pos, pos + node.nodeSize, {
			class: [pending.has(id) ? 'is-pending' : '', by ? 'is-merged' : ''].join(' ').trim(),
			...(by ? { 'data-by': `changed by ${by.name}`, 'data-slot': `${by.slot}` } : {})
		});
	});
	return DecorationSet.create(doc, decorations);
}
