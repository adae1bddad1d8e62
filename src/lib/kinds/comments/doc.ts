import type * as Y from 'yjs';
import type { DocBinding } from '#lib/docs/binding.ts';
import { migrate } from '#lib/docs/migrate.ts';
import { StorageLoad } from '#lib/docs/origin.ts';
import { rowTable, type RowTable } from '#lib/docs/rows.ts';
import { commandsOf, type CommentsCommands } from './commands.ts';
import { reply, thread, type Comments, type Reply, type Thread } from './schema.ts';

/** Every reply is a row of its own: two people who answer at once both have answered. */
export interface Tables {
	readonly threads: RowTable<Thread>;
	readonly replies: RowTable<Reply>;
}

const tables: Tables = {
	threads: rowTable({ root: 'threads', row: thread }),
	replies: rowTable({ root: 'replies', row: reply })
};

const rootsOf = (doc: Y.Doc) => [tables.threads.map(doc), tables.replies.map(doc)];

export const commentsDoc: DocBinding<Comments, CommentsCommands> = {
	read(doc) {
		const [threads, replies] = [tables.threads.read(doc), tables.replies.read(doc)];
		return {
			value: { threads: threads.value, replies: replies.value },
			rejected: [...threads.rejected, ...replies.rejected]
		};
	},
	commands: (doc, by) => commandsOf(doc, { by, tables }),
	lift: (doc) => migrate(doc, []),
	seed(doc, { threads, replies }) {
		doc.transact(() => {
			tables.threads.seed(doc, threads);
			tables.replies.seed(doc, replies);
		}, new StorageLoad());
	},
	observe(doc, onChange) {
		const roots = rootsOf(doc);
		for (const root of roots) root.observeDeep(onChange);
		return () => {
			for (const root of roots) root.unobserveDeep(onChange);
		};
	},
	undoable: rootsOf
};
