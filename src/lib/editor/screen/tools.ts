import AtSign from '@lucide/svelte/icons/at-sign';
import Bold from '@lucide/svelte/icons/bold';
import Code from '@lucide/svelte/icons/code';
import FoldColumns from '@lucide/svelte/icons/fold-horizontal';
import Heading from '@lucide/svelte/icons/heading';
import IndentDecrease from '@lucide/svelte/icons/list-indent-decrease';
import IndentIncrease from '@lucide/svelte/icons/list-indent-increase';
import Italic from '@lucide/svelte/icons/italic';
import LinkIcon from '@lucide/svelte/icons/link';
import List from '@lucide/svelte/icons/list';
import ListTodo from '@lucide/svelte/icons/list-todo';
import MessageSquarePlus from '@lucide/svelte/icons/message-square-plus';
import PanelTop from '@lucide/svelte/icons/panel-top';
import Plus from '@lucide/svelte/icons/plus';
import Redo from '@lucide/svelte/icons/redo-2';
import FoldRows from '@lucide/svelte/icons/fold-vertical';
import RowDown from '@lucide/svelte/icons/arrow-down-to-line';
import RowUp from '@lucide/svelte/icons/arrow-up-to-line';
import ColumnRight from '@lucide/svelte/icons/arrow-right-to-line';
import ColumnLeft from '@lucide/svelte/icons/arrow-left-to-line';
import Strike from '@lucide/svelte/icons/strikethrough';
import Trash from '@lucide/svelte/icons/trash-2';
import Undo from '@lucide/svelte/icons/undo-2';
import type { Editor } from '@tiptap/core';
import type { IconType } from '#lib/ui/icon.ts';
import type { ProseSession } from './session.svelte.ts';
import * as verbs from './verbs.ts';

/** One button of a bar. */
export interface Tool {
	readonly key: string;
	readonly label: string;
	readonly icon: IconType;
	readonly shortcut?: string | undefined;
	/** Present on what is on or off. */
	readonly isOn?: boolean | undefined;
	run(): void;
}

const toggles = (editor: Editor, session: ProseSession): readonly Tool[] => {
	const toggle = (
		name: 'bold' | 'italic' | 'strike' | 'code',
		label: string,
		icon: IconType,
		shortcut: string
	): Tool => ({
		key: name,
		label,
		icon,
		shortcut,
		isOn: session.isIn(name),
		run: () => verbs.perform(editor, verbs.mark(name))
	});
	return [
		toggle('bold', 'Bold', Bold, 'mod+b'),
		toggle('italic', 'Italic', Italic, 'mod+i'),
		toggle('strike', 'Strikethrough', Strike, 'mod+shift+s'),
		toggle('code', 'Code', Code, 'mod+e')
	];
};

const linkTool = (editor: Editor, session: ProseSession): Tool => ({
	key: 'link',
	label: 'Link',
	icon: LinkIcon,
	shortcut: 'mod+k',
	isOn: session.isIn('link'),
	run: () => session.link(true)
});

/** Present where there are comments, on selected words. */
const commentTools = (editor: Editor, session: ProseSession): readonly Tool[] =>
	session.canComment && session.state?.selection.empty === false
		? [
				{
					key: 'comment',
					label: 'Comment',
					icon: MessageSquarePlus,
					shortcut: 'alt+mod+m',
					run: () => void editor.commands.comment()
				}
			]
		: [];

/** What can be done to selected words. */
export const wordTools = (editor: Editor, session: ProseSession): readonly Tool[] => [
	...toggles(editor, session),
	linkTool(editor, session),
	...commentTools(editor, session)
];

/** What can be done to the table the caret is in. */
export function tableTools(editor: Editor, session: ProseSession): readonly Tool[] {
	const { TABLE_VERBS: does } = verbs;
	const tool = (key: keyof typeof does, label: string, icon: IconType): Tool => ({
		key,
		label,
		icon,
		run: () => verbs.performInTable(editor, does[key])
	});
	return [
		tool('rowBelow', 'Add row below', RowDown),
		tool('rowAbove', 'Add row above', RowUp),
		tool('columnAfter', 'Add column after', ColumnRight),
		tool('columnBefore', 'Add column before', ColumnLeft),
		{ ...tool('headerRow', 'Header row', PanelTop), isOn: hasHeaderRow(session) },
		tool('deleteRow', 'Delete row', FoldRows),
		tool('deleteColumn', 'Delete column', FoldColumns),
		tool('deleteTable', 'Delete table', Trash)
	];
}

function hasHeaderRow({ state }: ProseSession): boolean {
	const $from = state?.selection.$from;
	if (!$from) return false;
	for (let depth = $from.depth; depth > 0; depth -= 1) {
		const node = $from.node(depth);
		if (node.type.name === 'table')
			return node.firstChild?.children.every(({ type }) => type.name === 'tableHeader') ?? false;
	}
	return false;
}

/** What stands over the keyboard of a phone: what a person needs most while writing, first. */
export function touchTools(editor: Editor, session: ProseSession): readonly Tool[] {
	const type = (sign: string) => () => {
		const before = editor.state.doc.textBetween(
			Math.max(0, editor.state.selection.from - 1),
			editor.state.selection.from,
			'\n',
			' '
		);
		editor
			.chain()
			.focus()
			.insertContent(/^\s?$/.test(before) ? sign : ` ${sign}`)
			.run();
	};
	const isInList = session.isIn('listItem') || session.isIn('taskItem');
	const item = session.isIn('taskItem') ? 'taskItem' : 'listItem';
	const indents: readonly Tool[] = [
		{
			key: 'indent',
			label: 'Indent',
			icon: IndentIncrease,
			run: () => verbs.perform(editor, (chain) => chain.sinkListItem(item))
		},
		{
			key: 'outdent',
			label: 'Outdent',
			icon: IndentDecrease,
			run: () => verbs.perform(editor, (chain) => chain.liftListItem(item))
		}
	];
	const does = (key: string, label: string, [icon, verb, isOn]: [IconType, verbs.Verb, boolean]): Tool => ({
		key,
		label,
		icon,
		isOn,
		run: () => verbs.perform(editor, verb)
	});
	return [
		...commentTools(editor, session),
		{ key: 'insert', label: 'Insert', icon: Plus, run: type('/') },
		...(session.isIn('table') ? tableTools(editor, session) : []),
		does('tasks', 'Tasks', [ListTodo, verbs.taskList, session.isIn('taskList')]),
		does('bullets', 'Bulleted list', [List, verbs.bulletList, session.isIn('bulletList')]),
		...(isInList ? indents : []),
		{ key: 'mention', label: 'Mention', icon: AtSign, run: type('@') },
		...toggles(editor, session),
		linkTool(editor, session),
		does('heading', 'Heading', [Heading, verbs.heading(2), session.isIn('heading')]),
		{ key: 'undo', label: 'Undo', icon: Undo, run: () => void editor.storage.proseSync.undo?.undo() },
		{ key: 'redo', label: 'Redo', icon: Redo, run: () => void editor.storage.proseSync.undo?.redo() }
	];
}
