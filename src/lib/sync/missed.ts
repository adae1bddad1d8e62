import type * as Y from 'yjs';
import { authorsOfPlaces, type Place } from '../docs/touched.ts';

/** A place that others changed while this device was away. */
export interface MissedPlace {
	readonly place: Place;
	/** Yjs client numbers of those who added something there; empty when something was only removed. */
	readonly clients: readonly number[];
}

/** Collects what comes in between a connection and the end of its first exchange. */
export class Missed {
	readonly #doc: Y.Doc;
	readonly #origin: object;
	#places: Map<Place, Set<number>> | undefined;
	readonly #hear = (transaction: Y.Transaction) => this.#collect(transaction);

	/** `origin`: what the connection gives its transactions as origin. */
	constructor(doc: Y.Doc, origin: object) {
		this.#doc = doc;
		this.#origin = origin;
	}

	listen(): void {
		if (this.#places) return;
		this.#places = new Map();
		this.#doc.on('afterTransaction', this.#hear);
	}

	/** What came, once; undefined when nobody was listening. */
	take(): readonly MissedPlace[] | undefined {
		const places = this.#places;
		this.forget();
		return places && [...places].map(([place, clients]) => ({ place, clients: [...clients] }));
	}

	forget(): void {
		this.#doc.off('afterTransaction', this.#hear);
		this.#places = undefined;
	}

	#collect(transaction: Y.Transaction): void {
		if (transaction.origin !== this.#origin) return;
		for (const [place, clients] of authorsOfPlaces(transaction)) {
			const known = this.#places?.get(place) ?? new Set<number>();
			for (const client of clients) known.add(client);
			this.#places?.set(place, known);
		}
	}
}
