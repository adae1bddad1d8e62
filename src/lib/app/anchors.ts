import * as Y from 'yjs';
import { plainText, rangeOf } from '../docs/anchor.ts';
import { rootNames, rootOf } from '../docs/roots.ts';
import type { Place } from '../docs/touched.ts';
import { isTextAnchor, type Anchor } from '../kinds/comments/schema.ts';
import { byCodeUnit } from '../util/order.ts';

// Where in a document the things stand that people comment on, whatever its kind: by the rules that all documents
// keep. Records stand in maps by their id, texts are roots that are named after their record.

/** Where something commented on stands now. */
export interface AnchorStanding {
	/** The words are gone, or the record is removed. */
	readonly isDetached: boolean;
	/** The record that it is, or whose text it is in. */
	readonly row: string | undefined;
	/** For sorting, as things come in the document. */
	readonly order: string;
	/** Letters of the text before it. */
	readonly start: number;
}

export function standingOfAnchor(doc: Y.Doc, anchor: Anchor, quote: string): AnchorStanding {
	const row = rowOfAnchor(doc, anchor);
	const fields = row === undefined ? undefined : fieldsOf(doc, row);
	const said: unknown = fields?.get('order');
	const order = typeof said === 'string' ? said : '';
	const isRemoved = fields?.has('removedAt') ?? false;
	if (!isTextAnchor(anchor)) return { isDetached: !fields || isRemoved, row, order, start: 0 };
	const text = rootOf(doc, anchor.root);
	const range = text?.is === 'text' ? rangeOf(plainText(text.text), { ...anchor, quote }) : undefined;
	return { isDetached: !range || isRemoved, row, order, start: range?.start ?? 0 };
}

export const byStanding = (a: AnchorStanding, b: AnchorStanding): number =>
	Number(a.isDetached) - Number(b.isDetached) ||
	byCodeUnit(a.order, b.order) ||
	byCodeUnit(a.row ?? '', b.row ?? '') ||
	a.start - b.start;

/** The record that an anchor is about. Undefined for a text that is of none. */
export function rowOfAnchor(doc: Y.Doc, anchor: Anchor): string | undefined {
	if (!isTextAnchor(anchor)) return anchor.row;
	const { root } = anchor;
	const [first, last] = [root.indexOf('.'), root.lastIndexOf('.')];
	return [root.slice(first + 1), root.slice(0, Math.max(0, last))].find((row) => fieldsOf(doc, row));
}

/** The root that a record stands under. */
export const rootOfRow = (doc: Y.Doc, row: string): string | undefined =>
	rootNames(doc).find((name) => {
		const root = rootOf(doc, name);
		return root?.is === 'map' && root.map.get(row) instanceof Y.Map;
	});

export const placeOfAnchor = (anchor: Anchor): Place =>
	isTextAnchor(anchor)
		? anchor.root
		: `${anchor.root}/${anchor.row}${anchor.field === undefined ? '' : `/${anchor.field}`}`;

function fieldsOf(doc: Y.Doc, row: string): Y.Map<unknown> | undefined {
	const root = rootOfRow(doc, row);
	return root === undefined ? undefined : (doc.getMap(root).get(row) as Y.Map<unknown>);
}
