import type { HeadingLevel, ProseBlock, ProseCell, ProseItem, ProseTask } from './prose.ts';
import { lineFromMarkdown } from './prose-from-markdown-line.ts';
import { PROSE_DEPTH_MAX } from './prose-xml.ts';

// Markdown to prose: what people paste from elsewhere. Everything is text in the end: what is no Markdown stays
// as it was written, and HTML is never interpreted.

/** `text` as prose. Never throws. */
export function proseFromMarkdown(text: string): readonly ProseBlock[] {
	return blocksFrom(text.replaceAll(/\r\n?/g, '\n').split('\n'), 0);
}

/**
 * Whether a person who pastes `text` means Markdown. A sign that plain text has by chance is not enough: it takes
 * a fence or a table, or two lines that begin like headings, items or quotes, or one such line and a mark.
 */
export function looksLikeMarkdown(text: string): boolean {
	const lines = text.split('\n');
	if (/^ {0,3}(`{3,}|~{3,})[^`\n]*\n[\s\S]*\n {0,3}\1/m.test(text)) return true;
	if (lines.some((line, index) => line.includes('|') && isDelimiterRow(lines[index + 1]))) return true;
	const starts = lines.filter((line) => /^ {0,3}(#{1,6} \S|[-*+] \S|\d{1,3}[.)] \S|> ?\S)/.test(line)).length;
	const hasHeading = lines.some((line) => /^#{1,6} \S/.test(line));
	const hasMarks = /\*\*[^\s*][^*\n]*\*\*|\[[^\]\n]+\]\(https?:[^)\s]+\)|`[^`\n]+`/.test(text);
	return (
		starts >= 2 || ((starts === 1 || hasHeading) && (hasMarks || lines.length > 2)) || countLinks(text) > 0
	);
}

const countLinks = (text: string): number =>
	[...text.matchAll(/\[[^\]\n]+\]\((?:https?:|mailto:)[^)\s]+\)/g)].length;

/** What one reader took from the lines: the block, and the line after it. */
interface Taken {
	readonly block: ProseBlock;
	readonly next: number;
}

type Reader = (lines: readonly string[], at: number, depth: number) => Taken | undefined;

function blocksFrom(lines: readonly string[], depth: number): readonly ProseBlock[] {
	const blocks: ProseBlock[] = [];
	let at = 0;
	while (at < lines.length) {
		if (isBlank(lines[at]) || /^ {0,3}<!--.*-->\s*$/.test(lines[at] ?? '')) {
			at += 1;
			continue;
		}
		const taken = blockFrom(lines, at, depth);
		blocks.push(taken.block);
		at = taken.next;
	}
	return blocks;
}

function blockFrom(lines: readonly string[], at: number, depth: number): Taken {
	const readers = depth < PROSE_DEPTH_MAX ? [...LINE_READERS, ...CONTAINER_READERS] : LINE_READERS;
	for (const reader of readers) {
		const taken = reader(lines, at, depth);
		if (taken) return taken;
	}
	return paragraph(lines, at);
}

const isBlank = (line: string | undefined): boolean => line === undefined || line.trim() === '';

const heading: Reader = (lines, at) => {
	const [, marks, text = ''] =
		/^ {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#*)?[ \t]*$/.exec(lines[at] ?? '') ?? [];
	if (!marks) return undefined;
	const level = Math.min(3, marks.length) as HeadingLevel;
	return { block: { is: 'heading', level, text: lineFromMarkdown(text) }, next: at + 1 };
};

const divider: Reader = (lines, at) =>
	isDivider(lines[at]) ? { block: { is: 'divider' }, next: at + 1 } : undefined;

const isDivider = (line = ''): boolean => /^ {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$/.test(line);

const fence: Reader = (lines, at) => {
	const [, indent = '', sign, info = ''] = /^( {0,3})(`{3,}|~{3,})\s*([^`]*)$/.exec(lines[at] ?? '') ?? [];
	if (!sign) return undefined;
	const close = new RegExp(`^ {0,3}\\${sign[0]}{${sign.length},}[ \\t]*$`);
	const found = lines.findIndex((line, index) => index > at && close.test(line));
	const end = found < 0 ? lines.length : found;
	const strip = new RegExp(`^ {0,${indent.length}}`);
	const text = lines.slice(at + 1, end).map((line) => line.replace(strip, ''));
	const language = /^[\w+#.-]{1,40}/.exec(info.trim())?.[0] ?? '';
	return { block: { is: 'code', language, text: text.join('\n') }, next: end + 1 };
};

const quote: Reader = (lines, at, depth) => {
	let next = at;
	while (/^ {0,3}>/.test(lines[next] ?? '')) next += 1;
	if (next === at) return undefined;
	const inner = lines.slice(at, next).map((line) => line.replace(/^ {0,3}> ?/, ''));
	return { block: { is: 'quote', blocks: blocksFrom(inner, depth + 1) }, next };
};

const isDelimiterRow = (line = ''): boolean =>
	/^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/.test(line) && line.includes('|');

const table: Reader = (lines, at) => {
	if (!lines[at]?.includes('|') || !isDelimiterRow(lines[at + 1])) return undefined;
	const width = cellsOf(lines[at + 1] ?? '').length;
	if (cellsOf(lines[at]).length !== width) return undefined;
	let next = at + 2;
	while (!isBlank(lines[next]) && lines[next]?.includes('|')) next += 1;
	const body = lines.slice(at + 2, next).map((line) => rowFrom(line, width, false));
	const header = rowFrom(lines[at], width, true);
	const hasHeader = header.cells.some(({ blocks }) => blocks.length > 0);
	return { block: { is: 'table', rows: hasHeader || body.length === 0 ? [header, ...body] : body }, next };
};

function cellsOf(line: string): readonly string[] {
	const inner = line
		.trim()
		.replace(/^\|/, '')
		.replace(/(?<!\\)\|$/, '');
	return inner.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('\\|', '|'));
}

function rowFrom(line: string, width: number, isHeader: boolean): { cells: readonly ProseCell[] } {
	const texts = cellsOf(line);
	return {
		cells: Array.from({ length: width }, (_, index): ProseCell => {
			const text = (texts[index] ?? '').replaceAll(/<br\s*\/?>/gi, '\\\n');
			return { isHeader, blocks: text ? [{ is: 'paragraph', text: lineFromMarkdown(text) }] : [] };
		})
	};
}

const BULLET = /^( {0,3})([-*+]|\d{1,9}[.)])(?:( {1,4})(?! )|( +)|$)/;

interface Marker {
	/** Bullets and numbers with the same sign make one list. */
	readonly sign: string;
	readonly number: number | undefined;
	/** The column where the item's text begins. */
	readonly column: number;
}

function markerOf(line = ''): Marker | undefined {
	const [all, indent = '', sign, gap, wide] = BULLET.exec(line) ?? [];
	if (all === undefined || !sign || isDivider(line)) return undefined;
	const width = gap?.length ?? (wide ? 1 : 1);
	const number = /\d/.test(sign) ? Number.parseInt(sign, 10) : undefined;
	return { sign: sign.at(-1) ?? '', number, column: indent.length + sign.length + width };
}

const list: Reader = (lines, at, depth) => {
	const first = markerOf(lines[at]);
	if (!first) return undefined;
	const items: (readonly string[])[] = [];
	let next = at;
	for (let marker = markerOf(lines[next]); marker?.sign === first.sign; marker = markerOf(lines[next])) {
		const end = itemEnd(lines, next, marker);
		items.push(itemLines(lines.slice(next, end), marker));
		next = end;
	}
	return { block: listOf(items, first, depth), next: trimmedEnd(lines, next) };
};

/** The line after an item: indented and blank lines belong to it, and what runs on from its text. */
function itemEnd(lines: readonly string[], at: number, { column }: Marker): number {
	let next = at + 1;
	while (next < lines.length) {
		const line = lines[next] ?? '';
		const isIndented = line.slice(0, column).trim() === '' && !isBlank(line);
		const runsOn = !isBlank(line) && !isBlank(lines[next - 1]) && !beginsBlock(line) && !markerOf(line);
		const isGap =
			isBlank(line) &&
			lines
				.slice(next)
				.find((later) => !isBlank(later))
				?.startsWith(' '.repeat(column));
		if (!isIndented && !runsOn && !isGap) break;
		next += 1;
	}
	// A blank line between two items of one list is part of the list.
	const after = trimmedStart(lines, next);
	return after > next && markerOf(lines[after]) ? after : next;
}

const itemLines = (lines: readonly string[], { column }: Marker): readonly string[] =>
	lines.map((line, index) =>
		index === 0
			? line.slice(column)
			: line.slice(0, column).trim() === ''
				? line.slice(column)
				: line.trimStart()
	);

function trimmedStart(lines: readonly string[], from: number): number {
	let at = from;
	while (at < lines.length && isBlank(lines[at])) at += 1;
	return at;
}

const trimmedEnd = (lines: readonly string[], next: number): number =>
	isBlank(lines[next]) ? trimmedStart(lines, next) : next;

const TASK = /^\[([ xX])\](?:[ \t]+|$)/;

function listOf(items: readonly (readonly string[])[], { number }: Marker, depth: number): ProseBlock {
	if (number === undefined && items.every(([first = '']) => TASK.test(first))) {
		return { is: 'tasks', items: items.map((lines) => taskFrom(lines, depth)) };
	}
	const plain = items.map((lines): ProseItem => ({ blocks: blocksFrom(lines, depth + 1) }));
	return { is: 'list', items: plain, ...(number === undefined ? {} : { from: number }) };
}

function taskFrom([first = '', ...rest]: readonly string[], depth: number): ProseTask {
	const isDone = /^\[[xX]\]/.test(first);
	return { isDone, blocks: blocksFrom([first.replace(TASK, ''), ...rest], depth + 1) };
}

const LINE_READERS: readonly Reader[] = [heading, divider, fence, table];
const CONTAINER_READERS: readonly Reader[] = [quote, list];

/** Whether `line` cannot run on from a paragraph. A number other than 1 can: “in\n2026. Then”. */
function beginsBlock(line: string): boolean {
	const marker = markerOf(line);
	return (
		/^ {0,3}(#{1,6}(?:[ \t]|$)|>|`{3,}|~{3,})/.test(line) ||
		isDivider(line) ||
		(marker !== undefined && (marker.number === undefined || marker.number === 1) && line.trim().length > 1)
	);
}

function paragraph(lines: readonly string[], at: number): Taken {
	let next = at + 1;
	while (next < lines.length && !isBlank(lines[next]) && !beginsBlock(lines[next] ?? '')) {
		if (/^ {0,3}(=+|-+)[ \t]*$/.test(lines[next] ?? '')) break;
		next += 1;
	}
	const text = lineFromMarkdown(
		lines
			.slice(at, next)
			.map((line) => line.trimStart())
			.join('\n')
			.trimEnd()
	);
	const under = /^ {0,3}(=+|-+)[ \t]*$/.exec(lines[next] ?? '')?.[1];
	if (under && next < lines.length) {
		return { block: { is: 'heading', level: under.startsWith('=') ? 1 : 2, text }, next: next + 1 };
	}
	return { block: { is: 'paragraph', text }, next };
}
