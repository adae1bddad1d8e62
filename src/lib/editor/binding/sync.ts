import { Extension, type JSONContent } from '@tiptap/core';
import { Plugin, PluginKey, type Transaction } from '@tiptap/pm/state';
import { fixTablesKey } from '@tiptap/pm/tables';
import { ReplaceStep } from '@tiptap/pm/transform';
import type * as Y from 'yjs';
import { UserEdit } from '#lib/docs/origin.ts';
import type { PersonId } from '#lib/domain/id.ts';
import { assert } from '#lib/util/assert.ts';
import { ProseBinding, pulledBy } from './binding.ts';
import { ProseUndo } from './undo.ts';

interface SyncOptions {
	readonly fragment: Y.XmlFragment | undefined;
	readonly by: PersonId | undefined;
}

interface SyncStorage {
	binding: ProseBinding | undefined;
	undo: ProseUndo | undefined;
}

declare module '@tiptap/core' {
	interface Storage {
		proseSync: SyncStorage;
	}
}

/** Binds the editor to its shared text, from the very first drawing on. */
export const Sync = Extension.create<SyncOptions, SyncStorage>({
	name: 'proseSync',
	priority: 1000,
	addOptions: () => ({ fragment: undefined, by: undefined }),
	addStorage: () => ({ binding: undefined, undo: undefined }),
	onBeforeCreate() {
		const { fragment, by } = this.options;
		assert(fragment && by, 'an editor needs a text and a person');
		const origin = new UserEdit(by, 'prose.write');
		const binding = new ProseBinding({ fragment, schema: this.editor.schema, origin });
		this.storage.binding = binding;
		this.storage.undo = new ProseUndo(binding, origin);
		// What is more than typing is a step of undo of its own.
		this.editor.on('beforeTransaction', ({ transaction }) => {
			if (transaction.docChanged && !pulledBy(transaction) && !isTyping(transaction))
				this.storage.undo?.cut();
		});
		this.editor.on('transaction', ({ transaction }) => {
			if (transaction.docChanged && !pulledBy(transaction) && !isTyping(transaction))
				this.storage.undo?.cut();
		});
		this.editor.options.content = binding.doc.toJSON() as JSONContent;
	},
	onDestroy() {
		this.storage.undo?.destroy();
	},
	addKeyboardShortcuts() {
		const undo = () => this.storage.undo?.undo() && this.editor.commands.scrollIntoView();
		const redo = () => this.storage.undo?.redo() && this.editor.commands.scrollIntoView();
		// The key is ours also when there is nothing to take back: the browser's own undo knows nothing of others.
		return {
			'Mod-z': () => undo() || true,
			'Mod-y': () => redo() || true,
			'Shift-Mod-z': () => redo() || true
		};
	},
	addProseMirrorPlugins() {
		const { binding } = this.storage;
		assert(binding, 'the binding is made before the plugins');
		// After the view has read the last of the word from the page, and outside of its own updates.
		const settleSoon = () => queueMicrotask(() => binding.settle());
		return [
			new Plugin({
				key: new PluginKey('prose-sync'),
				filterTransaction: isMeant,
				view: (view) => {
					binding.connect(view);
					return {
						update: ({ state }, was) => {
							binding.push(state.doc, was);
							settleSoon();
						},
						destroy: () => binding.disconnect()
					};
				},
				props: {
					handleDOMEvents: {
						compositionend: () => {
							setTimeout(settleSoon, WORD_DONE_MS);
							return false;
						},
						beforeinput: (_view, event) => {
							// The menu and the shaken phone ask for an undo this way.
							if (event.inputType === 'historyUndo') this.storage.undo?.undo();
							else if (event.inputType === 'historyRedo') this.storage.undo?.redo();
							else return false;
							event.preventDefault();
							return true;
						}
					}
				}
			})
		];
	}
});

/** Letters that come and go within one line, key by key. */
function isTyping(tr: Transaction): boolean {
	const { steps, docs } = tr;
	if (tr.getMeta('uiEvent') !== undefined || tr.getMeta('paste') !== undefined) return false;
	return steps.every((step, index) => {
		const doc = docs[index];
		if (!(step instanceof ReplaceStep) || !doc) return false;
		const isText = step.slice.content.content.every((node) => node.isText);
		return (
			isText &&
			doc.resolve(step.from).sameParent(doc.resolve(step.to)) &&
			doc.resolve(step.from).parent.inlineContent
		);
	});
}

/** ProseMirror reads the end of a composition 20 ms after the browser has told of it. */
const WORD_DONE_MS = 60;

/**
 * Nothing is added to what came from others: every editor that has the text open would add it too. Tables are not
 * repaired behind anybody's back for the same reason.
 */
function isMeant(tr: Transaction): boolean {
	if (!tr.docChanged) return true;
	const cause = tr.getMeta('appendedTransaction') as Transaction | undefined;
	if (cause && pulledBy(cause)) return false;
	return tr.getMeta(fixTablesKey) === undefined;
}
