import { createSubscriber } from 'svelte/reactivity';
import type { Awareness } from 'y-protocols/awareness';
import * as z from 'zod/mini';
import { personId, type PersonId } from '../domain/id.ts';
import type { Person, Presence } from '../domain/person.ts';

// Who has a document open, out of what their devices say of themselves. Nothing is decided from it: it may be late,
// or lost.

/** What a device tells the others about its person. Shared with Tiptap, which reads `user` for the carets. */
const stated = z.object({
	user: z.object({ id: personId, name: z.string() }),
	/** The row they look at, and whether they are writing there. */
	at: z.optional(z.object({ row: z.string(), isTyping: z.boolean() })),
	device: z.optional(z.enum(['phone', 'laptop']))
});
type Stated = z.infer<typeof stated>;

/** Who left within this is still shown, as somebody who may come back with edits. */
const AWAY_MS_MAX = 30 * 60_000;

/** Typing is over when nothing was typed for so long. */
const TYPING_MS = 2_000;

/** As `#rrggbb`, for other Yjs tools: ours take the colour of the slot from the theme. */
const SLOT_COLORS = ['#7440c9', '#a8480a', '#0c6ba8', '#b02a80', '#5a650c', '#43587a', '#0b737d', '#8a3f35'];

export interface Present extends Presence {
	/** The row they look at; empty when they did not say. */
	readonly row: string;
	readonly device: 'phone' | 'laptop';
}

interface Seen {
	readonly stated: Stated;
	readonly atMs: number;
}

export class DocumentPresence {
	readonly #awareness: Awareness;
	readonly #me: () => Person;
	readonly #nowMs: () => number;
	readonly #track: () => void;
	/** People who were here and are not any more, with what they last said. */
	readonly #gone = new Map<PersonId, Seen>();
	#here = new Map<PersonId, Seen>();
	#typing: ReturnType<typeof setTimeout> | undefined;

	constructor(options: { awareness: Awareness; me: () => Person; nowMs: () => number }) {
		this.#awareness = options.awareness;
		this.#me = options.me;
		this.#nowMs = options.nowMs;
		this.#track = createSubscriber((changed) => {
			const hear = () => {
				this.#look();
				changed();
			};
			hear();
			this.#awareness.on('change', hear);
			return () => this.#awareness.off('change', hear);
		});
	}

	/** Everybody, I first, then by when they were last seen here or, for those away, last of all. */
	peopleAmong(people: readonly Person[]): readonly Present[] {
		this.#track();
		const known = new Map(people.map((person) => [person.id, person]));
		const here = [...this.#here.values()].map((seen) => this.#present(seen, known, 'here'));
		const isRecent = ({ atMs }: Seen) => this.#nowMs() - atMs < AWAY_MS_MAX;
		const away = [...this.#gone.values()].filter(isRecent).map((seen) => this.#present(seen, known, 'away'));
		return [...here, ...away].sort((a, b) => rank(a) - rank(b) || a.person.name.localeCompare(b.person.name));
	}

	/** Tells the others that I am here, and where. */
	announce(at: { readonly row: string }): void {
		const { id, name, slot } = this.#me();
		const color = SLOT_COLORS[slot - 1] ?? '#43587a';
		this.#awareness.setLocalStateField('user', { id, name, slot, color });
		this.#awareness.setLocalStateField(
			'device',
			matchMedia('(max-width: 767px)').matches ? 'phone' : 'laptop'
		);
		this.#awareness.setLocalStateField('at', { row: at.row, isTyping: false });
	}

	/** I am writing in `row`; it is over by itself. */
	typing(row: string): void {
		clearTimeout(this.#typing);
		const before: unknown = this.#awareness.getLocalState()?.['at'];
		const isSaid = z.safeParse(z.object({ row: z.literal(row), isTyping: z.literal(true) }), before).success;
		if (!isSaid) this.#awareness.setLocalStateField('at', { row, isTyping: true });
		this.#typing = setTimeout(
			() => this.#awareness.setLocalStateField('at', { row, isTyping: false }),
			TYPING_MS
		);
	}

	#look(): void {
		const here = new Map<PersonId, Seen>();
		for (const state of this.#awareness.getStates().values()) {
			const parsed = z.safeParse(stated, state);
			if (!parsed.success) continue; // A tool without a person, or another app's own words.
			const { id } = parsed.data.user;
			const known = here.get(id);
			if (!known || parsed.data.at?.isTyping) here.set(id, { stated: parsed.data, atMs: this.#nowMs() });
		}
		for (const [id, seen] of this.#here)
			if (!here.has(id)) this.#gone.set(id, { ...seen, atMs: this.#nowMs() });
		for (const id of here.keys()) this.#gone.delete(id);
		this.#here = here;
	}

	#present(
		{ stated: said, atMs }: Seen,
		known: ReadonlyMap<PersonId, Person>,
		state: 'here' | 'away'
	): Present {
		const me = this.#me();
		const person = known.get(said.user.id) ?? { id: said.user.id, name: said.user.name, slot: 6 };
		return {
			person: said.user.id === me.id ? me : person,
			isMe: said.user.id === me.id,
			state: state === 'here' && said.at?.isTyping ? 'typing' : state,
			where: '',
			row: said.at?.row ?? '',
			device: said.device ?? 'laptop',
			seenAtMs: atMs
		};
	}
}

const rank = ({ isMe, state }: Present) => (isMe ? 0 : state === 'away' ? 2 : 1);
