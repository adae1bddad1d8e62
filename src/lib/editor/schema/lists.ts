import { mergeAttributes } from '@tiptap/core';
import * as Lists from '@tiptap/extension-list';

// Lists as Tiptap has them, but open for what a merge can leave: an item may begin with any block, and a list may
// hold a block from a newer app. A stricter schema could not show such a text, and would have to drop it.

const OR_FOREIGN = 'foreignBlock';

export const BulletList = Lists.BulletList.extend({
	group: 'flow list',
	content: `(listItem | ${OR_FOREIGN})+`
});

export const OrderedList = Lists.OrderedList.extend({
	group: 'flow list',
	content: `(listItem | ${OR_FOREIGN})+`
});

export const ListItem = Lists.ListItem.extend({
	content: 'flow+',
	renderHTML: ({ HTMLAttributes }) => ['li', mergeAttributes({ dir: 'auto' }, HTMLAttributes), 0]
});

export const TaskList = Lists.TaskList.extend({ group: 'flow list', content: `(taskItem | ${OR_FOREIGN})+` });

export const TaskItem = Lists.TaskItem.extend({ content: 'flow+' }).configure({
	nested: true,
	a11y: { checkboxLabel: (node) => node.firstChild?.textContent || 'Empty task' }
});
