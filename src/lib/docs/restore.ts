import * as Y from 'yjs';
import { isSameValue, plainOf, rootNames, rootOf } from './roots.ts';
import { alignPieces, stepsBetween, wordsIn, type Piece } from './sequence.ts';
import { blockIdOf } from './touched.ts';
import { isXmlElement, mergedRuns, runsOf, xmlFrom, xmlValueOf, type XmlRun } from './prose-xml.ts';

// Brings back what a document said, as a new change: only what differs is written, field by field and word by word, so
// that what others write meanwhile merges with it, and nothing of the past is rewritten. All of it writes at once: the
// caller wraps it in one transaction with an origin. `past` is an earlier state of the same document, of its schema.

export interface Past {
	readonly past: Y.Doc;
	/** ISO instant: when what did not exist then counts as removed. */
	readonly at: string;
}

/** Given by the server, once and for good; nothing of a person's to take back. */
const SERVERS_OWN = new Set(['number']);

/** Everything: each record, each field of the document, each text. */
export function restoreAll(doc: Y.Doc, { past, at }: Past): void {
	for (const root of new Set([...rootNames(past), ...rootNames(doc)])) {
		const [then, now] = [rootOf(past, root), rootOf(doc, root)];
		if ((then ?? now)?.is === 'text') restoreText(doc, { past, root });
		else {
			const keys = [then, now].flatMap((side) => (side?.is === 'map' ? [...side.map.keys()] : []));
			for (const row of new Set(keys)) restoreRow(doc, { past, at, root, row });
		}
	}
}

/**
 * One record, or one field of the document itself. A record that was removed since comes back; one that did not exist
 * then is removed softly. Its texts are roots of their own: `restoreText`.
 */
export function restoreRow(
	doc: Y.Doc,
	{ past, at, root, row }: Past & { readonly root: string; readonly row: string }
): void {
	const thenRoot = rootOf(past, root);
	const then = thenRoot?.is === 'map' ? thenRoot.map.get(row) : undefined;
	const rows = doc.getMap<unknown>(root);
	const now = rows.get(row);
	if (then === undefined) {
		if (!(now instanceof Y.Map)) rows.delete(row);
		else if (!now.has('removedAt')) now.set('removedAt', at);
	} else if (!(then instanceof Y.Map)) {
		const value = plainOf(then);
		if (!isSameValue(plainOf(now), value)) rows.set(row, value);
	} else if (now instanceof Y.Map) restoreFields(now, then);
	else rows.set(row, new Y.Map([...then].map(([field, value]) => [field, plainOf(value)])));
}

function restoreFields(now: Y.Map<unknown>, then: Y.Map<unknown>): void {
	for (const field of new Set([...then.keys(), ...now.keys()])) {
		if (SERVERS_OWN.has(field)) continue;
		const value = plainOf(then.get(field));
		if (value === undefined) now.delete(field);
		else if (!isSameValue(plainOf(now.get(field)), value)) now.set(field, value);
	}
}

/** One text. Blocks that are as they were stay the same blocks. */
export function restoreText(
	doc: Y.Doc,
	{ past, root }: { readonly past: Y.Doc; readonly root: string }
): void {
	const then = rootOf(past, root);
	restoreChildren(doc.getXmlFragment(root), then?.is === 'text' ? then.text.toArray() : []);
}

/**
 * One passage: the block that is called `block` (`blockIdOf`), at the top of its text. It becomes what it was, comes
 * back to where it stood, or goes when it was not there.
 */
export function restorePassage(
	doc: Y.Doc,
	{ past, root, block }: { readonly past: Y.Doc; readonly root: string; readonly block: string }
): void {
	const thenRoot = rootOf(past, root);
	const then = thenRoot?.is === 'text' ? thenRoot.text.toArray() : [];
	const text = doc.getXmlFragment(root);
	const [now, old] = [text.toArray().map(pieceOf), then.map(pieceOf)];
	const target = old.findIndex(({ id }) => id === block);
	if (target < 0) {
		const known = now.findIndex(({ id }) => id === block);
		if (known >= 0) text.delete(known, 1);
		return;
	}
	const pairs = alignPieces(now, old);
	const partner = pairs.find(([, index]) => index === target)?.[0];
	if (partner !== undefined) restorePiece(text.get(partner), then[target]);
	else {
		const before = pairs.findLast(([, index]) => index < target)?.[0];
		insertCopy(text, before === undefined ? 0 : before + 1, then[target]);
	}
}

type Parent = Y.XmlFragment;

function restoreChildren(parent: Parent, then: readonly unknown[]): void {
	const now = parent.toArray().map(pieceOf);
	const partnerOf = new Map(alignPieces(now, then.map(pieceOf)).map(([from, to]) => [to, from]));
	let [place, passed] = [0, 0];
	for (const [index, child] of then.entries()) {
		const partner = partnerOf.get(index);
		if (partner === undefined) {
			place += insertCopy(parent, place, child);
			continue;
		}
		if (partner > passed) parent.delete(place, partner - passed);
		restorePiece(parent.get(place), child);
		place += 1;
		passed = partner + 1;
	}
	if (now.length > passed) parent.delete(place, now.length - passed);
}

/** Gives how many children that made: what is of no sort that prose knows cannot be copied. */
function insertCopy(parent: Parent, place: number, child: unknown): number {
	const value = xmlValueOf(child);
	if (!value) return 0;
	parent.insert(place, [xmlFrom(value)]);
	return 1;
}

/** The same thing is of the same sort and name: those never change. */
function restorePiece(now: unknown, then: unknown): void {
	if (contentOf(now) === contentOf(then)) return;
	if (now instanceof Y.XmlText && then instanceof Y.XmlText) restoreLine(now, then);
	else if (isXmlElement(now) && isXmlElement(then)) {
		restoreAttributes(now, then);
		restoreChildren(now, then.toArray());
	}
}

function restoreAttributes(now: Y.XmlElement, then: Y.XmlElement): void {
	const wanted = then.getAttributes() as Record<string, unknown>;
	const present = now.getAttributes() as Record<string, unknown>;
	for (const name of new Set([...Object.keys(wanted), ...Object.keys(present)])) {
		const value = plainOf(wanted[name]);
		if (value === undefined) now.removeAttribute(name);
		// Yjs declares attributes as strings and keeps any JSON value.
		else if (!isSameValue(plainOf(present[name]), value)) now.setAttribute(name, value as string);
	}
}

function restoreLine(now: Y.XmlText, then: Y.XmlText): void {
	const units = [runsOf(now), runsOf(then)].flatMap((runs) => runs.flatMap(unitsOf));
	const byKey = new Map(units.map((unit) => [keyOf(unit), unit]));
	const keysOf = (text: Y.XmlText) => runsOf(text).flatMap(unitsOf).map(keyOf);
	const delta = stepsBetween(keysOf(now), keysOf(then)).flatMap(({ is, units: keys }): readonly Delta[] => {
		const run = keys.flatMap((key) => byKey.get(key) ?? []);
		if (is === 'added') return mergedRuns(run);
		const length = run.reduce((sum, { insert }) => sum + (typeof insert === 'string' ? insert.length : 1), 0);
		return [is === 'kept' ? { retain: length } : { delete: length }];
	});
	now.applyDelta(delta);
}

type Delta = XmlRun | { readonly retain: number } | { readonly delete: number };

const unitsOf = ({ insert, attributes = {} }: XmlRun): readonly XmlRun[] =>
	typeof insert === 'string'
		? wordsIn(insert).map((word) => ({ insert: word, attributes }))
		: [{ insert, attributes }];

const keyOf = (unit: XmlRun): string => JSON.stringify([unit.insert, unit.attributes]);

const pieceOf = (child: unknown): Piece => ({
	id: (child instanceof Y.AbstractType ? blockIdOf(child as Y.XmlElement) : undefined) ?? '',
	content: contentOf(child)
});

const contentOf = (child: unknown): string => JSON.stringify(xmlValueOf(child) ?? null);
