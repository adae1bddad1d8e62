import * as Y from 'yjs';
import { clashesIn, type Clash } from '#lib/docs/clash.ts';
import { RemoteSync, UserEdit } from '#lib/docs/origin.ts';
import { placeOfKey, placesTouched, type Place } from '#lib/docs/touched.ts';
import type { PersonId } from '#lib/domain/id.ts';
import type { ArtefactKind } from '#lib/kinds/contract.ts';

// People who work on one document apart from each other, with everything on record that any of them ever did: who wrote
// which value, and what they had seen when they did.

/** Nobody types these when they make a row. */
const STAMP = /^(order|seen|.*(At|By))$/;

/** How many edits of each person somebody has seen. */
type Seen = readonly number[];

/** One value that somebody gave to one place. */
export interface Writing {
	readonly place: Place;
	/** JSON; undefined where the field was cleared. */
	readonly value: string | undefined;
	readonly author: number;
	/** The author's how-manieth edit it was part of, from 1. */
	readonly count: number;
	readonly seen: Seen;
}

/** What all of them did. */
export class Records {
	readonly writings: Writing[] = [];
	/** Root map → ids of the rows that were put there. */
	readonly rows = new Map<string, Set<string>>();
	/** Runs of letters that were typed into prose: the Yjs id of the first, and how many. */
	readonly typed: { readonly id: Y.ID; readonly length: number }[] = [];
	/** By author: the places of each edit. */
	readonly edits: readonly (readonly Place[])[][];

	constructor(people: number) {
		this.edits = Array.from({ length: people }, () => []);
	}
}

/** One of them, with a copy of the document. */
export class Apart<S, C> {
	readonly doc = new Y.Doc();
	readonly commands: C;
	/** What a meeting showed them: one thing that both sides had changed. */
	readonly clashes: Clash[] = [];
	#seen: number[];
	readonly #index: number;
	readonly #records: Records;
	#kept: ReadonlySet<Place> = new Set();

	constructor(
		kind: ArtefactKind<string, S, C>,
		index: number,
		{ records, origin }: { records: Records; origin: Y.Doc }
	) {
		this.#index = index;
		this.#records = records;
		this.#seen = records.edits.map(() => 0);
		this.doc.clientID = index + 1;
		Y.applyUpdate(this.doc, Y.encodeStateAsUpdate(origin));
		kind.doc.read(this.doc); // Makes its roots known by their types.
		this.commands = kind.doc.commands(this.doc, `person-${index}` as PersonId);
		this.doc.on('update', (update: Uint8Array, _: unknown, __: Y.Doc, transaction: Y.Transaction) => {
			if (transaction.origin instanceof UserEdit) this.#record(transaction, update);
		});
		this.doc.on('afterTransaction', (transaction: Y.Transaction) => {
			if (transaction.origin instanceof RemoteSync) this.clashes.push(...clashesIn(transaction, this.#kept));
		});
	}

	get edits(): number {
		return this.#seen[this.#index] ?? 0;
	}

	/** Both learn whatever the other knows, and are shown what both had changed. */
	meet(other: Apart<S, C>): void {
		const [mine, theirs] = [this.#unknownTo(other), other.#unknownTo(this)];
		const [news, answer] = [newsFor(this.doc, other.doc), newsFor(other.doc, this.doc)];
		const seen = this.#seen.map((count, author) => Math.max(count, other.#seen[author] ?? 0));
		this.#learn(news, { seen, kept: mine });
		other.#learn(answer, { seen, kept: theirs });
	}

	/** The places of this one's changes that `other` has not seen. */
	#unknownTo(other: Apart<S, C>): ReadonlySet<Place> {
		const own = this.#records.edits[this.#index] ?? [];
		return new Set(own.slice(other.#seen[this.#index]).flat());
	}

	#learn(news: Uint8Array, { seen, kept }: { seen: Seen; kept: ReadonlySet<Place> }): void {
		this.#kept = kept;
		Y.applyUpdate(this.doc, news, new RemoteSync('meeting'));
		this.#seen = [...seen];
	}

	#record(transaction: Y.Transaction, update: Uint8Array): void {
		const count = this.edits + 1;
		this.#seen[this.#index] = count;
		const seen = [...this.#seen];
		const write = (place: Place, value: unknown) =>
			this.#records.writings.push({ place, value: JSON.stringify(value), author: this.#index, count, seen });
		this.#records.edits[this.#index]?.push(placesTouched(transaction));
		for (const [type, keys] of transaction.changed) {
			if (!(type instanceof Y.Map)) continue;
			for (const key of keys) this.#recordKey(type as Y.Map<unknown>, key ?? '', write);
		}
		for (const { id, content, length } of Y.decodeUpdate(update).structs as Y.Item[])
			if (content instanceof Y.ContentString) this.#records.typed.push({ id, length });
	}

	#recordKey(type: Y.Map<unknown>, key: string, write: (place: Place, value: unknown) => void): void {
		const place = placeOfKey(type, key);
		if (place === undefined) return;
		const value = type.get(key);
		if (!(value instanceof Y.Map)) return void write(place, value);
		const [root = ''] = place.split('/');
		this.#records.rows.set(root, (this.#records.rows.get(root) ?? new Set()).add(key));
		for (const [field, one] of value as Y.Map<unknown>)
			if (!STAMP.test(field)) write(`${place}/${field}`, one);
	}
}

/**
 * What somebody wrote and nobody could find again: it is neither in `doc`, nor overwritten by somebody who had seen it,
 * nor in what a meeting showed, nor in a row that was removed. To empty a field is to take away what stood there, which
 * whoever wrote in it meanwhile did as well: nothing of it is left to be found.
 */
export function lostIn(doc: Y.Doc, { writings }: Records, clashes: readonly Clash[]): readonly Writing[] {
	const byPlace = Map.groupBy(writings, ({ place }) => place);
	const shown = new Set(
		clashes.flatMap((clash) =>
			clash.is === 'value'
				? [clash.mine, clash.theirs].map((value) => `${clash.place} ${JSON.stringify(value)}`)
				: []
		)
	);
	return [...byPlace].flatMap(([place, all]) => {
		const now = valueAt(doc, place);
		if (now.isRemoved) return [];
		const last = new Map(all.map((writing) => [writing.author, writing]));
		return [...last.values()].filter(
			(writing) =>
				writing.value !== undefined &&
				writing.value !== now.value &&
				!shown.has(`${place} ${writing.value}`) &&
				!sameAtOnce(all, writing).some((one) => all.some((other) => knew(other, one)))
		);
	});
}

const newsFor = (doc: Y.Doc, from: Y.Doc): Uint8Array =>
	Y.encodeStateAsUpdate(from, Y.encodeStateVector(doc));

/** Whether it was written by somebody who had seen `one`, or written it. */
const knew = (other: Writing, one: Writing): boolean =>
	(other.seen[one.author] ?? 0) >= one.count && !(other.author === one.author && other.count === one.count);

/** Itself, and the same value from others who had not seen it: whoever saw one of them saw what all had written. */
const sameAtOnce = (all: readonly Writing[], one: Writing): readonly Writing[] =>
	all.filter((other) => other.value === one.value && !knew(other, one) && !knew(one, other));

function valueAt(doc: Y.Doc, place: Place): { readonly value?: string; readonly isRemoved: boolean } {
	const [root = '', row = '', ...rest] = place.split('/');
	const map = doc.getMap<unknown>(root);
	const fields = map.get(row);
	if (!(fields instanceof Y.Map))
		return { value: JSON.stringify(map.get([row, ...rest].join('/'))), isRemoved: false };
	const field = rest.join('/');
	const isRemoved = field !== 'removedAt' && fields.has('removedAt');
	return { value: JSON.stringify(fields.get(field)), isRemoved };
}

/** How many typed letters are in the prose no more. */
export function lettersLost(doc: Y.Doc, { typed }: Records): number {
	let lost = 0;
	for (const { id, length } of typed)
		for (let clock = id.clock; clock < id.clock + length; clock++)
			if (Y.getItem(doc.store, Y.createID(id.client, clock)).deleted) lost++;
	return lost;
}
