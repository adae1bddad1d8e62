import * as Y from 'yjs';
import type { UserEdit } from '#lib/docs/origin.ts';
import type { HeldSelection, ProseBinding } from './binding.ts';

/** Edits closer together than this are undone together. */
const CAPTURE_MS = 500;

const SELECTION = 'selection';

/**
 * Takes back what this person wrote in this text, and nothing of anybody else, however much was written
 * meanwhile. A line this person began stays as long as somebody else's words stand in it.
 */
export class ProseUndo {
	readonly #binding: ProseBinding;
	readonly #manager: Y.UndoManager;

	constructor(binding: ProseBinding, origin: UserEdit) {
		this.#binding = binding;
		this.#manager = new Y.UndoManager(binding.fragment, {
			trackedOrigins: new Set([origin]),
			captureTimeout: CAPTURE_MS,
			deleteFilter: isEmpty
		});
		this.#manager.on('stack-item-added', ({ stackItem }) => {
			stackItem.meta.set(SELECTION, binding.selectionBefore);
		});
	}

	get canUndo(): boolean {
		return this.#manager.undoStack.length > 0;
	}

	get canRedo(): boolean {
		return this.#manager.redoStack.length > 0;
	}

	/** False when there is nothing to take back. */
	undo(): boolean {
		return this.#pop(this.#manager.undoStack, () => this.#manager.undo());
	}

	redo(): boolean {
		return this.#pop(this.#manager.redoStack, () => this.#manager.redo());
	}

	/** The next edit begins an undo step of its own: after a paste, a block, a command. */
	cut(): void {
		this.#manager.stopCapturing();
	}

	destroy(): void {
		// The manager stays reachable from the document for its life (it listens for its end): let go of the content.
		this.#manager.clear();
		this.#manager.destroy();
	}

	#pop(stack: readonly { readonly meta: Map<unknown, unknown> }[], pop: () => unknown): boolean {
		const top = stack.at(-1);
		if (!top) return false;
		this.#binding.selectNext(top.meta.get(SELECTION) as HeldSelection | undefined);
		pop();
		this.#binding.selectNext(undefined);
		return true;
	}
}

/** What somebody else still has something in is not taken away. */
function isEmpty(item: Y.Item | Y.GC): boolean {
	if (!(item instanceof Y.Item) || !(item.content instanceof Y.ContentType)) return true;
	const { type } = item.content;
	if (type instanceof Y.XmlText) return type.length === 0;
	return (
		!(type instanceof Y.XmlElement) ||
		type.toArray().every((child) => child instanceof Y.XmlText && child.length === 0)
	);
}
