import type { PersonId, RowId } from '#lib/domain/id.ts';
import { byCodeUnit } from '#lib/util/order.ts';
import { mentionedIn } from './mentions.ts';
import type { Comments, Reply, Thread } from './schema.ts';

/** A thread with what was said in it. */
export interface Standing {
	readonly thread: Thread;
	/** Oldest first; never empty. */
	readonly replies: readonly Reply[];
	readonly isResolved: boolean;
	/** Somebody answered after it was resolved. */
	readonly isAnsweredSince: boolean;
}

/** The threads in which something is left, in the order they were begun. */
export function standingsOf({ threads, replies }: Comments): readonly Standing[] {
	const byThread = Map.groupBy(replies, ({ thread }) => thread);
	return threads.flatMap((thread) => {
		const said = byThread.get(thread.id)?.toSorted(byWriting);
		if (!said) return [];
		const { resolvedAt } = thread;
		const isAnsweredSince = resolvedAt !== undefined && said.some(({ at }) => at > resolvedAt);
		return [{ thread, replies: said, isResolved: resolvedAt !== undefined, isAnsweredSince }];
	});
}

/** A reply comes after what its author had read; of those written apart, the earlier first. */
const byWriting = (a: Reply, b: Reply): number =>
	byCodeUnit(a.order, b.order) || byCodeUnit(a.at, b.at) || byCodeUnit(a.id, b.id);

export const openThreads = (comments: Comments): readonly Standing[] =>
	standingsOf(comments).filter(({ isResolved }) => !isResolved);

/** The open threads in which somebody means `person`. */
export const threadsForPerson = (comments: Comments, person: PersonId): readonly Standing[] =>
	openThreads(comments).filter(({ replies }) =>
		replies.some(({ text, by }) => by !== person && mentionedIn(text).includes(person))
	);

export const standingOf = (comments: Comments, thread: RowId): Standing | undefined =>
	standingsOf(comments).find((one) => one.thread.id === thread);
