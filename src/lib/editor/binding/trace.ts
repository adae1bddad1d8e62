import * as Y from 'yjs';

// A shared text cannot move: who joins two lines, makes a list of them or turns one into a heading deletes the old
// text and writes its letters anew. So that what others write into the old one meanwhile is not lost with it, the
// new text says where its letters came from. That trace is an attribute of the text itself: nothing shows it.

/** Where the letters of a text that is gone stand now. */
export interface Trace {
	/** How much its mover knew: for each client, the clock from which on its letters were not seen. */
	readonly seen: Readonly<Record<string, number>>;
	/** Stretches of letters, five numbers each: client and clock of the old, client and clock of the new, length. */
	readonly pairs: readonly number[];
	/** The outermost element that went together with the old text: the old list of an item, say. */
	readonly under: string;
}

/** A letter by its identity, in the order of its text. */
export interface Letter {
	readonly id: Y.ID;
	readonly text: string;
}

/** More stretches than this are not traced: a text edited that often would carry more trace than text. */
const STRETCHES_MAX = 200;

/** How many earlier texts one text tells of, when a line moves again and again before others hear of it. */
const TRACES_MAX = 8;

const PREFIX = 'was ';

export const idOf = ({ client, clock }: Y.ID): string => `${client}:${clock}`;

/** The letters of a text that `isThere`: those that are not deleted, unless said otherwise. */
export function lettersOf(text: Y.XmlText, isThere = (item: Y.Item) => !item.deleted): readonly Letter[] {
	const letters: Letter[] = [];
	for (let item = text._start; item; item = item.right) {
		if (!(item.content instanceof Y.ContentString) || !isThere(item)) continue;
		const { id, content } = item;
		for (const [at, letter] of content.str.split('').entries()) {
			letters.push({ id: Y.createID(id.client, id.clock + at), text: letter });
		}
	}
	return letters;
}

/** What a text tells of texts that are gone, by their ids. `isThere` as above. */
export function tracesOn(
	text: Y.XmlText,
	isThere = (item: Y.Item) => !item.deleted
): ReadonlyMap<string, Trace> {
	const traces = new Map<string, Trace>();
	for (const [key, item] of text._map) {
		if (!key.startsWith(PREFIX) || !isThere(item)) continue;
		const trace = traceFrom(item.content.getContent().at(-1));
		if (trace) traces.set(key.slice(PREFIX.length), trace);
	}
	return traces;
}

function traceFrom(value: unknown): Trace | undefined {
	if (typeof value !== 'object' || value === null) return undefined;
	const { seen, pairs, under } = value as Partial<Trace>;
	const isNumbers = (list: unknown): list is number[] =>
		Array.isArray(list) && list.every(Number.isSafeInteger);
	if (typeof seen !== 'object' || !isNumbers(pairs) || !isNumbers(Object.values(seen))) return undefined;
	return { seen, pairs, under: String(under) };
}

/** The identity of the new letter for each old one. */
export function copiesIn({ pairs }: Trace): ReadonlyMap<string, Y.ID> {
	const copies = new Map<string, Y.ID>();
	for (let at = 0; at + 4 < pairs.length; at += 5) {
		const [client = 0, clock = 0, toClient = 0, toClock = 0, length = 0] = pairs.slice(at, at + 5);
		for (let index = 0; index < length && copies.size < LETTERS_MAX; index += 1) {
			copies.set(idOf({ client, clock: clock + index }), Y.createID(toClient, toClock + index));
		}
	}
	return copies;
}

/** Protects from a trace that somebody made up. */
const LETTERS_MAX = 200_000;

/** A text that is about to go, as much of it as its trace needs. */
export interface Leaving extends Pick<Trace, 'seen' | 'under'> {
	readonly id: string;
	readonly letters: readonly Letter[];
	readonly words: string;
	readonly traces: ReadonlyMap<string, Trace>;
}

/** Every text in `child`, which is about to go as a whole. */
export function leavingTexts(child: Y.XmlElement | Y.XmlText): readonly Leaving[] {
	const texts: Y.XmlText[] = [];
	const seen: Record<string, number> = {};
	const walk = (type: Y.XmlElement | Y.XmlText) => {
		if (type instanceof Y.XmlText) texts.push(type);
		for (let item = type._start; item; item = item.right) {
			const { client, clock } = item.id;
			seen[client] = Math.max(seen[client] ?? 0, clock + item.length);
			const inner = item.content instanceof Y.ContentType && !item.deleted ? item.content.type : undefined;
			if (inner instanceof Y.XmlElement || inner instanceof Y.XmlText) walk(inner);
		}
	};
	walk(child);
	const under = child._item ? idOf(child._item.id) : '';
	return texts.flatMap((text) => {
		const letters = lettersOf(text);
		const words = letters.map((letter) => letter.text).join('');
		return text._item
			? [{ id: idOf(text._item.id), letters, words, seen, under, traces: tracesOn(text) }]
			: [];
	});
}

/** Says on `text` that its letters `copies` are those of `gone`, and those of what `gone` told of. */
export function leaveTrace(text: Y.XmlText, gone: Leaving, copies: readonly Letter[]): void {
	const copyOf = new Map(gone.letters.map(({ id }, at) => [idOf(id), copies[at]?.id]));
	const { seen, under, letters } = gone;
	write(text, gone.id, { seen, under, pairs: pairsOf(letters.map(({ id }) => [id, copyOf.get(idOf(id))])) });
	// The newest stand first: they were written first.
	for (const [id, trace] of [...gone.traces].slice(0, TRACES_MAX)) {
		const links = [...copiesIn(trace)].map(
			([old, middle]) => [idFrom(old), copyOf.get(idOf(middle))] as const
		);
		write(text, id, { ...trace, pairs: pairsOf(links) });
	}
}

function write(text: Y.XmlText, id: string, trace: Trace): void {
	if (trace.pairs.length > STRETCHES_MAX * 5) return;
	// Yjs declares attributes as strings and keeps any JSON value.
	text.setAttribute(`${PREFIX}${id}`, trace);
}

function idFrom(text: string): Y.ID {
	const [client, clock] = text.split(':');
	return Y.createID(Number(client), Number(clock));
}

type Link = readonly [old: Y.ID, copy: Y.ID | undefined];

function pairsOf(links: readonly Link[]): readonly number[] {
	const pairs: number[] = [];
	for (const [old, copy] of links) {
		if (!copy) continue;
		const [client, clock, toClient, toClock, length = 0] = pairs.slice(-5);
		const goesOn =
			client === old.client &&
			toClient === copy.client &&
			clock !== undefined &&
			toClock !== undefined &&
			clock + length === old.clock &&
			toClock + length === copy.clock;
		if (goesOn) pairs[pairs.length - 1] = length + 1;
		else pairs.push(old.client, old.clock, copy.client, copy.clock, 1);
	}
	return pairs;
}
