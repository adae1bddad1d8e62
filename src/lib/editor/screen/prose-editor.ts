import { Editor, Extension } from '@tiptap/core';
import { Dropcursor, Gapcursor } from '@tiptap/extensions';
import type * as Y from 'yjs';
import type { Awareness } from 'y-protocols/awareness';
import type { Person } from '#lib/domain/person.ts';
import { pulledBy } from '../binding/binding.ts';
import { Sync } from '../binding/sync.ts';
import { Block } from '../schema/block.ts';
import { proseSchema } from '../schema/schema.ts';
import { BlockView } from './block-view.svelte.ts';
import { Comments } from './comments.ts';
import { ProseKeys } from './keys.ts';
import { Paste } from './paste.ts';
import { Placeholder } from './placeholder.ts';
import { Presence } from './presence.ts';
import { Rings } from './rings.ts';
import type { ProseSession, SessionSources } from './session.svelte.ts';
import { Suggest } from './suggest.ts';

export interface ProseEditorOptions {
	/** Where the text is drawn, and the layer behind it. */
	readonly element: HTMLElement;
	readonly layer: HTMLElement;
	readonly fragment: Y.XmlFragment;
	readonly awareness: Awareness | undefined;
	readonly me: Person;
	readonly editable: boolean;
	readonly label: string;
	readonly placeholder: () => string;
	readonly session: ProseSession;
	readonly sources: SessionSources;
	readonly context: Map<unknown, unknown>;
	/** Called after every edit by this person. */
	readonly ontyping: () => void;
}

/** An editor of one shared text. The caller destroys it. */
export function openProse(options: ProseEditorOptions): Editor {
	const { session, sources, fragment, awareness, me, context } = options;
	const DrawnBlock = Block.extend({
		addNodeView:
			() =>
			({ editor, node, getPos }) =>
				new BlockView({ editor, node, getPos, kinds: sources.blocks, context })
	});
	return new Editor({
		element: options.element,
		editable: options.editable,
		injectCSS: false,
		extensions: [
			...proseSchema.map((extension) => (extension === Block ? DrawnBlock : extension)),
			Sync.configure({ fragment, by: me.id }),
			Gapcursor,
			Dropcursor.configure({ color: 'var(--accent)', width: 2 }),
			Placeholder.configure({ text: options.placeholder }),
			Suggest.configure({ onchange: (open) => session.suggest(open), onkey: (event) => session.key(event) }),
			ProseKeys,
			Paste.configure({ onrefused: (sentence) => session.say(sentence) }),
			Presence.configure({ awareness, me, people: sources.people, layer: options.layer }),
			Rings.configure({ layer: options.layer }),
			Comments.configure({ layer: options.layer, desk: sources.comments }),
			LinkKey.configure({ onpress: () => session.link(true) })
		],
		editorProps: {
			// A phone's bar over the keyboard, and the page's own edge, do not cover the line being written.
			scrollMargin: WRITING_ROOM,
			scrollThreshold: WRITING_ROOM,
			attributes: {
				class: 'prose-text',
				// Tiptap gives the role once, and loses it where a text turns from read to written.
				role: 'textbox',
				'aria-multiline': 'true',
				'aria-label': options.label,
				// Browsers' own spelling marks are in the language of the browser, not of the text.
				autocapitalize: 'sentences'
			}
		},
		onTransaction: ({ transaction }) => {
			if (transaction.docChanged && !pulledBy(transaction)) options.ontyping();
		}
	});
}

/** What is kept free around the caret, in pixels. */
const WRITING_ROOM = { top: 24, bottom: 72, left: 0, right: 0 };

/** ⌘K on selected words is a link; with nothing selected the key is the page's. */
const LinkKey = Extension.create<{ readonly onpress: () => void }>({
	name: 'linkKey',
	addOptions: () => ({ onpress: () => undefined }),
	addKeyboardShortcuts() {
		return {
			'Mod-k': () => {
				if (this.editor.state.selection.empty && !this.editor.isActive('link')) return false;
				this.options.onpress();
				return true;
			}
		};
	}
});
