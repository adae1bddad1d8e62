import { mergeAttributes } from '@tiptap/core';
import * as Tables from '@tiptap/extension-table';

// Tables for prose. They are drawn without fixed widths, and nothing repairs them behind a person's back: two
// editors that repair one merged table both add cells.

export const Table = Tables.Table.extend({
	group: 'flow',
	renderHTML: ({ HTMLAttributes }) => [
		'div',
		{ class: 'table-scroll' },
		['table', mergeAttributes(HTMLAttributes), ['tbody', 0]]
	],
	addNodeView: () => null
}).configure({ resizable: false });

export const TableRow = Tables.TableRow;
export const TableCell = Tables.TableCell.extend({ content: 'flow+' });
export const TableHeader = Tables.TableHeader.extend({ content: 'flow+' });
