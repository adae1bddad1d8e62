import { createSubscriber } from 'svelte/reactivity';
import type * as Y from 'yjs';
import { proseOf, type ProseBlock } from '#lib/docs/prose.ts';

/** A shared text that a component can read without an editor. It is observed only while something reads it. */
export class PlainProse {
	readonly #fragment: Y.XmlFragment;
	readonly #track: () => void;
	#cached: readonly ProseBlock[] | undefined;

	constructor(fragment: Y.XmlFragment) {
		this.#fragment = fragment;
		this.#track = createSubscriber((changed) => {
			const changes = () => {
				this.#cached = undefined;
				changed();
			};
			fragment.observeDeep(changes);
			return () => {
				fragment.unobserveDeep(changes);
				this.#cached = undefined; // Unobserved, it would go stale.
			};
		});
	}

	get blocks(): readonly ProseBlock[] {
		this.#track();
		if (!$effect.tracking()) return proseOf(this.#fragment);
		return (this.#cached ??= proseOf(this.#fragment));
	}
}
