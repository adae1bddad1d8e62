import * as Y from 'yjs';
import { StorageLoad } from '../docs/origin.ts';
import type { KeptRow } from './device-store.ts';

// Rows of the device as documents. A disk may give back something else than it was given: a row that cannot be read
// is told apart, so that it does not take the rest of the document with it.

/** Puts what a row keeps into `doc`. Throws when the row is not what it was. */
export function applyRow(doc: Y.Doc, { update, encoding }: KeptRow): void {
	if (encoding === 2) Y.applyUpdateV2(doc, update);
	else Y.applyUpdate(doc, update);
}

export function putRows(doc: Y.Doc, rows: readonly KeptRow[]): void {
	doc.transact(() => rows.forEach((row) => applyRow(doc, row)), new StorageLoad());
}

/** A document of what can be read, before anybody listens to it, and the rows that cannot. */
export function docOfRows(rows: readonly KeptRow[]): {
	doc: Y.Doc;
	readable: readonly KeptRow[];
	unreadable: readonly KeptRow[];
} {
	const whole = new Y.Doc();
	try {
		putRows(whole, rows);
		return { doc: whole, readable: rows, unreadable: [] };
	} catch {
		whole.destroy(); // It may hold a row by half.
	}
	const { readable, unreadable } = sortRows(rows);
	const doc = new Y.Doc();
	putRows(doc, readable);
	return { doc, readable, unreadable };
}

/** Each is tried by itself: one that cannot be read must not be blamed on its neighbours. */
export function sortRows(rows: readonly KeptRow[]): {
	readable: readonly KeptRow[];
	unreadable: readonly KeptRow[];
} {
	const { readable = [], unreadable = [] } = Object.groupBy(rows, (row) =>
		isReadable(row) ? 'readable' : 'unreadable'
	);
	return { readable, unreadable };
}

function isReadable(row: KeptRow): boolean {
	const doc = new Y.Doc();
	try {
		applyRow(doc, row);
		return true;
	} catch {
		return false;
	} finally {
		doc.destroy();
	}
}

/** By way of a document: merging the updates themselves is quadratic. */
export function mergeRows(rows: readonly KeptRow[]): Uint8Array {
	const doc = new Y.Doc();
	doc.transact(() => rows.forEach((row) => applyRow(doc, row)));
	const update = Y.encodeStateAsUpdateV2(doc);
	doc.destroy();
	return update;
}
