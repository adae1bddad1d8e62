import type { Editor } from '@tiptap/core';
import * as Y from 'yjs';
import { applyAwarenessUpdate, Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness';
import { RemoteSync, StorageLoad } from '#lib/docs/origin.ts';
import type { ProseBlock } from '#lib/docs/prose.ts';
import { writeProse } from '#lib/docs/prose-write.ts';
import type { PersonId } from '#lib/domain/id.ts';
import type { Person } from '#lib/domain/person.ts';

/** For tests: one person's device with one text, joined to others by a link in memory. */
export class Desk {
	readonly doc = new Y.Doc();
	readonly fragment = this.doc.getXmlFragment('notes.i1');
	readonly awareness = new Awareness(this.doc);

	constructor(blocks: readonly ProseBlock[] = []) {
		if (blocks.length > 0) this.doc.transact(() => writeProse(this.fragment, blocks), new StorageLoad());
	}

	close(): void {
		this.awareness.destroy();
		this.doc.destroy();
	}
}

/** A link between two desks. While it is cut, nothing passes; joined again, both get what they missed. */
export class DeskLink {
	readonly #ends: readonly [Desk, Desk];
	#isCut = false;

	constructor(a: Desk, b: Desk) {
		this.#ends = [a, b];
		for (const [from, to] of [
			[a, b],
			[b, a]
		] as const) {
			from.doc.on('update', (update: Uint8Array, origin: unknown) => {
				if (!this.#isCut && !(origin instanceof RemoteSync))
					Y.applyUpdate(to.doc, update, new RemoteSync('desk'));
			});
			from.awareness.on(
				'update',
				(change: Record<'added' | 'updated' | 'removed', number[]>, origin: unknown) => {
					if (this.#isCut || origin === 'desk') return;
					const clients = [...change.added, ...change.updated, ...change.removed];
					applyAwarenessUpdate(to.awareness, encodeAwarenessUpdate(from.awareness, clients), 'desk');
				}
			);
		}
		this.join();
	}

	cut(): void {
		this.#isCut = true;
	}

	join(): void {
		this.#isCut = false;
		const [a, b] = this.#ends;
		for (const [from, to] of [
			[a, b],
			[b, a]
		] as const) {
			const update = Y.encodeStateAsUpdate(from.doc, Y.encodeStateVector(to.doc));
			Y.applyUpdate(to.doc, update, new RemoteSync('desk'));
		}
	}
}

export const ana: Person = { id: 'p-ana' as PersonId, name: 'Ana Ruiz', slot: 1 };
export const ben: Person = { id: 'p-ben' as PersonId, name: 'Ben Okoro', slot: 2 };
export const mei: Person = { id: 'p-mei' as PersonId, name: 'Mei Lin', slot: 3 };

export const line = (text: string): ProseBlock => ({
	is: 'paragraph',
	text: text ? [{ is: 'text', text, marks: {} }] : []
});

/** The Tiptap editor behind an element of a page. */
export function editorOf(element: Element): Editor {
	const { editor } = element as Element & { editor?: Editor };
	if (!editor) throw new Error('no editor on this element');
	return editor;
}
