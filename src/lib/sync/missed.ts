import type * as Y from 'yjs';
import { clashesIn, textOfBlock, textsOf, type Clash } from '../docs/clash.ts';
import { authorsOfPlaces, parsePlace, type Place } from '../docs/touched.ts';

/** A place that others changed while this device was away. */
export interface MissedPlace {
	readonly place: Place;
	/** Yjs client numbers of those who added something there; empty when something was only removed. */
	readonly clients: readonly number[];
}

/** What came in between a connection and the end of its first exchange. */
export interface MissedAll {
	readonly places: readonly MissedPlace[];
	/** What both sides did to one thing. */
	readonly clashes: readonly Clash[];
}

/** Collects what comes in between a connection and the end of its first exchange. */
export class Missed {
	readonly #doc: Y.Doc;
	readonly #origin: object;
	readonly #kept: () => ReadonlySet<Place>;
	#places: Map<Place, Set<number>> | undefined;
	#clashes = new Map<Place, Clash>();
	/** What this device's own unsent blocks said before anything came in. */
	#texts: ReadonlyMap<Place, string> = new Map();
	readonly #hear = (transaction: Y.Transaction) => this.#collect(transaction);

	/** `origin`: what the connection gives its transactions as origin. `kept`: the places of unsent changes. */
	constructor(doc: Y.Doc, options: { origin: object; kept: () => ReadonlySet<Place> }) {
		this.#doc = doc;
		this.#origin = options.origin;
		this.#kept = options.kept;
	}

	listen(): void {
		if (this.#places) return;
		this.#places = new Map();
		this.#clashes = new Map();
		this.#texts = textsOf(this.#doc, this.#kept());
		this.#doc.on('afterTransaction', this.#hear);
	}

	/** What came, once; undefined when nobody was listening. */
	take(): MissedAll | undefined {
		const places = this.#places;
		const clashes = places && [...this.#clashes.values(), ...this.#textClashes(places)];
		this.forget();
		if (!places || !clashes) return undefined;
		return { places: [...places].map(([place, clients]) => ({ place, clients: [...clients] })), clashes };
	}

	forget(): void {
		this.#doc.off('afterTransaction', this.#hear);
		this.#places = undefined;
		this.#clashes = new Map();
		this.#texts = new Map();
	}

	#collect(transaction: Y.Transaction): void {
		if (transaction.origin !== this.#origin) return;
		for (const [place, clients] of authorsOfPlaces(transaction)) {
			const known = this.#places?.get(place) ?? new Set<number>();
			for (const client of clients) known.add(client);
			this.#places?.set(place, known);
		}
		for (const clash of clashesIn(transaction, this.#kept())) this.#clashes.set(clash.place, clash);
	}

	/** Blocks that were written in here and came out otherwise. */
	#textClashes(places: ReadonlyMap<Place, ReadonlySet<number>>): readonly Clash[] {
		return [...this.#texts].flatMap(([place, mine]) => {
			const clients = places.get(place);
			const merged = textOfBlock(this.#doc, parsePlace(place).block ?? '') ?? '';
			const isTouched = clients !== undefined || merged === '';
			if (!isTouched || merged === mine || mine === '') return [];
			return [{ is: 'text' as const, place, mine, merged, clients: [...(clients ?? [])] }];
		});
	}
}
