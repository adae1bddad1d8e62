import type { Editor } from '@tiptap/core';
import type { EditorState } from '@tiptap/pm/state';
import { untrack } from 'svelte';
import type { Person } from '#lib/domain/person.ts';
import type { BlockKind } from '../blocks.ts';
import type { ProseComments } from './comments.ts';
import { fitting, insertions, mentions, type Choice, type ProseCommand } from './choices.ts';
import type { Suggestion } from './suggest.ts';
import * as verbs from './verbs.ts';

/** What the bars and lists around a text read, as thunks: the page may change any of it while one writes. */
export interface SessionSources {
	readonly people: () => readonly Person[];
	readonly blocks: () => readonly BlockKind[];
	readonly commands: () => readonly ProseCommand[];
	readonly oncommand: (id: string) => void;
	/** Undefined where there are no comments. */
	readonly comments: () => ProseComments | undefined;
}

/** Most people shown at once after “@”: a list one can read at a glance. */
const MENTIONS_MAX = 8;

/**
 * One editor on the screen, as the things around it see it. It never holds what the text holds: everything is asked
 * of the editor, and asked again after every transaction.
 */
export class ProseSession {
	readonly #sources: SessionSources;
	#editor = $state.raw<Editor>();
	#version = $state(0);
	#suggestion = $state.raw<Suggestion>();
	#index = $state(0);
	#isFocused = $state(false);
	#isLinking = $state(false);
	#notice = $state('');

	readonly #choices = $derived.by((): readonly Choice[] => {
		const open = this.#suggestion;
		if (!open) return [];
		if (open.sign === '@')
			return fitting(mentions(this.#sources.people()), open.query).slice(0, MENTIONS_MAX);
		return fitting(insertions(this.#sources.blocks(), this.#sources.commands()), open.query);
	});

	constructor(sources: SessionSources) {
		this.#sources = sources;
	}

	/** The editor once it is there: who reads this is not told of transactions. */
	get opened(): Editor | undefined {
		return this.#editor;
	}

	/** What the editor holds now: who reads this is told of every transaction. */
	get state(): EditorState | undefined {
		void this.#version;
		return this.#editor?.state;
	}

	/** Whether the selection is in such a node or under such a mark. */
	isIn(name: string): boolean {
		void this.#version;
		return this.#editor?.isActive(name) ?? false;
	}

	get suggestion(): Suggestion | undefined {
		return this.#suggestion;
	}

	get choices(): readonly Choice[] {
		return this.#choices;
	}

	/** Which choice Enter takes. */
	get index(): number {
		return Math.min(this.#index, Math.max(0, this.#choices.length - 1));
	}

	/** Whether the selected words can be commented on. */
	get canComment(): boolean {
		return this.#sources.comments() !== undefined;
	}

	get isFocused(): boolean {
		return this.#isFocused;
	}

	/** Whether the address of a link is being typed. */
	get isLinking(): boolean {
		return this.#isLinking;
	}

	/** One sentence for the person, or none. */
	get notice(): string {
		return this.#notice;
	}

	attach(editor: Editor): () => void {
		this.#editor = editor;
		// A transaction may come from within an effect, which must not depend on what it causes.
		const again = () => untrack(() => (this.#version += 1));
		// So may the focus: a page that takes the text away takes it from whoever was writing.
		const focus = () => untrack(() => (this.#isFocused = true));
		const blur = () => untrack(() => (this.#isFocused = false));
		editor.on('transaction', again);
		editor.on('focus', focus);
		editor.on('blur', blur);
		return () => {
			editor.off('transaction', again);
			editor.off('focus', focus);
			editor.off('blur', blur);
			this.#editor = undefined;
		};
	}

	suggest(open: Suggestion | undefined): void {
		if (open?.query !== this.#suggestion?.query || open?.sign !== this.#suggestion?.sign) this.#index = 0;
		this.#suggestion = open;
	}

	/** True when the open list took the key. */
	key(event: KeyboardEvent): boolean {
		const { length } = this.#choices;
		switch (event.key) {
			case 'ArrowDown':
			case 'ArrowUp':
				if (length === 0 || event.altKey || event.metaKey || event.ctrlKey) return false;
				this.#index = (this.index + (event.key === 'ArrowDown' ? 1 : length - 1)) % length;
				return true;
			case 'Enter':
			case 'Tab':
				if (length === 0 || event.shiftKey) return false;
				this.choose(this.index);
				return true;
			case 'Escape':
				return this.#editor?.commands.closeSuggestion() ?? false;
			default:
				return false;
		}
	}

	choose(index: number): void {
		const [choice, open, editor] = [this.#choices[index], this.#suggestion, this.#editor];
		if (!choice || !open || !editor) return;
		const { does } = choice;
		if (does.is === 'mention') verbs.mention(editor, does.person, open);
		else {
			verbs.perform(editor, (chain) => chain.deleteRange({ from: open.from, to: open.to }));
			if (does.is === 'verb') verbs.perform(editor, does.verb);
			else if (does.is === 'command') this.#sources.oncommand(does.id);
			else void this.#insert(editor, does.kind);
		}
	}

	say(sentence: string): void {
		this.#notice = sentence;
	}

	link(isLinking: boolean): void {
		this.#isLinking = isLinking;
	}

	/** Inserts a block once its data is known, at the place it was asked for, which may have moved by then. */
	async #insert(editor: Editor, kind: BlockKind): Promise<void> {
		const { binding } = editor.storage.proseSync;
		const place = binding?.hold(editor.state).head;
		const data = await kind.create();
		if (!data || editor.isDestroyed) return;
		verbs.insertBlock(editor, kind.type, { data, near: place && binding?.posOf(place) });
		editor.view.focus();
	}
}
