import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { RangeSet } from './range-set.ts';

// What of a document the log holds, known without building the document: ranges of structs and of deletions per
// Yjs client number, read from the headers of the updates as they pass. Only the run from clock 0 on counts for
// the state vector: a client is asked again for whatever lies behind a gap.

/** An update, taken apart once. */
export interface ReadUpdate {
	readonly update: Uint8Array;
	readonly structs: readonly Span[];
	readonly deletions: readonly Span[];
}

export interface Span {
	readonly client: number;
	readonly clock: number;
	readonly length: number;
}

/** Decodes all of `update`. Throws when it is not a well-formed Yjs update. */
export const readUpdate = (update: Uint8Array): ReadUpdate => spansOf(update, Y.decodeUpdate(update));

/**
 * The same for what comes from elsewhere. Throws also when it decodes and yet no Yjs document could take it in: once
 * in the log, it would keep everybody from opening the document.
 */
export function readForeignUpdate(update: Uint8Array): ReadUpdate {
	const decoded = Y.decodeUpdate(update);
	for (const struct of decoded.structs) requireSound(struct);
	const read = spansOf(update, decoded);
	if (read.deletions.some(({ length }) => length < 1)) throw new Error('a deletion has no length');
	return read;
}

type Decoded = ReturnType<typeof Y.decodeUpdate>;

const spansOf = (update: Uint8Array, { structs, ds }: Decoded): ReadUpdate => ({
	update,
	structs: structs
		.filter((struct) => !(struct instanceof Y.Skip))
		.map((struct) => ({ client: struct.id.client, clock: struct.id.clock, length: struct.length })),
	deletions: [...ds.clients].flatMap(([client, ranges]) =>
		ranges.map(({ clock, len }) => ({ client, clock, length: len }))
	)
});

/** Yjs never writes an empty struct, nor one that stands on a later one of its own client; it trusts in both. */
function requireSound(struct: Decoded['structs'][number]): void {
	const { id, length } = struct;
	if (length < 1 || id.clock + length > Number.MAX_SAFE_INTEGER) throw new Error('a struct has no length');
	if (!(struct instanceof Y.Item)) return;
	for (const on of [struct.origin, struct.rightOrigin, struct.parent]) {
		if (on instanceof Y.ID && on.client === id.client && on.clock >= id.clock)
			throw new Error('a struct stands on a later one');
	}
}

export class Coverage {
	readonly #structs = new Map<number, RangeSet>();
	readonly #deletions = new Map<number, RangeSet>();

	/** Starts from a fold: its state vector, and the update that holds only its deletions. */
	addFold(stateVector: Uint8Array, deletions: Uint8Array): void {
		for (const [client, clock] of Y.decodeStateVector(stateVector))
			rangesOf(this.#structs, client).add(0, clock);
		for (const span of readUpdate(deletions).deletions) addSpan(this.#deletions, span);
	}

	add(read: ReadUpdate): void {
		for (const span of read.structs) addSpan(this.#structs, span);
		for (const span of read.deletions) addSpan(this.#deletions, span);
	}

	/** For whoever only asks for the state vector. */
	addStructs(read: ReadUpdate): void {
		for (const span of read.structs) addSpan(this.#structs, span);
	}

	/** Whether `read` holds anything that is not here yet. */
	isNews(read: ReadUpdate): boolean {
		return (
			read.structs.some((span) => !hasSpan(this.#structs, span)) ||
			read.deletions.some((span) => !hasSpan(this.#deletions, span))
		);
	}

	/**
	 * How much stands in the document, in Yjs clocks (a letter is one), and how much of that `read` would take away and
	 * add. Goes through everything: not for every change.
	 */
	weigh(read: ReadUpdate): { readonly stands: number; readonly goes: number; readonly comes: number } {
		return {
			stands: countOf(this.#structs) - countOf(this.#deletions),
			goes: missingOf(this.#deletions, read.deletions),
			comes: missingOf(this.#structs, read.structs)
		};
	}

	hasClient(client: number): boolean {
		return this.#structs.has(client);
	}

	/** Of all clients, or of `only` these. */
	stateVector(only?: Iterable<number>): Uint8Array {
		const entries: [number, number][] = [];
		for (const client of only ?? this.#structs.keys()) {
			const clock = this.#structs.get(client)?.solidEnd ?? 0;
			if (clock > 0) entries.push([client, clock]);
		}
		return encodeStateVector(entries);
	}
}

function encodeStateVector(entries: readonly (readonly [number, number])[]): Uint8Array {
	const encoder = encoding.createEncoder();
	encoding.writeVarUint(encoder, entries.length);
	for (const [client, clock] of entries) {
		encoding.writeVarUint(encoder, client);
		encoding.writeVarUint(encoder, clock);
	}
	return encoding.toUint8Array(encoder);
}

/** Whether a state vector names nobody: a client that has nothing yet. Throws when it is malformed. */
export function isEmptyStateVector(stateVector: Uint8Array): boolean {
	return decoding.readVarUint(decoding.createDecoder(stateVector)) === 0;
}

function rangesOf(sets: Map<number, RangeSet>, client: number): RangeSet {
	let ranges = sets.get(client);
	if (!ranges) sets.set(client, (ranges = new RangeSet()));
	return ranges;
}

const countOf = (sets: ReadonlyMap<number, RangeSet>): number =>
	[...sets.values()].reduce((sum, ranges) => sum + ranges.count, 0);

const missingOf = (sets: ReadonlyMap<number, RangeSet>, spans: readonly Span[]): number =>
	spans.reduce(
		(sum, { client, clock, length }) => sum + (sets.get(client)?.missing(clock, clock + length) ?? length),
		0
	);

const addSpan = (sets: Map<number, RangeSet>, { client, clock, length }: Span) =>
	rangesOf(sets, client).add(clock, clock + length);

const hasSpan = (sets: Map<number, RangeSet>, { client, clock, length }: Span) =>
	sets.get(client)?.has(clock, clock + length) ?? false;
