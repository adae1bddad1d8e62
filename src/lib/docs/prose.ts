import * as Y from 'yjs';
import { allowedHref } from './prose-href.ts';
import {
	isXmlElement,
	isXmlText,
	PROSE_DEPTH_MAX,
	runsOf,
	xmlValueOf,
	type XmlChild,
	type XmlRun
} from './prose-xml.ts';
import { blockIdOf } from './touched.ts';

// Prose as plain values, read without an editor. Reading never throws: what is not understood is `unknown` and
// carries its content along.

/** One block. `id` says where it stands (`blockIdOf`); it is absent in prose that is yet to be written. */
export type ProseBlock =
	| { readonly is: 'paragraph'; readonly id?: string; readonly text: ProseLine }
	| { readonly is: 'heading'; readonly id?: string; readonly level: HeadingLevel; readonly text: ProseLine }
	| {
			readonly is: 'list';
			readonly id?: string;
			readonly items: readonly ProseItem[];
			readonly from?: number;
	  }
	| { readonly is: 'tasks'; readonly id?: string; readonly items: readonly ProseTask[] }
	| { readonly is: 'table'; readonly id?: string; readonly rows: readonly ProseRow[] }
	| { readonly is: 'code'; readonly id?: string; readonly language: string; readonly text: string }
	| { readonly is: 'quote'; readonly id?: string; readonly blocks: readonly ProseBlock[] }
	| { readonly is: 'divider'; readonly id?: string }
	| ProseEmbed
	| { readonly is: 'unknown'; readonly id?: string; readonly value: XmlChild };

export type HeadingLevel = 1 | 2 | 3;

/** A block that Downbeat draws itself: a chart, a decision. `key` is the block's own id, the same everywhere. */
export interface ProseEmbed {
	readonly is: 'block';
	readonly id?: string;
	readonly type: string;
	readonly key: string;
	readonly data: Readonly<Record<string, unknown>>;
}

/** A list is numbered from `from` when it has one, else bulleted. */
export interface ProseItem {
	readonly id?: string;
	readonly blocks: readonly ProseBlock[];
}

export interface ProseTask extends ProseItem {
	readonly isDone: boolean;
}

export interface ProseRow {
	readonly id?: string;
	readonly cells: readonly ProseCell[];
}

export interface ProseCell {
	readonly isHeader: boolean;
	/** How many columns and rows it covers; 1 when absent. */
	readonly columns?: number;
	readonly rows?: number;
	readonly blocks: readonly ProseBlock[];
}

export type ProseLine = readonly ProseRun[];

export type ProseRun =
	| { readonly is: 'text'; readonly text: string; readonly marks: ProseMarks }
	| { readonly is: 'break' }
	/** `label` is the name at the time of writing, for when the person is not known any more. */
	| { readonly is: 'mention'; readonly person: string; readonly label: string }
	| { readonly is: 'unknown'; readonly value: XmlChild };

export interface ProseMarks {
	readonly bold?: true;
	readonly italic?: true;
	readonly strike?: true;
	readonly code?: true;
	/** An allowed address (`allowedHref`). */
	readonly link?: string;
	/** What else the text is marked with, by the name it has in the document. */
	readonly other?: Readonly<Record<string, unknown>>;
}

/** Cells wider or higher than this are a mistake or an attack: a table view allocates by them. */
export const CELL_SPAN_MAX = 100;

/** Everything that stands in `fragment`, in order. */
export function proseOf(fragment: Y.XmlFragment): readonly ProseBlock[] {
	return fragment.toArray().flatMap((child) => blocksOf(child, 0));
}

const kept = new WeakMap<object, readonly ProseBlock[]>();
const watched = new WeakSet<Y.Doc>();

/** The same, kept until the text changes: for documents with thousands of texts. Within a change it is read anew. */
export function proseKept(fragment: Y.XmlFragment): readonly ProseBlock[] {
	const { doc } = fragment;
	if (!doc || doc._transaction) return proseOf(fragment);
	if (!watched.has(doc)) doc.on('beforeObserverCalls', forget);
	watched.add(doc);
	const blocks = kept.get(fragment) ?? proseOf(fragment);
	kept.set(fragment, blocks);
	return blocks;
}

/** Before anybody hears of a change, what it changed is no longer kept. */
function forget({ changed }: Y.Transaction): void {
	for (const type of changed.keys()) {
		let root: { readonly _item: Y.Item | null } = type;
		while (root._item) root = root._item.parent as typeof root;
		kept.delete(root);
	}
}

function blocksOf(type: unknown, depth: number): readonly ProseBlock[] {
	if (isXmlElement(type) && depth < PROSE_DEPTH_MAX) return [blockOf(type, depth)];
	const value = xmlValueOf(type, depth);
	return value && !(isXmlText(value) && value.length === 0) ? [{ is: 'unknown', value }] : [];
}

/** A block without its id: for each member of the union, one of these. */
type Draft = ProseBlock extends infer Block ? (Block extends ProseBlock ? Omit<Block, 'id'> : never) : never;

const readers: Readonly<Record<string, (element: Y.XmlElement, depth: number) => Draft>> = {
	paragraph: (element) => ({ is: 'paragraph', text: lineOf(element) }),
	heading: (element) => ({ is: 'heading', level: levelOf(element), text: lineOf(element) }),
	bulletList: (element, depth) => ({ is: 'list', items: itemsOf(element, depth) }),
	orderedList: (element, depth) => ({
		is: 'list',
		from: countOf(element, 'start', Number.MAX_SAFE_INTEGER),
		items: itemsOf(element, depth)
	}),
	taskList: (element, depth) => ({ is: 'tasks', items: tasksOf(element, depth) }),
	table: (element, depth) => ({ is: 'table', rows: rowsOf(element, depth) }),
	codeBlock: (element) => ({ is: 'code', language: wordOf(element, 'language'), text: codeOf(element) }),
	blockquote: (element, depth) => ({ is: 'quote', blocks: childBlocks(element, depth) }),
	horizontalRule: () => ({ is: 'divider' }),
	block: (element) => ({
		is: 'block',
		type: wordOf(element, 'type'),
		key: wordOf(element, 'id'),
		data: recordOf(element.getAttribute('data'))
	})
};

function blockOf(element: Y.XmlElement, depth: number): ProseBlock {
	const reader = Object.hasOwn(readers, element.nodeName) ? readers[element.nodeName] : undefined;
	const draft = reader?.(element, depth) ?? { is: 'unknown', value: xmlValueOf(element, depth) as XmlChild };
	return { ...placeOf(element), ...draft };
}

function placeOf(element: Y.XmlElement): { id?: string } {
	const id = blockIdOf(element);
	return id === undefined ? {} : { id };
}

const childBlocks = (element: Y.XmlElement, depth: number): readonly ProseBlock[] =>
	element.toArray().flatMap((child) => blocksOf(child, depth + 1));

const elementsOf = (parent: Y.XmlElement): readonly Y.XmlElement[] => parent.toArray().filter(isXmlElement);

/** The blocks of one item. What is no item but stands in the list counts as one, so that nothing is hidden. */
const itemBlocks = (element: Y.XmlElement, name: string, depth: number): readonly ProseBlock[] =>
	element.nodeName === name ? childBlocks(element, depth + 1) : blocksOf(element, depth + 1);

const itemsOf = (list: Y.XmlElement, depth: number): readonly ProseItem[] =>
	elementsOf(list).map((element) => ({
		...placeOf(element),
		blocks: itemBlocks(element, 'listItem', depth)
	}));

const tasksOf = (list: Y.XmlElement, depth: number): readonly ProseTask[] =>
	elementsOf(list).map((element) => ({
		...placeOf(element),
		isDone: (element.getAttribute('checked') as unknown) === true,
		blocks: itemBlocks(element, 'taskItem', depth)
	}));

/** The rows of a table. Merged tables may be ragged: rows then differ in length. */
const rowsOf = (table: Y.XmlElement, depth: number): readonly ProseRow[] =>
	elementsOf(table).map((row) => ({
		...placeOf(row),
		cells: (row.nodeName === 'tableRow' ? elementsOf(row) : [row]).map((cell) => cellOf(cell, depth + 2))
	}));

function cellOf(cell: Y.XmlElement, depth: number): ProseCell {
	const isCell = cell.nodeName === 'tableCell' || cell.nodeName === 'tableHeader';
	const columns = countOf(cell, 'colspan', CELL_SPAN_MAX);
	const rows = countOf(cell, 'rowspan', CELL_SPAN_MAX);
	return {
		isHeader: cell.nodeName === 'tableHeader',
		...(columns > 1 ? { columns } : {}),
		...(rows > 1 ? { rows } : {}),
		blocks: isCell ? childBlocks(cell, depth) : blocksOf(cell, depth)
	};
}

/** The runs of a line of text. Also reads what a merge or a stranger put between its texts. */
function lineOf(element: Y.XmlElement): ProseLine {
	return element.toArray().flatMap((child): ProseLine => {
		if (child instanceof Y.XmlText) return runsOf(child).map(runOf);
		if (!isXmlElement(child)) return [];
		if (child.nodeName === 'hardBreak') return [{ is: 'break' }];
		if (child.nodeName === 'mention') {
			return [{ is: 'mention', person: wordOf(child, 'id'), label: wordOf(child, 'label') }];
		}
		return [{ is: 'unknown', value: xmlValueOf(child) as XmlChild }];
	});
}

function runOf({ insert, attributes = {} }: XmlRun): ProseRun {
	if (typeof insert !== 'string') return { is: 'unknown', value: [{ insert, attributes }] };
	return { is: 'text', text: insert, marks: marksOf(attributes) };
}

const SWITCHES = ['bold', 'italic', 'strike', 'code'] as const;

function marksOf(attributes: Readonly<Record<string, unknown>>): ProseMarks {
	const { bold, italic, strike, code, link, ...other } = attributes;
	const marks: Record<string, unknown> = {};
	for (const [index, value] of [bold, italic, strike, code].entries()) {
		if (value !== undefined && value !== null) marks[SWITCHES[index] as string] = true;
	}
	const href = allowedHref(recordOf(link)['href']);
	return {
		...marks,
		...(href ? { link: href } : {}),
		...(Object.keys(other).length > 0 ? { other } : {})
	};
}

const codeOf = (element: Y.XmlElement): string =>
	lineOf(element)
		.map((run) => (run.is === 'text' ? run.text : run.is === 'break' ? '\n' : ''))
		.join('');

function levelOf(element: Y.XmlElement): HeadingLevel {
	const level = countOf(element, 'level', 3);
	return level === 2 || level === 3 ? level : 1;
}

/** A whole number of 1 to `max`; 1 when the attribute is anything else. */
function countOf(element: Y.XmlElement, name: string, max: number): number {
	const value: unknown = element.getAttribute(name);
	return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? Math.min(value, max) : 1;
}

function wordOf(element: Y.XmlElement, name: string): string {
	const value: unknown = element.getAttribute(name);
	return typeof value === 'string' ? value : '';
}

const recordOf = (value: unknown): Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
