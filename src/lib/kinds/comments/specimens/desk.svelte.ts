import * as Y from 'yjs';
import type { PersonId, RowId } from '#lib/domain/id.ts';
import type { Person } from '#lib/domain/person.ts';
import { Toasts } from '#lib/ui/messages/toasts.svelte.ts';
import { SvelteMap } from 'svelte/reactivity';
import type { CommentsCommands } from '../commands.ts';
import { commentsDoc } from '../doc.ts';
import { typical } from '../fixtures.ts';
import { isTextAnchor, type Anchor, type Comments } from '../schema.ts';
import { standingsOf } from '../standing.ts';
import type { CommentsSurroundings, FocusWish, ShownThread, ThreadDraft } from '../surroundings.ts';

const person = (id: string, name: string, slot: Person['slot']): Person => ({
	id: id as PersonId,
	name,
	slot
});

export const nadia = person('p-nadia', 'Nadia Okafor', 1);
export const rafael = person('p-rafael', 'Rafael Costa', 5);
export const PEOPLE: readonly Person[] = [
	nadia,
	person('p-priya', 'Priya Raman', 2),
	person('p-mei', 'Mei Lin', 3),
	person('p-tomas', 'Tomás Herrera', 4),
	rafael
];

export const NOW_MS = Date.parse('2026-06-08T10:20:00.000Z');

/** One person's panel over a real document of comments. What it asks of the app can be looked up. */
export class Desk implements CommentsSurroundings {
	readonly doc = new Y.Doc();
	readonly toasts = new Toasts(() => () => undefined);
	readonly asked: string[] = [];
	readonly people = PEOPLE;
	readonly timeZone = 'Europe/London';
	readonly today = '2026-06-08';
	readonly me: Person;
	present = $state.raw<ReadonlySet<string>>(new Set(['p-nadia', 'p-rafael']));
	activeId = $state<string>();
	draft = $state.raw<ThreadDraft>();
	record = $state.raw<{ noun: string }>();
	/** The row that the page shows. */
	row = $state<string>();
	wish = $state.raw<FocusWish>();
	isLoading = $state(false);
	isReadOnly = $state(false);
	pending = $state.raw<ReadonlySet<string>>(new Set());
	/** Threads whose words are gone. */
	detached = $state.raw<ReadonlySet<string>>(new Set());
	#value = $state.raw<Comments>({ threads: [], replies: [] });
	#anchor: Anchor = { root: 'agenda', row: 'i-slo' };
	readonly #typed = new SvelteMap<string, string>();

	constructor({ comments = typical, me = nadia }: { comments?: Comments; me?: Person } = {}) {
		this.me = me;
		commentsDoc.seed(this.doc, comments);
		this.#value = commentsDoc.read(this.doc).value;
		commentsDoc.observe(this.doc, () => (this.#value = commentsDoc.read(this.doc).value));
	}

	get value(): Comments {
		return this.#value;
	}

	get commands(): CommentsCommands | undefined {
		return this.isReadOnly ? undefined : commentsDoc.commands(this.doc, this.me.id);
	}

	by(who: Person): CommentsCommands {
		return commentsDoc.commands(this.doc, who.id);
	}

	get threads(): readonly ShownThread[] {
		const shown = standingsOf(this.#value).map((standing) => {
			const { anchor, id } = standing.thread;
			return {
				...standing,
				where: isTextAnchor(anchor) ? 'SLO & reliability signals' : 'Cost deltas',
				isDetached: this.detached.has(id),
				isOfShown: !isTextAnchor(anchor) && anchor.row === this.row
			};
		});
		return shown.toSorted((a, b) => Number(a.isDetached) - Number(b.isDetached));
	}

	nowMs(): number {
		return NOW_MS;
	}

	fulfil(): void {
		this.wish = undefined;
	}

	show(thread: RowId): void {
		this.asked.push(`show ${thread}`);
		this.activeId = thread;
	}

	commentOnRecord(): void {
		this.#anchor = { root: 'agenda', row: this.row ?? '' };
		this.draft = { quote: '', where: 'Cost deltas' };
	}

	begin(text: string): string | undefined {
		const { quote = '' } = this.draft ?? {};
		const done = this.commands?.begin({ anchor: this.#anchor, quote, text }, new Date(NOW_MS).toISOString());
		if (!done?.ok) return done?.error.sentence;
		this.draft = undefined;
		return undefined;
	}

	dropDraft(): void {
		this.draft = undefined;
	}

	typedIn(key: string): string {
		return this.#typed.get(key) ?? '';
	}

	keepTyped(key: string, text: string): void {
		this.#typed.set(key, text);
	}

	isPending(_root: 'threads' | 'replies', row: RowId): boolean {
		return this.pending.has(row);
	}

	tell({ title, action }: Parameters<CommentsSurroundings['tell']>[0]): void {
		this.toasts.show({ title, ...(action ? { actions: [action] } : {}) });
	}

	say(words: string): void {
		this.asked.push(`say ${words}`);
	}
}
