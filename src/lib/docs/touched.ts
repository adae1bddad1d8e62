import * as Y from 'yjs';

// What a transaction touched, in places a person would recognise: a field of a row, a paragraph, a whole row.
// The change list, the rings in the gutter and the counts on the pill are all made of these.

/**
 * A place in a document, as text:
 * `agenda/i7` (a row came or went), `agenda/i7/title` (one field), `meeting/facilitator` (a field of the
 * document), `notes.i7#12:5` (the block of prose whose Y item has client 12 and clock 5).
 */
export type Place = string;

/** Any Yjs type, seen only as something that hangs somewhere in a document. */
type SharedType = Pick<Y.XmlFragment, '_item' | 'doc'>;

/** Every place that `transaction` changed, each once, in no particular order. */
export function placesTouched(transaction: Y.Transaction): readonly Place[] {
	return [...authorsOfPlaces(transaction).keys()];
}

/** The same with the Yjs client numbers that added something there; none where something was only removed. */
export function authorsOfPlaces(transaction: Y.Transaction): ReadonlyMap<Place, ReadonlySet<number>> {
	const places = new Map<Place, Set<number>>();
	const add = (place: Place, clients: Iterable<number>) => {
		const known = places.get(place) ?? new Set();
		for (const client of clients) known.add(client);
		places.set(place, known);
	};
	for (const [type, keys] of transaction.changed) {
		const root = rootOf(type);
		const name = rootName(root);
		if (name === undefined || name === 'meta') continue;
		if (root instanceof Y.XmlFragment) {
			for (const { mark, clients } of blocksTouched(transaction, type)) add(`${name}${mark}`, clients);
		} else
			for (const key of keys)
				add(fieldPlace({ name, type, root, key }), fieldClients(transaction, type, key));
	}
	return places;
}

/** The block mark of a Y.XmlElement, as it stands after `#` in a place. */
export function blockIdOf(element: SharedType): string | undefined {
	const item = element._item;
	return item ? `${item.id.client}:${item.id.clock}` : undefined;
}

/** Splits a place into its root, row and field or block. */
export function parsePlace(place: Place): {
	readonly root: string;
	readonly row?: string;
	readonly field?: string;
	readonly block?: string;
} {
	const [path = '', block] = place.split('#');
	const [root = '', row, field] = path.split('/');
	return { root, ...(row ? { row } : {}), ...(field ? { field } : {}), ...(block ? { block } : {}) };
}

/** Who wrote a field as it stands: the Yjs client number and clock. Undefined when nothing does. */
export function itemOfField(
	doc: Y.Doc,
	{ root, row, field }: { root: string; row: string; field: string }
): Y.ID | undefined {
	const fields = doc.getMap<unknown>(root).get(row);
	const item = fields instanceof Y.Map ? fields._map.get(field) : undefined;
	return item && !item.deleted ? item.id : undefined;
}

/** The place of one key of a map: of a row, or of the document's own fields. Undefined for the schema version. */
export function placeOfKey(type: SharedType, key: string): Place | undefined {
	const root = rootOf(type);
	const name = rootName(root);
	return name === undefined || name === 'meta' ? undefined : fieldPlace({ name, type, root, key });
}

function fieldPlace(at: { name: string; type: SharedType; root: SharedType; key: string | null }): Place {
	const { name, type, root, key } = at;
	if (type === root) return key === null ? name : `${name}/${key}`;
	const row = topItem(type)?.parentSub;
	return key === null || topItem(type) !== type._item ? `${name}/${row}` : `${name}/${row}/${key}`;
}

/** Prose is counted by block: the nearest list item or table row, else the nearest line of its own. */
const LINES = new Set(['paragraph', 'heading', 'codeBlock', 'block', 'horizontalRule']);
const GROUPS = new Set(['listItem', 'taskItem', 'tableRow']);

function blockOf(type: SharedType): string | undefined {
	let line: SharedType | undefined;
	for (let at: SharedType | null = type; at?._item; at = at._item.parent as typeof at) {
		if (!(at instanceof Y.XmlElement)) continue;
		if (GROUPS.has(at.nodeName)) return blockIdOf(at);
		if (!line && LINES.has(at.nodeName)) line = at;
	}
	return line && blockIdOf(line);
}

interface TouchedBlock {
	/** Empty for the text as a whole. */
	readonly mark: string;
	readonly clients: readonly number[];
}

/** The blocks that changed below `type`: those that were added to it, or the one it stands in. */
function blocksTouched(transaction: Y.Transaction, type: SharedType): readonly TouchedBlock[] {
	const items = addedItems(transaction, type);
	const elements = items.flatMap(({ content }) => (content instanceof Y.ContentType ? content.type : []));
	const clients = items.map(({ id }) => id.client);
	if (!(type instanceof Y.XmlText) && elements.length > 0) {
		return elements.map((element) => ({ mark: markOf(element as SharedType), clients }));
	}
	return [{ mark: markOf(type), clients }];
}

function markOf(type: SharedType): string {
	const block = blockOf(type);
	return block ? `#${block}` : '';
}

/** Whether an item came with this transaction. */
export const isNew = (transaction: Y.Transaction, { client, clock }: Y.ID) =>
	clock >= (transaction.beforeState.get(client) ?? 0);

/** The items of a list-like type that this transaction brought and did not take away again. */
function addedItems(transaction: Y.Transaction, type: SharedType): readonly Y.Item[] {
	const added: Y.Item[] = [];
	for (let item = (type as Y.XmlFragment)._start; item; item = item.right) {
		if (!item.deleted && isNew(transaction, item.id)) added.push(item);
	}
	return added;
}

function fieldClients(transaction: Y.Transaction, type: SharedType, key: string | null): readonly number[] {
	const item = key === null ? undefined : (type as unknown as Y.Map<unknown>)._map.get(key);
	return item && isNew(transaction, item.id) ? [item.id.client] : [];
}

function rootOf(type: SharedType): SharedType {
	let at = type;
	while (at._item) at = at._item.parent as SharedType;
	return at;
}

function topItem(type: SharedType): Y.Item | undefined {
	let item = type._item;
	while (item) {
		const above: Y.Item | null = (item.parent as SharedType)._item;
		if (!above) return item;
		item = above;
	}
	return undefined;
}

function rootName(root: SharedType): string | undefined {
	for (const [name, type] of root.doc?.share ?? []) if ((type as SharedType) === root) return name;
	return undefined;
}
