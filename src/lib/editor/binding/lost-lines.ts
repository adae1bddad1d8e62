import * as Y from 'yjs';
import { isXmlElement, xmlTextFrom, type XmlRun } from '#lib/docs/prose-xml.ts';
import { idOf, leaveTrace, lettersOf, tracesOn, type Leaving } from './trace.ts';

// Whole lines that are lost when their surroundings are written anew: somebody made another list of a list, and the
// item that this person added meanwhile went with the old one. They are put where their neighbours went.

/** Writes words that have no place any more at the end. To be called in a transaction. */
export function putBackAtEnd(fragment: Y.XmlFragment, words: string): void {
	const paragraph = new Y.XmlElement('paragraph');
	paragraph.insert(0, [new Y.XmlText(words)]);
	fragment.insert(fragment.length, [paragraph]);
}

/** A line of this person's that nobody who took it away had seen. */
export interface LostLine {
	/** Itself, as it was. */
	readonly text: Y.XmlText;
	readonly runs: readonly XmlRun[];
	readonly leaving: Leaving;
	/** The text, in its new place, that stood before it; or behind it, when none stood before. */
	readonly by: Y.XmlText;
	readonly side: 'after' | 'before';
}

interface Scene {
	readonly transaction: Y.Transaction;
	readonly wasThere: (item: Y.Item) => boolean;
	/** The texts that stand. */
	readonly texts: readonly Y.XmlText[];
}

export function lostLines({ transaction, wasThere, texts }: Scene): readonly LostLine[] {
	const { clientID, store } = transaction.doc;
	const movedTo = new Map<string, Y.XmlText>();
	const knownUnder = new Map<string, { readonly seen: number; readonly near: Y.XmlText }>();
	for (const text of texts) {
		for (const [id, { under, seen }] of tracesOn(text)) {
			movedTo.set(id, text);
			if (!knownUnder.has(under)) knownUnder.set(under, { seen: seen[clientID] ?? 0, near: text });
		}
	}
	const counted = new Set<Y.XmlText>();
	return [...knownUnder].flatMap(([under, { seen, near }]) => {
		const element = goneElement(under, { transaction, store });
		if (!element) return [];
		// An item and its list may both be known to have gone.
		const held = textsThen(element, wasThere).filter((text) => !counted.has(text));
		for (const text of held) counted.add(text);
		const isLost = ({ client, clock }: Y.ID) => client === clientID && clock >= seen;
		return linesIn(held, { movedTo, near, isLost, wasThere });
	});
}

/** The element of that id if this transaction took it away. */
function goneElement(
	under: string,
	{ transaction, store }: { transaction: Y.Transaction; store: Y.Doc['store'] }
): Y.XmlElement | undefined {
	const [client = Number.NaN, clock = Number.NaN] = under.split(':').map(Number);
	if (!Number.isSafeInteger(client) || clock >= Y.getState(store, client)) return undefined;
	if (!Y.isDeleted(transaction.deleteSet, Y.createID(client, clock))) return undefined;
	const item = Y.getItem(store, Y.createID(client, clock));
	const type: unknown =
		item instanceof Y.Item && item.content instanceof Y.ContentType ? item.content.type : undefined;
	return isXmlElement(type) ? type : undefined;
}

/** The texts that an element held before this transaction, in order. */
function textsThen(element: Y.XmlElement, wasThere: (item: Y.Item) => boolean): readonly Y.XmlText[] {
	const texts: Y.XmlText[] = [];
	for (let item = element._start; item; item = item.right) {
		if (!(item.content instanceof Y.ContentType) || !wasThere(item)) continue;
		const { type } = item.content;
		if (type instanceof Y.XmlText) texts.push(type);
		else if (isXmlElement(type)) texts.push(...textsThen(type, wasThere));
	}
	return texts;
}

interface Sight {
	readonly movedTo: ReadonlyMap<string, Y.XmlText>;
	/** Some text that came from there: where to go when no neighbour is left. */
	readonly near: Y.XmlText;
	readonly isLost: (id: Y.ID) => boolean;
	readonly wasThere: (item: Y.Item) => boolean;
}

function linesIn(
	texts: readonly Y.XmlText[],
	{ movedTo, near, isLost, wasThere }: Sight
): readonly LostLine[] {
	const place = (text: Y.XmlText) => text._item && movedTo.get(idOf(text._item.id));
	const first = texts.map(place).find((text) => text instanceof Y.XmlText);
	const lines: LostLine[] = [];
	let by: Y.XmlText | undefined;
	for (const text of texts) {
		const moved = place(text);
		if (moved) by = moved;
		if (moved || !text._item || !isLost(text._item.id)) continue;
		const runs = runsThen(text, wasThere);
		const leaving = leavingThen(text, wasThere);
		// An empty line is worth keeping when somebody else's words are looking for it.
		if (runs.length === 0 && leaving.traces.size === 0) continue;
		lines.push({ text, runs, leaving, by: by ?? first ?? near, side: by || !first ? 'after' : 'before' });
	}
	return lines;
}

function leavingThen(text: Y.XmlText, wasThere: (item: Y.Item) => boolean): Leaving {
	const letters = lettersOf(text, wasThere);
	const words = letters.map((letter) => letter.text).join('');
	const id = text._item ? idOf(text._item.id) : '';
	// Nobody else had a hand in it: whoever wrote into it meanwhile was not seen.
	return { id, letters, words, seen: {}, under: id, traces: tracesOn(text, wasThere) };
}

/** The runs of a text before this transaction, with their marks. */
function runsThen(text: Y.XmlText, wasThere: (item: Y.Item) => boolean): readonly XmlRun[] {
	const runs: XmlRun[] = [];
	let attributes: Record<string, unknown> = {};
	for (let item = text._start; item; item = item.right) {
		if (!wasThere(item)) continue;
		if (item.content instanceof Y.ContentString) runs.push({ insert: item.content.str, attributes });
		if (item.content instanceof Y.ContentFormat)
			attributes = { ...attributes, [item.content.key]: item.content.value };
	}
	return runs.map(({ insert, attributes: all = {} }) => ({
		insert,
		attributes: Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null))
	}));
}

const ITEMS = ['listItem', 'taskItem'];

/** Puts lost lines back, in their order; at the end when their place has gone as well. To be called in a transaction. */
export function putBackLines(fragment: Y.XmlFragment, lines: readonly LostLine[]): void {
	for (const { runs, leaving, by, side } of inTurn(lines)) {
		const line: unknown = by.parent;
		const item: unknown = isXmlElement(line) ? line.parent : undefined;
		const paragraph = new Y.XmlElement('paragraph');
		const text = xmlTextFrom(runs);
		paragraph.insert(0, [text]);
		if (!isXmlElement(line) || by._item?.deleted) fragment.insert(fragment.length, [paragraph]);
		else if (isXmlElement(item) && ITEMS.includes(item.nodeName)) {
			const sibling = new Y.XmlElement(item.nodeName);
			sibling.insert(0, [paragraph]);
			insertBy(item, sibling, side);
		} else insertBy(line, paragraph, side);
		if (text.doc) leaveTrace(text, leaving, lettersOf(text));
	}
}

/** Lines behind one place go in from the last to the first, so that they end up in order. */
const inTurn = (lines: readonly LostLine[]): readonly LostLine[] => [
	...lines.filter((line) => line.side === 'before'),
	...lines.filter((line) => line.side === 'after').reverse()
];

function insertBy(neighbour: Y.XmlElement, made: Y.XmlElement, where: 'after' | 'before'): void {
	const parent = neighbour.parent as Y.XmlFragment | null;
	const index = (parent?.toArray() as unknown[] | undefined)?.indexOf(neighbour) ?? -1;
	if (index >= 0) parent?.insert(where === 'after' ? index + 1 : index, [made]);
}
