import { lineFromMarkdown } from '#lib/docs/prose-from-markdown-line.ts';
import { textOfLine } from '#lib/docs/prose-text.ts';
import { bodyOf, type Piece } from './adr-chunks.ts';
import { linesOf } from './adr-facts.ts';
import { LINE_LENGTH_MAX } from './schema.ts';
import type { WrittenOption } from './written.ts';

// Options: a list of them, and a section about each with what speaks for and against.

/** Words without their marks, on one line. */
export const plainText = (markdown: string): string =>
	textOfLine(lineFromMarkdown(markdown)).replaceAll(/\s+/g, ' ').trim();

const ITEM = /^(?:[*+-]|\d{1,3}[.)])[ \t]+(.*\S)[ \t]*$/;

/** Where a list of options stands in a section: the lines before it, its items, the lines after it. */
export interface OptionList {
	readonly before: string;
	readonly items: readonly string[];
	readonly after: string;
}

export function listOf(piece: Piece): OptionList {
	const lines = linesOf(piece.source);
	const first = lines.findIndex((line, index) => index > 0 && ITEM.test(line.replace(/\r?\n$/, '')));
	if (first === -1) return { before: piece.source, items: [], after: '' };
	let end = first;
	const items: string[] = [];
	for (let at = first; at < lines.length; at++) {
		const line = (lines[at] ?? '').replace(/\r?\n$/, '');
		const item = ITEM.exec(line)?.[1];
		if (item !== undefined) items.push(item);
		else if (/^[ \t]+\S/.test(line) && items.length > 0) items.push(`${items.pop()}\n${line}`);
		else if (line.trim() !== '') break;
		if (line.trim() !== '') end = at + 1;
	}
	return { before: lines.slice(0, first).join(''), items, after: lines.slice(end).join('') };
}

/** One item as an option: “**Google Forms:** part of Workspace” has a name and a note. */
export function optionFromItem(item: string): WrittenOption {
	const [first = '', ...rest] = item.split('\n');
	const [, bold, more = ''] = /^\*\*(.+?):?\*\*:?[ \t]*(?:[–—-][ \t]+)?(.*)$/.exec(first) ?? [];
	const title = plainText(bold ?? first)
		.replace(/:$/, '')
		.slice(0, LINE_LENGTH_MAX);
	const note = [...(bold === undefined ? [] : [more]), ...rest].filter(Boolean).join('\n');
	return { title, note, pros: '', cons: '' };
}

/** Which option a section is about: the one of its name, else the only one whose name begins the other's. */
export function optionNamed(options: readonly WrittenOption[], heading: string): number {
	const name = bare(plainText(heading));
	const exact = options.findIndex(({ title }) => bare(title) === name);
	if (exact !== -1 || name === '') return exact;
	const near = options.flatMap(({ title }, index) => {
		const own = bare(title);
		return own !== '' && (own.startsWith(name) || name.startsWith(own)) ? [index] : [];
	});
	return near.length === 1 ? (near[0] ?? -1) : -1;
}

const bare = (text: string) =>
	text
		.toLowerCase()
		.replace(/^\d+\.\s*/, '')
		.replaceAll(/[^\p{L}\p{N}]+/gu, '');

type Mode = 'note' | 'pros' | 'cons';

const PROS = /^(pros?|advantages|benefits|positives?|good)\b/i;
const CONS = /^(cons?|disadvantages|risks|drawbacks|negatives?|bad)\b/i;

/** What a section about an option says: each argument on a line, and everything else as a note. */
export function optionTexts(piece: Piece): Pick<WrittenOption, 'note' | 'pros' | 'cons'> {
	const found: Record<Mode, string[]> = { note: [], pros: [], cons: [] };
	let mode: Mode = 'note';
	let last: Mode = 'note';
	let fence = false;
	for (const line of bodyOf(piece).split(/\r?\n/)) {
		if (/^ {0,3}(`{3,}|~{3,})/.test(line)) fence = !fence;
		const heading = fence ? undefined : headingWords(line);
		const item = fence ? undefined : /^[*+-][ \t]+(.*\S)[ \t]*$/.exec(line)?.[1];
		if (heading !== undefined) {
			const next = modeOf(heading);
			mode = next;
			last = 'note';
			if (next === 'note') found.note.push(line);
		} else if (item !== undefined) {
			const { mode: own, text } = argumentOf(item, mode);
			last = own;
			found[own].push(own === 'note' ? line : text);
		} else if (last !== 'note' && /^\s+\S/.test(line)) {
			found[last].push(line.trimEnd());
		} else if (line.trim() !== '' || last === 'note') {
			last = 'note';
			found.note.push(line);
		}
	}
	return {
		note: found.note
			.join('\n')
			.replaceAll(/\n{3,}/g, '\n\n')
			.trim(),
		pros: found.pros.join('\n'),
		cons: found.cons.join('\n')
	};
}

const headingWords = (line: string): string | undefined =>
	/^ {0,3}#{1,6}[ \t]+(.*?)[ \t]*#*$/.exec(line)?.[1] ??
	/^(?:[*+-][ \t]+)?(?:\*\*|__)((?:pros?|cons?|advantages|disadvantages)):?(?:\*\*|__):?[ \t]*$/i.exec(
		line
	)?.[1];

const modeOf = (heading: string): Mode => {
	const words = plainText(heading);
	return PROS.test(words) ? 'pros' : CONS.test(words) ? 'cons' : 'note';
};

function argumentOf(item: string, mode: Mode): { mode: Mode; text: string } {
	const [, word = '', text = ''] = /^(good|bad),? because[ \t]+(.*)$/i.exec(item) ?? [];
	if (word) return { mode: word.toLowerCase() === 'good' ? 'pros' : 'cons', text };
	return { mode, text: item };
}
