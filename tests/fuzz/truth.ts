import * as decoding from 'lib0/decoding';
import * as Y from 'yjs';
import { MESSAGE, readAck, SYNC } from '#lib/protocol/messages.ts';
import type { Connection } from './network.ts';

// What is really so, known without asking the product: which Yjs structs and deletions are in the server's log, one
// by one. Everything that a server tells and an engine says of itself is held against it.

interface Span {
	readonly client: number;
	readonly clock: number;
	readonly length: number;
}

/** What an update brings, by identity. */
export interface Ids {
	readonly structs: readonly Span[];
	readonly deletions: readonly Span[];
}

export function idsOf(update: Uint8Array): Ids {
	const { structs, ds } = Y.decodeUpdate(update);
	return {
		structs: structs
			.filter((struct) => !(struct instanceof Y.Skip))
			.map((struct) => ({ client: struct.id.client, clock: struct.id.clock, length: struct.length })),
		deletions: [...ds.clients].flatMap(([client, ranges]) =>
			ranges.map(({ clock, len }) => ({ client, clock, length: len }))
		)
	};
}

export const idsOfDoc = (doc: Y.Doc): Ids => idsOf(Y.encodeStateAsUpdate(doc));

export class IdSet {
	readonly #structs = new Map<number, Set<number>>();
	readonly #deletions = new Map<number, Set<number>>();

	add({ structs, deletions }: Ids): void {
		for (const span of structs) addSpan(this.#structs, span);
		for (const span of deletions) addSpan(this.#deletions, span);
	}

	/** The first of `ids` that is not in, in words. */
	lack({ structs, deletions }: Ids): string | undefined {
		const struct = structs.find((span) => !hasSpan(this.#structs, span));
		if (struct) return `struct ${struct.client}:${struct.clock}+${struct.length}`;
		const deletion = deletions.find((span) => !hasSpan(this.#deletions, span));
		return deletion && `deletion of ${deletion.client}:${deletion.clock}+${deletion.length}`;
	}

	has(ids: Ids): boolean {
		return this.lack(ids) === undefined;
	}
}

function addSpan(sets: Map<number, Set<number>>, { client, clock, length }: Span): void {
	const known = sets.get(client) ?? new Set();
	sets.set(client, known);
	for (let at = clock; at < clock + length; at++) known.add(at);
}

function hasSpan(sets: Map<number, Set<number>>, { client, clock, length }: Span): boolean {
	const known = sets.get(client);
	if (!known) return false;
	for (let at = clock; at < clock + length; at++) if (!known.has(at)) return false;
	return true;
}

/** A change in a frame, or undefined when it bears none. */
export function changeIn(frame: Uint8Array): Uint8Array | undefined {
	const decoder = decoding.createDecoder(frame);
	if (decoding.readVarUint(decoder) !== MESSAGE.sync) return undefined;
	const kind = decoding.readVarUint(decoder);
	return kind === SYNC.step2 || kind === SYNC.update ? decoding.readVarUint8Array(decoder) : undefined;
}

/** How many changes a frame acknowledges, or undefined when it does not. */
function acknowledgedIn(frame: Uint8Array): number | undefined {
	const decoder = decoding.createDecoder(frame);
	return decoding.readVarUint(decoder) === MESSAGE.ack ? readAck(decoder).count : undefined;
}

/** Listens on the wires. Each complaint is a promise that the server broke. */
export class Truth {
	readonly log = new IdSet();
	readonly complaints: string[] = [];
	readonly #doc = new Y.Doc();
	readonly #checkedAcks = new WeakMap<Connection, number>();

	committed(update: Uint8Array): void {
		this.log.add(idsOf(update));
		Y.applyUpdate(this.#doc, update);
	}

	/** The server shows or acknowledges only what is in its log. */
	told(connection: Connection, frame: Uint8Array): void {
		const change = changeIn(frame);
		const lack = change && this.#lack(idsOf(change));
		if (lack) this.complaints.push(`the server shows ${lack}, which is not in its log`);
		const count = acknowledgedIn(frame);
		if (count !== undefined) this.#acknowledged(connection, count);
	}

	/** Of two who set one key of a map, one is deleted by whoever puts them together: no row of the log says so. */
	#lack(ids: Ids): string | undefined {
		if (this.log.has(ids)) return undefined;
		this.log.add(idsOfDoc(this.#doc));
		return this.log.lack(ids);
	}

	#acknowledged(connection: Connection, count: number): void {
		const changes = connection.arrived.flatMap((frame) => changeIn(frame) ?? []);
		if (count > changes.length)
			this.complaints.push(`the server acknowledges ${count} of ${changes.length} changes`);
		for (const change of changes.slice(this.#checkedAcks.get(connection) ?? 0, count)) {
			const lack = this.log.lack(idsOf(change));
			if (lack) this.complaints.push(`the server acknowledges ${lack}, which is not in its log`);
		}
		this.#checkedAcks.set(connection, count);
	}
}
