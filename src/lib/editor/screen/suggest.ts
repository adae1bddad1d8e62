import { Extension } from '@tiptap/core';
import { Plugin, PluginKey, type EditorState } from '@tiptap/pm/state';
import { pulledBy } from '../binding/binding.ts';

// “/” and “@” at the start of a word open a list at the caret, which what is typed on filters. The list itself is
// drawn elsewhere; here is when it is open, over which letters, and which keys are its own.

export interface Suggestion {
	readonly sign: '/' | '@';
	readonly query: string;
	/** Sign and query, as positions in the document. */
	readonly from: number;
	readonly to: number;
}

interface SuggestState {
	readonly open: Suggestion | undefined;
	/** Where a list was closed on purpose: it stays closed over that sign. */
	readonly closedAt: number | undefined;
}

const suggestKey = new PluginKey<SuggestState>('prose-suggest');

interface SuggestOptions {
	/** Called whenever the open suggestion changes. */
	readonly onchange: (open: Suggestion | undefined) => void;
	/** True when the list took the key. */
	readonly onkey: (event: KeyboardEvent) => boolean;
}

declare module '@tiptap/core' {
	interface Commands<ReturnType> {
		suggest: {
			closeSuggestion: () => ReturnType;
		};
	}
}

export const Suggest = Extension.create<SuggestOptions>({
	name: 'suggest',
	priority: 950,
	addOptions: () => ({ onchange: () => undefined, onkey: () => false }),
	addCommands: () => ({
		closeSuggestion:
			() =>
			({ tr, dispatch }) => {
				dispatch?.(tr.setMeta(suggestKey, 'close'));
				return true;
			}
	}),
	addProseMirrorPlugins() {
		const { onchange, onkey } = this.options;
		return [
			new Plugin<SuggestState>({
				key: suggestKey,
				state: {
					init: () => ({ open: undefined, closedAt: undefined }),
					apply(tr, was, _old, state) {
						const closedAt = was.closedAt === undefined ? undefined : tr.mapping.map(was.closedAt, -1);
						if (tr.getMeta(suggestKey) === 'close') return { open: undefined, closedAt: was.open?.from };
						if (!tr.docChanged && !tr.selectionSet) return was;
						const found = suggestionAt(state);
						// Only typing opens it: a caret that comes by an old “/” does not.
						const isTyped = tr.docChanged && !pulledBy(tr) && !tr.getMeta('paste');
						const isOn = found && found.from !== closedAt && (was.open !== undefined || isTyped);
						return { open: isOn ? found : undefined, closedAt: found ? closedAt : undefined };
					}
				},
				props: {
					handleKeyDown: (view, event) => suggestKey.getState(view.state)?.open !== undefined && onkey(event)
				},
				view: () => ({
					update({ state }, was) {
						const [now, before] = [suggestKey.getState(state)?.open, suggestKey.getState(was)?.open];
						const isSame =
							now?.from === before?.from && now?.query === before?.query && now?.sign === before?.sign;
						if (!isSame || now?.to !== before?.to) onchange(now);
					},
					destroy: () => onchange(undefined)
				})
			})
		];
	}
});

/** The longest query: beyond it, it is a text that begins with a sign. */
const QUERY_MAX = 30;

function suggestionAt({ selection, doc }: EditorState): Suggestion | undefined {
	const { $head, empty } = selection;
	if (!empty || !$head.parent.isTextblock || $head.parent.type.spec.code) return undefined;
	if ($head.marks().some(({ type }) => type.name === 'code')) return undefined;
	const start = Math.max(0, $head.parentOffset - QUERY_MAX - 2);
	const before = $head.parent.textBetween(start, $head.parentOffset, undefined, '\ufffc');
	const [, sign, query = ''] = /(?:^|[\s(\ufffc])(\/|@)((?:[\p{L}\p{N}'’.-]+ ?)*)$/u.exec(before) ?? [];
	if ((sign !== '/' && sign !== '@') || query.length > QUERY_MAX) return undefined;
	const from = $head.pos - query.length - 1;
	return doc.textBetween(from, from + 1) === sign ? { sign, query, from, to: $head.pos } : undefined;
}
