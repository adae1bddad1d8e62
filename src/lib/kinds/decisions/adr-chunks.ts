import type { Section } from './schema.ts';

// A decision record (MADR, Nygard and their relatives) cut into pieces. In order, the pieces are the file, byte for
// byte: whatever is not understood is still there.

export interface Piece {
	readonly is: Section['is'];
	/** The words of its heading, without the signs; empty when it has none. */
	readonly heading: string;
	/** 0 without a heading. */
	readonly level: number;
	readonly source: string;
}

/** What a section's heading says it is, in the words that people use for it. */
const FIELDS: readonly (readonly [Section['is'] | 'pros' | 'consequences', RegExp])[] = [
	['status', /^status$/i],
	['context', /^(context|context and problem statement|problem statement|problem|background)$/i],
	['options', /^(considered options|options considered|options|alternatives|alternatives considered)$/i],
	['why', /^(decision|decision outcome|decision outcome\(s\)|decisions|rationale|why)(:.*)?$/i],
	['pros', /^(pros and cons of the options|pros and cons|comparison of options)$/i],
	['evidence', /^evidence$/i],
	['outcome', /^(outcome|what happened)$/i],
	['consequences', /^((positive|negative) )?consequences$/i]
];

/** What a heading of these words begins; `named` when it is none of the fields. */
function fieldOf(heading: string): Section['is'] | 'pros' | 'consequences' {
	const words = heading.replaceAll(/[*_]|&#x20;/g, '').trim();
	return FIELDS.find(([, pattern]) => pattern.test(words))?.[0] ?? 'named';
}

interface Heading {
	readonly at: number;
	readonly level: number;
	readonly words: string;
}

/** Cuts `text` into its pieces. */
export function piecesOf(text: string): readonly Piece[] {
	const front = /^---\r?\n[\s\S]*?\r?\n---[ \t]*(?:\r?\n|$)/.exec(text)?.[0] ?? '';
	const lines = text.slice(front.length).split(/(?<=\n)/);
	const headings = headingsOf(lines);
	const pieces: Piece[] = front ? [{ is: 'front', heading: '', level: 0, source: front }] : [];
	const cuts = cutsOf(headings);
	const first = cuts[0]?.at ?? lines.length;
	if (first > 0) pieces.push(...preamble(lines.slice(0, first).join('')));
	for (const [index, cut] of cuts.entries()) {
		const body = lines.slice(cut.at, cuts[index + 1]?.at ?? lines.length);
		if (cut.is === 'title') pieces.push(...titlePieces(body, cut));
		else pieces.push({ is: cut.is, heading: cut.words, level: cut.level, source: body.join('') });
	}
	return markMeta(pieces);
}

function preamble(source: string): readonly Piece[] {
	return [{ is: 'named', heading: '', level: 0, source }];
}

/** The title's line, and what stands under it before the first section. */
function titlePieces(lines: readonly string[], { level, words }: Heading): readonly Piece[] {
	const end = lines.findIndex((line, index) => index > 0 && line.trim() !== '');
	const title: Piece = {
		is: 'title',
		heading: words,
		level,
		source: lines.slice(0, end === -1 ? lines.length : end).join('')
	};
	return end === -1
		? [title]
		: [title, { is: 'named', heading: '', level: 0, source: lines.slice(end).join('') }];
}

function headingsOf(lines: readonly string[]): readonly Heading[] {
	const headings: Heading[] = [];
	let fence: string | undefined;
	for (const [at, line] of lines.entries()) {
		const sign = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
		if (sign && fence === undefined) fence = sign;
		else if (sign && fence !== undefined && sign.startsWith(fence)) fence = undefined;
		if (fence !== undefined) continue;
		const [, signs = '', words = ''] = /^ {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*\r?\n?$/.exec(line) ?? [];
		if (signs) headings.push({ at, level: signs.length, words });
	}
	return headings;
}

interface Cut extends Heading {
	readonly is: Section['is'];
}

/** Where pieces begin: at fields, at sections as high as the one before, and at each option below a list of them. */
function cutsOf(headings: readonly Heading[]): readonly Cut[] {
	const cuts: Cut[] = [];
	let isAmongOptions = 0;
	let hasTitle = false;
	for (const heading of headings) {
		const field = fieldOf(heading.words);
		const before = cuts.at(-1);
		if (isAmongOptions >= heading.level) isAmongOptions = 0;
		if (!hasTitle && (heading.level === 1 || headings.every(({ level }) => level > 1))) {
			cuts.push({ ...heading, is: 'title' });
			hasTitle = true;
		} else if (isAmongOptions > 0) {
			if (heading.level === isAmongOptions + 1) cuts.push({ ...heading, is: 'option' });
			else if (heading.level > isAmongOptions && before?.is !== 'option')
				cuts.push({ ...heading, is: 'named' });
		} else if (field !== 'named' || !before || before.is === 'title' || heading.level <= before.level) {
			if (field === 'options' || field === 'pros') isAmongOptions = heading.level;
			cuts.push({ ...heading, is: field === 'pros' || field === 'consequences' ? 'named' : field });
		}
	}
	return once(cuts);
}

/** A field has one piece: a second one of the same name is a section of its own. */
function once(cuts: readonly Cut[]): readonly Cut[] {
	const seen = new Set<string>();
	return cuts.map((cut) => {
		if (cut.is === 'named' || cut.is === 'option') return cut;
		if (seen.has(cut.is)) return { ...cut, is: 'named' };
		seen.add(cut.is);
		return cut;
	});
}

/** “* **Status:** Accepted”, “Date: 2022-08-09”. */
export const META_LINE =
	/^([ \t]*(?:[*+-][ \t]+)?(?:\*\*|__)?)(status|date|deciders?|decision[- ]makers?|last modified|author|tags|related issue)((?:\*\*|__)?:(?:\*\*|__)?[ \t]*)(.*?)([ \t]*\r?\n?)$/i;

/** The piece with the facts about the record: the first that has one, before anything that is a field. */
function markMeta(pieces: readonly Piece[]): readonly Piece[] {
	const end = pieces.findIndex(({ is }) => is !== 'front' && is !== 'title' && is !== 'named');
	const before = end === -1 ? pieces : pieces.slice(0, end);
	const at = before.findIndex(
		({ is, source }) => is === 'named' && source.split('\n').some((line) => META_LINE.test(line))
	);
	return pieces.map((piece, index) => (index === at ? { ...piece, is: 'meta' } : piece));
}

/** A piece without its heading line and the blank lines round it. */
export const bodyOf = ({ source, level }: Pick<Piece, 'source' | 'level'>): string =>
	(level > 0
		? source.slice(source.indexOf('\n') === -1 ? source.length : source.indexOf('\n') + 1)
		: source
	).trim();

/** The same piece with another body: its heading and the blank lines round it stay. */
export function withBody(source: string, level: number, body: string): string {
	const cut = level > 0 ? (source.indexOf('\n') === -1 ? source.length : source.indexOf('\n') + 1) : 0;
	const [head, rest] = [source.slice(0, cut), source.slice(cut)];
	if (rest.trim() === '') return `${head.endsWith('\n') || head === '' ? head : `${head}\n`}\n${body}\n\n`;
	const start = rest.length - rest.trimStart().length;
	const tail = rest.slice(rest.trimEnd().length);
	return `${head}${rest.slice(0, start)}${body}${tail}`;
}
