import { createSubscriber } from 'svelte/reactivity';
import type * as Y from 'yjs';
import type { DocBinding, Reading } from '../docs/binding.ts';

/**
 * A Y.Doc that a component can read.
 *
 * The doc is observed only while some effect reads it. Between two changes every reader gets the same object, so
 * that `$derived` and keyed lists stay cheap.
 */
export class Artefact<Snapshot> {
	readonly #doc: Y.Doc;
	readonly #binding: DocBinding<Snapshot, unknown>;
	readonly #track: () => void;
	#cached: Reading<Snapshot> | undefined;

	constructor(doc: Y.Doc, binding: DocBinding<Snapshot, unknown>) {
		this.#doc = doc;
		this.#binding = binding;
		this.#track = createSubscriber((changed) => {
			const stop = binding.observe(doc, () => {
				this.#cached = undefined;
				changed();
			});
			return () => {
				stop();
				this.#cached = undefined; // Unobserved, it would go stale.
			};
		});
	}

	get reading(): Reading<Snapshot> {
		this.#track();
		if (!$effect.tracking()) return this.#binding.read(this.#doc);
		return (this.#cached ??= this.#binding.read(this.#doc));
	}
}
