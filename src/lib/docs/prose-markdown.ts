import type * as Y from 'yjs';
import { proseOf, type ProseBlock, type ProseCell, type ProseEmbed, type ProseRow } from './prose.ts';
import { escapeLine, markdownLine } from './prose-markdown-line.ts';
import { plainTextOf } from './prose-xml.ts';

/** What Markdown cannot know by itself. */
export interface MarkdownWords {
	/** The person's name now; undefined when nobody knows them, then the name of the time of writing stands. */
	nameOf(person: string): string | undefined;
	/** A block that Downbeat draws, in words. Empty leaves it out. */
	blockMarkdown(block: ProseEmbed): string;
	/** How many levels the text's own headings go down, to fit below the page's. 0 when absent. */
	readonly headingsDown?: number;
}

/** The text as GitHub-flavoured Markdown, without a newline at the end. */
export function proseMarkdown(fragment: Y.XmlFragment, words: MarkdownWords): string {
	return markdownOf(proseOf(fragment), words);
}

/** Blocks stand a blank line apart; lists that touch take turns in their markers, else they would be one list. */
export function markdownOf(blocks: readonly ProseBlock[], words: MarkdownWords): string {
	const parts: string[] = [];
	let isTurned = false;
	for (const [index, block] of blocks.entries()) {
		isTurned = isList(block) && isList(blocks[index - 1]) && !isTurned;
		const text = blockText(block, words, isTurned);
		if (text) parts.push(text);
	}
	return parts.join('\n\n');
}

const isList = (block: ProseBlock | undefined): boolean => block?.is === 'list' || block?.is === 'tasks';

function blockText(block: ProseBlock, words: MarkdownWords, isTurned: boolean): string {
	switch (block.is) {
		case 'paragraph':
			return markdownLine(block.text, words);
		case 'heading': {
			const text = markdownLine(block.text, { ...words, breaks: ' ' });
			const level = Math.min(6, block.level + (words.headingsDown ?? 0));
			// A trailing run of # would be read as a closing sequence.
			return text && `${'#'.repeat(level)} ${text.replace(/#(#*)$/, '\\#$1')}`;
		}
		case 'list':
			return block.items
				.map((item, index) => {
					const number = block.from === undefined ? undefined : block.from + index;
					return hung(markerOf(number, isTurned), itemText(item.blocks, words));
				})
				.join('\n');
		case 'tasks':
			return block.items
				.map((task) => {
					const text = `[${task.isDone ? 'x' : ' '}] ${itemText(task.blocks, words)}`;
					return hung(markerOf(undefined, isTurned), text.trimEnd());
				})
				.join('\n');
		case 'table':
			return tableText(block.rows, words);
		case 'code':
			return codeText(block.text, block.language);
		case 'quote':
			return markdownOf(block.blocks, words).replaceAll(/^/gm, '> ').replaceAll(/^> $/gm, '>');
		case 'divider':
			return '***';
		case 'block':
			return words.blockMarkdown(block).trim();
		case 'unknown':
			return escapeLine(plainTextOf(block.value).trim());
	}
}

const interrupts = (block: ProseBlock | undefined): boolean =>
	isList(block) && !(block?.is === 'list' && (block.from ?? 1) !== 1);

function markerOf(number: number | undefined, isTurned: boolean): string {
	if (number === undefined) return isTurned ? '* ' : '- ';
	return `${number}${isTurned ? ')' : '.'} `;
}

/** A list below the item's first line follows it closely; a number other than 1 or anything else needs a blank. */
function itemText(blocks: readonly ProseBlock[], words: MarkdownWords): string {
	const [first, ...rest] = blocks;
	if (!first) return '';
	const head = markdownOf([first], words);
	const tail = markdownOf(rest, words);
	if (!tail) return head;
	return `${head}${first.is === 'paragraph' && interrupts(rest[0]) ? '\n' : '\n\n'}${tail}`;
}

/** `text` behind `marker`, its further lines under its first. */
function hung(marker: string, text: string): string {
	const indent = ' '.repeat(marker.length);
	return `${marker}${text.replaceAll(/\n(?!\n|$)/g, `\n${indent}`)}`.trimEnd();
}

function codeText(text: string, language: string): string {
	const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
	const fence = '`'.repeat(longest + 1);
	return `${fence}${language.replaceAll(/[\s`]/g, '')}\n${text}\n${fence}`;
}

/** Markdown tables begin with a header: one that has none gets an empty one. Rows are filled up to one width. */
function tableText(rows: readonly ProseRow[], words: MarkdownWords): string {
	const lines = rows.map((row) => row.cells.flatMap((cell) => cellTexts(cell, words)));
	const width = Math.max(1, ...lines.map((line) => line.length));
	const hasHeader = rows[0]?.cells.some((cell) => cell.isHeader) ?? false;
	const [header, ...body] = hasHeader ? lines : [[], ...lines];
	const rowText = (cells: readonly string[]) =>
		`| ${Array.from({ length: width }, (_, index) => cells[index] ?? '').join(' | ')} |`;
	const rule = `|${' --- |'.repeat(width)}`;
	return [rowText(header ?? []), rule, ...body.map(rowText)].join('\n');
}

/** One cell, and an empty one for each further column that it covers. */
function cellTexts(cell: ProseCell, words: MarkdownWords): readonly string[] {
	const text = cell.blocks
		.map((block) =>
			block.is === 'paragraph' || block.is === 'heading'
				? markdownLine(block.text, { ...words, breaks: '<br>' })
				: blockText(block, words, false)
		)
		.filter(Boolean)
		.join('<br>')
		.replaceAll(/\n+/g, '<br>')
		.replaceAll(/(?<!\\)\|/g, '\\|');
	return [text, ...Array.from({ length: (cell.columns ?? 1) - 1 }, () => '')];
}
