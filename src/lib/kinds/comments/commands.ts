import type * as Y from 'yjs';
import { UserEdit } from '#lib/docs/origin.ts';
import { newRowId, type PersonId, type RowId } from '#lib/domain/id.ts';
import { ok, refuse, type Result } from '#lib/util/result.ts';
import type { Tables } from './doc.ts';
import { QUOTE_LENGTH_MAX, TEXT_LENGTH_MAX, type Anchor, type Reply } from './schema.ts';

export interface CommentRefused {
	readonly code: 'comment.gone' | 'comment.others' | 'comment.empty' | 'comment.long';
	/** For the person, as it is. */
	readonly sentence: string;
}

export interface NewThread {
	readonly anchor: Anchor;
	/** What was marked; cut to what is kept. */
	readonly quote?: string;
	readonly text: string;
}

/** Every `at` is an ISO instant. Texts are stored without the space around them. */
export interface CommentsCommands {
	/** Begins a thread with its first comment. */
	begin(thread: NewThread, at: string): Result<RowId, CommentRefused>;
	/** Answers. What is resolved stays so. */
	reply(thread: RowId, text: string, at: string): Result<RowId, CommentRefused>;
	/** Changes the text of one's own. */
	edit(reply: RowId, text: string, at: string): Result<void, CommentRefused>;
	/** Takes one's own away. A thread of which nothing is left is not shown. */
	remove(reply: RowId, at: string): Result<void, CommentRefused>;
	restore(reply: RowId): Result<void, CommentRefused>;
	/** Settles a thread. One that is settled already stays as whoever did it left it. */
	resolve(thread: RowId, at: string): void;
	reopen(thread: RowId): void;
}

interface Desk {
	readonly doc: Y.Doc;
	readonly by: PersonId;
	readonly tables: Tables;
}

const GONE: CommentRefused = { code: 'comment.gone', sentence: 'This comment is not here any more.' };
const OTHERS: CommentRefused = {
	code: 'comment.others',
	sentence: 'Only whoever wrote a comment can change it.'
};
const EMPTY: CommentRefused = { code: 'comment.empty', sentence: 'Write something first.' };
const LONG: CommentRefused = {
	code: 'comment.long',
	sentence: `A comment has at most ${TEXT_LENGTH_MAX} letters.`
};

export function commandsOf(doc: Y.Doc, { by, tables }: Omit<Desk, 'doc'>): CommentsCommands {
	const desk: Desk = { doc, by, tables };
	const { threads, replies } = tables;
	const edit = <T>(command: string, change: () => T): T =>
		doc.transact(change, new UserEdit(by, `comments.${command}`));
	/** Changes a comment of one's own. */
	const own = (id: RowId, command: string, change: () => void): Result<void, CommentRefused> => {
		const refused = refusalOf(desk, id);
		if (refused) return refuse(refused);
		edit(command, change);
		return ok(undefined);
	};

	return {
		begin({ anchor, quote = '', text }, at) {
			const refused = textRefusal(text);
			if (refused) return refuse(refused);
			const id = newRowId();
			edit('begin', () => {
				const row = { id, anchor, quote: quote.trim().slice(0, QUOTE_LENGTH_MAX), by, at };
				threads.insert(doc, row, 'end');
				addReply(desk, { thread: id, text, at });
			});
			return ok(id);
		},
		reply(thread, text, at) {
			const refused = threads.has(doc, thread) ? textRefusal(text) : GONE;
			if (refused) return refuse(refused);
			return ok(edit('reply', () => addReply(desk, { thread, text, at })));
		},
		edit(id, text, at) {
			const refused = textRefusal(text);
			if (refused) return refuse(refused);
			const was = replies.map(doc).get(id)?.get('text');
			return own(id, 'edit', () => {
				if (was !== text.trim()) replies.patch(doc, id, { text: text.trim(), editedAt: at });
			});
		},
		remove: (id, at) => own(id, 'remove', () => replies.remove(doc, id, at)),
		restore: (id) => own(id, 'restore', () => replies.restore(doc, id)),
		resolve(thread, at) {
			if (threads.map(doc).get(thread)?.has('resolvedAt')) return;
			edit('resolve', () => threads.patch(doc, thread, { resolvedAt: at, resolvedBy: by }));
		},
		reopen: (thread) =>
			edit('reopen', () => threads.patch(doc, thread, { resolvedAt: undefined, resolvedBy: undefined }))
	};
}

function addReply({ doc, by, tables }: Desk, reply: Pick<Reply, 'thread' | 'text' | 'at'>): RowId {
	const id = newRowId();
	tables.replies.insert(doc, { ...reply, id, by, text: reply.text.trim() }, 'end');
	return id;
}

function textRefusal(text: string): CommentRefused | undefined {
	const { length } = text.trim();
	return length === 0 ? EMPTY : length > TEXT_LENGTH_MAX ? LONG : undefined;
}

/** Why this person cannot change a comment; undefined when they can. */
function refusalOf({ doc, by, tables }: Desk, id: RowId): CommentRefused | undefined {
	const row = tables.replies.map(doc).get(id);
	if (!row) return GONE;
	return row.get('by') === by ? undefined : OTHERS;
}
