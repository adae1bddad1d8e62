import * as Y from 'yjs';
import { isXmlElement, runsOf } from './prose-xml.ts';

// Marked words of a text, kept outside of it. The mark is bound to its first and last letter, so that it moves with
// them, grows with what is written between them and shrinks with what is deleted. Letters that are cut and put back,
// or that come back by somebody's undo, are new ones: then the words themselves are looked for, with what stood
// around them. Where they are not found either, the mark is detached.

/** Marked words as they are kept: places as base64, and the words with their surroundings as they read then. */
export interface TextMark {
	readonly from: string;
	readonly to: string;
	readonly quote: string;
	readonly before?: string | undefined;
	readonly after?: string | undefined;
}

/** Where marked words stand now. */
export interface LiveRange {
	readonly from: Y.RelativePosition;
	readonly to: Y.RelativePosition;
	/** How many letters of the text stand before it. */
	readonly start: number;
}

/** A text as one string, a line a block, and where in it each shared text begins. */
export interface PlainText {
	readonly fragment: Y.XmlFragment;
	readonly words: string;
	readonly pieces: readonly Piece[];
}

interface Piece {
	readonly text: Y.XmlText;
	readonly start: number;
}

/** Letters kept of what stands on either side. */
const AROUND_LENGTH = 24;

/** Words as long as this are found again without what stood around them, if they stand there once. */
const UNMISTAKABLE_LENGTH = 16;

/** Shorter ones need so many letters around them that are as they were. */
const ALIKE_LENGTH = 10;

/** The first letter keeps what is written before it out, the last what is written behind it. */
const [FIRST, LAST] = [0, -1];

/** Reads a text once, for all marks in it. */
export function plainText(fragment: Y.XmlFragment): PlainText {
	const pieces: Piece[] = [];
	let words = '';
	const walk = (parent: Y.XmlFragment | Y.XmlElement) => {
		for (const child of parent.toArray() as unknown[]) {
			if (child instanceof Y.XmlText) {
				pieces.push({ text: child, start: words.length });
				for (const { insert } of runsOf(child)) words += typeof insert === 'string' ? insert : '\uFFFC';
			} else if (isXmlElement(child)) {
				if (child.nodeName === 'mention') words += `@${String(child.getAttribute('label') ?? '')}`;
				else if (words !== '' && !words.endsWith('\n') && isLine(child)) words += '\n';
				walk(child);
			}
		}
	};
	walk(fragment);
	return { fragment, words, pieces };
}

const isLine = (element: Y.XmlElement): boolean =>
	(element.toArray() as unknown[]).some((child) => child instanceof Y.XmlText);

/** What is kept of the words between two places, each at a letter of `fragment`. Undefined when there are none. */
export function markOf(
	fragment: Y.XmlFragment,
	places: { readonly from: Y.RelativePosition; readonly to: Y.RelativePosition }
): TextMark | undefined {
	const plain = plainText(fragment);
	const [start, end] = [offsetOf(plain, places.from), offsetOf(plain, places.to)];
	if (start === undefined || end === undefined || start >= end) return undefined;
	return {
		from: placeText(places.from),
		to: placeText(places.to),
		quote: plain.words.slice(start, end),
		before: plain.words.slice(Math.max(0, start - AROUND_LENGTH), start),
		after: plain.words.slice(end, end + AROUND_LENGTH)
	};
}

/** The place at a letter of a shared text: the first of marked words, or the last. */
export const placeOfLetter = (text: Y.XmlText, index: number, is: 'first' | 'last'): Y.RelativePosition =>
	is === 'first'
		? Y.createRelativePositionFromTypeIndex(text, index, FIRST)
		: Y.createRelativePositionFromTypeIndex(text, index + 1, LAST);

/** Where the marked words stand now; undefined when they are gone. */
export function rangeOf(plain: PlainText, mark: TextMark): LiveRange | undefined {
	const [from, to] = [placeFrom(mark.from), placeFrom(mark.to)];
	const [start, end] = [from && offsetOf(plain, from), to && offsetOf(plain, to)];
	const isWhole = start !== undefined && end !== undefined;
	if (isWhole && start < end)
		return { from: from as Y.RelativePosition, to: to as Y.RelativePosition, start };
	const found = placeOfQuote(plain.words, mark);
	if (found) return rangeAt(plain, ...found);
	if (isWhole) return undefined;
	// One end went with its line: what is left of the words stands on the line of the other.
	if (start !== undefined) return rangeAt(plain, start, lineEnd(plain.words, start));
	return end === undefined ? undefined : rangeAt(plain, lineStart(plain.words, end), end);
}

const lineEnd = (words: string, at: number): number => (words.indexOf('\n', at) + 1 || words.length + 1) - 1;
const lineStart = (words: string, at: number): number => words.lastIndexOf('\n', at - 1) + 1;

/**
 * Where a quote stands, if there is no doubt which of its places is meant: what stood around it decides. Where lines
 * break does not count, since anybody may have broken one since.
 */
function placeOfQuote(words: string, mark: TextMark): readonly [start: number, end: number] | undefined {
	const [quote, before, after] = [mark.quote, mark.before ?? '', mark.after ?? ''].map(unbroken) as [
		string,
		string,
		string
	];
	if (quote.trim() === '') return undefined;
	const text = unbroken(words);
	let best = { at: -1, alike: -1 };
	let isTied = false;
	for (let at = text.indexOf(quote); at >= 0; at = text.indexOf(quote, at + 1)) {
		const [ahead, behind] = [text.slice(0, at), text.slice(at + quote.length)];
		const alike =
			alikeLetters(
				[...before].reverse(),
				[...ahead.slice(Math.max(0, ahead.length - before.length))].reverse()
			) + alikeLetters([...after], [...behind.slice(0, after.length)]);
		isTied = alike === best.alike || (isTied && alike < best.alike);
		if (alike > best.alike) best = { at, alike };
	}
	const enough = quote.length >= UNMISTAKABLE_LENGTH ? 0 : ALIKE_LENGTH;
	if (isTied || best.at < 0 || best.alike < enough) return undefined;
	const placeIn = placesIn(words);
	return [placeIn[best.at] ?? 0, (placeIn[best.at + quote.length - 1] ?? 0) + 1];
}

const unbroken = (words: string): string => words.replaceAll('\n', '');

/** Where each letter of the unbroken text stands in `words`. */
const placesIn = (words: string): readonly number[] =>
	[...words.matchAll(/[^\n]/g)].map(({ index }) => index);

function alikeLetters(one: readonly string[], other: readonly string[]): number {
	const differ = one.findIndex((letter, index) => letter !== other[index]);
	return differ < 0 ? one.length : differ;
}

/** The letters from `start` to before `end`, as places; undefined when no shared text has any of them. */
function rangeAt({ pieces }: PlainText, start: number, end: number): LiveRange | undefined {
	const own = pieces.filter(({ text, start: at }) => at < end && at + text.length > start);
	const [first, last] = [own[0], own.at(-1)];
	if (!first || !last || start >= end) return undefined;
	return {
		from: placeOfLetter(first.text, Math.max(0, start - first.start), 'first'),
		to: placeOfLetter(last.text, Math.min(last.text.length, end - last.start) - 1, 'last'),
		start: Math.max(start, first.start)
	};
}

function offsetOf({ fragment, pieces }: PlainText, place: Y.RelativePosition): number | undefined {
	const found = fragment.doc && Y.createAbsolutePositionFromRelativePosition(place, fragment.doc);
	const piece = pieces.find(({ text }) => (text as unknown) === found?.type);
	return found && piece ? piece.start + found.index : undefined;
}

const placeText = (place: Y.RelativePosition): string =>
	btoa(String.fromCharCode(...Y.encodeRelativePosition(place)));

/** Undefined for what is no place at a letter: anything may stand in a document. */
function placeFrom(text: string): Y.RelativePosition | undefined {
	try {
		const bytes = Uint8Array.from(atob(text), (letter) => letter.codePointAt(0) ?? 0);
		const place = Y.decodeRelativePosition(bytes);
		return place.item ? place : undefined;
	} catch {
		return undefined; // The libraries have no other way to say that it is none.
	}
}
