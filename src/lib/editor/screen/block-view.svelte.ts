import type { Editor } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { NodeSelection, Selection } from '@tiptap/pm/state';
import type { NodeView } from '@tiptap/pm/view';
import { mount, unmount } from 'svelte';
import { newId } from '#lib/domain/id.ts';
import type { BlockData, BlockKind } from '../blocks.ts';
import BlockFrame from './BlockFrame.svelte';

/** What a block view needs beside its node. */
export interface BlockViewOptions {
	readonly editor: Editor;
	readonly node: Node;
	readonly getPos: () => number | undefined;
	readonly kinds: () => readonly BlockKind[];
	/** The contexts of the page, so that a block's component finds what the page provides. */
	readonly context: Map<unknown, unknown>;
}

/**
 * Draws one block by the component of its type, for as long as the block stands in the text.
 *
 * Nothing that happens inside the component reaches the editor, and nothing the component draws is taken for an
 * edit; the frame around it belongs to the editor, so that the block can be selected and dragged.
 */
export class BlockView implements NodeView {
	readonly dom: HTMLElement;
	readonly #options: BlockViewOptions;
	readonly #frame: Record<string, unknown>;
	#node: Node = $state.raw() as Node;
	#isSelected = $state(false);
	#isEditable = $state(true);

	constructor(options: BlockViewOptions) {
		this.#options = options;
		this.#node = options.node;
		this.#isEditable = options.editor.isEditable;
		this.dom = document.createElement('div');
		this.dom.className = 'block-shell';
		this.dom.contentEditable = 'false';
		this.#frame = mount(BlockFrame, { target: this.dom, props: { block: this }, context: options.context });
		options.editor.on('update', this.#followEditable);
	}

	get type(): string {
		return this.#node.attrs['type'] as string;
	}

	get id(): string {
		return this.#node.attrs['id'] as string;
	}

	get data(): BlockData {
		return this.#node.attrs['data'] as BlockData;
	}

	get kind(): BlockKind | undefined {
		return this.#options.kinds().find(({ type }) => type === this.type);
	}

	get isSelected(): boolean {
		return this.#isSelected;
	}

	get isEditable(): boolean {
		return this.#isEditable;
	}

	change(patch: Readonly<Record<string, unknown>>): void {
		const { editor, getPos } = this.#options;
		const pos = getPos();
		if (pos === undefined || !editor.isEditable) return;
		const data = Object.fromEntries(
			Object.entries({ ...this.data, ...patch }).filter(([, value]) => value !== undefined)
		);
		editor.storage.proseSync.undo?.cut();
		editor.view.dispatch(editor.state.tr.setNodeAttribute(pos, 'data', data));
	}

	remove(): void {
		const { editor, getPos } = this.#options;
		const pos = getPos();
		if (pos === undefined || !editor.isEditable) return;
		const { tr } = editor.state;
		tr.delete(pos, pos + this.#node.nodeSize);
		tr.setSelection(Selection.near(tr.doc.resolve(Math.min(pos, tr.doc.content.size))));
		editor.storage.proseSync.undo?.cut();
		editor.view.dispatch(tr);
		editor.view.focus();
	}

	/** Makes another block of this kind right below this one. */
	async another(): Promise<void> {
		const data = await this.kind?.create();
		const { editor, getPos } = this.#options;
		const pos = getPos();
		const node = this.#node.type.create({ type: this.type, id: newId(), data: { ...data } });
		if (!data || pos === undefined || !editor.isEditable) return;
		editor.storage.proseSync.undo?.cut();
		editor.view.dispatch(editor.state.tr.insert(pos + this.#node.nodeSize, node));
		editor.storage.proseSync.undo?.cut();
	}

	/** Moves the block past its neighbour; false when there is none on that side. */
	move(direction: 'up' | 'down'): boolean {
		this.select();
		return this.#options.editor.commands.moveBlock(direction);
	}

	/** Gives the keys back to the text, with the block selected. */
	select(): void {
		const { editor, getPos } = this.#options;
		const pos = getPos();
		if (pos === undefined) return;
		editor.view.dispatch(editor.state.tr.setSelection(NodeSelection.create(editor.state.doc, pos)));
		editor.view.focus();
	}

	update(node: Node): boolean {
		if (node.type !== this.#node.type || node.attrs['type'] !== this.type || node.attrs['id'] !== this.id)
			return false;
		this.#node = node;
		return true;
	}

	selectNode(): void {
		this.#isSelected = true;
		this.dom.dataset['selected'] = '';
	}

	deselectNode(): void {
		this.#isSelected = false;
		delete this.dom.dataset['selected'];
	}

	stopEvent(event: Event): boolean {
		return event.target instanceof Element && event.target.closest('[data-block-body]') !== null;
	}

	ignoreMutation(): boolean {
		return true;
	}

	destroy(): void {
		this.#options.editor.off('update', this.#followEditable);
		void unmount(this.#frame);
	}

	readonly #followEditable = (): void => {
		this.#isEditable = this.#options.editor.isEditable;
	};
}
