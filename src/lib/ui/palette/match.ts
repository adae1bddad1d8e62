/**
 * Finding by what people type: beginnings of words, in any order, without accents or capitals. “ops rev”,
 * “rev ops”, “opsrev” and “or” all find “Ops Review”. Every word of the query must be found somewhere.
 */
export interface Findable {
	readonly title: string;
	readonly detail?: string | undefined;
	/** Other words it goes by. */
	readonly keywords?: string | undefined;
}

/** An entry prepared once, so that 2,000 of them are searched at every keystroke. */
export interface Prepared<Entry> {
	readonly entry: Entry;
	readonly title: string;
	/** Where words begin in `title`. */
	readonly starts: readonly number[];
	/** Keywords and detail, after a space each. */
	readonly other: string;
}

export interface Ranked<Entry> {
	readonly entry: Entry;
	/** Higher is better. Only for comparing within one query. */
	readonly score: number;
	/** How its worst word was found: 3 at the beginning of a word, 2 by several beginnings, 1 within, 0 elsewhere. */
	readonly tier: number;
}

/** Letters that have no accent to take off. */
const LETTERS: Readonly<Record<string, string>> = {
	ø: 'o',
	ł: 'l',
	đ: 'd',
	ð: 'd',
	ß: 'ss',
	æ: 'ae',
	œ: 'oe',
	þ: 'th'
};

/** Lower case, without accents: “Tomás” and “TOMAS” are the same. */
export function fold(text: string): string {
	const lower = text.toLowerCase();
	if (!/[^ -~]/.test(lower)) return lower; // Most text has nothing to take off, and this is ten times as fast.
	return lower
		.normalize('NFD')
		.replaceAll(/\p{M}/gu, '')
		.replaceAll(/[øłđðßæœþ]/g, (letter) => LETTERS[letter] ?? letter);
}

/** Scores of one word. The beginning of a word loses a point per word before it, up to nine. */
const [START, CHUNKS, WITHIN, ELSEWHERE] = [100, 60, 40, 30];

const wordsOf = (query: string): readonly string[] => fold(query).split(/\s+/).filter(Boolean);

function startsOf(folded: string): readonly number[] {
	return [...folded.matchAll(/[\p{L}\p{N}]+/gu)].map((word) => word.index);
}

export function prepare<Entry extends Findable>(entries: readonly Entry[]): readonly Prepared<Entry>[] {
	return entries.map((entry) => {
		const title = fold(entry.title);
		return {
			entry,
			title,
			starts: startsOf(title),
			other: ` ${fold(`${entry.keywords ?? ''} ${entry.detail ?? ''}`)}`
		};
	});
}

/** What matches `query`, best first; equal ones as they were given. An empty query matches all. */
export function rank<Entry>(prepared: readonly Prepared<Entry>[], query: string): readonly Ranked<Entry>[] {
	const words = wordsOf(query);
	const whole = words.join(' ');
	if (words.length === 0) return prepared.map(({ entry }) => ({ entry, score: 0, tier: 0 }));
	return prepared
		.flatMap((one) => {
			const scores = words.map((word) => scoreOf(one, word));
			if (scores.includes(0)) return [];
			const start = one.title.startsWith(whole) ? 50 : 0;
			const score = scores.reduce((sum, each) => sum + each, start - one.title.length / 200);
			return [{ entry: one.entry, score, tier: tierOf(Math.min(...scores, START)) }];
		})
		.toSorted((a, b) => b.score - a.score);
}

/** How well one word of the query is found; 0 is not at all. */
function scoreOf({ title, starts, other }: Prepared<unknown>, word: string): number {
	const first = starts.findIndex((start) => title.startsWith(word, start));
	if (first !== -1) return START - Math.min(first, 9);
	if (word.length > 1 && chunksAt(title, starts, word)) return CHUNKS;
	if (word.length > 2 && title.includes(word)) return WITHIN;
	return other.includes(` ${word}`) ? ELSEWHERE : 0;
}

const tierOf = (score: number): number => [CHUNKS, WITHIN, ELSEWHERE].filter((limit) => score > limit).length;

/** Where the pieces of `word` stand when it is made of beginnings of words, in order: “opsrev”, “or”. */
function chunksAt(title: string, starts: readonly number[], word: string): readonly Range[] | undefined {
	const chunks: Range[] = [];
	let rest = word;
	for (const start of starts) {
		let length = 0;
		while (length < rest.length && title[start + length] === rest[length]) length += 1;
		if (length === 0) continue;
		chunks.push([start, start + length]);
		rest = rest.slice(length);
		if (rest === '') return chunks;
	}
	return undefined;
}

/** From, and up to but not including. */
type Range = readonly [number, number];

export interface Piece {
	readonly text: string;
	readonly isHit: boolean;
}

/** `text` cut into what `query` hits and what it does not, in order, nothing left out. */
export function highlight(text: string, query: string): readonly Piece[] {
	const { folded, origins } = foldWithOrigins(text);
	const starts = startsOf(folded);
	const isHit = new Set<number>();
	for (const word of wordsOf(query)) {
		for (const [from, to] of hitsOf(folded, starts, word)) {
			for (let at = from; at < to; at += 1) isHit.add(origins[at] ?? 0);
		}
	}
	const pieces: { text: string; isHit: boolean }[] = [];
	let at = 0;
	for (const letter of text) {
		const hit = isHit.has(at);
		const last = pieces.at(-1);
		if (last?.isHit === hit) last.text += letter;
		else pieces.push({ text: letter, isHit: hit });
		at += letter.length;
	}
	return pieces;
}

function hitsOf(folded: string, starts: readonly number[], word: string): readonly Range[] {
	const start = starts.find((one) => folded.startsWith(word, one));
	if (start !== undefined) return [[start, start + word.length]];
	const chunks = word.length > 1 ? chunksAt(folded, starts, word) : undefined;
	if (chunks) return chunks;
	const within = word.length > 2 ? folded.indexOf(word) : -1;
	return within === -1 ? [] : [[within, within + word.length]];
}

/** The folded text, and for each of its units the index in `text` it came from. */
function foldWithOrigins(text: string): { readonly folded: string; readonly origins: readonly number[] } {
	let folded = '';
	const origins: number[] = [];
	let at = 0;
	for (const letter of text) {
		const units = fold(letter);
		for (let unit = 0; unit < units.length; unit += 1) origins.push(at);
		folded += units;
		at += letter.length;
	}
	return { folded, origins };
}
