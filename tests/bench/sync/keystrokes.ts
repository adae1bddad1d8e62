import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';

// Updates as Yjs makes them when somebody types, written without a document.

/** Content of an item: text. With the bit for “after something”. */
const STRING = 4;
const HAS_ORIGIN = 0x80;
const ROOT = 't';

/** `text` typed by `client` as its `clock`-th character, after the one before. */
export function keystroke(client: number, clock: number, text = 'x'): Uint8Array {
	const encoder = encoding.createEncoder();
	for (const count of [1, 1, client, clock]) encoding.writeVarUint(encoder, count);
	if (clock === 0) {
		encoding.writeUint8(encoder, STRING);
		encoding.writeVarUint(encoder, 1);
		encoding.writeVarString(encoder, ROOT);
	} else {
		encoding.writeUint8(encoder, STRING | HAS_ORIGIN);
		encoding.writeVarUint(encoder, client);
		encoding.writeVarUint(encoder, clock - 1);
	}
	encoding.writeVarString(encoder, text);
	encoding.writeVarUint(encoder, 0);
	return encoding.toUint8Array(encoder);
}

export interface Typed {
	readonly client: number;
	readonly clock: number;
	readonly length: number;
}

/** Which characters an update holds. */
export const typedIn = (update: Uint8Array): readonly Typed[] =>
	Y.decodeUpdate(update)
		.structs.filter((struct) => struct instanceof Y.Item)
		.map(({ id, length }) => ({ client: id.client, clock: id.clock, length }));

/** The same, decoded once for all who get the same bytes. */
export function createTypedReader(): (update: Buffer) => readonly Typed[] {
	let known = new Map<string, readonly Typed[]>();
	return (update) => {
		const key = update.toString('latin1');
		let typed = known.get(key);
		if (!typed) {
			if (known.size > 500) known = new Map();
			known.set(key, (typed = typedIn(update)));
		}
		return typed;
	};
}
