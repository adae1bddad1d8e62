import type { ChainedCommands, Editor } from '@tiptap/core';
import { NodeSelection, Selection, TextSelection } from '@tiptap/pm/state';
import type { Node } from '@tiptap/pm/model';
import { fixTables } from '@tiptap/pm/tables';
import { newId } from '#lib/domain/id.ts';
import { allowedHref } from '#lib/docs/prose-href.ts';
import type { BlockData } from '../blocks.ts';

// What can be done to a text, by menus, bars and the page. Every one of them is one step of undo.

export type Verb = (chain: ChainedCommands) => ChainedCommands;

export const paragraph: Verb = (chain) => chain.clearNodes();
export const heading =
	(level: 1 | 2 | 3): Verb =>
	(chain) =>
		chain.toggleNode('heading', 'paragraph', { level });
export const bulletList: Verb = (chain) => chain.toggleList('bulletList', 'listItem');
export const orderedList: Verb = (chain) => chain.toggleList('orderedList', 'listItem');
export const taskList: Verb = (chain) => chain.toggleList('taskList', 'taskItem');
export const quote: Verb = (chain) => chain.toggleWrap('blockquote');
export const codeBlock: Verb = (chain) => chain.toggleNode('codeBlock', 'paragraph');
export const divider: Verb = (chain) =>
	chain.command(({ tr, state }) => insertBelow(tr, state.schema.nodes['horizontalRule']?.create()));
export const table: Verb = (chain) => chain.insertTable({ rows: 3, cols: 3, withHeaderRow: true });
export const mark =
	(name: 'bold' | 'italic' | 'strike' | 'code'): Verb =>
	(chain) =>
		chain.toggleMark(name);

export const TABLE_VERBS = {
	rowBelow: (chain) => chain.addRowAfter(),
	rowAbove: (chain) => chain.addRowBefore(),
	columnAfter: (chain) => chain.addColumnAfter(),
	columnBefore: (chain) => chain.addColumnBefore(),
	deleteRow: (chain) => chain.deleteRow(),
	deleteColumn: (chain) => chain.deleteColumn(),
	headerRow: (chain) => chain.toggleHeaderRow(),
	deleteTable: (chain) => chain.deleteTable()
} as const satisfies Record<string, Verb>;

/** Does it as one step of undo and gives the keys back to the text. */
export function perform(editor: Editor, verb: Verb): void {
	editor.storage.proseSync.undo?.cut();
	verb(editor.chain().focus()).run();
	editor.storage.proseSync.undo?.cut();
}

/** A table verb. Merging may have left the table ragged: it is made whole first, as part of what the person does. */
export function performInTable(editor: Editor, verb: Verb): void {
	perform(editor, (chain) =>
		verb(
			chain.command(({ state, tr }) => {
				for (const step of fixTables(state)?.steps ?? []) tr.step(step);
				return true;
			})
		)
	);
}

/**
 * Puts `node` below the outermost block of the selection, or in its place when that is an empty line, and the caret
 * on an empty line below it: what one inserts one wants to write about.
 */
export function insertBelow(
	tr: Editor['state']['tr'],
	node: Node | undefined,
	near = tr.selection.from
): boolean {
	if (!node) return false;
	const { doc } = tr;
	const $near = doc.resolve(Math.min(near, doc.content.size));
	const outer = $near.depth > 0 ? $near.node(1) : $near.nodeAfter;
	const start = $near.depth > 0 ? $near.before(1) : $near.pos;
	const isEmptyLine = outer?.type.name === 'paragraph' && outer.content.size === 0;
	const end = start + (outer?.nodeSize ?? 0);
	if (isEmptyLine) tr.replaceWith(start, end, node);
	else tr.insert(end, node);
	const after = (isEmptyLine ? start : end) + node.nodeSize;
	const line = doc.type.schema.nodes['paragraph']?.create();
	const next = tr.doc.resolve(after).nodeAfter;
	const isOpen = next?.type === line?.type && next?.content.size === 0;
	if (line && !isOpen) tr.insert(after, line);
	tr.setSelection(Selection.near(tr.doc.resolve(after), 1)).scrollIntoView();
	return true;
}

export function insertBlock(
	editor: Editor,
	type: string,
	{ data, near }: { data: BlockData; near?: number | undefined }
): void {
	const node = editor.schema.nodes['block']?.create({ type, id: newId(), data: { ...data } });
	editor.storage.proseSync.undo?.cut();
	const { tr } = editor.state;
	insertBelow(tr, node, near);
	editor.view.dispatch(tr);
	editor.storage.proseSync.undo?.cut();
}

/** Puts the caret on an empty line at the end. There is one already when somebody began one and wrote nothing. */
export function startLine(editor: Editor): void {
	const { lastChild } = editor.state.doc;
	const isEmptyLine = lastChild?.type.name === 'paragraph' && lastChild.content.size === 0;
	if (!isEmptyLine) {
		const { tr, schema } = editor.state;
		const line = schema.nodes['paragraph']?.create();
		if (line) editor.view.dispatch(tr.insert(tr.doc.content.size, line));
	}
	editor.commands.focus('end');
}

/** Adds a task at the end: to the list that ends the text, or to a new one. The caret stays where it is. */
export function appendTask(editor: Editor, text: string): void {
	const { nodes } = editor.schema;
	const { tr } = editor.state;
	const item = nodes['taskItem']?.create(
		null,
		nodes['paragraph']?.create(null, text ? editor.schema.text(text) : null)
	);
	if (!item) return;
	const { lastChild, content } = tr.doc;
	if (lastChild?.type.name === 'taskList') tr.insert(content.size - 1, item);
	else {
		const list = nodes['taskList']?.create(null, item);
		const isEmptyLine = lastChild?.type.name === 'paragraph' && lastChild.content.size === 0;
		if (list) tr.replaceWith(content.size - (isEmptyLine ? lastChild.nodeSize : 0), content.size, list);
	}
	editor.storage.proseSync.undo?.cut();
	editor.view.dispatch(tr);
	editor.storage.proseSync.undo?.cut();
}

/** Writes at the caret while one writes; otherwise as a new line at the end. Line breaks become lines. */
export function insertText(editor: Editor, text: string): void {
	const { nodes } = editor.schema;
	const lines = text.split(/\r?\n/);
	if (editor.isFocused && lines.length === 1) {
		editor.view.dispatch(editor.state.tr.insertText(text).scrollIntoView());
		return;
	}
	const paragraphs = lines.flatMap(
		(line) => nodes['paragraph']?.create(null, line ? editor.schema.text(line) : null) ?? []
	);
	const { tr } = editor.state;
	const { lastChild, content } = tr.doc;
	const isEmptyLine = lastChild?.type.name === 'paragraph' && lastChild.content.size === 0;
	editor.storage.proseSync.undo?.cut();
	editor.view.dispatch(
		tr.replaceWith(content.size - (isEmptyLine ? lastChild.nodeSize : 0), content.size, paragraphs)
	);
}

/** Links the selection, or the link around the caret. An address that may not be linked is refused. */
export function setLink(editor: Editor, href: string): boolean {
	const address = allowedHref(href);
	const type = editor.schema.marks['link'];
	if (!address || !type) return false;
	perform(editor, (chain) => chain.extendMarkRange('link').setMark('link', { href: address }));
	return true;
}

export function unsetLink(editor: Editor): void {
	perform(editor, (chain) => chain.extendMarkRange('link').unsetMark('link'));
}

export function mention(
	editor: Editor,
	person: { readonly id: string; readonly name: string },
	over: { from: number; to: number }
): void {
	const node = editor.schema.nodes['mention']?.create({ id: person.id, label: person.name });
	if (!node) return;
	const { tr } = editor.state;
	tr.replaceWith(over.from, over.to, [node, editor.schema.text(' ')]);
	tr.setSelection(TextSelection.create(tr.doc, over.from + node.nodeSize + 1));
	editor.view.dispatch(tr);
	editor.view.focus();
}

export const isWholeBlock = (editor: Editor): boolean => editor.state.selection instanceof NodeSelection;
