import type { ProseLine, ProseMarks, ProseRun } from './prose.ts';
import { plainTextOf } from './prose-xml.ts';

// One line of prose as Markdown: what would mean something there is escaped, marks nest, and a mark's sign never
// touches a blank, where Markdown would not see it.

export interface LineWords {
	nameOf(person: string): string | undefined;
	/** What stands for a break within the line: a hard break unless said otherwise. */
	readonly breaks?: string;
}

/** A piece of text with its marks; `breaks` are pieces of their own. */
interface Piece {
	readonly text: string;
	readonly marks: ProseMarks;
	readonly isBreak?: true;
}

export function markdownLine(line: ProseLine, words: LineWords): string {
	const pieces = line.flatMap((run) => piecesOf(run, words));
	return escapeStarts(marked(trimmed(pieces), ORDER, words.breaks ?? '\\\n'));
}

/** Plain text that is to read as itself in Markdown. */
export const escapeLine = (text: string): string => escapeStarts(escapeText(text));

function piecesOf(run: ProseRun, words: LineWords): readonly Piece[] {
	if (run.is === 'break') return [{ text: '\n', marks: {}, isBreak: true }];
	if (run.is === 'mention') return [{ text: `@${words.nameOf(run.person) || run.label}`, marks: {} }];
	if (run.is === 'unknown') return [{ text: plainTextOf(run.value), marks: {} }];
	return run.text.split(/(\n)/).flatMap((text): readonly Piece[] => {
		if (text === '\n') return [{ text, marks: {}, isBreak: true }];
		return text ? [{ text, marks: run.marks }] : [];
	});
}

/** Markdown has no breaks at the edges of a line. */
function trimmed(pieces: readonly Piece[]): readonly Piece[] {
	const from = pieces.findIndex((piece) => !piece.isBreak);
	const to = pieces.findLastIndex((piece) => !piece.isBreak);
	return from < 0 ? [] : pieces.slice(from, to + 1);
}

/** Outermost first. Code comes last: nothing may stand inside it. */
const ORDER = ['link', 'bold', 'italic', 'strike', 'code'] as const;
type MarkName = (typeof ORDER)[number];

const SIGNS = { bold: '**', italic: '*', strike: '~~' } as const;

function marked(pieces: readonly Piece[], order: readonly MarkName[], breaks: string): string {
	const [mark, ...inner] = order;
	if (!mark) return pieces.map((piece) => (piece.isBreak ? breaks : escapeText(piece.text))).join('');
	return grouped(pieces, mark).reduce((before, group) => {
		const value = group[0]?.isBreak ? undefined : group[0]?.marks[mark];
		if (value === undefined) return joined(before, marked(group, inner, breaks));
		if (mark === 'code') return joined(before, codeSpan(group.map((piece) => piece.text).join('')));
		const text = marked(group, inner, breaks);
		if (mark === 'link') return joined(before, linkText(text, group, String(value)));
		return text.trim() === '' ? joined(before, text) : signed(before, text, SIGNS[mark]);
	}, '');
}

/** Neighbours with the same value of `mark`, together. A break belongs to neither side. */
function grouped(pieces: readonly Piece[], mark: MarkName): readonly (readonly Piece[])[] {
	const groups: Piece[][] = [];
	for (const piece of pieces) {
		const last = groups.at(-1);
		const isSame =
			last?.[0] && last[0].marks[mark] === piece.marks[mark] && !last[0].isBreak === !piece.isBreak;
		if (last && isSame) last.push(piece);
		else groups.push([piece]);
	}
	return groups;
}

/**
 * Two signs that meet would be read as one longer sign, and a sign between punctuation on its inner side and a
 * letter on its outer is not read as a sign: an empty comment keeps them apart.
 */
function joined(before: string, after: string): string {
	const isEscaped = /(?<!\\)(\\\\)*\\[*~]$/.test(before);
	const closes = isEscaped ? undefined : /[*~]$/.exec(before)?.[0];
	const meets = closes !== undefined && after.startsWith(closes);
	const hidesCloser =
		!!closes && /[^\s\p{L}\p{N}*]\*+$|[^\s\p{L}\p{N}~]~+$/u.test(before) && isLetter(after.at(0));
	const hidesOpener = isLetter(before.at(-1)) && /^\*+[^\s\p{L}\p{N}*]|^~+[^\s\p{L}\p{N}~]/u.test(after);
	return meets || hidesCloser || hidesOpener ? `${before}<!---->${after}` : before + after;
}

/** `before` with `text` behind it in signs. A sign must not touch a blank on its inner side: blanks move out. */
function signed(before: string, text: string, sign: string): string {
	const [, blank = '', core = '', rest = ''] = /^(\s*)(.*?)(\s*)$/su.exec(text) ?? [];
	return joined(before, `${blank}${sign}${core}${sign}${rest}`);
}

const isLetter = (letter: string | undefined): boolean =>
	letter !== undefined && /[\p{L}\p{N}]/u.test(letter);
const entity = (letter: string): string => `&#${letter.codePointAt(0)};`;

function linkText(text: string, group: readonly Piece[], href: string): string {
	const isBare = group.length === 1 && group[0]?.text === href && Object.keys(group[0].marks).length === 1;
	if (isBare && /^https?:\/\/[^\s<>]+$/.test(href)) return `<${href}>`;
	const isPlain = /^[^\s()<>\\]+$/.test(href);
	return `[${text}](${isPlain ? href : `<${href.replaceAll(/[<>\\]/g, (sign) => encodeURIComponent(sign))}>`})`;
}

function codeSpan(text: string): string {
	const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
	const fence = '`'.repeat(longest + 1);
	const pad = /^`|`$|^ .*[^ ].* $/s.test(text) ? ' ' : '';
	return `${fence}${pad}${text}${pad}${fence}`;
}

/** Escapes what means something anywhere in a line. */
function escapeText(text: string): string {
	return text
		.replaceAll(/[\\`*[\]~|]/g, '\\$&')
		.replaceAll(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
		.replaceAll(/<(?=[\p{L}/!?])/gu, '\\<')
		.replaceAll(/&(?=#?[\p{L}\p{N}]+;)/gu, '\\&');
}

/** Escapes what means something at the edges of a line only. */
function escapeStarts(text: string): string {
	return text
		.replaceAll(/^(#{1,6}(?=\s|$)|>|[-+](?=\s|$)|[-=]+(?=\s*$))/gm, '\\$1')
		.replaceAll(/^(\d{1,9})([.)])(?=\s|$)/gm, '$1\\$2')
		.replaceAll(/^[ \t]|[ \t](?=\\?$)/gm, entity);
}
