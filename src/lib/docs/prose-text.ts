import type * as Y from 'yjs';
import { proseOf, type ProseBlock, type ProseLine } from './prose.ts';
import { plainTextOf } from './prose-xml.ts';

/** One task of a text, whoever wrote it and however deep it stands. */
export interface TaskInProse {
	/** The block it is (`blockIdOf`), for jumping to it. */
	readonly id: string;
	/** Its own words, without those of the tasks below it. */
	readonly text: string;
	readonly isDone: boolean;
}

/** The text alone: a block a line, cells and items too, mentions by the name they were written with. */
export function proseText(fragment: Y.XmlFragment): string {
	return textOfBlocks(proseOf(fragment));
}

export const textOfBlocks = (blocks: readonly ProseBlock[]): string =>
	blocks.map(textOfBlock).filter(Boolean).join('\n');

export const textOfLine = (line: ProseLine): string =>
	line
		.map((run) => {
			if (run.is === 'text') return run.text;
			if (run.is === 'break') return '\n';
			return run.is === 'mention' ? `@${run.label}` : plainTextOf(run.value);
		})
		.join('');

/** Every task in the text, in order, those inside others right after them. */
export function tasksIn(fragment: Y.XmlFragment): readonly TaskInProse[] {
	return tasksOf(proseOf(fragment));
}

/** Words as a reader counts them, in any script. */
export function wordCount(fragment: Y.XmlFragment): number {
	const words = new Intl.Segmenter(undefined, { granularity: 'word' });
	let count = 0;
	for (const { isWordLike } of words.segment(proseText(fragment))) if (isWordLike) count += 1;
	return count;
}

function textOfBlock(block: ProseBlock): string {
	switch (block.is) {
		case 'paragraph':
		case 'heading':
			return textOfLine(block.text);
		case 'list':
		case 'tasks':
			return block.items.map((item) => textOfBlocks(item.blocks)).join('\n');
		case 'table':
			return block.rows
				.map((row) => row.cells.map((cell) => textOfBlocks(cell.blocks)).join('\t'))
				.join('\n');
		case 'code':
			return block.text;
		case 'quote':
			return textOfBlocks(block.blocks);
		case 'unknown':
			return plainTextOf(block.value);
		case 'divider':
		case 'block':
			return '';
	}
}

/** The tasks among blocks that were read already, in order. */
export function tasksOf(blocks: readonly ProseBlock[]): readonly TaskInProse[] {
	return blocks.flatMap((block): readonly TaskInProse[] => {
		switch (block.is) {
			case 'tasks':
				return block.items.flatMap((task) => [
					{ id: task.id ?? '', isDone: task.isDone, text: textOfBlocks(task.blocks.filter(isLine)) },
					...tasksOf(task.blocks)
				]);
			case 'list':
				return block.items.flatMap((item) => tasksOf(item.blocks));
			case 'table':
				return block.rows.flatMap((row) => row.cells.flatMap((cell) => tasksOf(cell.blocks)));
			case 'quote':
				return tasksOf(block.blocks);
			default:
				return [];
		}
	});
}

const isLine = (block: ProseBlock): boolean => block.is === 'paragraph' || block.is === 'heading';
