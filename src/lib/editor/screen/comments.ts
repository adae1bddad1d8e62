import { Extension } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { Plugin, PluginKey, type EditorState, type Transaction } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import { markOf, plainText, rangeOf, type TextMark } from '#lib/docs/anchor.ts';
import { assert } from '#lib/util/assert.ts';
import { pulledBy, type ProseBinding } from '../binding/binding.ts';
import { lettersIn, posOf } from '../binding/positions.ts';
import { CommentLayer } from './comment-layer.ts';

// What people comment on is marked on the layer behind the text. Nothing of it is ever written into the text.

/** A thread about words of this text. */
export interface CommentedWords {
	readonly id: string;
	readonly mark: TextMark;
}

/** The comments of one text, as the page that shows them knows them. */
export interface ProseComments {
	/** The open ones. */
	readonly threads: readonly CommentedWords[];
	/** The thread that the person looks at: drawn stronger, and brought into sight. */
	readonly activeId?: string | undefined;
	/** Somebody wants to say something about these words. */
	onadd(mark: TextMark): void;
	/** Somebody chose the thread of the words they clicked on, or that their caret is in. */
	onopen(id: string, by: 'click' | 'key'): void;
}

interface Span {
	readonly id: string;
	readonly from: number;
	readonly to: number;
}

interface CommentState {
	readonly shown: Pick<ProseComments, 'threads' | 'activeId'>;
	readonly spans: readonly Span[];
}

const commentsKey = new PluginKey<CommentState>('prose-comments');

declare module '@tiptap/core' {
	interface Commands<ReturnType> {
		comments: {
			/** Says which threads there are from now on. */
			showComments: (shown: CommentState['shown']) => ReturnType;
			/** Comments on the selected words; opens the thread that the caret is in. False when there is neither. */
			comment: () => ReturnType;
		};
	}
}

interface CommentOptions {
	readonly layer: HTMLElement | undefined;
	/** Undefined where there are no comments. */
	readonly desk: () => Pick<ProseComments, 'onadd' | 'onopen'> | undefined;
}

export const Comments = Extension.create<CommentOptions>({
	name: 'comments',
	addOptions: () => ({ layer: undefined, desk: () => undefined }),
	addCommands() {
		return {
			showComments:
				(shown) =>
				({ tr, dispatch }) => {
					dispatch?.(tr.setMeta(commentsKey, shown));
					return true;
				},
			comment:
				() =>
				({ state, dispatch }) => {
					const [desk, { binding }] = [this.options.desk(), this.editor.storage.proseSync];
					if (!desk || !binding) return false;
					if (!state.selection.empty) {
						const mark = markOfSelection(binding, state);
						if (mark && dispatch) desk.onadd(mark);
						return mark !== undefined;
					}
					const id = threadAt(state, state.selection.head);
					if (id !== undefined && dispatch) desk.onopen(id, 'key');
					return id !== undefined;
				}
		};
	},
	addKeyboardShortcuts() {
		return { 'Mod-Alt-m': () => this.editor.commands.comment() };
	},
	addProseMirrorPlugins() {
		const { layer, desk } = this.options;
		const { binding } = this.editor.storage.proseSync;
		assert(binding, 'comments need a binding');
		return [
			new Plugin<CommentState>({
				key: commentsKey,
				state: {
					init: () => ({ shown: { threads: [] }, spans: [] }),
					apply: (tr, was, _old, { doc }) => after(tr, was, { binding, doc })
				},
				props: {
					handleClick(view, pos) {
						const id = threadAt(view.state, pos);
						if (id !== undefined) desk()?.onopen(id, 'click');
						return false;
					}
				},
				view: (view) => (layer ? new CommentView(view, layer) : {})
			})
		];
	}
});

function after(
	tr: Transaction,
	was: CommentState,
	{ binding, doc }: { binding: ProseBinding; doc: Node }
): CommentState {
	const shown = (tr.getMeta(commentsKey) as CommentState['shown'] | undefined) ?? was.shown;
	if (shown.threads !== was.shown.threads || (pulledBy(tr) && shown.threads.length > 0))
		return { shown, spans: spansOf(binding, doc, shown.threads) };
	if (!tr.docChanged) return shown === was.shown ? was : { shown, spans: was.spans };
	// While a local edit is applied the shared text is still as it was: marks move with the steps.
	const spans = was.spans
		.map(({ id, from, to }) => ({ id, from: tr.mapping.map(from, 1), to: tr.mapping.map(to, -1) }))
		.filter(({ from, to }) => from < to);
	return { shown, spans };
}

function spansOf({ fragment }: ProseBinding, doc: Node, threads: readonly CommentedWords[]): readonly Span[] {
	if (threads.length === 0) return [];
	const plain = plainText(fragment);
	return threads.flatMap(({ id, mark }) => {
		const range = rangeOf(plain, mark);
		const [from, to] = [range?.from, range?.to].map((place) => place && posOf(fragment, doc, place));
		const isHere = from !== undefined && to !== undefined && from < to && to <= doc.content.size;
		return isHere ? [{ id, from, to }] : [];
	});
}

function markOfSelection({ fragment }: ProseBinding, { doc, selection }: EditorState): TextMark | undefined {
	const letters = lettersIn(fragment, doc, selection);
	return letters && markOf(fragment, letters);
}

/** Of several threads about a letter the one about the fewest. */
function threadAt(state: EditorState, pos: number): string | undefined {
	const around = (commentsKey.getState(state)?.spans ?? []).filter(
		({ from, to }) => from <= pos && pos <= to
	);
	return around.toSorted((a, b) => a.to - a.from - (b.to - b.from))[0]?.id;
}

class CommentView {
	readonly #view: EditorView;
	readonly #layer: CommentLayer;
	readonly #sizes: ResizeObserver;
	#active: string | undefined;

	constructor(view: EditorView, layer: HTMLElement) {
		this.#view = view;
		this.#layer = new CommentLayer(view, layer);
		this.#sizes = new ResizeObserver(() => this.update());
		this.#sizes.observe(view.dom);
	}

	update(): void {
		if (this.#view.isDestroyed) return;
		const { shown, spans } = commentsKey.getState(this.#view.state) ?? { shown: undefined, spans: [] };
		const active = shown?.activeId;
		this.#layer.draw(spans.map((span) => ({ ...span, isActive: span.id === active })));
		if (active !== undefined && active !== this.#active) this.#layer.reveal(active);
		this.#active = active;
	}

	destroy(): void {
		this.#sizes.disconnect();
		this.#layer.destroy();
	}
}
