import { Random } from '#lib/util/random.ts';
import type { CommentsCommands } from '../commands.ts';
import type { Comments } from '../schema.ts';

const [AT, LATER] = ['2026-06-08T10:30:00.000Z', '2026-06-08T10:45:00.000Z'];
/** More than these are not added: people who meet at the same things are who can hurt each other. */
const [FULL_THREADS, FULL_REPLIES] = [15, 60];

/** One command on what `snapshot` says is there; the same seed and snapshot run the same. */
export function randomEdit(commands: CommentsCommands, { threads, replies }: Comments, seed: number): void {
	const random = new Random(seed);
	const anchor = { root: 'agenda', row: 'i-cost' };
	const begin = () => commands.begin({ anchor, quote: `q${seed}`, text: `t${seed}` }, AT);
	if (threads.length < FULL_THREADS && random.chance(0.1)) return void begin();
	if (threads.length === 0 || replies.length === 0) return;
	const [thread, reply] = [random.pick(threads).id, random.pick(replies).id];
	const verbs: (() => unknown)[] = [
		() => replies.length < FULL_REPLIES && commands.reply(thread, `r${seed} @[Mei Lin](p-mei)`, AT),
		() => commands.edit(reply, `e${seed}`, LATER),
		() => random.chance(0.4) && commands.remove(reply, LATER),
		() => commands.restore(reply),
		() => commands.resolve(thread, `2026-06-08T11:${10 + random.below(50)}:00.000Z`),
		() => commands.reopen(thread)
	];
	random.pick(verbs)();
}
