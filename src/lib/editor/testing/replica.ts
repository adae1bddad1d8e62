import { getSchema } from '@tiptap/core';
import type { Schema } from '@tiptap/pm/model';
import { EditorState, type Transaction } from '@tiptap/pm/state';
import * as Y from 'yjs';
import { RemoteSync, UserEdit } from '#lib/docs/origin.ts';
import type { PersonId } from '#lib/domain/id.ts';
import { ProseBinding } from '../binding/binding.ts';
import { ProseUndo } from '../binding/undo.ts';
import { proseSchema } from '../schema/schema.ts';

/** For tests: one person's editor without a screen. Everything but the drawing is the real thing. */
export class Replica {
	readonly doc = new Y.Doc();
	readonly fragment = this.doc.getXmlFragment('notes.i1');
	readonly binding: ProseBinding;
	readonly undo: ProseUndo;
	state: EditorState;
	/** Set it to be in the middle of a word; `binding.settle()` goes on afterwards. */
	composing = false;

	constructor(schema: Schema = plainSchema, clientID?: number) {
		if (clientID !== undefined) this.doc.clientID = clientID;
		const origin = new UserEdit(`p-${this.doc.clientID}` as PersonId, 'prose');
		this.binding = new ProseBinding({ fragment: this.fragment, schema, origin });
		this.state = EditorState.create({ schema, doc: this.binding.doc });
		this.undo = new ProseUndo(this.binding, origin);
		// It is a view as far as the binding cares: it has a state and takes transactions.
		this.binding.connect(this);
	}

	readonly dispatch = (tr: Transaction): void => {
		const was = this.state;
		this.state = was.apply(tr);
		this.binding.push(this.state.doc, was);
	};
}

export const plainSchema = getSchema(proseSchema);

/** Gives `target` everything of `source` that it has not. */
export function send(source: Replica, target: Replica): void {
	const update = Y.encodeStateAsUpdate(source.doc, Y.encodeStateVector(target.doc));
	Y.applyUpdate(target.doc, update, new RemoteSync('test'));
}
