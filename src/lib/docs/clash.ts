import * as Y from 'yjs';
import { isXmlElement } from './prose-xml.ts';
import { isNew, parsePlace, placeOfKey, type Place } from './touched.ts';

// What two people did to one single thing while they were apart. A merge keeps one of two values and both of two
// sentences; nothing of the other is lost as long as somebody is shown it.

/** One value that both changed: the document holds one of them, and this both. */
export interface ValueClash {
	readonly is: 'value';
	readonly place: Place;
	/** Plain values; undefined where somebody cleared the field. */
	readonly mine: unknown;
	readonly theirs: unknown;
	/** Which one the document holds now. */
	readonly shows: 'mine' | 'theirs';
	/** Yjs client numbers of the others. */
	readonly clients: readonly number[];
}

/** A row that one removed while the other edited it. It is removed now. */
export interface RemovedClash {
	readonly is: 'removed';
	/** Of the row: `agenda/i7`. */
	readonly place: Place;
	/** Who removed it. */
	readonly by: 'me' | 'them';
	readonly clients: readonly number[];
}

/** A block of prose that both edited. Both edits are in it. */
export interface TextClash {
	readonly is: 'text';
	readonly place: Place;
	/** As it was on this device. */
	readonly mine: string;
	/** As it is now. Empty when the block is gone. */
	readonly merged: string;
	readonly clients: readonly number[];
}

export type Clash = ValueClash | RemovedClash | TextClash;

/**
 * The values that `transaction`, which brought what others did, and this device both changed; and the rows that one
 * side removed and the other edited. `kept`: the places of this device's changes that nobody else had seen.
 *
 * To be called while the transaction is being finished (`afterTransaction`): what it replaced can still be read then.
 */
export function clashesIn(
	transaction: Y.Transaction,
	kept: ReadonlySet<Place>
): readonly (ValueClash | RemovedClash)[] {
	const clashes: (ValueClash | RemovedClash)[] = [];
	for (const [type, keys] of transaction.changed) {
		if (!(type instanceof Y.Map)) continue;
		for (const key of keys) {
			const place = key === null ? undefined : placeOfKey(type as Y.Map<unknown>, key);
			if (key === null || place === undefined) continue;
			const clash = isMine(place, kept)
				? valueClash(transaction, { type: type as Y.Map<unknown>, key, place })
				: removedByThem(transaction, { type: type as Y.Map<unknown>, key, place, kept });
			if (clash) clashes.push(clash);
		}
	}
	return [...clashes, ...removedByMe(transaction, kept)];
}

/** What differs on any two devices, and nobody typed: where a new row stands, who made it and when, what they saw. */
const STAMP = /^(order|seen|.*(At|By))$/;

/**
 * Whether this device wrote it. What a new row began with counts too, when another device has made a row of that name
 * as well: a KPI that two people set up, a commentary that two begin.
 */
function isMine(place: Place, kept: ReadonlySet<Place>): boolean {
	if (kept.has(place)) return true;
	const { root, row, field } = parsePlace(place);
	return field !== undefined && !STAMP.test(field) && kept.has(`${root}/${row}`);
}

function valueClash(
	transaction: Y.Transaction,
	{ type, key, place }: { type: Y.Map<unknown>; key: string; place: Place }
): ValueClash | undefined {
	const current = type._map.get(key);
	const chain = chainOf(current);
	const mineItem = chain.find(({ id }) => !isNew(transaction, id));
	const news = chain.filter(({ id }) => isNew(transaction, id));
	// What they wrote and cleared again themselves: it stands last and is deleted, or cannot be read any more.
	const isCleared = current !== undefined && current.deleted && isNew(transaction, current.id);
	const theirItem = isCleared ? undefined : news.find(({ content }) => isReadable(content));
	const isMineGone =
		mineItem !== undefined && mineItem.deleted && !Y.isDeleted(transaction.deleteSet, mineItem.id);
	const mine = mineItem && !isMineGone ? valueOf(mineItem.content) : undefined;
	const theirs = theirItem ? valueOf(theirItem.content) : undefined;
	if (JSON.stringify(mine) === JSON.stringify(theirs)) return undefined;
	if (typeof mine === 'symbol' || typeof theirs === 'symbol') return undefined; // A row as such, not a value.
	const now = current && !current.deleted ? valueOf(current.content) : undefined;
	const shows = JSON.stringify(now) === JSON.stringify(mine) ? 'mine' : 'theirs';
	return { is: 'value', place, mine, theirs, shows, clients: clientsOf(news) };
}

/** They removed the row while this device edited a field of it, or a text that is named after it. */
function removedByThem(
	transaction: Y.Transaction,
	at: { type: Y.Map<unknown>; key: string; place: Place; kept: ReadonlySet<Place> }
): RemovedClash | undefined {
	const { root, row, field } = parsePlace(at.place);
	const item = at.type._map.get(at.key);
	if (field !== 'removedAt' || !item || item.deleted || !isNew(transaction, item.id)) return undefined;
	const isEdited = [...at.kept].some((place) => isOfRow(place, { root, row: row ?? '' }));
	const place = `${root}/${row}`;
	return isEdited ? { is: 'removed', place, by: 'them', clients: [item.id.client] } : undefined;
}

/** This device removed rows that the others went on editing. */
function removedByMe(transaction: Y.Transaction, kept: ReadonlySet<Place>): readonly RemovedClash[] {
	const removed = [...kept].map(parsePlace).filter(({ field }) => field === 'removedAt');
	return removed.flatMap(({ root, row = '' }) => {
		const rows = transaction.doc.getMap<unknown>(root);
		const fields = rows.get(row);
		if (!(fields instanceof Y.Map) || !fields.has('removedAt')) return [];
		const clients = [...transaction.changed].flatMap(([type, keys]) =>
			isEditOf(type as object, keys, { fields, row })
				? newClientsBelow(transaction, type as object, keys)
				: []
		);
		return clients.length > 0
			? [{ is: 'removed' as const, place: `${root}/${row}`, by: 'me' as const, clients }]
			: [];
	});
}

function isEditOf(
	type: object,
	keys: ReadonlySet<string | null>,
	{ fields, row }: { fields: Y.Map<unknown>; row: string }
): boolean {
	if (type === fields) return [...keys].some((key) => key !== 'removedAt');
	const root = rootNameOf(type as Y.AbstractType<unknown>);
	return type !== fields && root !== undefined && isNamedAfter(root, row);
}

function newClientsBelow(
	transaction: Y.Transaction,
	type: object,
	keys: ReadonlySet<string | null>
): readonly number[] {
	const map = (type as Y.Map<unknown>)._map;
	const ofKeys = [...keys].flatMap((key) => (key === null ? [] : (map.get(key) ?? [])));
	const first = (type as unknown as { _start: Y.Item | null })._start;
	const items: Y.Item[] = [...ofKeys];
	for (let item = first; item; item = item.right) items.push(item);
	return clientsOf(items.filter(({ id }) => isNew(transaction, id)));
}

const clientsOf = (items: readonly Y.Item[]): readonly number[] => [
	...new Set(items.map(({ id }) => id.client))
];

/** A text is a row's own when its root carries the row's name: `notes.i7`, `d3.context`. */
const isNamedAfter = (root: string, row: string): boolean => root.split('.').includes(row);

function isOfRow(place: Place, at: { root: string; row: string }): boolean {
	const { root, row, field } = parsePlace(place);
	if (root === at.root && row === at.row) return field !== 'removedAt' && field !== undefined;
	return isNamedAfter(root, at.row);
}

/** What stands and stood under one key, the latest first. */
function chainOf(current: Y.Item | undefined): readonly Y.Item[] {
	const chain: Y.Item[] = [];
	for (let item: Y.Item | null = current ?? null; item; item = item.left) chain.push(item);
	return chain;
}

const isReadable = (content: unknown): boolean => !(content instanceof Y.ContentDeleted);

const UNREADABLE = Symbol('a shared type');

function valueOf(content: unknown): unknown {
	return content instanceof Y.ContentAny || content instanceof Y.ContentJSON
		? content.arr.at(-1)
		: UNREADABLE;
}

function rootNameOf(type: Y.AbstractType<unknown>): string | undefined {
	let root: { readonly _item: Y.Item | null } = type;
	while (root._item) root = root._item.parent as typeof root;
	for (const [name, shared] of type.doc?.share ?? []) if ((shared as unknown) === root) return name;
	return undefined;
}

/** What the blocks among `places` say, by place. To be taken before others' changes come in. */
export function textsOf(doc: Y.Doc, places: Iterable<Place>): ReadonlyMap<Place, string> {
	const texts = new Map<Place, string>();
	for (const place of places) {
		const { block } = parsePlace(place);
		if (block !== undefined) texts.set(place, textOfBlock(doc, block) ?? '');
	}
	return texts;
}

/** The block that has a mark (`blockIdOf`). Undefined when it is not there any more. */
export function blockWith(doc: Y.Doc, block: string): Y.XmlElement | undefined {
	const [client = NaN, clock = NaN] = block.split(':').map(Number);
	if (!(Y.getState(doc.store, client) > clock)) return undefined;
	const item = Y.getItem(doc.store, Y.createID(client, clock)) as Y.Item | Y.GC;
	if (!(item instanceof Y.Item) || item.deleted || !(item.content instanceof Y.ContentType)) return undefined;
	const { type } = item.content;
	return isXmlElement(type) ? type : undefined;
}

/** The words of one block, by its mark. Undefined when it is not there any more. */
export function textOfBlock(doc: Y.Doc, block: string): string | undefined {
	const element = blockWith(doc, block);
	return element && wordsIn(element);
}

function wordsIn(element: Y.XmlElement): string {
	return element
		.toArray()
		.map((child) => {
			if (child instanceof Y.XmlText) return textIn(child);
			return isXmlElement(child) ? wordsIn(child) : '';
		})
		.join(' ')
		.trim();
}

const textIn = (text: Y.XmlText): string =>
	(text.toDelta() as { insert: unknown }[])
		.map(({ insert }) => (typeof insert === 'string' ? insert : ''))
		.join('');
