import * as Y from 'yjs';
import { StorageLoad } from './origin.ts';

/**
 * The update that fills an empty document named `name` with what `fill` writes.
 *
 * The same name and the same writing give the same bytes on every device: two people who create the same
 * occurrence of a meeting while apart make one document, not two on top of each other. So `fill` must not ask
 * the clock or chance. Writing that differs gets a different author number and merges as two people's edits.
 */
export function seedUpdate(name: string, fill: (doc: Y.Doc) => void): Uint8Array {
	const draft = writtenBy(1, fill);
	return writtenBy(fnv1a([...new TextEncoder().encode(name), 0, ...draft]), fill);
}

function writtenBy(clientID: number, fill: (doc: Y.Doc) => void): Uint8Array {
	const doc = new Y.Doc();
	doc.clientID = clientID;
	doc.transact(() => fill(doc), new StorageLoad());
	const update = Y.encodeStateAsUpdate(doc);
	doc.destroy();
	return update;
}

/** 32-bit FNV-1a. Yjs draws its own author numbers from the same 32 bits. Not for secrets. */
export function fnv1a(bytes: Iterable<number>): number {
	let hash = 0x811c9dc5;
	for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
	return hash;
}
