import * as Y from 'yjs';
import type { ProseBlock, ProseCell, ProseLine, ProseMarks, ProseTask } from './prose.ts';
import { xmlFrom, xmlTextFrom, type XmlRun } from './prose-xml.ts';

/**
 * Adds `blocks` at the end of `fragment`: a template, an import, the sample space. It writes at once: the caller
 * wraps it in one transaction with an origin. The same blocks give the same writes, so it may stand in a seed.
 */
export function writeProse(fragment: Y.XmlFragment, blocks: readonly ProseBlock[]): void {
	fragment.insert(fragment.length, blocks.map(typeOf));
}

type Attributes = Readonly<Record<string, unknown>>;
type Child = Y.XmlElement | Y.XmlText;

function elementOf(name: string, attributes: Attributes, children: readonly Child[]): Y.XmlElement {
	const element = new Y.XmlElement(name);
	for (const [key, value] of Object.entries(attributes)) {
		// Yjs declares attributes as strings and keeps any JSON value.
		if (value !== undefined) element.setAttribute(key, value as string);
	}
	element.insert(0, [...children]);
	return element;
}

function typeOf(block: ProseBlock): Child {
	switch (block.is) {
		case 'paragraph':
			return elementOf('paragraph', {}, lineTypes(block.text));
		case 'heading':
			return elementOf('heading', { level: block.level }, lineTypes(block.text));
		case 'list': {
			const items = block.items.map((item) => elementOf('listItem', {}, bodyTypes(item.blocks)));
			if (block.from === undefined) return elementOf('bulletList', {}, items);
			return elementOf('orderedList', { start: block.from }, items);
		}
		case 'tasks':
			return elementOf('taskList', {}, block.items.map(taskType));
		case 'table':
			return elementOf(
				'table',
				{},
				block.rows.map((row) => elementOf('tableRow', {}, row.cells.map(cellType)))
			);
		case 'code':
			return elementOf('codeBlock', { language: block.language || undefined }, [
				xmlTextFrom([{ insert: block.text }])
			]);
		case 'quote':
			return elementOf('blockquote', {}, bodyTypes(block.blocks));
		case 'divider':
			return elementOf('horizontalRule', {}, []);
		case 'block':
			return elementOf('block', { type: block.type, id: block.key, data: block.data }, []);
		case 'unknown':
			return xmlFrom(block.value);
	}
}

const taskType = (task: ProseTask): Child =>
	elementOf('taskItem', { checked: task.isDone }, bodyTypes(task.blocks));

const cellType = (cell: ProseCell): Child =>
	elementOf(
		cell.isHeader ? 'tableHeader' : 'tableCell',
		{ colspan: cell.columns, rowspan: cell.rows },
		bodyTypes(cell.blocks)
	);

/** What stands in an item, a cell or a quote: never nothing, so that there is a line to write on. */
const bodyTypes = (blocks: readonly ProseBlock[]): readonly Child[] =>
	blocks.length > 0 ? blocks.map(typeOf) : [elementOf('paragraph', {}, [new Y.XmlText()])];

/** Neighbouring texts share one type; an empty line has an empty one, for two people to meet in. */
function lineTypes(line: ProseLine): readonly Child[] {
	const children: Child[] = [];
	let runs: XmlRun[] = [];
	const flush = () => {
		if (runs.length > 0) children.push(xmlTextFrom(runs));
		runs = [];
	};
	for (const run of line) {
		if (run.is === 'text') runs.push({ insert: run.text, attributes: attributesOfMarks(run.marks) });
		else if (run.is === 'unknown' && Array.isArray(run.value)) runs.push(...(run.value as XmlRun[]));
		else {
			flush();
			children.push(inlineType(run));
		}
	}
	flush();
	return children.length > 0 ? children : [new Y.XmlText()];
}

function inlineType(run: Exclude<ProseLine[number], { is: 'text' }>): Child {
	if (run.is === 'break') return elementOf('hardBreak', {}, []);
	if (run.is === 'mention') return elementOf('mention', { id: run.person, label: run.label }, []);
	return xmlFrom(run.value);
}

function attributesOfMarks({ bold, italic, strike, code, link, other }: ProseMarks): Attributes {
	return {
		...other,
		...(bold ? { bold: {} } : {}),
		...(italic ? { italic: {} } : {}),
		...(strike ? { strike: {} } : {}),
		...(code ? { code: {} } : {}),
		...(link ? { link: { href: link } } : {})
	};
}
