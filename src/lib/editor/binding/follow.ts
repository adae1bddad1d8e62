import * as Y from 'yjs';
import { isXmlElement } from '#lib/docs/prose-xml.ts';
import { lostLines, type LostLine } from './lost-lines.ts';
import { copiesIn, idOf, lettersOf, tracesOn, type Letter, type Trace } from './trace.ts';

// What comes of the traces when somebody else's edit arrives: this person's caret goes along with its line, what they
// typed into a line that was written anew meanwhile is put into the new one, and a line that two people wrote anew at
// once becomes one again. Each person's editor puts back what that person typed and nothing else, so it comes once.

/** One text that was written anew elsewhere. */
export interface Move {
	/** Where the caret that stood behind a letter of the old text goes. */
	placeOf(letter: Y.ID): Y.RelativePosition | undefined;
	/** What is missing in the new text, from the last to the first. */
	readonly missing: readonly Missing[];
	/** A line that is this one once more, to be taken away. */
	readonly twin?: Y.XmlElement;
}

export interface Missing {
	readonly text: string;
	readonly at: Y.RelativePosition;
	/** The letter it ends with, as it was in the old text. */
	readonly last: Y.ID;
}

/** What somebody else's edit did to lines of this person. */
export interface Aftermath {
	readonly moves: readonly Move[];
	/** Lines that were lost with what stood around them. */
	readonly lines: readonly LostLine[];
}

export const NO_AFTERMATH: Aftermath = { moves: [], lines: [] };

/**
 * Texts with letters of this person that went and left no trace, by their ids. Whoever took one away may have lost it
 * themselves and put it back a moment later: then its letters are still known.
 */
export type Orphans = Map<string, readonly Letter[]>;

/** More than these are not remembered. */
const ORPHANS_MAX = 50;

/** What `transaction`, which is somebody else's, wrote anew in `fragment`. */
export function aftermathOf(
	fragment: Y.XmlFragment,
	transaction: Y.Transaction,
	orphans: Orphans
): Aftermath {
	const gone = goneTexts(fragment, transaction);
	const fresh = freshTexts(fragment, transaction);
	if (gone.size === 0 && fresh.length === 0) return NO_AFTERMATH;
	const texts = textsOf(fragment);
	const wasThere = wasThereBefore(transaction);
	for (const [id, text] of gone) orphans.set(id, lettersOf(text, wasThere));
	const moves: Move[] = [];
	for (const text of texts) {
		for (const [id, trace] of tracesOn(text)) {
			const letters = orphans.get(id);
			if (letters) moves.push(moveFrom(letters, { text, trace, transaction }));
			orphans.delete(id);
		}
	}
	const { clientID } = transaction.doc;
	for (const [id, letters] of orphans) {
		const isMine = letters.some((letter) => letter.id.client === clientID);
		if (!isMine || orphans.size > ORPHANS_MAX) orphans.delete(id);
	}
	const twins = fresh.flatMap((text) => twinsOf(text, texts, clientID));
	const lost = gone.size > 0 ? lostLines({ transaction, texts, wasThere }) : [];
	const folded = lost.map((line) => foldOf(line, texts));
	return {
		moves: [...moves, ...twins, ...folded.filter((move) => move !== undefined)],
		lines: lost.filter((_, at) => folded[at] === undefined)
	};
}

/** A lost line that stands elsewhere already, because somebody else moved the same one, is put into that. */
function foldOf({ text, leaving }: LostLine, texts: readonly Y.XmlText[]): Move | undefined {
	for (const target of texts) {
		if (target === text) continue;
		for (const [id, trace] of tracesOn(target)) {
			const own = leaving.traces.get(id);
			if (own) return twinMove(leaving.letters, own, { text: target, trace });
		}
	}
	return undefined;
}

/** What stood before the transaction, also when it was taken away by it. */
const wasThereBefore = (transaction: Y.Transaction) => (item: Y.Item) =>
	isOld(item.id, transaction) && (!item.deleted || Y.isDeleted(transaction.deleteSet, item.id));

function goneTexts(fragment: Y.XmlFragment, transaction: Y.Transaction): ReadonlyMap<string, Y.XmlText> {
	const gone = new Map<string, Y.XmlText>();
	Y.iterateDeletedStructs(transaction, transaction.deleteSet, (item) => {
		if (!(item instanceof Y.Item) || !(item.content instanceof Y.ContentType)) return;
		const { type } = item.content;
		if (type instanceof Y.XmlText && isOld(item.id, transaction) && rootOf(type) === fragment)
			gone.set(idOf(item.id), type);
	});
	return gone;
}

const isOld = ({ client, clock }: Y.ID, transaction: Y.Transaction): boolean =>
	clock < (transaction.beforeState.get(client) ?? 0);

function rootOf(type: Y.XmlText): unknown {
	let at: { _item: Y.Item | null } = type;
	while (at._item) at = at._item.parent as typeof at;
	return at;
}

/** Texts that got their first traces of something in this transaction. */
function freshTexts(fragment: Y.XmlFragment, transaction: Y.Transaction): readonly Y.XmlText[] {
	if ([...transaction.afterState].every(([client, clock]) => clock === transaction.beforeState.get(client)))
		return [];
	return textsOf(fragment).filter(
		(text) => text._item && !isOld(text._item.id, transaction) && tracesOn(text).size > 0
	);
}

function textsOf(fragment: Y.XmlFragment): readonly Y.XmlText[] {
	const walker = fragment.createTreeWalker((node) => node instanceof Y.XmlText) as Iterable<unknown>;
	return [...walker].filter((type) => type instanceof Y.XmlText);
}

function moveFrom(
	letters: readonly Letter[],
	{ text, trace, transaction }: { text: Y.XmlText; trace: Trace; transaction: Y.Transaction }
): Move {
	const client = transaction.doc.clientID;
	const isMissing = ({ id }: Letter) => id.client === client && id.clock >= (trace.seen[client] ?? 0);
	return moved(letters, { text, copies: copiesIn(trace), isMissing });
}

/**
 * A text that was written anew from the same old one as a text of this client's own. The one with the smaller number
 * stays; the maker of the other puts into it what the other has besides, and takes the other away.
 */
function twinsOf(text: Y.XmlText, texts: readonly Y.XmlText[], client: number): readonly Move[] {
	const made = text._item?.id.client ?? client;
	if (made >= client) return [];
	for (const [id, trace] of tracesOn(text)) {
		for (const mine of texts) {
			const own = mine._item?.id.client === client ? tracesOn(mine).get(id) : undefined;
			const line = mine.parent as unknown;
			if (!own || !isXmlElement(line) || line.length > 1) continue;
			return [{ ...twinMove(lettersOf(mine), own, { text, trace }), twin: line }];
		}
	}
	return [];
}

/** My copy of an old letter is their copy of it; what is no copy, or is one they had not seen, is missing there. */
function twinMove(
	letters: readonly Letter[],
	own: Trace,
	{ text, trace }: { text: Y.XmlText; trace: Trace }
): Move {
	const theirs = copiesIn(trace);
	const copies = new Map<string, Y.ID>();
	for (const [old, copy] of copiesIn(own)) {
		const their = theirs.get(old);
		if (their) copies.set(idOf(copy), their);
	}
	return moved(letters, { text, copies, isMissing: ({ id }) => !copies.has(idOf(id)) });
}

interface Target {
	readonly text: Y.XmlText;
	readonly copies: ReadonlyMap<string, Y.ID>;
	readonly isMissing: (letter: Letter) => boolean;
}

function moved(letters: readonly Letter[], { text, copies, isMissing }: Target): Move {
	const places = new Map<string, Y.RelativePosition>();
	const missing: { text: string; at: Y.RelativePosition; last: Y.ID }[] = [];
	let at = beginning(text, copies);
	let isRunning = false;
	for (const letter of letters) {
		const copy = copies.get(idOf(letter.id));
		if (copy) at = new Y.RelativePosition(null, null, copy, -1);
		places.set(idOf(letter.id), at);
		const last = missing.at(-1);
		const isLost = !copy && isMissing(letter);
		if (isLost && isRunning && last) Object.assign(last, { text: last.text + letter.text, last: letter.id });
		else if (isLost) missing.push({ text: letter.text, at, last: letter.id });
		isRunning = isLost;
	}
	return { placeOf: (letter) => places.get(idOf(letter)), missing: missing.reverse() };
}

/** Before the first letter that came over; in an empty text, its beginning. */
function beginning(text: Y.XmlText, copies: ReadonlyMap<string, Y.ID>): Y.RelativePosition {
	const [first] = copies.values();
	if (first) return new Y.RelativePosition(null, null, first, 0);
	return Y.createRelativePositionFromTypeIndex(text, 0, -1);
}

/** Takes a line away, and what holds nothing without it. */
export function removeTwin(line: Y.XmlElement): void {
	let at: Y.XmlElement = line;
	for (let parent: unknown = at.parent; isXmlElement(parent) && parent.length === 1; parent = at.parent)
		at = parent;
	const parent = at.parent as Y.XmlFragment | null;
	const index = (parent?.toArray() as unknown[] | undefined)?.indexOf(at) ?? -1;
	if (index >= 0) parent?.delete(index, 1);
}
