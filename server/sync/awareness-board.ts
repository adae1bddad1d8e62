import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { AWARENESS_BYTES_MAX, AWARENESS_CLIENTS_MAX } from '#lib/protocol/limits.ts';
import { MESSAGE } from '#lib/protocol/messages.ts';
import { ok, refuse, type Result } from '#lib/util/result.ts';

// Who is in a document and where their caret is, as text the server does not interpret. The latest state of each
// client is kept, and what changed is told to everybody in one frame per tick: relaying each message would be n².

export interface AwarenessEntry {
	readonly client: number;
	readonly clock: number;
	/** JSON; `null` when the client left. */
	readonly state: string;
}

interface Kept extends AwarenessEntry {
	/** The connection that spoke for it last. */
	readonly owner: object;
}

const GONE = 'null';

/** Beyond it, those who left longest ago are forgotten. Protects a document that is open for months. */
const ENTRIES_MAX = 4_000;

export type AwarenessRefused = {
	readonly code: 'awareness.too-large' | 'awareness.too-many';
	readonly sentence: string;
};

export class AwarenessBoard {
	readonly #states = new Map<number, Kept>();
	readonly #changed = new Set<number>();

	get hasChanges(): boolean {
		return this.#changed.size > 0;
	}

	/** Takes what is newer than what is known. Throws on bytes that are not an awareness update. */
	take(owner: object, bytes: Uint8Array): Result<void, AwarenessRefused> {
		const entries = readEntries(bytes);
		if (!entries.ok) return entries;
		for (const entry of entries.value) {
			const known = this.#states.get(entry.client);
			const isNewer =
				!known ||
				entry.clock > known.clock ||
				(entry.clock === known.clock && entry.state === GONE && known.state !== GONE);
			if (!isNewer || (entry.state === GONE && !known)) continue;
			if (!known && this.#countOf(owner) >= AWARENESS_CLIENTS_MAX) return refuse(tooMany);
			this.#states.set(entry.client, { ...entry, owner });
			this.#changed.add(entry.client);
		}
		return ok(undefined);
	}

	/** Says goodbye for every client that `owner` spoke for. */
	leave(owner: object): void {
		for (const kept of this.#states.values()) {
			if (kept.owner !== owner || kept.state === GONE) continue;
			this.#states.set(kept.client, { ...kept, clock: kept.clock + 1, state: GONE });
			this.#changed.add(kept.client);
		}
	}

	/** One frame with what changed since the last call. */
	takeFrame(): Uint8Array {
		const entries = [...this.#changed].flatMap((client) => this.#states.get(client) ?? []);
		this.#changed.clear();
		this.#forgetOldest();
		return encodeFrame(entries);
	}

	/** One frame with everybody who is here, or undefined when nobody is. */
	frameOfAll(): Uint8Array | undefined {
		const present = [...this.#states.values()].filter(({ state }) => state !== GONE);
		return present.length > 0 ? encodeFrame(present) : undefined;
	}

	/** Who left stays known for a while: an echo of their last state, still under way, must not bring them back. */
	#forgetOldest(): void {
		for (const { client, state } of this.#states.values()) {
			if (this.#states.size <= ENTRIES_MAX) return;
			if (state === GONE) this.#states.delete(client);
		}
	}

	#countOf(owner: object): number {
		let count = 0;
		for (const kept of this.#states.values()) if (kept.owner === owner && kept.state !== GONE) count++;
		return count;
	}
}

const tooMany: AwarenessRefused = {
	code: 'awareness.too-many',
	sentence: `One connection may show at most ${AWARENESS_CLIENTS_MAX} carets.`
};

function readEntries(bytes: Uint8Array): Result<readonly AwarenessEntry[], AwarenessRefused> {
	const decoder = decoding.createDecoder(bytes);
	const count = decoding.readVarUint(decoder);
	const entries: AwarenessEntry[] = [];
	for (let index = 0; index < count; index++) {
		const client = decoding.readVarUint(decoder);
		const clock = decoding.readVarUint(decoder);
		const state = decoding.readVarString(decoder);
		if (state.length > AWARENESS_BYTES_MAX) {
			return refuse({
				code: 'awareness.too-large',
				sentence: `A presence of ${state.length} characters is over the ${AWARENESS_BYTES_MAX} allowed.`
			});
		}
		JSON.parse(state); // Others will: what they cannot read must not reach them.
		entries.push({ client, clock, state });
	}
	return ok(entries);
}

function encodeFrame(entries: readonly AwarenessEntry[]): Uint8Array {
	const update = encoding.createEncoder();
	encoding.writeVarUint(update, entries.length);
	for (const { client, clock, state } of entries) {
		encoding.writeVarUint(update, client);
		encoding.writeVarUint(update, clock);
		encoding.writeVarString(update, state);
	}
	const frame = encoding.createEncoder();
	encoding.writeVarUint(frame, MESSAGE.awareness);
	encoding.writeVarUint8Array(frame, encoding.toUint8Array(update));
	return encoding.toUint8Array(frame);
}
