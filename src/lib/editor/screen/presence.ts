import { Extension } from '@tiptap/core';
import { Plugin, PluginKey, type Transaction } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import * as Y from 'yjs';
import type { Awareness } from 'y-protocols/awareness';
import type { Person } from '#lib/domain/person.ts';
import { assert } from '#lib/util/assert.ts';
import { pulledBy, type ProseBinding } from '../binding/binding.ts';
import { personOfClient, remoteCarets } from './carets.ts';
import { PresenceLayer, type DrawnCaret, type DrawnTint } from './presence-layer.ts';

// Carets, selections and fresh words of others lie on a layer of their own under and over the text. Nothing is put
// into the text itself: it neither shifts nor loses a composition because somebody else moves.

interface PresenceOptions {
	readonly awareness: Awareness | undefined;
	readonly me: Person | undefined;
	readonly people: () => readonly Person[];
	/** The element the layer draws into: as large as the text, behind it. */
	readonly layer: HTMLElement | undefined;
}

export const Presence = Extension.create<PresenceOptions, { view: PresenceView | undefined }>({
	name: 'presence',
	addStorage: () => ({ view: undefined }),
	addOptions: () => ({ awareness: undefined, me: undefined, people: () => [], layer: undefined }),
	addProseMirrorPlugins() {
		const { awareness, me, people, layer } = this.options;
		const { binding } = this.editor.storage.proseSync;
		if (!awareness || !me || !layer) return [];
		assert(binding, 'presence needs a binding');
		return [
			new Plugin({
				key: new PluginKey('prose-presence'),
				view: (view) =>
					(this.storage.view = new PresenceView({ view, awareness, binding, me, people, layer }))
			})
		];
	},
	onTransaction({ transaction }) {
		this.storage.view?.watch(transaction);
	},
	onDestroy() {
		this.storage.view = undefined;
	}
});

/** Colours for other y-prosemirror clients, which know no slots: our light ones. */
const SLOT_COLOURS = ['#7440c9', '#a8480a', '#0c6ba8', '#b02a80', '#5a650c', '#43587a', '#0b737d', '#8a3f35'];

/** How long new words of others stay tinted. DESIGN §10. */
const TINT_MS = 2_000;

/** A change larger than this (a paste, a first load) is not tinted. */
const TINT_LETTERS_MAX = 400;

interface PresenceParts {
	readonly view: EditorView;
	readonly awareness: Awareness;
	readonly binding: ProseBinding;
	readonly me: Person;
	readonly people: () => readonly Person[];
	readonly layer: HTMLElement;
}

interface Tint {
	from: number;
	to: number;
	readonly slot: number | undefined;
	readonly key: number;
}

class PresenceView {
	readonly #parts: PresenceParts;
	readonly #layer: PresenceLayer;
	readonly #sizes: ResizeObserver;
	readonly #timers = new Set<ReturnType<typeof setTimeout>>();
	#tints: Tint[] = [];
	#tintCount = 0;
	#frame = 0;
	#isOwner = false;

	constructor(parts: PresenceParts) {
		this.#parts = parts;
		const { view, awareness, me, layer } = parts;
		this.#layer = new PresenceLayer(view, layer);
		this.#sizes = new ResizeObserver(() => this.#draw());
		this.#sizes.observe(view.dom);
		const said = awareness.getLocalState()?.['user'] as { id?: unknown } | undefined;
		if (said?.id !== me.id) {
			const { id, name, slot } = me;
			awareness.setLocalStateField('user', { id, name, slot, color: SLOT_COLOURS[slot - 1] });
		}
		awareness.on('change', this.#draw);
		view.dom.addEventListener('focus', this.#publishSoon);
		view.dom.addEventListener('blur', this.#publishSoon);
		this.#draw();
	}

	update(): void {
		this.#publishSoon();
		this.#draw();
	}

	/** Moves the tints along, and tints what somebody else has just written. */
	watch(tr: Transaction): void {
		if (!tr.docChanged) return;
		this.#tints = this.#tints
			.map((tint) => ({ ...tint, from: tr.mapping.map(tint.from, 1), to: tr.mapping.map(tint.to, -1) }))
			.filter(({ from, to }) => from < to);
		const pulled = pulledBy(tr);
		if (!pulled || pulled.isUndo || pulled.authors.size !== 1) return;
		const { awareness, me, people } = this.#parts;
		const [client = 0] = pulled.authors;
		const who = personOfClient(awareness, client, { me, people: people() });
		const added = addedBy(tr);
		const letters = added.reduce((sum, { from, to }) => sum + to - from, 0);
		if (!who || letters > TINT_LETTERS_MAX) return;
		for (const { from, to } of added) this.#tint({ from, to, slot: who.slot, key: (this.#tintCount += 1) });
		this.#draw();
	}

	destroy(): void {
		const { view, awareness } = this.#parts;
		cancelAnimationFrame(this.#frame);
		for (const timer of this.#timers) clearTimeout(timer);
		this.#sizes.disconnect();
		awareness.off('change', this.#draw);
		view.dom.removeEventListener('focus', this.#publishSoon);
		view.dom.removeEventListener('blur', this.#publishSoon);
		if (this.#isOwner) awareness.setLocalStateField('cursor', null);
		this.#layer.destroy();
	}

	#tint(tint: Tint): void {
		this.#tints.push(tint);
		const timer = setTimeout(() => {
			this.#timers.delete(timer);
			this.#tints = this.#tints.filter(({ key }) => key !== tint.key);
			this.#draw();
		}, TINT_MS);
		this.#timers.add(timer);
	}

	/** At most once per frame: every message goes to everybody in the room. */
	readonly #publishSoon = (): void => {
		cancelAnimationFrame(this.#frame);
		this.#frame = requestAnimationFrame(() => this.#publish());
	};

	#publish(): void {
		const { view, awareness, binding } = this.#parts;
		if (view.isDestroyed) return;
		const before = awareness.getLocalState()?.['cursor'] as object | null | undefined;
		if (!view.hasFocus() || !view.editable) {
			if (this.#isOwner && before) awareness.setLocalStateField('cursor', null);
			this.#isOwner = false;
			return;
		}
		const { anchor, head } = binding.hold(view.state);
		const cursor = {
			anchor: Y.relativePositionToJSON(anchor) as object,
			head: Y.relativePositionToJSON(head) as object
		};
		const isSame = this.#isOwner && JSON.stringify(before) === JSON.stringify(cursor);
		this.#isOwner = true;
		if (!isSame) awareness.setLocalStateField('cursor', cursor);
	}

	readonly #draw = (): void => {
		const { awareness, binding, me, people, view } = this.#parts;
		if (view.isDestroyed) return;
		const carets = remoteCarets(awareness, me, people()).flatMap(
			({ client, label, slot, anchor, head }): DrawnCaret[] => {
				const [from, to] = [binding.posOf(anchor), binding.posOf(head)];
				return from === undefined || to === undefined
					? []
					: [{ client, label, slot, anchor: from, head: to }];
			}
		);
		const tints = this.#tints.map(({ from, to, slot, key }): DrawnTint => ({ from, to, slot, key }));
		this.#layer.draw(carets, tints);
	};
}

/** The ranges of the new document that a transaction put in. */
function addedBy(tr: Transaction): readonly { from: number; to: number }[] {
	const added: { from: number; to: number }[] = [];
	for (const [index, map] of tr.mapping.maps.entries()) {
		const later = tr.mapping.slice(index + 1);
		map.forEach((_oldStart, _oldEnd, start, end) => {
			const [from, to] = [later.map(start, 1), later.map(end, -1)];
			if (from < to) added.push({ from, to });
		});
	}
	return added;
}
